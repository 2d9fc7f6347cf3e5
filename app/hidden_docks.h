// SPDX-License-Identifier: GPL-3.0-or-later
// Puts all docks away for a while (start page, presenter mode) and brings them back exactly as they were. Several may
// want it at once; the docks come back when the last one is done.
#pragma once

#include <QByteArray>
#include <QObject>
#include <QSet>
#include <QSize>

class QMainWindow;

namespace headlens {

class HiddenDocks : public QObject {
    Q_OBJECT
public:
    // `version`: of QMainWindow::saveState().
    HiddenDocks(QMainWindow* window, int version);

    // Hides every dock; who asked may show some of them afterwards.
    void enter(const QObject* owner);
    void leave(const QObject* owner);
    bool isOn() const { return !m_owners.isEmpty(); }
    bool isOnOnlyFor(const QObject* owner) const { return m_owners.size() == 1 && m_owners.contains(owner); }
    QByteArray state() const; // as saveState(): of the layout that will be there again

Q_SIGNALS:
    void entering(); // the first one comes; the layout is kept behind this
    void entered();  // the first one came
    void left();     // the last one went; the docks are back

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void restore();

    QMainWindow* m_window;
    int m_version;
    QSet<const QObject*> m_owners;
    QByteArray m_before;
    QSize m_size;                // of the window when the docks were put away
    bool m_waitsForSize = false; // the desktop takes its time to end full screen
};

} // namespace headlens
