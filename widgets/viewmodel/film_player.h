// SPDX-License-Identifier: GPL-3.0-or-later
// Plays a film or camera through the model: a frame is asked for when the one before is answered and shown. What the
// model cannot keep up with is left out; nothing queues.
#pragma once

#include "widgets/viewmodel/film_source.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <deque>

namespace headlens {

class FilmPlayer : public QObject {
    Q_OBJECT
public:
    explicit FilmPlayer(InspectionModel* model, QObject* parent = nullptr);

    // A path on the engine's machine, or "camera:0". A camera plays at once, a film stands at its first frame.
    void open(const QString& source);
    void close();
    void setPlaying(bool on);
    void step(int frames); // pauses
    void seek(qint64 frame);

    bool isOpen() const { return m_model->film()->isOpen(); }
    bool isPlaying() const { return m_playing; }
    bool isCamera() const { return isOpen() && film().frames == 0; }
    const verbs::VideoInfo& film() const { return m_model->film()->info(); }
    qint64 frame() const { return m_frame; }
    double shownPerSecond() const; // over the last second

Q_SIGNALS:
    void changed();

private:
    void onInput();
    void goOn();
    void startClock();

    InspectionModel* m_model;
    QTimer m_next;
    QElapsedTimer m_clock;      // since playing began at m_first
    QElapsedTimer m_age;        // for m_shown
    std::deque<qint64> m_shown; // when the last frames came, in ms
    qint64 m_frame = 0, m_first = 0, m_asked = 0;
    bool m_playing = false;
};

} // namespace headlens
