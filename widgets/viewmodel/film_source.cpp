// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/film_source.h"

#include "widgets/viewmodel/asking.h"

#include <utility>

namespace headlens {

FilmSource::FilmSource(InspectionModel* model) : QObject(model), m_model(model)
{
    connect(m_model->link(), &EngineLink::died, this, [this] { m_isLost = isOpen(); });
}

void FilmSource::open(const QString& source, const std::function<void()>& done)
{
    const auto take = [this, done](const verbs::VideoInfo& film) {
        m_info = film;
        m_isLost = false;
        Q_EMIT changed();
        done();
    };
    ask(m_model, verbs::kOpenVideo, {source.toStdString()}, this, take,
        {.about = Asking::About::Nothing, .tag = QString()});
}

bool FilmSource::reopen(const std::function<void()>& done)
{
    if (!std::exchange(m_isLost, false)) return false;
    open(QString::fromStdString(m_info.source), done);
    return true;
}

void FilmSource::show(qint64 frame)
{
    m_frame = frame;
    const EngineLink* link = m_model->link();
    if (!isOpen() || !m_model->loader()->takesInput() || link->phase() == EngineLink::Phase::Exporting) return;
    m_model->wishes()->runAgain();
}

void FilmSource::close()
{
    if (!isOpen()) return;
    leave();
    const EngineLink::Phase phase = m_model->link()->phase();
    const bool comesAnyway = phase == EngineLink::Phase::Exporting || phase == EngineLink::Phase::Opening;
    if (!comesAnyway) m_model->wishes()->runAgain();
}

void FilmSource::leave()
{
    if (!isOpen()) return;
    m_info = {};
    if (m_model->link()->client().isReady())
        ask(m_model, verbs::kCloseVideo, {}, this, [](const verbs::Nothing&) {},
            {.about = Asking::About::Nothing, .tag = QString(), .quiet = true});
    Q_EMIT changed();
}

// The engine goes through the frames: what it showed before is run again in the end.
void FilmSource::write(const verbs::ExportFilm& what, const std::function<void(qint64)>& done)
{
    verbs::ExportFilm question = what;
    question.with = m_model->request().forModel(m_model->model(), {}, false);
    const auto take = [this, done](const Message& answer) {
        if (answer.status == Status::Done) done(verbs::unpack<verbs::ExportedFilm>(answer).frames);
        if (m_model->link()->isIdle())
            m_model->wishes()->runAgain(/*replay=*/true); // otherwise what comes next brings a picture
    };
    m_model->link()->start(EngineLink::Phase::Exporting, tr("Writing %1").arg(QString::fromStdString(what.target)),
                           verbs::kExportFilm.verb, question, take);
}

} // namespace headlens
