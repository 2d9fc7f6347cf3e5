// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/inspection_model.h"

#include "widgets/viewmodel/asking.h"
#include "widgets/viewmodel/comparison.h"
#include "widgets/viewmodel/components.h"
#include "widgets/viewmodel/film_source.h"
#include "widgets/viewmodel/head_statistics.h"
#include "widgets/viewmodel/live_rows.h"
#include "widgets/viewmodel/method_map.h"
#include "widgets/viewmodel/method_sheet.h"
#include "widgets/viewmodel/selection.h"

#include <QVariant>

#include <utility>

namespace headlens {
namespace {

// Where patches stand alone, the first one is a corner, which looks at hardly anything: the middle instead.
void leaveTheCorner(const InspectionModel& model, TokenChoice* tokens)
{
    const TokenPlace& query = tokens->query();
    const TokenLayout layout = TokenLayout::ofStream(model.model(), model.input(), query.stream);
    if (!layout.isPicture() || !layout.prefix.isEmpty() || query.token != 0 || tokens->isPinned()) return;
    tokens->hover({query.stream, layout.tokenAt(layout.gridWidth / 2, layout.gridHeight / 2)});
}

} // namespace

using Phase = EngineLink::Phase;
using Level = EngineLink::Level;

InspectionModel::InspectionModel(EngineClient* engine, Selection* selection, QObject* parent)
    : QObject(parent), m_selection(selection), m_link(new EngineLink(engine, this)),
      m_loader(new ModelLoader(m_link, this)),
      m_wishes(new RunWishes(this, [this](const Message& answer, bool replay) { takeInput(answer, replay); })),
      m_comparison(new Comparison(this)), m_rows(new LiveRows(this, selection)), m_map(new MethodMap(this, selection)),
      m_sheet(new MethodSheet(this)), m_statistics(new HeadStatistics(this)),
      m_components(new Components(this, selection->heads())), m_film(new FilmSource(this))
{
    connect(m_loader, &ModelLoader::opened, this, &InspectionModel::onOpened);
    connect(m_loader, &ModelLoader::openEnded, this, &InspectionModel::onOpenEnded);
    connect(m_link, &EngineLink::died, this, &InspectionModel::onDeath);
    connect(m_link, &EngineLink::phaseChanged, this, [this](Phase phase) { // it goes through a film, or knows nothing
        if (phase == Phase::Down || phase == Phase::Exporting) m_isCurrent = false;
    });
    connect(selection->tokens(), &TokenChoice::changed, m_statistics, &HeadStatistics::pause); // behind its rows
    connect(m_comparison, &Comparison::changed, this, &InspectionModel::requestViews);
    connect(m_film, &FilmSource::changed, this, [this] {
        if (m_film->isOpen()) m_wishes->forgetPicture(); // it comes instead
    });
    connect(m_wishes, &RunWishes::nothingLeft, this, &InspectionModel::forgetInput);
}

void InspectionModel::onDeath(const QString& words)
{
    const bool held = m_comparison->holds();
    m_comparison->forget(); // it lay in the engine
    if (m_link->isHopeless()) m_wishes->forgetPicture();
    m_link->tell(Level::Warning,
                 (held ? tr("The engine stopped; it is started again and the view restored. The baseline is gone. %1")
                       : tr("The engine stopped; it is started again and the view restored. %1"))
                     .arg(words));
}

void InspectionModel::onOpened(bool replay)
{
    m_isCurrent = false;
    m_selectLastToken = !replay;
    if (!replay) {
        m_rows->clear();
        m_map->forgetModel();
        m_wishes->forgetChanges(); // heads and words of another model
        Q_EMIT modelOpened();
    }
    Q_EMIT modelChanged();
}

void InspectionModel::onOpenEnded(bool replay)
{
    if (!m_wishes->runWhatWaited(!m_isCurrent, replay)) requestViews();
}

void InspectionModel::takeInput(const Message& answer, bool replay)
{
    if (answer.status == Status::Failed && !m_isCurrent) forgetInput(); // the new model refuses the picture
    if (answer.status != Status::Done) return requestViews();
    const TokenChoice* tokens = m_selection->tokens();
    const bool wasLast = writesOn() && tokens->query() == TokenPlace{writingStream(), tokens->count() - 1};
    const std::string before = input().sha256;
    m_run = std::make_shared<const ShownRun>(ShownRun::from(model(), verbs::unpack<verbs::InputAnswer>(answer)));
    m_isCurrent = true;
    m_comparison->onRun();
    if (!replay && input().originalWidth > 0 && input().sha256 != before) m_map->followTop();
    reportMemoryFallback();
    tellRemarks();
    m_map->forgetRun();
    m_components->forget();
    if (!replay) m_rows->clear();
    selectWithin(wasLast);
    m_components->request();
    Q_EMIT inputChanged();
}

void InspectionModel::forgetInput()
{
    m_run = std::make_shared<const ShownRun>();
    m_map->forgetRun();
    m_components->forget();
    m_rows->clear();
    Q_EMIT inputChanged();
}

// A text that the model continues: what comes next is told by its last token.
int InspectionModel::writingStream() const
{
    const std::vector<verbs::Stream>& streams = input().streams;
    if (!model().text.writes || model().text.isEncoderDecoder || streams.empty()) return -1;
    if (streams.front().gridWidth == 0 && !streams.front().tokens.empty()) return 0;
    const int reading = m_run->middleLayerThatReads(); // its picture has a tower of its own before it
    return reading >= 0 ? input().blocks[std::size_t(reading)].queryStream : -1;
}

// The selection learns how many heads and tokens there are, which asks for the rows as well.
void InspectionModel::selectWithin(bool wasLast)
{
    QList<int> heads, tokens;
    for (const verbs::BlockGrid& block : input().blocks) heads << block.heads;
    for (int stream = 0; stream < int(input().streams.size()); ++stream)
        tokens << TokenLayout::ofStream(model(), input(), stream).tokens();
    m_selection->setExtent(heads, tokens);
    const bool begins = std::exchange(m_selectLastToken, false);
    if (begins) {
        lookWhereMostIsSeen();
        leaveTheCorner(*this, m_selection->tokens());
    }
    // The first token of a causal text sees itself alone; whoever stood at the end stays there while typing.
    if ((begins || wasLast) && writesOn() && !m_selection->tokens()->isPinned())
        m_selection->tokens()->hover({writingStream(), tokens[writingStream()] - 1});
}

void InspectionModel::lookWhereMostIsSeen()
{
    const int reading = m_run->middleLayerThatReads();
    const int layer = reading >= 0 ? reading : m_run->lastLayerThatLooks();
    if (layer < 0) return;
    m_selection->heads()->setLayer(layer);
    m_selection->heads()->setFusion(HeadFusion::Mean);
}

void InspectionModel::reportMemoryFallback()
{
    if (input().notice == "hidden")
        m_link->tell(Level::Warning, tr("Memory is short: hidden states were not kept, so principal components and the "
                                        "like are not there for this picture."));
    if (input().notice != "cpu") return;
    m_loader->movedToCpu();
    m_link->tell(Level::Warning, tr("The GPU has too little memory for this picture. The model moved to the CPU."));
}

// Once a picture; they stay in the Model pane.
void InspectionModel::tellRemarks()
{
    const QString picture = QString::fromStdString(input().sha256);
    if (input().remarks.empty() || m_remarked.contains(picture)) return;
    m_remarked.insert(picture);
    const QString name = QString::fromStdString(input().name).section(QLatin1Char('/'), -1);
    m_link->tell(Level::Info, tr("%1: %2").arg(name, QString::fromStdString(input().remarks.front())));
}

void InspectionModel::requestViews()
{
    m_rows->request();
    m_map->request();
    m_components->request();
}

} // namespace headlens
