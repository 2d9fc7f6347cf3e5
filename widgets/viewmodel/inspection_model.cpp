// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/asking.h"

#include <QLocale>

#include <algorithm>
#include <utility>

namespace headlens {

TensorBytes imageTensor(const QByteArray& file)
{
    auto owner = std::make_shared<QByteArray>(file);
    return {"image",
            DType::U8,
            {file.size()},
            owner,
            std::as_bytes(std::span(owner->constData(), std::size_t(owner->size())))};
}

InspectionModel::InspectionModel(EngineClient* engine, Selection* selection, QObject* parent)
    : QObject(parent), m_engine(engine), m_selection(selection)
{
    connect(m_engine, &EngineClient::ready, this, &InspectionModel::onReady);
    connect(m_engine, &EngineClient::died, this, &InspectionModel::onDeath);
    connect(m_engine, &EngineClient::gaveUp, this, [this](const QString& words) {
        m_again = true;
        setBusy({});
        Q_EMIT notice(Level::Problem,
                      tr("The engine cannot be started: %1. Check the engine command in the settings.").arg(words));
    });
    connect(m_engine, &EngineClient::silent, this, [this](const QString& words) {
        Q_EMIT notice(Level::Warning, tr("The engine has not answered yet. %1").arg(words));
    });
    connect(m_selection, &Selection::tokenChanged, this, [this] {
        requestRows();
        requestMapOfToken();
    });
    connect(m_selection, &Selection::otherChanged, this, [this] {
        requestMapOfToken(); // the pin decides what it shows
    });
    connect(m_selection, &Selection::mapChanged, this, [this] {
        requestMap();
        if (m_componentsWanted && m_componentsInfo.layer != m_selection->layer()) requestComponents(false, false);
    });
}

quint64 InspectionModel::ask(const char* verb, const Json& body, std::function<void(const Message&)> done,
                             const QString& tag, std::vector<TensorBytes> tensors, bool quiet)
{
    ++m_outstanding;
    return m_engine->request(
        verb, body, this,
        [this, quiet, done = std::move(done)](const Message& answer) {
            if (answer.status == Status::Progress) {
                const auto how = verbs::read<verbs::Progress>(answer.body);
                Q_EMIT progress(how.done, how.total);
                const QLocale locale;
                if (how.neededBytes > 0) // said before a model is loaded
                    setBusy(tr("Opening %1: needs %2 of %3")
                                .arg(m_lastModelPath, locale.formattedDataSize(how.neededBytes),
                                     locale.formattedDataSize(how.availableBytes)));
                return;
            }
            --m_outstanding;
            if (answer.status == Status::Failed && !quiet) Q_EMIT failed(verbs::read<verbs::Failure>(answer.body));
            done(answer);
            if (isSettled()) Q_EMIT settled();
        },
        tag, std::move(tensors));
}

void InspectionModel::setBusy(const QString& what)
{
    Q_EMIT busyChanged(!what.isEmpty(), what);
}

void InspectionModel::onDeath(const QString& words)
{
    m_again = true;
    m_inputIsCurrent = false;
    m_filmIsLost = hasFilm();
    const bool held = holdsRun();
    forgetHeld(); // it lay in the engine
    // What kills the engine must not do so for ever: after two deaths it is not tried again.
    constexpr int kMostDeaths = 2;
    if (++m_wantedDeaths >= kMostDeaths) {
        m_wantedModel.clear();
        m_wantedFile.clear();
    }
    Q_EMIT notice(Level::Warning,
                  (held ? tr("The engine stopped; it is started again and the view restored. The held run is gone. %1")
                        : tr("The engine stopped; it is started again and the view restored. %1"))
                      .arg(words));
}

void InspectionModel::onReady()
{
    if (m_engine->hello().version != HEADLENS_VERSION)
        Q_EMIT notice(Level::Warning, tr("The engine is of another version (%1). Use the same version on both sides.")
                                          .arg(QString::fromStdString(m_engine->hello().version)));
    headlens::ask(this, verbs::kListModels, {}, this,
                  [this](const verbs::ModelList& list) { m_embedded = list.models; },
                  {.about = Asking::About::Nothing, .tag = QString(), .quiet = true});
    if (!std::exchange(m_again, false)) return;
    // The new engine knows nothing: open what was open (or being opened), keep every selection.
    const bool replay = m_wantedModel.isEmpty();
    if (replay && !hasModel()) return;
    sendOpenModel(replay ? QString::fromStdString(m_model.path) : m_wantedModel, replay);
}

void InspectionModel::cancel()
{
    m_wantedModel.clear();
    m_wantedFile.clear();
    if (m_running != 0) m_engine->cancel(m_running);
}

void InspectionModel::openModel(const QString& pathOrName, const std::map<std::string, std::string>& settings)
{
    m_settings = settings;
    if (m_running != 0) m_engine->cancel(m_running);
    m_wantedModel = pathOrName;
    m_wantedDeaths = 0;
    if (!m_again) sendOpenModel(pathOrName, false); // otherwise onReady() does
}

void InspectionModel::sendOpenModel(const QString& path, bool replay)
{
    m_lastModelPath = path;
    m_runningIsModel = true;
    setBusy(tr("Opening %1").arg(path));
    const verbs::OpenModel request{path.toStdString(), m_device.toStdString(), m_settings, m_precision.toStdString()};
    m_running = ask(
        verbs::kOpenModel.verb, request,
        [this, path, replay](const Message& answer) {
            // Cancelled by the death of the engine or by a newer wish: what is wanted stays wanted.
            if (answer.status != Status::Cancelled && m_wantedModel == path) m_wantedModel.clear();
            takeModel(answer, replay);
        },
        QStringLiteral("open"));
}

void InspectionModel::endRun(const Message& answer)
{
    if (answer.id != m_running) return;
    m_running = 0;
    setBusy({});
}

void InspectionModel::takeModel(const Message& answer, bool replay)
{
    endRun(answer);
    if (answer.status == Status::Failed && retryWithoutDevice(answer, replay)) return;
    if (answer.status == Status::Done) {
        m_model = verbs::read<verbs::ModelInfo>(answer.body);
        m_inputIsCurrent = false;
        if (!replay) {
            m_rows.clear();
            m_score = {};
            m_text.silenced.clear(); // heads and words of another model
            m_text.hiddenTokens.clear();
            m_switches.clear();
        }
        if (m_model.notice == "cpu")
            Q_EMIT notice(Level::Warning, tr("The GPU has too little memory for this model. It runs on the CPU."));
        m_beginsAtEnd = !replay;
        if (!replay) Q_EMIT modelOpened();
        Q_EMIT modelChanged();
    }
    const bool input = !m_wantedFile.isEmpty() || (hasSomethingToRun() && !m_inputIsCurrent);
    if (input && hasModel() && m_running == 0 && m_engine->isReady())
        sendPicture(replay);
    else
        requestViews();
}

// A device that was chosen on another day or machine may be gone: the model is opened all the same, and it is said.
bool InspectionModel::retryWithoutDevice(const Message& answer, bool replay)
{
    const auto failure = verbs::read<verbs::Failure>(answer.body);
    if (errorCodeFrom(failure.code) != ErrorCode::DeviceMissing) return false;
    if (m_precision != QLatin1String("float32") && failure.subject == m_precision.toStdString()) {
        m_precision = QStringLiteral("float32");
        Q_EMIT precisionFellBack();
        sendOpenModel(m_lastModelPath, replay);
        return true;
    }
    if (m_device == QLatin1String("auto")) return false;
    m_device = QStringLiteral("auto");
    Q_EMIT deviceFellBack();
    sendOpenModel(m_lastModelPath, replay);
    return true;
}

void InspectionModel::openPicture(const QByteArray& file, const QString& name)
{
    if (hasFilm()) leaveFilm();
    m_wantedFile = file;
    m_wantedName = name;
    m_wantedDeaths = 0;
    const bool modelComes = m_running != 0 && m_runningIsModel;
    if (m_again || !hasModel() || modelComes) return; // it waits for the model
    if (m_running != 0) m_engine->cancel(m_running);
    sendPicture(false);
}

void InspectionModel::setPrecision(const QString& precision)
{
    if (precision == m_precision) return;
    m_precision = precision;
    if (hasModel() && !m_again) sendOpenModel(QString::fromStdString(m_model.path), true);
}

void InspectionModel::tellWhatMemoryForced()
{
    if (m_input.notice == "hidden")
        Q_EMIT notice(Level::Warning,
                      tr("Memory is short: hidden states were not kept, so principal components and the "
                         "like are not there for this picture."));
    if (m_input.notice != "cpu") return;
    m_model.device = "cpu";
    Q_EMIT notice(Level::Warning, tr("The GPU has too little memory for this picture. The model moved to the CPU."));
}

// Once a picture; they stay in the Model pane.
void InspectionModel::tellRemarks()
{
    const QString picture = QString::fromStdString(m_input.sha256);
    if (m_input.remarks.empty() || m_remarked.contains(picture)) return;
    m_remarked.insert(picture);
    const QString name = QString::fromStdString(m_input.name).section(QLatin1Char('/'), -1);
    Q_EMIT notice(Level::Info, tr("%1: %2").arg(name, QString::fromStdString(m_input.remarks.front())));
}

void InspectionModel::sendPicture(bool replay)
{
    if (hasFilm() && m_wantedFile.isEmpty() && m_model.takesPictures) return showFrame(m_wantedFrame);
    const QByteArray file = m_wantedFile.isEmpty() ? m_file : m_wantedFile;
    if (file.isEmpty() && !m_model.text.reads) return;
    const QString name = m_wantedFile.isEmpty() ? m_fileName : m_wantedName;
    m_runningIsModel = false;
    setBusy(tr("Inspecting %1").arg(m_model.takesPictures ? name : tr("the text")));
    std::vector<TensorBytes> picture;
    if (m_model.takesPictures && !file.isEmpty()) picture.push_back(imageTensor(file));
    m_running = ask(
        verbs::kSetInput.verb, inputRequest(name),
        [this, replay, file, name](const Message& answer) {
            if (answer.status == Status::Done) {
                m_file = file;
                m_fileName = name;
            }
            if (answer.status != Status::Cancelled && m_wantedFile == file) m_wantedFile.clear();
            takeInput(answer, replay);
        },
        QStringLiteral("input"), std::move(picture));
}

// A text that the model continues: what comes next is told by its last token.
bool InspectionModel::writesOn() const
{
    return m_model.text.writes && !m_model.text.translates && !m_input.streams.empty() &&
           m_input.streams.front().gridWidth == 0 && !m_input.streams.front().tokens.empty();
}

void InspectionModel::takeInput(const Message& answer, bool replay)
{
    endRun(answer);
    if (answer.status == Status::Failed && !m_inputIsCurrent) forgetInput(); // the new model refuses the picture
    if (answer.status != Status::Done) return requestViews();
    const bool wasLast = writesOn() && m_selection->stream() == 0 && m_selection->token() + 1 == m_selection->tokens();
    const auto found = verbs::unpack<verbs::InputAnswer>(answer);
    m_input = found.info;
    tellWhatMemoryForced();
    tellRemarks();
    m_seen = toQImage(found.seen);
    m_original = toQImage(found.original);
    m_reconstruction = toQImage(found.reconstruction);
    layOutTokens();
    m_inputIsCurrent = true;
    forgetMap();
    m_components = {};
    if (!replay) m_rows.clear();
    m_score.token = -1; // tokens and answers of another text
    if (m_input.predictions.empty()) m_score.target = -1;
    selectWithin(wasLast);
    if (m_componentsWanted) requestComponents(false, false);
    Q_EMIT inputChanged();
}

// Where the tokens of every block lie: keys and queries.
void InspectionModel::layOutTokens()
{
    m_layout = TokenLayout::from(m_model, m_input);
    if (!m_input.blocks.empty() && m_input.blocks[0].keyStream != 0) // keys that are not the first stream's tokens
        m_layout = TokenLayout::ofStream(m_model, m_input, 0);
    m_layouts.clear();
    m_queryLayouts.clear();
    for (int layer = 0; layer < int(m_input.blocks.size()); ++layer) {
        const verbs::BlockGrid& block = m_input.blocks[std::size_t(layer)];
        m_layouts.push_back(TokenLayout::from(m_model, m_input, layer));
        m_queryLayouts.push_back(block.queryStream == block.keyStream
                                     ? m_layouts.back()
                                     : TokenLayout::ofStream(m_model, m_input, block.queryStream));
        verbs::BlockGrid& asking = m_queryLayouts.back().block;
        if (block.queryStream != block.keyStream) asking = block; // sizes, tower and streams are the block's
    }
}

// The selection learns how many heads and tokens there are, which asks for the rows as well.
void InspectionModel::selectWithin(bool wasLast)
{
    QList<int> heads, tokens;
    for (const verbs::BlockGrid& block : m_input.blocks) heads << block.heads;
    for (int stream = 0; stream < int(m_input.streams.size()); ++stream)
        tokens << TokenLayout::ofStream(m_model, m_input, stream).tokens();
    m_selection->setExtent(heads, tokens);
    const bool begins = std::exchange(m_beginsAtEnd, false);
    if (begins) lookWhereMostIsSeen();
    // The first token of a causal text sees itself alone; whoever stood at the end stays there while typing.
    if ((begins || wasLast) && writesOn() && !m_selection->isPinned()) m_selection->hoverIn(0, tokens.front() - 1);
}

// The first layer of a vision model hardly shows anything: the last one that looks at the picture, all its heads.
void InspectionModel::lookWhereMostIsSeen()
{
    for (int layer = int(m_layouts.size()) - 1; layer >= 0; --layer) {
        const TokenLayout& layout = m_layouts[std::size_t(layer)];
        if (!layout.isPicture() || layout.block.kind != "self" || layout.block.queryStream != pictureStream()) continue;
        m_selection->setLayer(layer);
        return m_selection->setFusion(HeadFusion::Mean);
    }
}

void InspectionModel::forgetInput()
{
    m_input = {};
    m_layout = {};
    m_layouts.clear();
    m_queryLayouts.clear();
    forgetMap();
    m_seen = m_original = m_reconstruction = m_components = {};
    m_rows.clear();
    Q_EMIT inputChanged();
}

// Between a new model or picture and its result the engine holds something else than the window shows.
bool InspectionModel::canAsk() const
{
    return hasInput() && m_inputIsCurrent && m_running == 0 && !m_again && m_engine->isReady();
}

void InspectionModel::setMask(double ratio, quint64 seed)
{
    if (ratio == m_maskRatio && seed == m_maskSeed) return;
    m_maskRatio = ratio;
    m_maskSeed = seed;
    if (hasInput() && !m_again && !(m_running != 0 && m_runningIsModel)) sendPicture(false);
}

void InspectionModel::setFit(const QString& fit)
{
    if (fit == m_fit) return;
    m_fit = fit;
    if (hasInput() && !m_again && !(m_running != 0 && m_runningIsModel)) sendPicture(false);
}

void InspectionModel::setDevice(const QString& device)
{
    if (device == m_device) return;
    m_device = device;
    if (hasModel() && !m_again) sendOpenModel(QString::fromStdString(m_model.path), true);
}

} // namespace headlens
