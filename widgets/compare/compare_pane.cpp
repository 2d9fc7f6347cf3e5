// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/compare_pane.h"

#include "widgets/canvas/canvas.h"
#include "widgets/compare/linked_place.h"
#include "widgets/compare/pane_difference.h"
#include "widgets/compare/pane_header.h"
#include "widgets/style/tokens.h"
#include "widgets/text/token_strip.h"
#include "widgets/training/step_player.h"
#include "widgets/viewmodel/film_source.h"
#include "widgets/viewmodel/live_rows.h"
#include "widgets/viewmodel/method_map.h"

#include <QEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace headlens {

ComparePane::ComparePane(const LinkedSelection::End& window, DisplaySettings* display, const PaneSources* sources,
                         QWidget* parent)
    : QFrame(parent), m_pane(window), m_display(display), m_header(new PaneHeader(&m_pane, sources)),
      m_text(new QLineEdit), m_invitation(new QLabel), m_status(new QLabel), m_steps(new StepPlayer)
{
    build();
    connect(m_header, &PaneHeader::removeWanted, this, &ComparePane::removeWanted);
    connect(m_header, &PaneHeader::checkpointsWanted, this, &ComparePane::showCheckpoints);
    connect(&m_pane, &PaneModel::started, this, &ComparePane::open);
    connect(&m_pane, &PaneModel::problemChanged, this, &ComparePane::tell);
    connect(&m_pane, &PaneModel::wishChanged, this, [this] {
        findSeries();
        compare();
    });
    connect(m_text, &QLineEdit::editingFinished, this, [this] {
        PaneWish wish = m_pane.wish();
        wish.text = m_text->text();
        m_pane.setWish(wish);
    });
    connect(m_steps, &StepPlayer::moved, this, &ComparePane::goToStep);
    const auto follow = [this] {
        retranslate(); // the invitation names a size
        compare();
    };
    connect(window.model, &InspectionModel::modelChanged, this, follow);
    connect(window.model, &InspectionModel::inputChanged, this, follow);
    connect(window.selection, &Selection::mapChanged, this, &ComparePane::compare);
    const auto again = [this] {
        if (!m_pane.wish().difference || m_canvas == nullptr) return;
        m_canvas->update();
        compareMaps();
    };
    connect(window.model->rows(), &LiveRows::changed, this, again);
    connect(window.model->map(), &MethodMap::changed, this, again);
    findSeries();
    retranslate();
    compare();
}

// They ask the model, which goes before the children of a widget do.
ComparePane::~ComparePane()
{
    delete m_words;
    delete m_canvas;
    delete m_header;
}

void ComparePane::build()
{
    setFrameShape(StyledPanel);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kTight, kTight, kTight, kTight);
    layout->setSpacing(kTight);
    layout->addWidget(m_header);
    layout->addWidget(m_text);
    layout->addWidget(m_invitation, 1);
    layout->addWidget(m_steps);
    layout->addWidget(m_status);
    m_invitation->setAlignment(Qt::AlignCenter);
    m_invitation->setForegroundRole(QPalette::PlaceholderText);
    for (QLabel* label : {m_invitation, m_status}) {
        label->setWordWrap(true);
        label->setMargin(kTight);
    }
}

void ComparePane::open()
{
    InspectionModel* model = m_pane.model();
    m_canvas = new Canvas(model, m_pane.selection(), m_display);
    m_strip = new TokenStrip(model, m_pane.selection(), m_display);
    m_words = new QScrollArea;
    m_words->setWidgetResizable(true);
    m_words->setFrameShape(QFrame::NoFrame);
    m_words->setFocusPolicy(Qt::NoFocus);
    m_words->setWidget(m_strip);
    auto* column = static_cast<QVBoxLayout*>(layout());
    const int at = column->indexOf(m_invitation);
    column->insertWidget(at, m_canvas, 3);
    column->insertWidget(at + 1, m_words, 1);
    m_invitation->hide();
    connect(model, &InspectionModel::modelChanged, this, &ComparePane::onModel);
    connect(model, &InspectionModel::inputChanged, this, &ComparePane::onInput);
    connect(m_pane.selection(), &Selection::mapChanged, this, &ComparePane::compare);
    connect(model->rows(), &LiveRows::changed, this, &ComparePane::compareMaps); // layouts come with them
    connect(model->map(), &MethodMap::changed, this, &ComparePane::compareMaps);
    connect(model->link(), &EngineLink::busyChanged, this, [this](bool, const QString& what) {
        m_busy = what;
        tell();
    });
    onModel();
    Q_EMIT canvasMade();
}

