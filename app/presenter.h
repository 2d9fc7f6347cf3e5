// SPDX-License-Identifier: GPL-3.0-or-later
// Presenter mode: full screen, large type, nothing but the canvas (or the text) and the lesson, a ring around the
// mouse, everything by keys that a remote control has. Leaving it brings back layout, fonts and window as they were.
#pragma once

#include <QByteArray>
#include <QFont>
#include <QList>
#include <QObject>
#include <QPoint>
#include <QPointer>

class QDockWidget;
class QKeyEvent;
class QMainWindow;

namespace headlens {

class AppSettings;
class LessonPlayer;
class CursorHighlight;
class HeadChoice;
class HiddenDocks;

class Presenter : public QObject {
    Q_OBJECT
public:
    struct Window {
        QMainWindow* window;
        HiddenDocks* quiet;
        QDockWidget* lessonDock;
        LessonPlayer* lessons;
        HeadChoice* heads;
        AppSettings* settings;
        QList<QWidget*> tools; // step away with menus and bars
    };
    explicit Presenter(const Window& window);

    void enter();
    void leave();
    bool isOn() const { return m_isOn; }
    // Of the application's font: 1 to 3; remembered.
    double scale() const;
    void setScale(double scale);
    // The docks that the step of the lesson speaks of, or that a text has beside and below it.
    void showPanels(const QList<QDockWidget*>& panels);
    void showDocks(); // after another has put them away
    QByteArray geometryBefore() const { return m_geometry; }
    CursorHighlight* ring() { return m_ring; }

Q_SIGNALS:
    void entered();
    void left();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void hideBars();
    void bare(QDockWidget* dock, bool on); // without its title bar
    void applyFont();
    void focusStage(); // what is typed goes to nobody's text
    void onMouse(const QEvent& event);
    // Whether the key is ours where the focus is; does it when `acts`.
    bool takeKey(const QKeyEvent& event, bool acts);
    bool onSize(int key, bool acts);
    bool onWalk(int key, bool acts);
    bool onDigit(int digit, bool acts);

    Window m_in;
    CursorHighlight* m_ring;
    QList<QPointer<QDockWidget>> m_panels;
    QPointer<QWidget> m_focus; // of before
    bool m_isOn = false;
    QList<QPointer<QWidget>> m_bars; // menu, status, tool bars and tools that were there
    QByteArray m_geometry;
    Qt::WindowStates m_state;
    QFont m_font, m_tipFont;
    bool m_hadFont = false; // the window had one of its own
};

} // namespace headlens
