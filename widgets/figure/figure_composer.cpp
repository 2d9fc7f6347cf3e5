// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figure/figure_composer.h"

#include "core/wire/safe_json.h"
#include "widgets/figure/figure_collector.h"
#include "widgets/figure/figure_form.h"
#include "widgets/figure/figure_preview.h"
#include "widgets/style/look.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

#include <utility>

namespace headlens {
namespace {

constexpr std::chrono::milliseconds kPatience{250};

} // namespace

FigureComposer::FigureComposer(const Parts& parts, QWidget* parent)
    : QDialog(parent), m_parts(parts), m_collector(new FigureCollector(parts.engine, parts.window.model, this)),
      m_form(new FigureForm), m_preview(new FigurePreview), m_starts(new QButtonGroup(this)),
      m_progress(new QProgressBar), m_cancel(new QPushButton(tr("Stop"))), m_message(new QLabel)
{
    setWindowTitle(tr("Export figure"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    layout->addLayout(buildSheet(), 1);
    layout->addLayout(buildSettings());
    m_patience.setSingleShot(true);
    m_patience.setInterval(kPatience);
    listen();
    setBusy(false);
    constexpr QSize kUsual(1080, 680);
    resize(kUsual);
}

QVBoxLayout* FigureComposer::buildSheet()
{
    m_progress->setAccessibleName(tr("Panels collected"));
    m_progress->setTextVisible(false);
    m_message->setWordWrap(true);
    m_message->setAccessibleName(tr("Message"));
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* below = new QHBoxLayout;
    below->addWidget(m_message, 1);
    below->addWidget(m_progress);
    below->addWidget(m_cancel);
    auto* layout = new QVBoxLayout;
    layout->setSpacing(8);
    buildStarts(layout);
    layout->addWidget(m_preview, 1);
    layout->addLayout(below);
    return layout;
}

// Two rows of three: their names are long in some languages.
void FigureComposer::buildStarts(QVBoxLayout* layout)
{
    constexpr int kInARow = 3;
    auto* grid = new QGridLayout;
    grid->setSpacing(4);
    int count = 0;
    for (const FigureName<FigureStart>& one : figureNames(FigureStart::ThisMap)) {
        auto* button = new QPushButton(figureText(one.title));
        button->setCheckable(true);
        button->setAutoDefault(false);
        setLook(button, Look::Chip);
        m_starts->addButton(button, int(one.value));
        grid->addWidget(button, count / kInARow, count % kInARow);
        ++count;
    }
    layout->addLayout(grid);
}

QVBoxLayout* FigureComposer::buildSettings()
{
    auto* layout = new QVBoxLayout;
    layout->setSpacing(8);
    layout->addWidget(m_form, 1);
    auto* row = new QHBoxLayout;
    const auto button = [](const QString& text, QBoxLayout* where) {
        auto* made = new QPushButton(text);
        made->setAutoDefault(false);
        where->addWidget(made);
        return made;
    };
    auto* save = button(tr("Save description…"), row);
    auto* open = button(tr("Open description…"), row);
    save->setToolTip(tr("A description is a small file with everything that is chosen here, to make or change this "
                        "figure again later, here or with headlens-cli figure."));
    open->setToolTip(tr("Takes up a saved description, or a PDF, SVG or PNG that HeadLens wrote: it carries its own."));
    layout->addLayout(row);
    auto* last = new QHBoxLayout;
    m_copy = button(tr("Copy"), last);
    m_export = button(tr("&Export…"), last);
    last->setStretch(1, 1);
    layout->addLayout(last);
    m_export->setObjectName(QStringLiteral("export"));
    setLook(m_export, Look::Accent);
    connect(save, &QPushButton::clicked, this, &FigureComposer::chooseDescription);
    connect(open, &QPushButton::clicked, this, &FigureComposer::chooseOpening);
    connect(m_copy, &QPushButton::clicked, this, &FigureComposer::copy);
    connect(m_export, &QPushButton::clicked, this, &FigureComposer::chooseFile);
    return layout;
}

void FigureComposer::listen()
{
    connect(m_starts, &QButtonGroup::idClicked, this, [this](int id) {
        start(FigureStart(id));
        Q_EMIT started(FigureStart(id));
    });
    connect(m_form, &FigureForm::changed, this, &FigureComposer::onEdited);
    connect(&m_patience, &QTimer::timeout, this, &FigureComposer::collect);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        m_collector->cancel();
        giveUp(tr("Stopped. Change something to collect the panels again."));
    });
    connect(m_collector, &FigureCollector::busyChanged, this, &FigureComposer::setBusy);
    connect(m_collector, &FigureCollector::progress, this, &FigureComposer::showProgress);
    connect(m_collector, &FigureCollector::finished, this, &FigureComposer::take);
    connect(m_collector, &FigureCollector::failed, this, &FigureComposer::giveUp);
    connect(m_collector, &FigureCollector::checked, this, [this](const std::vector<FigureProblem>& problems) {
        m_form->setProblems(problems);
        judge();
    });
}

const FigureSpec& FigureComposer::spec() const
{
    return m_form->spec();
}

bool FigureComposer::isReady() const
{
    return !m_data.isEmpty() && m_asked == spec().content && !m_collector->isBusy() && !m_patience.isActive();
}

QString FigureComposer::message() const
{
    return m_message->text();
}

void FigureComposer::say(const QString& text)
{
    m_isPassing = m_isProblem = false;
    m_message->setText(text);
}

void FigureComposer::sayPassing(const QString& text)
{
    say(text);
    m_isPassing = true;
}

// What is asked for has no numbers; the figure before it stays, pale.
void FigureComposer::giveUp(const QString& sentence)
{
    m_path.clear();
    m_data = {};
    m_preview->setWaiting(true);
    say(sentence);
    judge();
}

void FigureComposer::judge()
{
    const std::vector<FigureProblem> problems = m_form->problems();
    m_copy->setEnabled(problems.empty());
    m_export->setEnabled(problems.empty());
    if (!problems.empty()) {
        m_path.clear();
        say(problems.front().sentence);
        m_isProblem = true;
    } else if (m_isProblem) {
        say({});
    }
}

// The chip of a start is lit as long as the figure is about the same.
void FigureComposer::lightStart()
{
    const bool lit = m_started && m_started->second == spec().content;
    m_starts->setExclusive(false);
    for (QAbstractButton* button : m_starts->buttons())
        button->setChecked(lit && m_starts->id(button) == int(m_started->first));
    m_starts->setExclusive(true);
}

void FigureComposer::start(FigureStart start)
{
    FigureSpec shown = shownFigure(m_parts.window);
    const FigureLook look = shown.look;
    const bool isFirst = spec().content.model.isEmpty();
    if (!isFirst && spec().look != m_windowLook) shown.look = spec().look; // changed by hand
    m_windowLook = look;
    if (!isFirst) return startLike(start, {{}, shown.look, spec().sheet});
    begin(start, startingFrom(start, std::move(shown), m_parts.window));
}

void FigureComposer::startLike(FigureStart start, const FigureSpec& before)
{
    FigureSpec next = startingFrom(start, shownFigure(m_parts.window), m_parts.window);
    next.look = before.look;
    next.sheet = before.sheet;  // chosen for this paper
    next.sheet.caption.clear(); // which spoke of another figure
    begin(start, next);
}

void FigureComposer::begin(FigureStart start, const FigureSpec& spec)
{
    m_started = {start, spec.content};
    set(spec);
    if (const int heads = headsLeftOut(start, m_parts.window); heads > 0)
        say(tr("Heads of other layers are left out (%1): a figure has those of one layer side by side.").arg(heads));
}

void FigureComposer::set(const FigureSpec& spec)
{
    if (!m_started || m_started->second != spec.content) {
        m_started.reset();
        for (const FigureName<FigureStart>& one : figureNames(FigureStart::ThisMap)) {
            const FigureSpec start = startingFrom(one.value, shownFigure(m_parts.window), m_parts.window);
            if (!m_started && start.content == spec.content) m_started = {one.value, spec.content};
        }
    }
    m_form->offer(figureChoices(m_parts.window));
    m_form->set(spec);
    lightStart();
    collect();
    Q_EMIT specChanged();
}

void FigureComposer::onEdited()
{
    if (m_isPassing) say({});
    judge();
    lightStart();
    if (spec().content != m_asked)
        m_patience.start();
    else if (!m_data.isEmpty())
        m_preview->show(spec(), m_data);
    Q_EMIT specChanged();
}

void FigureComposer::collect()
{
    m_patience.stop();
    if (spec().content == m_asked && !m_data.isEmpty() && !m_collector->isBusy())
        return m_preview->show(spec(), m_data);
    m_asked = spec().content;
    say({});
    judge();
    m_collector->start(m_asked);
}

void FigureComposer::take(const FigureData& numbers)
{
    m_data = numbers;
    m_preview->show(spec(), m_data);
    if (!m_path.isEmpty()) write(std::exchange(m_path, {}));
}

void FigureComposer::setBusy(bool busy)
{
    m_progress->setVisible(busy);
    m_cancel->setVisible(busy);
    m_progress->setRange(0, 0);
    m_preview->setWaiting(busy);
}

void FigureComposer::showProgress(int done, int total)
{
    m_progress->setRange(0, total);
    m_progress->setValue(done);
}

} // namespace headlens
