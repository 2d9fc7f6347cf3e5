// SPDX-License-Identifier: GPL-3.0-or-later
// A film or camera on the engine's machine that stands in for the picture until one is opened. FilmPlayer decides which
// frame, and when.
#pragma once

#include "core/wire/verbs.h"

#include <QObject>

#include <functional>

namespace headlens {

class InspectionModel;

class FilmSource : public QObject {
    Q_OBJECT
public:
    explicit FilmSource(InspectionModel* model);

    void open(const QString& source, const std::function<void()>& done);
    void show(qint64 frame); // runs it; kept for later where the engine takes no input yet
    void close();            // back to the picture before, if there was one
    void leave();            // something else is opened instead
    // Writes the film with the map over it; `done` hears how many frames.
    void write(const verbs::ExportFilm& what, const std::function<void(qint64 frames)>& done);

    bool isOpen() const { return !m_info.source.empty(); }
    const verbs::VideoInfo& info() const { return m_info; }
    qint64 frame() const { return m_frame; } // that is shown or on its way
    // The engine that had it open is gone: opens it in the new one. False where nothing has to be done.
    bool reopen(const std::function<void()>& done);

Q_SIGNALS:
    void changed(); // opened or closed

private:
    InspectionModel* m_model;
    verbs::VideoInfo m_info; // empty source: none
    qint64 m_frame = 0;
    bool m_isLost = false;
};

} // namespace headlens
