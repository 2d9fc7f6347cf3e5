// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/workbench.h"

#include "core/wire/changes.h"
#include "widgets/viewmodel/comparison.h"
#include "widgets/viewmodel/film_player.h"
#include "widgets/viewmodel/inspection_model.h"
#include "widgets/viewmodel/method_map.h"

#include <QCryptographicHash>
#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace headlens {

Workbench::Workbench(const Parts& parts, Window window, QObject* parent)
    : QObject(parent), m_parts(parts), m_window(std::move(window)), m_turn(new InTurn(parts.model->link(), this))
{
    connect(m_turn, &InTurn::finished, this, [this] {
        m_isBusy = m_isWaiting; // another one was put there meanwhile
        if (!m_isBusy) Q_EMIT done();
    });
}

bool Workbench::isReady() const
{
    return !m_isBusy && m_parts.model->canAsk();
}

// An embedded model lies elsewhere on every computer.
QString Workbench::modelPath() const
{
    const ModelLoader* loader = m_parts.model->loader();
    for (const verbs::EmbeddedModel& one : loader->embeddedModels())
        if (one.path == loader->model().path) return QString::fromStdString(one.name);
    return QString::fromStdString(loader->model().path);
}

const QString& Workbench::hashOf(const QByteArray& file) const
{
    const bool same = file.constData() == m_hashed.constData() && file.size() == m_hashed.size(); // shared, not equal
    if (!same) {
        m_hashed = file;
        m_hash = QString::fromLatin1(QCryptographicHash::hash(file, QCryptographicHash::Sha256).toHex());
    }
    return m_hash;
}

WorkState Workbench::state() const
{
    const InspectionModel& model = *m_parts.model;
    WorkState state;
    state.model = {modelPath(), QString::fromStdString(model.model().sha256), model.loader()->settings()};
    InputState& input = state.input;
    input.request = model.request();
    if (model.film()->isOpen()) {
        input.film = QString::fromStdString(model.film()->info().source);
        input.frame = model.film()->frame();
    } else if (const ShownPicture& shown = model.wishes()->picture();
               model.model().takesPictures && !shown.file.isEmpty()) {
        input.picture = shown.name;
        input.sha256 = hashOf(shown.file);
        input.takesCut = shown.takesCut;
        if (!QFileInfo(shown.name).isAbsolute() || !QFileInfo(shown.name).isFile()) input.bytes = shown.file;
    }
    const HeadChoice* heads = m_parts.selection->heads();
    const TokenChoice* tokens = m_parts.selection->tokens();
    const QString& map = m_parts.selection->map();
    const verbs::ScoreChoice& score = model.map()->score();
    state.look = {{map, model.map()->settings(map), score.target, score.token, score.candidate, score.against},
                  heads->layer(),
                  heads->overlaid(),
                  heads->fusion(),
                  tokens->query(),
                  tokens->isPinned(),
                  tokens->reverse()};
    state.display = m_parts.display->get();
    state.workspace = m_window.workspace();
    return state;
}

void Workbench::put(const WorkState& state, bool whole)
{
    m_wanted = state;
    m_isWhole = whole;
    m_isBusy = true;
    if (std::exchange(m_isWaiting, true)) return;
    QMetaObject::invokeMethod(this, &Workbench::begin, Qt::QueuedConnection);
}

void Workbench::begin()
{
    m_isWaiting = false;
    m_turn->begin({[this] { openModel(); }, [this] { openInput(); }, [this] { seek(); }, [this] { look(); }});
}

void Workbench::openModel()
{
    InspectionModel* model = m_parts.model;
    const ModelState& wanted = m_wanted.model;
    if (wanted.path.isEmpty()) return;
    if (model->hasModel() && wanted.path == modelPath() && wanted.settings == model->loader()->settings()) return;
    model->loader()->open(wanted.path, wanted.settings);
    openPicture(); // together with the model, which may run nothing without one (Flamingo, PaLM-E)
}

bool Workbench::showsPicture() const
{
    const ShownPicture& shown = m_parts.model->wishes()->picture();
    const InputState& wanted = m_wanted.input;
    return !m_parts.model->film()->isOpen() && shown.name == wanted.picture && hashOf(shown.file) == wanted.sha256 &&
           shown.takesCut == wanted.takesCut;
}

