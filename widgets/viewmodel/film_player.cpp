// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/film_player.h"
#include "widgets/viewmodel/film_source.h"

#include <algorithm>

namespace headlens {

FilmPlayer::FilmPlayer(InspectionModel* model, QObject* parent) : QObject(parent), m_model(model)
{
    m_age.start();
    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &FilmPlayer::goOn);
    connect(model, &InspectionModel::inputChanged, this, &FilmPlayer::onInput);
    // The rows of the frame are there and about to be painted: time for the next one.
    connect(model->link(), &EngineLink::settled, this, [this] {
        if (m_playing && !m_next.isActive()) m_next.start(0);
    });
    connect(model->link(), &EngineLink::failed, this, [this] {
        if (m_playing) setPlaying(false); // what failed once would fail again at once
    });
    connect(model->film(), &FilmSource::changed, this, [this] {
        if (!isOpen()) m_playing = false;
        Q_EMIT changed();
    });
}

void FilmPlayer::open(const QString& source)
{
    m_playing = false;
    m_frame = 0;
    m_shown.clear();
    m_model->film()->open(source, [this] {
        m_model->film()->show(0);
        setPlaying(isCamera());
    });
}

void FilmPlayer::close()
{
    m_model->film()->close();
}

void FilmPlayer::setPlaying(bool on)
{
    if (!isOpen()) return;
    m_playing = on;
    if (on && !isCamera() && m_frame + 1 >= film().frames) m_frame = 0; // from the start again
    startClock();
    if (on) m_next.start(0);
    Q_EMIT changed();
}

void FilmPlayer::startClock()
{
    m_first = m_asked = m_frame;
    m_clock.start();
}

void FilmPlayer::step(int frames)
{
    if (!isOpen()) return;
    if (m_playing) setPlaying(false);
    seek(m_frame + frames);
}

void FilmPlayer::seek(qint64 frame)
{
    if (!isOpen() || isCamera()) return;
    m_frame = std::clamp<qint64>(frame, 0, film().frames - 1);
    startClock();
    m_model->film()->show(m_frame);
    Q_EMIT changed();
}

// The frame that is due by the clock: those that passed while the model was busy are left out.
void FilmPlayer::goOn()
{
    if (!m_playing || !m_model->link()->isSettled()) return; // settled() comes again
    if (isCamera()) {
        m_model->film()->show(m_frame + 1);
        return;
    }
    const double rate = film().framesPerSecond;
    const qint64 due = m_first + qint64(double(m_clock.elapsed()) * rate / 1000);
    if (due <= m_frame) {
        m_next.start(int(std::max(1.0, (double(m_frame + 1 - m_first) * 1000 / rate) - double(m_clock.elapsed()))));
        return;
    }
    if (m_frame + 1 >= film().frames) return setPlaying(false);
    m_asked = std::min<qint64>(due, film().frames - 1);
    m_model->film()->show(m_asked);
}

void FilmPlayer::onInput()
{
    if (!isOpen() || m_model->input().frame < 0) return;
    m_frame = m_model->input().frame;
    if (m_playing && !isCamera() && m_frame < m_asked) setPlaying(false); // the film ends before it says
    m_shown.push_back(m_age.elapsed());
    constexpr qint64 kWindowMs = 1000;
    while (m_shown.size() > 2 && m_shown.back() - m_shown.front() > kWindowMs) m_shown.pop_front();
    Q_EMIT changed();
}

double FilmPlayer::shownPerSecond() const
{
    if (m_shown.size() < 2 || m_shown.back() == m_shown.front()) return 0;
    return double(m_shown.size() - 1) * 1000 / double(m_shown.back() - m_shown.front());
}

} // namespace headlens
