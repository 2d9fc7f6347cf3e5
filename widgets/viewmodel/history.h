// SPDX-License-Identifier: GPL-3.0-or-later
// Undo and redo of everything that changes what is shown or computed. It watches what is shown rather than who changed
// it, so that no pane has to know of it. Lives in the window's thread.
#pragma once

#include "widgets/viewmodel/workbench.h"

#include <QObject>
#include <QString>

#include <functional>

class QUndoStack;

namespace headlens {

class History : public QObject {
    Q_OBJECT
public:
    explicit History(Workbench* bench, QObject* parent = nullptr);

    QUndoStack* stack() const { return m_stack; }
    // What is shown now becomes a step if it differs from what was; waits while something is on its way.
    void look();
    // A whole state at once, such as that of a session, as one step of that name.
    void jumpTo(const WorkState& state, const QString& words);
    // Milliseconds; tests bring a clock of their own.
    void setClock(std::function<qint64()> clock) { m_clock = std::move(clock); }

Q_SIGNALS:
    void recorded();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    class Step;
    void watch();
    void lookSoon();
    void onDone();
    void push(int kind, const QString& words, const WorkState& now);
    void goTo(const WorkState& state); // of a step that is undone or done again
    QString titleOf(const QString& map) const;

    Workbench* m_bench;
    QUndoStack* m_stack;
    std::function<qint64()> m_clock;
    WorkState m_now;       // as it was last looked at
    QString m_jump;        // where that is what is under way: its words
    quint64 m_presses = 0; // of the mouse, to tell one drag from the next
    bool m_knows = false, m_isSoon = false;
};

} // namespace headlens
