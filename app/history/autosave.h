// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps what is open on the disk while the window runs, and offers it after a crash. Each running window has a file and
// a lock of its own; a file whose lock nobody holds was left behind by one that ended without closing.
#pragma once

#include "widgets/viewmodel/work_state.h"

#include <QLockFile>
#include <QObject>
#include <QString>
#include <QTimer>

#include <optional>

namespace headlens {

class History;
class Workbench;

class Autosave : public QObject {
    Q_OBJECT
public:
    Autosave(Workbench* bench, History* history, const QString& folder, QObject* parent);
    ~Autosave() override; // closed in peace: nothing is left behind

    // What a window that crashed had open, the newest if there are several; all of them are cleared away. It stays in
    // this window's file until a step is made here: another crash must not cost it.
    std::optional<WorkState> takeLeftover();
    void save(); // if anything has changed
    QString file() const { return m_file; }

private:
    Workbench* m_bench;
    QString m_folder, m_file;
    QLockFile m_lock;
    QTimer m_often, m_soon;
    WorkState m_saved;
    bool m_mine = false;  // the lock is held; without it nothing is written
    bool m_holds = false; // what was left behind lies in the file
};

} // namespace headlens
