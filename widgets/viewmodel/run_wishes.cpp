// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/run_wishes.h"

#include "core/wire/message.h"
#include "widgets/viewmodel/film_source.h"
#include "widgets/viewmodel/inspection_model.h"
#include "widgets/viewmodel/interventions.h"

#include <memory>
#include <utility>

namespace headlens {
namespace {

using Phase = EngineLink::Phase;

// Tokens of another text or grid are others.
bool keepsTokens(const RunRequest& before, const RunRequest& wanted)
{
    const TextRequest &was = before.text, &now = wanted.text;
    return was.text == now.text && was.pair == now.pair && was.chat == now.chat && was.system == now.system &&
           before.fit == wanted.fit;
}

} // namespace

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
    model->wishes()->change([&](RunRequest& request) { request.switches[name.toStdString()] = value.toStdString(); });
}

RunWishes::RunWishes(InspectionModel* model, Ended ended) : QObject(model), m_model(model), m_ended(std::move(ended)) {}

void RunWishes::cancel()
{
    m_model->loader()->forgetWish();
    m_wanted = {};
    m_model->link()->cancelJob();
}

void RunWishes::forgetChanges()
{
    m_request.text.ablated.clear();
    m_request.text.hiddenTokens.clear();
    m_request.switches.clear();
    m_request.changes.clear();
}

bool RunWishes::runWhatWaited(bool isMissing, bool replay)
{
    const bool runs = !m_wanted.file.isEmpty() || (hasSomethingToRun() && isMissing);
    if (!runs || !m_model->hasModel() || !m_model->link()->isIdle()) return false;
    send(replay);
    return true;
}

void RunWishes::openPicture(const QByteArray& file, const QString& name)
{
    m_model->film()->leave();
    if (m_request.fit == QLatin1String("native")) dropTokenChanges(m_request); // a grid of its own
    m_wanted = {file, name, false};
    m_model->link()->forgiveDeaths();
    if (!m_model->loader()->takesInput()) return; // it waits for the model
    m_model->link()->cancelJob();
    send(false);
}

bool RunWishes::hasPictureFile() const
{
    return m_model->film()->isOpen() || !m_picture.file.isEmpty() || !m_wanted.file.isEmpty();
}

bool RunWishes::hasSomethingToRun() const
{
    return hasPictureFile() || m_model->model().text.reads;
}

void RunWishes::change(const std::function<void(RunRequest&)>& how)
{
    RunRequest wanted = m_request;
    how(wanted);
    if (!keepsTokens(m_request, wanted) && wanted.changes == m_request.changes) dropTokenChanges(wanted);
    ask(std::move(wanted));
}

void RunWishes::setRequest(const RunRequest& whole)
{
    ask(whole);
}

// A run under way is stopped for another text alone: of what waits the engine keeps the newest, so a dragged gate shows
// every run that is fast enough, and the last one in any case.
void RunWishes::ask(RunRequest wanted)
{
    wanted.dropWhatIsAsTrained(m_model->model());
    const RunRequest before = std::exchange(m_request, wanted);
    if (wanted == before) return;
    if (wanted.switches != before.switches) Q_EMIT switchesChanged();
    if (!m_model->loader()->takesInput() || !hasSomethingToRun()) return; // it waits for the model
    Q_EMIT changing(before, wanted);
    if (!(wanted.text == before.text)) m_model->link()->cancelJob();
    send(false);
}

void RunWishes::runAgain(bool replay)
{
    m_model->link()->cancelJob();
    if (!m_model->film()->isOpen() && m_picture.file.isEmpty()) {
        Q_EMIT nothingLeft();
    } else if (m_model->loader()->takesInput()) {
        send(replay);
    }
}

void RunWishes::send(bool replay)
{
    const verbs::ModelInfo& model = m_model->model();
    const bool looks = model.takesPictures;
    if (m_model->film()->isOpen() && m_wanted.file.isEmpty() && looks) return sendFrame();
    ShownPicture picture = m_wanted.file.isEmpty() ? m_picture : m_wanted;
    if (picture.file.isEmpty() && !model.text.reads) return;
    Sending how{.tag = QStringLiteral("input")};
    if (looks && !picture.file.isEmpty()) how.tensors.push_back(imageTensor(picture.file));
    picture.takesCut = m_cutPictures.contains(picture.name);
    const auto take = [this, replay, picture](const Message& answer) {
        if (answer.status == Status::Done) m_picture = picture;
        if (answer.status != Status::Cancelled && m_wanted.file == picture.file) m_wanted = {};
        m_ended(answer, replay);
    };
    const verbs::SetInput request = m_request.forModel(model, picture.name, picture.takesCut);
    m_model->link()->start(
        Phase::Running,
        InspectionModel::tr("Inspecting %1").arg(looks ? picture.name : InspectionModel::tr("the text")),
        verbs::kSetInput.verb, request, take, std::move(how));
}

void RunWishes::sendFrame()
{
    FilmSource* film = m_model->film();
    const auto then = [this] { // a model that comes meanwhile brings the frame itself
        if (m_model->loader()->takesInput()) sendFrame();
    };
    if (film->reopen(then)) return;
    m_model->link()->cancelJob();
    const verbs::SetFrame request{film->frame(), m_request.forModel(m_model->model(), {}, false)};
    const auto take = [this](const Message& answer) { m_ended(answer, /*replay=*/true); };
    m_model->link()->start(Phase::Running, {}, verbs::kSetFrame.verb, request, take, {.tag = QStringLiteral("input")});
}

} // namespace headlens
