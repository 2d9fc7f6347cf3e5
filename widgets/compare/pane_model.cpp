// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/pane_model.h"

#include "core/wire/changes.h"
#include "widgets/compare/linked_score.h"
#include "widgets/viewmodel/error_text.h"
#include "widgets/viewmodel/film_source.h"
#include "widgets/viewmodel/interventions.h"
#include "widgets/viewmodel/method_map.h"
#include "widgets/viewmodel/run_changes.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace headlens {
namespace {

bool isSamePicture(const ShownPicture& one, const ShownPicture& other)
{
    return one.name == other.name && one.takesCut == other.takesCut &&
           (one.file.constData() == other.file.constData() || one.file == other.file); // mostly one and the same
}

} // namespace

PaneModel::PaneModel(const LinkedSelection::End& window, QObject* parent) : QObject(parent), m_window(window)
{
    connect(window.model, &InspectionModel::modelChanged, this, &PaneModel::follow);
    connect(window.model, &InspectionModel::inputChanged, this, [this] {
        if (std::exchange(m_isNotice, false)) setProblem({});
        follow();
    });
    connect(window.selection, &Selection::mapChanged, this, &PaneModel::followMap);
    connect(window.model->map(), &MethodMap::settingsChanged, this, &PaneModel::followMap);
    connect(window.model->map(), &MethodMap::scoreChanged, this, &PaneModel::followScore);
}

PaneModel::~PaneModel() = default;

void PaneModel::start()
{
    m_engine = std::make_unique<EngineClient>(m_window.model->link()->client().command());
    m_selection = std::make_unique<Selection>();
    m_model = std::make_unique<InspectionModel>(m_engine.get(), m_selection.get());
    m_link = std::make_unique<LinkedSelection>(m_window, LinkedSelection::End{m_model.get(), m_selection.get()});
    m_link->setOn(m_isAwake);
    connect(m_model.get(), &InspectionModel::modelChanged, this, [this] { // it forgot what was off in the last one
        followInput();
        followMap();
    });
    connect(m_model.get(), &InspectionModel::inputChanged, this, [this] {
        const bool readsAll = m_wish.picture.isEmpty() || !m_own.file.isEmpty();
        if (m_model->hasInput() && readsAll && !m_isNotice) setProblem({});
        followScore();
        if (m_isAwake) followFilm(); // it may have gone on meanwhile
    });
    connect(m_model->loader(), &ModelLoader::opened, this, [this] { m_opened = m_asked; });
    connect(m_model->loader(), &ModelLoader::openEnded, this, [this] {
        if (std::exchange(m_isLate, false)) followModel();
    });
    connect(m_model->link(), &EngineLink::failed, this, [this](const verbs::Failure& failure) {
        m_sent = {}; // it may be the picture: another model is given it again
        setProblem(errorText(failure));
    });
    connect(m_model->link(), &EngineLink::notice, this, [this](EngineLink::Level level, const QString& text) {
        if (level == EngineLink::Level::Info) return;
        m_isNotice = true;
        setProblem(text.trimmed());
    });
    m_engine->start();
    Q_EMIT started();
}

void PaneModel::setWish(const PaneWish& wish)
{
    const bool again = isStarted() && m_opened != m_asked && m_model->link()->isIdle(); // it failed to open
    if (wish == m_wish && !again) return;
    if (wish.picture != m_wish.picture) m_own = {};
    m_wish = wish;
    if (again) m_asked.clear();
    m_isNotice = false;
    setProblem({});
    follow();
    Q_EMIT wishChanged();
}

void PaneModel::setAwake(bool awake)
{
    m_isAwake = awake;
    if (m_link != nullptr) m_link->setOn(awake);
    follow();
}

QString PaneModel::wantedModel() const
{
    return m_wish.model.isEmpty() ? QString::fromStdString(m_window.model->model().path) : m_wish.model;
}

void PaneModel::follow()
{
    if (!m_isAwake || !m_window.model->hasModel()) return;
    if (!isStarted() && m_wish.isAsShown()) return;
    if (!isStarted()) start();
    followModel();
    followInput();
    followMap();
}

void PaneModel::followModel()
{
    const QString path = wantedModel();
    const auto settings =
        m_wish.model.isEmpty() ? m_window.model->loader()->settings() : std::map<std::string, std::string>();
    const verbs::ModelInfo& there = m_window.model->model();
    const std::pair machine(there.device, there.precision); // else a difference would show how these round
    if (path == m_asked && settings == m_settings && machine == m_machine) {
        m_isLate = false;
        return;
    }
    // An engine that is told to stop in the middle of a file may not hear it: the last wish waits for its turn.
    m_isLate = m_model->link()->phase() == EngineLink::Phase::Opening;
    if (m_isLate) return;
    if (std::exchange(m_machine, machine) != machine) { // opens what is open again
        m_model->loader()->setDevice(QString::fromStdString(machine.first));
        m_model->loader()->setPrecision(QString::fromStdString(machine.second));
        m_isLate = m_model->link()->phase() == EngineLink::Phase::Opening;
        if (m_isLate) return;
    }
    m_asked = path;
    m_settings = settings;
    m_model->loader()->open(path, settings);
}

