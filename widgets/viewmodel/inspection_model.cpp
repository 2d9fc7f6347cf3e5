// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/inspection_model.h"

#include "widgets/viewmodel/asking.h"
#include "widgets/viewmodel/comparison.h"
#include "widgets/viewmodel/components.h"
#include "widgets/viewmodel/film_source.h"
#include "widgets/viewmodel/head_statistics.h"
#include "widgets/viewmodel/interventions.h"
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

// Tokens of another text or grid are others.
bool keepsTokens(const RunRequest& before, const RunRequest& wanted)
{
    return before.text.text == wanted.text.text && before.text.pair == wanted.text.pair && before.fit == wanted.fit;
}

} // namespace

using Phase = EngineLink::Phase;
using Level = EngineLink::Level;

TensorBytes imageTensor(const QByteArray& file)
{
    auto owner = std::make_shared<QByteArray>(file);
    return {"image",
            DType::U8,
            {file.size()},
            owner,
            std::as_bytes(std::span(owner->constData(), std::size_t(owner->size())))};
}

void setSwitch(InspectionModel* model, const QString& name, const QString& value)
{
    model->change([&](RunRequest& request) { request.switches[name.toStdString()] = value.toStdString(); });
}

InspectionModel::InspectionModel(EngineClient* engine, Selection* selection, QObject* parent)
    : QObject(parent), m_selection(selection), m_link(new EngineLink(engine, this)),
      m_loader(new ModelLoader(m_link, this)), m_comparison(new Comparison(this)),
      m_rows(new LiveRows(this, selection)), m_map(new MethodMap(this, selection)), m_sheet(new MethodSheet(this)),
      m_statistics(new HeadStatistics(this)), m_components(new Components(this, selection->heads())),
      m_film(new FilmSource(this))
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
        if (m_film->isOpen()) m_wanted = {}; // it comes instead
    });
}

void InspectionModel::onDeath(const QString& words)
{
    const bool held = m_comparison->holds();
    m_comparison->forget(); // it lay in the engine
    if (m_link->isHopeless()) m_wanted = {};
    m_link->tell(Level::Warning,
                 (held ? tr("The engine stopped; it is started again and the view restored. The baseline is gone. %1")
                       : tr("The engine stopped; it is started again and the view restored. %1"))
                     .arg(words));
}

void InspectionModel::cancel()
{
    m_loader->forgetWish();
    m_wanted = {};
    m_link->cancelJob();
}

void InspectionModel::onOpened(bool replay)
{
    m_isCurrent = false;
    m_selectLastToken = !replay;
    if (!replay) {
        m_rows->clear();
        m_map->forgetModel();
        m_request.text.ablated.clear(); // heads and words of another model
        m_request.text.hiddenTokens.clear();
        m_request.switches.clear();
        m_request.changes.clear();
        Q_EMIT modelOpened();
    }
    Q_EMIT modelChanged();
}

void InspectionModel::onOpenEnded(bool replay)
{
    const bool runs = !m_wanted.file.isEmpty() || (hasSomethingToRun() && !m_isCurrent);
    if (runs && hasModel() && m_link->isIdle())
        send(replay);
    else
        requestViews();
}

void InspectionModel::openPicture(const QByteArray& file, const QString& name)
{
    m_film->leave();
    if (m_request.fit == QLatin1String("native")) dropTokenChanges(m_request); // a grid of its own
    m_wanted = {file, name, false};
    m_link->forgiveDeaths();
    if (!m_loader->takesInput()) return; // it waits for the model
    m_link->cancelJob();
    send(false);
}

bool InspectionModel::hasPictureFile() const
{
    return m_film->isOpen() || !m_picture.file.isEmpty() || !m_wanted.file.isEmpty();
}

bool InspectionModel::hasSomethingToRun() const
{
    return hasPictureFile() || model().text.reads;
}

void InspectionModel::change(const std::function<void(RunRequest&)>& how)
{
    RunRequest wanted = m_request;
    how(wanted);
    if (!keepsTokens(m_request, wanted) && wanted.changes == m_request.changes) dropTokenChanges(wanted);
    ask(std::move(wanted));
}

void InspectionModel::setRequest(const RunRequest& whole)
{
    ask(whole);
}

// A run under way is stopped for another text alone: of what waits the engine keeps the newest, so a dragged gate shows
// every run that is fast enough, and the last one in any case.
void InspectionModel::ask(RunRequest wanted)
{
    wanted.dropWhatIsAsTrained(model());
    const RunRequest before = std::exchange(m_request, wanted);
    if (wanted == before) return;
    if (wanted.switches != before.switches) Q_EMIT switchesChanged();
    if (!m_loader->takesInput() || !hasSomethingToRun()) return; // it waits for the model
    Q_EMIT changing(before, wanted);
    if (!(wanted.text == before.text)) m_link->cancelJob();
    send(false);
}

void InspectionModel::runAgain(bool replay)
{
    m_link->cancelJob();
    if (!m_film->isOpen() && m_picture.file.isEmpty())
        forgetInput();
    else if (m_loader->takesInput())
        send(replay);
}

void InspectionModel::send(bool replay)
{
    const bool looks = model().takesPictures;
    if (m_film->isOpen() && m_wanted.file.isEmpty() && looks) return sendFrame();
    ShownPicture picture = m_wanted.file.isEmpty() ? m_picture : m_wanted;
    if (picture.file.isEmpty() && !model().text.reads) return;
    Sending how{.tag = QStringLiteral("input")};
    if (looks && !picture.file.isEmpty()) how.tensors.push_back(imageTensor(picture.file));
    picture.takesCut = m_cutPictures.contains(picture.name);
    const auto take = [this, replay, picture](const Message& answer) {
        if (answer.status == Status::Done) m_picture = picture;
        if (answer.status != Status::Cancelled && m_wanted.file == picture.file) m_wanted = {};
        takeInput(answer, replay);
    };
    const verbs::SetInput request = m_request.forModel(model(), picture.name, picture.takesCut);
    m_link->start(Phase::Running, tr("Inspecting %1").arg(looks ? picture.name : tr("the text")), verbs::kSetInput.verb,
                  request, take, std::move(how));
}

void InspectionModel::sendFrame()
{
    const auto then = [this] { // a model that comes meanwhile brings the frame itself
        if (m_loader->takesInput()) sendFrame();
    };
    if (m_film->reopen(then)) return;
    m_link->cancelJob();
    const verbs::SetFrame request{m_film->frame(), m_request.forModel(model(), {}, false)};
    const auto take = [this](const Message& answer) { takeInput(answer, /*replay=*/true); };
    m_link->start(Phase::Running, {}, verbs::kSetFrame.verb, request, take, {.tag = QStringLiteral("input")});
}

void InspectionModel::takeInput(const Message& answer, bool replay)
{
    if (answer.status == Status::Failed && !m_isCurrent) forgetInput(); // the new model refuses the picture
    if (answer.status != Status::Done) return requestViews();
    const TokenChoice* tokens = m_selection->tokens();
    const bool wasLast = writesOn() && tokens->query() == TokenPlace{0, tokens->count() - 1};
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
bool InspectionModel::writesOn() const
{
    const std::vector<verbs::Stream>& streams = input().streams;
    return model().text.writes && !model().text.isEncoderDecoder && !streams.empty() &&
           streams.front().gridWidth == 0 && !streams.front().tokens.empty();
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
        m_selection->tokens()->hover({0, tokens.front() - 1});
}

void InspectionModel::lookWhereMostIsSeen()
{
    const int layer = m_run->lastLayerThatLooks();
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
