// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/view_docks.h"

#include <QAction>
#include <QDockWidget>
#include <QScrollArea>

#include <algorithm>

namespace headlens {
namespace {

Qt::DockWidgetArea areaOf(Place place)
{
    switch (place) {
    case Place::LeftAbove:
    case Place::LeftBelow: return Qt::LeftDockWidgetArea;
    case Place::RightAbove:
    case Place::RightBelow: return Qt::RightDockWidgetArea;
    case Place::Below: break;
    }
    return Qt::BottomDockWidgetArea;
}

QWidget* scrolling(QWidget* content)
{
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(content);
    return scroll;
}

} // namespace

ViewDocks::ViewDocks(QMainWindow* window, const ViewContext& context) : QObject(window), m_window(window)
{
    for (const View& view : views()) {
        auto* dock = new QDockWidget(window);
        dock->setObjectName(QString::fromLatin1(view.title)); // saveState() needs it
        QWidget* content = view.make(context);
        dock->setWidget(view.scrolls ? scrolling(content) : content);
        window->addDockWidget(areaOf(view.place), dock);
        m_docks.append({&view, dock});
    }
}

QDockWidget* ViewDocks::dock(const QString& id) const
{
    const View* view = viewOf(id);
    const auto hit = std::ranges::find(m_docks, view, &Dock::view);
    return view == nullptr || hit == m_docks.end() ? nullptr : hit->dock;
}

QList<QDockWidget*> ViewDocks::docksAt(Place place) const
{
    QList<QDockWidget*> docks;
    for (const Dock& one : m_docks)
        if (one.view->place == place) docks.append(one.dock);
    return docks;
}

void ViewDocks::arrange()
{
    using enum Place;
    for (const Place place : {LeftAbove, LeftBelow, RightAbove, RightBelow, Below}) {
        const QList<QDockWidget*> docks = docksAt(place);
        for (qsizetype i = 1; i < docks.size(); ++i) m_window->tabifyDockWidget(docks[i - 1], docks[i]);
        docks.first()->raise();
    }
    dock(QStringLiteral("lesson"))->hide(); // comes with one
    m_window->setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    m_window->setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
}

void ViewDocks::shareRoom()
{
    constexpr double kLeft = 0.227, kRight = 0.3125; // of the width
    const auto share = [this](double of, int least) { return std::max(least, int(of * m_window->width())); };
    QDockWidget *controls = dock(QStringLiteral("controls")), *heads = dock(QStringLiteral("heads"));
    m_window->resizeDocks({controls, heads}, {share(kLeft, 230), share(kRight, 200)}, Qt::Horizontal);
    m_window->resizeDocks({heads, dock(QStringLiteral("matrix"))}, {420, 380}, Qt::Vertical);
    m_window->resizeDocks({dock(QStringLiteral("pictures"))}, {100}, Qt::Vertical);
}

void ViewDocks::raiseFor(bool pictures)
{
    QDockWidget *lines = dock(QStringLiteral("lines")), *strip = dock(QStringLiteral("pictures"));
    if (lines->isHidden() || strip->isHidden()) return; // arranged by the person
    QDockWidget* wanted = pictures ? strip : lines;
    wanted->raise();
    constexpr int kFilmstrip = 100;
    m_window->resizeDocks({wanted}, {pictures ? kFilmstrip : m_window->height() / 2}, Qt::Vertical);
}

void ViewDocks::retranslate()
{
    for (const Dock& one : m_docks) one.dock->setWindowTitle(one.view->translatedTitle());
}

QList<QAction*> ViewDocks::toggles() const
{
    QList<QAction*> actions;
    for (const Dock& one : m_docks) actions.append(one.dock->toggleViewAction());
    return actions;
}

} // namespace headlens
