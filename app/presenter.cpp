// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/presenter.h"

#include "app/app_settings.h"
#include "app/cursor_highlight.h"
#include "app/hidden_docks.h"
#include "widgets/lessons/lesson_player.h"

#include <QAbstractButton>
#include <QApplication>
#include <QCursor>
#include <QDockWidget>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMainWindow>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QStatusBar>
#include <QToolBar>
#include <QToolTip>
#include <QWindow>

#include <algorithm>
#include <cmath>
#include <utility>

namespace headlens {
namespace {

constexpr double kSmallest = 1.0, kLargest = 3.0, kStep = 0.1, kUsual = 1.6;

QFont scaled(QFont font, double scale)
{
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * scale);
    else
        font.setPixelSize(std::max(1, int(std::lround(font.pixelSize() * scale))));
    return font;
}

bool isTypedInto(const QWidget* widget)
{
    const auto* line = qobject_cast<const QLineEdit*>(widget);
    const auto* text = qobject_cast<const QPlainTextEdit*>(widget);
    return (line != nullptr && !line->isReadOnly()) || (text != nullptr && !text->isReadOnly());
}

} // namespace

Presenter::Presenter(const Window& window)
    : QObject(window.window), m_in(window), m_ring(new CursorHighlight(window.window))
{
}

double Presenter::scale() const
{
    return std::clamp(m_in.settings->presenterScale(), kSmallest, kLargest);
}

void Presenter::setScale(double scale)
{
    m_in.settings->setPresenterScale(std::clamp(scale, kSmallest, kLargest));
    if (m_isOn) applyFont();
}

void Presenter::enter()
{
    if (m_isOn) return;
    QMainWindow* window = m_in.window;
    m_geometry = window->saveGeometry();
    m_state = window->windowState();
    m_hadFont = window->testAttribute(Qt::WA_SetFont);
    m_font = window->font();
    m_tipFont = QToolTip::font();
    m_focus = window->focusWidget();
    m_in.quiet->enter(this); // before anything changes the layout
    m_isOn = true;
    hideBars();
    applyFont();
    bare(m_in.lessonDock, true);
    showDocks();
    window->setWindowState(m_state | Qt::WindowFullScreen);
    focusStage();
    qApp->installEventFilter(this);
    m_ring->follow(window->mapFromGlobal(QCursor::pos()));
    Q_EMIT entered();
}

void Presenter::leave()
{
    if (!m_isOn) return;
    m_isOn = false;
    qApp->removeEventFilter(this);
    m_ring->hide();
    showPanels({});
    bare(m_in.lessonDock, false);
    m_in.window->setFont(m_hadFont ? m_font : QFont());
    QToolTip::setFont(m_tipFont);
    for (const QPointer<QWidget>& bar : std::as_const(m_bars))
        if (bar != nullptr) bar->show();
    m_in.window->setWindowState(m_state);
    m_in.quiet->leave(this); // last: it knows the size that the docks had
    if (m_focus != nullptr && m_focus->isVisibleTo(m_in.window)) m_focus->setFocus(Qt::OtherFocusReason);
    Q_EMIT left();
}

void Presenter::hideBars()
{
    m_bars.clear();
    QList<QWidget*> bars = m_in.tools;
    bars << m_in.window->menuBar() << m_in.window->statusBar();
    for (QToolBar* bar : m_in.window->findChildren<QToolBar*>(Qt::FindDirectChildrenOnly)) bars << bar;
    for (QWidget* bar : bars) {
        if (bar->isHidden()) continue;
        bar->hide();
        m_bars << bar;
    }
}

// A dock that is put away passes its focus on, most likely to the text: the keys would be typed into it.
void Presenter::focusStage()
{
    if (!m_in.quiet->isOnOnlyFor(this)) return; // the start page has it
    if (m_in.lessons->isOpen())
        m_in.lessons->setFocus(Qt::OtherFocusReason);
    else if (m_focus != nullptr && m_focus->isVisibleTo(m_in.window))
        m_focus->setFocus(Qt::OtherFocusReason);
    else
        m_in.window->setFocus(Qt::OtherFocusReason);
}

void Presenter::applyFont()
{
    m_in.window->setFont(scaled(QApplication::font(), scale()));
    QToolTip::setFont(scaled(m_tipFont, scale()));
}

void Presenter::bare(QDockWidget* dock, bool on)
{
    QWidget* before = dock->titleBarWidget();
    dock->setTitleBarWidget(on ? new QWidget(dock) : nullptr);
    delete before;
}

void Presenter::showDocks()
{
    if (!m_isOn || !m_in.quiet->isOnOnlyFor(this)) return;
    constexpr int kShare = 3; // of the width, for the lesson's text and for the panel each
    const int share = m_in.window->width() / kShare;
    if (m_in.lessons->isOpen()) m_in.lessonDock->show();
    QList<QDockWidget*> shown{m_in.lessonDock};
    for (const QPointer<QDockWidget>& panel : std::as_const(m_panels)) {
        if (panel == nullptr) continue;
        panel->show();
        shown << panel;
    }
    for (QDockWidget* dock : std::as_const(shown)) {
        if (dock->isHidden()) continue;
        const bool below = m_in.window->dockWidgetArea(dock) == Qt::BottomDockWidgetArea;
        m_in.window->resizeDocks({dock}, {below ? m_in.window->height() * 3 / 5 : share},
                                 below ? Qt::Vertical : Qt::Horizontal);
    }
}

