// SPDX-License-Identifier: GPL-3.0-or-later
// A lesson in the window: opened into its dock, played on the stage, continued by its keys, closed.
#pragma once

#include <QObject>
#include <QString>

class QAction;
class QDockWidget;
class QMainWindow;
class QShortcut;

namespace headlens {

class LessonPlayer;
class LessonDirector;
class MessageBar;

class LessonActions : public QObject {
    Q_OBJECT
public:
    struct Parts {
        QMainWindow* window;
        QDockWidget* dock;
        LessonPlayer* player;
        LessonDirector* stage;
        QAction* play; // through the layers: has the key of the lesson while none is open
        MessageBar* messages;
    };
    explicit LessonActions(const Parts& parts);

    // Reads a lesson and shows its first step, or `step`. False when it is none; the message bar says why.
    bool open(const QString& folder, int step = 0);
    void retranslate();
    LessonPlayer* player() { return m_parts.player; }

Q_SIGNALS:
    void opens(); // one comes: it must be seen
    void opened();
    void closed();

private:
    void listen();
    void takeKeys();
    void giveRoom();
    void close();

    Parts m_parts;
    QShortcut* m_space;  // enabled while a lesson is open
    QString m_following; // folder of the lesson after the one that is open
};

} // namespace headlens
