// SPDX-License-Identifier: GPL-3.0-or-later
// Plays through the layers, and round again.
#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>

class QAction;

namespace headlens {

class HeadChoice;

class PlayLayers : public QObject {
    Q_OBJECT
public:
    static constexpr std::chrono::milliseconds kUsual{700}; // a layer

    PlayLayers(HeadChoice* heads, QObject* parent, std::chrono::milliseconds each = kUsual);

    void set(bool on);
    // Ticked while it plays; for a menu, which names it.
    QAction* action() { return m_action; }

private:
    void next();

    HeadChoice* m_heads;
    QAction* m_action;
    QTimer m_timer{this};
};

} // namespace headlens