void Presenter::showPanels(const QList<QDockWidget*>& panels)
{
    for (const QPointer<QDockWidget>& old : std::exchange(m_panels, {})) {
        const bool stays = m_isOn && panels.contains(old.data());
        if (old == nullptr || stays) continue;
        old->hide();
        bare(old, false);
    }
    if (!m_isOn) return;
    for (QDockWidget* panel : panels) {
        if (panel == nullptr || panel == m_in.lessonDock) continue;
        bare(panel, true);
        m_panels << panel;
    }
    showDocks();
}

bool Presenter::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_in.window && event->type() == QEvent::Resize) // full screen comes when the desktop likes
        QMetaObject::invokeMethod(this, &Presenter::showDocks, Qt::QueuedConnection);
    if (watched == m_in.window->windowHandle()) onMouse(*event); // sees every move, whichever widget wants it
    const bool asks = event->type() == QEvent::ShortcutOverride;
    const auto* widget = qobject_cast<QWidget*>(watched);
    if ((!asks && event->type() != QEvent::KeyPress) || widget == nullptr || widget->window() != m_in.window ||
        QApplication::activePopupWidget() != nullptr || QApplication::activeModalWidget() != nullptr)
        return QObject::eventFilter(watched, event);
    if (!takeKey(*static_cast<QKeyEvent*>(event), !asks)) return QObject::eventFilter(watched, event);
    event->accept();
    return true;
}

void Presenter::onMouse(const QEvent& event)
{
    const bool isPress = event.type() == QEvent::MouseButtonPress;
    if (!isPress && event.type() != QEvent::MouseMove) return;
    m_ring->follow(static_cast<const QMouseEvent&>(event).position().toPoint());
    if (isPress) m_ring->pulse();
}

bool Presenter::takeKey(const QKeyEvent& event, bool acts)
{
    const int key = event.key();
    const Qt::KeyboardModifiers with = event.modifiers() & ~Qt::KeypadModifier;
    const bool isAlone = m_in.quiet->isOnOnlyFor(this); // otherwise the start page lies above, with keys of its own
    if (with == 0 && key == Qt::Key_Escape && isAlone) {
        if (acts) leave();
        return true;
    }
    if ((with & ~Qt::ShiftModifier) == Qt::ControlModifier && onSize(key, acts)) return true;
    if (!isAlone || with != 0 || isTypedInto(QApplication::focusWidget())) return false;
    if (key >= Qt::Key_0 && key <= Qt::Key_9) return onDigit(key - Qt::Key_0, acts);
    return onWalk(key, acts);
}

// Ctrl with +, - or 0: the size of the type.
bool Presenter::onSize(int key, bool acts)
{
    const bool isLarger = key == Qt::Key_Plus || key == Qt::Key_Equal, isSmaller = key == Qt::Key_Minus;
    const bool isUsual = key == Qt::Key_0;
    if (!isLarger && !isSmaller && !isUsual) return false;
    if (acts) setScale(isUsual ? kUsual : scale() + (isLarger ? kStep : -kStep));
    return true;
}

// With a lesson: its steps. Without: the layers, by the keys of a remote control; the arrows stay the map's.
bool Presenter::onWalk(int key, bool acts)
{
    const bool isPageKey = key == Qt::Key_PageDown || key == Qt::Key_PageUp;
    const bool isForward = key == Qt::Key_PageDown || key == Qt::Key_Space || key == Qt::Key_Right;
    const bool isBack = key == Qt::Key_PageUp || key == Qt::Key_Backspace || key == Qt::Key_Left;
    const bool lesson = m_in.lessons->isOpen() && m_in.lessonDock->isVisible();
    if (!(isForward || isBack) || (!lesson && !isPageKey)) return false;
    const auto* button = qobject_cast<QAbstractButton*>(QApplication::focusWidget());
    if (key == Qt::Key_Space && button != nullptr) return false; // presses it, as everywhere
    if (!acts) return true;
    if (!lesson)
        m_in.heads->setLayer(m_in.heads->layer() + (isForward ? 1 : -1));
    else if (isForward)
        m_in.lessons->next();
    else
        m_in.lessons->back();
    return true;
}

// The answers of a step that asks for a prediction, also when it was answered: no head changes below a question.
// Otherwise heads, which count from 0.
bool Presenter::onDigit(int digit, bool acts)
{
    LessonPlayer* lessons = m_in.lessons;
    const LessonProgress& at = lessons->progress();
    const bool asks = lessons->isOpen() && !at.waits() && at.now().gate == Gate::Predict;
    if (!acts) return true;
    if (asks)
        lessons->predict(digit - 1);
    else if (digit < m_in.heads->headCount())
        m_in.heads->setHead(digit);
    return true;
}

} // namespace headlens