void Workbench::openPicture()
{
    const InputState& wanted = m_wanted.input;
    if (wanted.picture.isEmpty() || showsPicture()) return;
    if (wanted.takesCut) m_parts.model->wishes()->acceptCut(wanted.picture);
    if (wanted.bytes.isEmpty())
        m_window.openPicture(wanted.picture);
    else
        m_parts.model->wishes()->openPicture(wanted.bytes, wanted.picture);
}

void Workbench::openInput()
{
    InspectionModel* model = m_parts.model;
    const InputState& wanted = m_wanted.input;
    if (model->model().takesPictures) openPicture();
    if (wanted.film.isEmpty() && wanted.picture.isEmpty()) m_parts.player->close();
    if (!wanted.film.isEmpty() && wanted.film.toStdString() != model->film()->info().source)
        m_parts.player->open(wanted.film);
    model->wishes()->setRequest(possibleHere(wanted.request));
    if (model->model().text.reads) m_window.fillText(wanted.request.text);
}

// A session keeps no baseline: what was taken from it is left out, and said so.
RunRequest Workbench::possibleHere(const RunRequest& wanted) const
{
    RunRequest request = wanted;
    if (m_parts.model->comparison()->isOfThisModel() || std::erase_if(request.changes, takesHeld) == 0) return request;
    m_parts.model->link()->tell(EngineLink::Level::Warning,
                                tr("What was patched from the baseline is as trained: there is no baseline of this "
                                   "model now. Hold a run (H) and patch again."));
    return request;
}

void Workbench::seek()
{
    const InputState& wanted = m_wanted.input;
    if (!wanted.film.isEmpty() && m_parts.model->film()->frame() != wanted.frame) m_parts.player->seek(wanted.frame);
}

void Workbench::look()
{
    m_parts.display->set(m_wanted.display);
    if (m_isWhole && !m_wanted.workspace.isEmpty()) m_window.showWorkspace(m_wanted.workspace); // a step stays here
    if (!m_parts.model->hasInput()) return;                                                     // why was said already
    chooseHeads();
    chooseMap();
    chooseToken();
}

void Workbench::chooseHeads()
{
    HeadChoice* heads = m_parts.selection->heads();
    const LookState& wanted = m_wanted.look;
    if (heads->layer() == wanted.layer && heads->overlaid() == wanted.heads && heads->fusion() == wanted.fusion) return;
    heads->setLayer(wanted.layer);
    heads->setHead(wanted.heads.first().head);
    for (const HeadPlace& place : wanted.heads.mid(1))
        if (!heads->overlaid().contains(place)) heads->toggleHead(place.layer, place.head);
    heads->setFusion(wanted.fusion);
}

void Workbench::chooseMap()
{
    MethodMap* map = m_parts.model->map();
    const MapState& wanted = m_wanted.look.map;
    const verbs::MethodInfo* method = map->method(wanted.id);
    if (method != nullptr)
        for (const verbs::Switch& one : method->settings) {
            const auto set = wanted.settings.find(one.name);
            map->set(wanted.id, QString::fromStdString(one.name),
                     QString::fromStdString(set == wanted.settings.end() ? one.usual : set->second));
        }
    const verbs::ScoreChoice now = map->score();
    const bool same = now.target == wanted.target && now.token == wanted.token && now.candidate == wanted.candidate &&
                      now.against == wanted.against;
    if (!same) map->explain({wanted.target, wanted.token, wanted.candidate, wanted.against}); // may show another map
    // A row is always there; a method only where the model knows it.
    if (method != nullptr || wanted.id == kRowMap) m_parts.selection->setMap(wanted.id);
}

void Workbench::chooseToken()
{
    TokenChoice* tokens = m_parts.selection->tokens();
    const LookState& wanted = m_wanted.look;
    tokens->setReverse(wanted.reverse);
    if (tokens->isPinned() == wanted.pinned && (tokens->query() == wanted.query || (!wanted.pinned && !m_isWhole)))
        return;
    tokens->unpin();
    tokens->hover(wanted.query);
    if (wanted.pinned) tokens->pin(wanted.query);
}

} // namespace headlens
