// SPDX-License-Identifier: GPL-3.0-or-later
// The part of InspectionModel that speaks about films and cameras; FilmPlayer decides which frame and when.
#include "widgets/viewmodel/asking.h"

#include <utility>

namespace headlens {

void InspectionModel::openFilm(const QString& source, std::function<void()> done)
{
    const auto take = [this, done = std::move(done)](const verbs::VideoInfo& film) {
        m_film = film;
        m_filmIsLost = false;
        m_wantedFile.clear(); // the film comes instead
        Q_EMIT filmChanged();
        done();
    };
    headlens::ask(this, verbs::kOpenVideo, {source.toStdString()}, this, take,
                  {.about = Asking::About::Nothing, .tag = QString()});
}

// Back to the picture that was shown before, if there was one.
void InspectionModel::closeFilm()
{
    if (!hasFilm()) return;
    leaveFilm();
    if (m_exportsFilm || (m_running != 0 && m_runningIsModel)) return; // their ends see to it
    if (m_running != 0) m_engine->cancel(m_running);
    if (m_file.isEmpty())
        forgetInput();
    else if (hasModel() && !m_again)
        sendPicture(false);
}

void InspectionModel::leaveFilm()
{
    m_film = {};
    if (m_engine->isReady())
        headlens::ask(this, verbs::kCloseVideo, {}, this, [](const verbs::Nothing&) {},
                      {.about = Asking::About::Nothing, .tag = QString(), .quiet = true});
    Q_EMIT filmChanged();
}

void InspectionModel::showFrame(qint64 frame)
{
    m_wantedFrame = frame; // shown as soon as the engine is ready for it
    if (m_exportsFilm || !hasFilm() || m_again || !hasModel() || (m_running != 0 && m_runningIsModel)) return;
    if (m_running != 0) m_engine->cancel(m_running);
    if (!std::exchange(m_filmIsLost, false)) return sendFrame(frame);
    openFilm(QString::fromStdString(m_film.source), [this, frame] { sendFrame(frame); });
}

void InspectionModel::sendFrame(qint64 frame)
{
    m_runningIsModel = false;
    m_running = ask(
        verbs::kSetFrame.verb, verbs::SetFrame{frame, inputRequest({})},
        [this](const Message& answer) { takeInput(answer, /*replay=*/true); }, QStringLiteral("input"));
}

void InspectionModel::requestExportFilm(const verbs::ExportFilm& what, std::function<void(qint64)> done)
{
    setBusy(tr("Writing %1").arg(QString::fromStdString(what.target)));
    m_runningIsModel = false;
    m_exportsFilm = true;
    m_inputIsCurrent = false; // the engine goes through the frames
    verbs::ExportFilm request = what;
    request.with = inputRequest({});
    m_running = ask(verbs::kExportFilm.verb, request, [this, done = std::move(done)](const Message& answer) {
        endRun(answer);
        m_exportsFilm = false;
        if (answer.status == Status::Done) done(verbs::unpack<verbs::ExportedFilm>(answer).frames);
        if (!m_engine->isReady() || m_running != 0) return; // what comes next brings a picture
        if (hasFilm() || !m_file.isEmpty())
            sendPicture(true);
        else
            forgetInput();
    });
}

} // namespace headlens
