// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figure/figure_composer.h"

#include "core/wire/safe_json.h"
#include "widgets/figure/figure_collector.h"
#include "widgets/figure/figure_file.h"
#include "widgets/figure/figure_form.h"
#include "widgets/figure/figure_json.h"
#include "widgets/figure/figure_paint.h"
#include "widgets/figure/figure_preview.h"
#include "widgets/style/look.h"

#include <QButtonGroup>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSaveFile>

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
    auto* copying = button(tr("Copy"), row);
    layout->addLayout(row);
    auto* exporting = button(tr("&Export…"), layout);
    exporting->setObjectName(QStringLiteral("export"));
    setLook(exporting, Look::Accent);
    connect(save, &QPushButton::clicked, this, &FigureComposer::chooseDescription);
    connect(copying, &QPushButton::clicked, this, &FigureComposer::copy);
    connect(exporting, &QPushButton::clicked, this, &FigureComposer::chooseFile);
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
        m_path.clear();
        say(tr("Stopped. Change something to collect the panels again."));
    });
    connect(m_collector, &FigureCollector::busyChanged, this, &FigureComposer::setBusy);
    connect(m_collector, &FigureCollector::progress, this, &FigureComposer::showProgress);
    connect(m_collector, &FigureCollector::finished, this, &FigureComposer::take);
    connect(m_collector, &FigureCollector::failed, this, [this](const QString& sentence) {
        m_path.clear();
        say(sentence);
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
    m_message->setText(text);
}

void FigureComposer::start(FigureStart start)
{
    if (QAbstractButton* button = m_starts->button(int(start))) button->setChecked(true);
    FigureSpec shown = shownFigure(m_parts.window);
    if (!m_data.isEmpty() || !spec().content.model.isEmpty()) shown.sheet = spec().sheet; // chosen for this paper
    set(startingFrom(start, std::move(shown), m_parts.window));
    if (const int heads = headsLeftOut(start, m_parts.window); heads > 0)
        say(tr("%n head(s) of other layers are left out: a figure has those of one layer side by side.", nullptr,
               heads));
}

void FigureComposer::set(const FigureSpec& spec)
{
    m_form->set(spec);
    collect();
    Q_EMIT specChanged();
}

void FigureComposer::onEdited()
{
    if (spec().content == m_asked)
        m_preview->show(spec(), m_data);
    else
        m_patience.start();
    Q_EMIT specChanged();
}

void FigureComposer::collect()
{
    m_patience.stop();
    if (spec().content == m_asked && !m_data.isEmpty() && !m_collector->isBusy())
        return m_preview->show(spec(), m_data);
    m_asked = spec().content;
    say({});
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

void FigureComposer::write(const QString& path)
{
    if (!isReady()) {
        if (m_collector->isBusy() || m_patience.isActive()) m_path = path; // written by take()
        return;
    }
    if (!figureEndings().contains(QFileInfo(path).suffix().toLower()))
        return say(tr("A figure is written as %1. Give the name one of these endings.")
                       .arg(figureEndings().join(QStringLiteral(", "))));
    if (!writeFigure(path, spec(), m_data))
        return say(tr("%1 could not be written. Choose another folder or free some space.").arg(path));
    say(tr("Written to %1").arg(path));
    Q_EMIT written(path);
}

void FigureComposer::copy()
{
    if (!isReady()) return say(tr("The panels are still being collected."));
    QGuiApplication::clipboard()->setImage(figureImage(spec(), m_data, spec().sheet.dpi));
    say(tr("Copied."));
}

void FigureComposer::saveDescription(const QString& path)
{
    const FigureSpec described = relativeTo(QFileInfo(path).absolutePath(), spec());
    constexpr int kIndent = 2;
    const QByteArray bytes = QByteArray::fromStdString(toJson(described).dump(kIndent)) + '\n';
    QSaveFile file(path);
    const bool good = file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit();
    say(good ? tr("Written to %1").arg(path)
             : tr("%1 could not be written. Choose another folder or free some space.").arg(path));
}

void FigureComposer::chooseFile()
{
    QStringList filters;
    for (const QString& ending : figureEndings()) filters << QStringLiteral("%1 (*.%2)").arg(ending.toUpper(), ending);
    QString filter = filters.first();
    QString path = QFileDialog::getSaveFileName(this, tr("Export figure"), QStringLiteral("figure.pdf"),
                                                filters.join(QStringLiteral(";;")), &filter);
    if (path.isEmpty()) return;
    const qsizetype chosen = std::max<qsizetype>(0, filters.indexOf(filter));
    if (QFileInfo(path).suffix().isEmpty()) path += QLatin1Char('.') + figureEndings().value(chosen);
    write(path);
}

void FigureComposer::chooseDescription()
{
    const QString path = QFileDialog::getSaveFileName(this, tr("Save the description of the figure"),
                                                      QStringLiteral("figure.json"), QStringLiteral("JSON (*.json)"));
    if (!path.isEmpty()) saveDescription(path);
}

} // namespace headlens