RunRequest PaneModel::wantedRequest() const
{
    const verbs::ModelInfo& here = m_model->model();
    RunRequest request = m_window.model->request();
    const bool isSameModel = here.path == m_window.model->model().path;
    if (m_wish.asTrained || !isSameModel) makeAsTrained(request);
    TextRequest& text = request.text;
    if (m_wish.hasText) {
        text.text = m_wish.text;
        text.pair = text.written = QString();
        text.decoderInputIds.clear();
        text.hiddenTokens.clear(); // words of the other text
    }
    const bool hasOwnGrid = !m_wish.picture.isEmpty() && request.fit == QLatin1String("native");
    if (m_wish.hasText || hasOwnGrid) dropTokenChanges(request);
    std::erase_if(request.changes, takesHeld); // the engine of the pane holds no baseline
    if (!here.text.reads || isSameModel) return request;
    if (text.text.isEmpty()) text.text = QString::fromStdString(here.text.example);
    if (text.candidates.isEmpty())
        for (const std::string& one : here.text.exampleCandidates) text.candidates << QString::fromStdString(one);
    return request;
}

// False: the file cannot be read, which was said.
bool PaneModel::readPicture()
{
    constexpr qint64 kLargest = 256LL << 20;
    QFile file(m_wish.picture);
    const bool plain = m_wish.picture.startsWith(QLatin1Char(':')) || QFileInfo(m_wish.picture).isFile();
    if (plain && file.open(QIODevice::ReadOnly) && file.size() > 0 && file.size() <= kLargest)
        m_own = {file.readAll(), m_wish.picture};
    else
        setProblem(tr("%1 could not be opened. Choose another picture.").arg(m_wish.picture));
    return !m_own.file.isEmpty();
}

void PaneModel::followInput()
{
    if (!m_isAwake || !isStarted()) return;
    m_model->wishes()->setRequest(wantedRequest());
    if (followFilm()) return;
    if (!m_wish.picture.isEmpty() && m_own.file.isEmpty() && !readPicture()) return;
    const ShownPicture& picture = m_wish.picture.isEmpty() ? m_window.model->wishes()->picture() : m_own;
    if (picture.file.isEmpty() || isSamePicture(picture, m_sent)) return;
    m_sent = picture;
    if (picture.takesCut) m_model->wishes()->acceptCut(picture.name);
    m_model->wishes()->openPicture(picture.file, picture.name);
}

// The frame that the window shows. One at a time: those that come while one is run are left out. A camera can be opened
// once only.
bool PaneModel::followFilm()
{
    FilmSource* here = m_model->film();
    const verbs::VideoInfo& there = m_window.model->film()->info(); // no source: none is open
    const bool isFilm = !there.source.empty() && there.frames > 0;
    if (!isFilm || !m_wish.picture.isEmpty()) {
        m_film.clear();
        if (!here->isOpen()) return false;
        here->leave();
        m_sent = {}; // the picture before comes back
        return false;
    }
    const std::int64_t frame = m_window.model->input().frame;
    if (m_film != there.source) {
        m_film = there.source;
        const auto begin = [this] { m_model->film()->show(std::max<std::int64_t>(0, m_window.model->input().frame)); };
        here->open(QString::fromStdString(m_film), begin);
    } else if (here->isOpen() && m_model->link()->isIdle() && frame >= 0 && here->frame() != frame) {
        here->show(frame);
    }
    return true;
}

void PaneModel::followMap()
{
    if (!m_isAwake || !isStarted()) return;
    const QString wanted = m_wish.map.isEmpty() ? m_window.selection->map() : m_wish.map;
    const verbs::MethodInfo* method = m_model->map()->method(wanted);
    if (method != nullptr && m_window.model->map()->method(wanted) != nullptr)
        for (const verbs::Switch& one : method->settings) {
            const QString name = QString::fromStdString(one.name);
            m_model->map()->set(wanted, name, m_window.model->map()->setting(wanted, name));
        }
    m_selection->setMap(method == nullptr ? kRowMap : wanted);
    followScore();
}

void PaneModel::followScore()
{
    if (m_isAwake && isStarted()) m_model->map()->setScore(scoreFor(*m_model, *m_window.model));
}

void PaneModel::setProblem(const QString& text)
{
    if (std::exchange(m_problem, text) != text) Q_EMIT problemChanged();
}

} // namespace headlens