void ComparePane::onModel()
{
    const verbs::ModelInfo& model = m_pane.model()->model();
    m_canvas->setVisible(model.takesPictures);
    m_words->setVisible(model.text.reads);
    m_header->follow();
}

void ComparePane::onInput()
{
    m_strip->setStream(streamOfWords(m_pane.model()->input()));
    compare();
}

void ComparePane::setMainCanvas(const Canvas* main)
{
    m_main = main;
    compare();
}

void ComparePane::compare()
{
    m_header->follow();
    const PaneWish& wish = m_pane.wish();
    m_text->setVisible(wish.hasText);
    if (wish.hasText && !m_text->hasFocus()) m_text->setText(wish.text);
    compareMaps();
}

// The difference where it is wished and shapes allow, else the map itself and why.
void ComparePane::compareMaps()
{
    if (m_canvas != nullptr) {
        const QString why = refusal();
        m_header->setRefusal(why);
        const bool differs = m_pane.wish().difference && why.isEmpty();
        InspectionModel* window = m_pane.window().model;
        m_canvas->compareWith(differs ? m_main.data() : nullptr);
        m_strip->compareWith(differs ? window : nullptr, m_pane.window().selection, streamOfWords(window->input()));
    }
    tell();
}

QString ComparePane::refusal() const
{
    return whyNoDifference(m_pane.window(), {m_pane.model(), m_pane.selection()});
}

QString ComparePane::status() const
{
    return m_status->isHidden() ? QString() : m_status->text();
}

void ComparePane::tell()
{
    QString said = m_busy;
    const InspectionModel* window = m_pane.window().model;
    if (said.isEmpty()) said = m_pane.problem();
    const bool isCamera = window->film()->isOpen() && window->film()->info().frames == 0;
    if (said.isEmpty() && m_canvas != nullptr && m_pane.wish().picture.isEmpty() && isCamera)
        said = tr("A camera is not followed: this pane keeps the last picture.");
    if (said.isEmpty() && m_canvas != nullptr && m_pane.wish().difference) said = refusal();
    m_status->setText(said);
    m_status->setVisible(!said.isEmpty());
}

void ComparePane::showCheckpoints()
{
    const auto series = checkpointsOf(m_pane.wantedModel());
    if (series.empty()) return;
    PaneWish wish = m_pane.wish();
    if (placeOf(series, wish.model) < 0) wish.model = series.back().path;
    m_pane.setWish(wish);
}

// The slider stays while the model is one of the steps it goes through.
void ComparePane::findSeries()
{
    const QString& model = m_pane.wish().model;
    if (placeOf(m_series, model) < 0) {
        m_series = checkpointsOf(model);
        std::vector<std::int64_t> steps;
        for (const TrainingCheckpoint& one : m_series) steps.push_back(one.step);
        const QSignalBlocker quiet(m_steps);
        m_steps->setSteps(steps);
    }
    const int place = placeOf(m_series, model);
    m_steps->setVisible(place >= 0);
    if (place < 0 || place == m_steps->step()) return;
    const QSignalBlocker quiet(m_steps);
    m_steps->setStep(place);
}

void ComparePane::goToStep()
{
    const auto step = std::size_t(m_steps->step());
    if (step >= m_series.size() || m_pane.wish().model == m_series[step].path) return;
    PaneWish wish = m_pane.wish();
    wish.model = m_series[step].path;
    m_pane.setWish(wish);
}

void ComparePane::setNumber(int number)
{
    m_number = number;
    setAccessibleName(tr("Pane %1").arg(number));
}

void ComparePane::retranslate()
{
    const verbs::ModelInfo& model = m_pane.window().model->model();
    const std::int64_t bytes = model.predictedBytes > 0 ? model.predictedBytes : model.fileBytes;
    const QString again = tr("Choose another model, input, map or change above: it is shown here beside the main "
                             "picture, linked by query, layer, head and zoom.");
    const QString memory = tr("A pane has an engine of its own; the same model once more takes %1 of memory.")
                               .arg(QLocale().formattedDataSize(bytes, 1));
    m_invitation->setText(bytes > 0 ? again + QStringLiteral("\n\n") + memory : again);
    setNumber(m_number);
    m_text->setAccessibleName(tr("Text of this pane"));
    m_text->setPlaceholderText(tr("Another text"));
}

void ComparePane::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        compare();
    }
    QFrame::changeEvent(event);
}

} // namespace headlens
