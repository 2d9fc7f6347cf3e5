// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/view_docks.h"

#include "app/workspace.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QAction>
#include <QDockWidget>
#include <QScrollArea>
#include <QTimer>

#include <algorithm>
#include <utility>

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
    // The first text of a model: its lines have just come.
    connect(context.model, &InspectionModel::modelOpened, this, [this] { m_hasNewModel = true; });
    connect(context.model, &InspectionModel::inputChanged, this, [this] {
        if (std::exchange(m_hasNewModel, false)) QTimer::singleShot(0, this, &ViewDocks::roomForLines);
    });
}

QDockWidget* ViewDocks::dock(const QString& id) const
{
    const View* view = viewOf(id);
    const auto hit = std::ranges::find(m_docks, view, &Dock::view);
    return view == nullptr || hit == m_docks.end() ? nullptr : hit->dock;
}

void ViewDocks::arrange(const Workspace& workspace)
{
    using enum Place;
    for (const Dock& one : m_docks) {
        one.dock->setFloating(false);
        m_window->removeDockWidget(one.dock);
    }
    for (const Place place : {LeftAbove, LeftBelow, RightAbove, RightBelow, Below}) fill(place, workspace);
    m_window->setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    m_window->setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
}

// Its panes as the row says, then the views that wait here to be opened by hand.
void ViewDocks::fill(Place place, const Workspace& workspace)
{
    QList<QDockWidget*> shown, waiting;
    for (const Pane& pane : workspace.panes)
        if (pane.place == place) shown.append(dock(QString::fromLatin1(pane.view)));
    for (const Dock& one : m_docks)
        if (one.view->place == place && workspace.paneOf(QString::fromLatin1(one.view->id)) == nullptr)
            waiting.append(one.dock);
    const QList<QDockWidget*> all = shown + waiting;
    for (qsizetype i = 0; i < all.size(); ++i) {
        m_window->addDockWidget(areaOf(place), all[i]);
        if (i > 0) m_window->tabifyDockWidget(all[i - 1], all[i]);
        all[i]->setVisible(i < shown.size());
    }
    if (!shown.isEmpty()) shown.first()->raise();
}

bool ViewDocks::isThere(const char* view) const
{
    return !dock(QString::fromLatin1(view))->isHidden();
}

namespace {

// What a workspace's docks begin with: shares of the window's width, and heights in pixels.
struct Room {
    double left, right;
    int above, below;
};

Room roomOf(const Workspace& workspace)
{
    if (workspace.paneOf(QStringLiteral("lesson")) != nullptr) return {0.28, 0.2, 420, 380};
    if (workspace.paneOf(QStringLiteral("panes")) != nullptr) return {0.2, 0.48, 540, 260}; // pictures like the middle
    if (workspace.paneOf(QStringLiteral("sheet")) != nullptr) return {0.2, 0.4, 420, 380};  // many pictures
    return {0.2, 0.3125, 420, 380};
}

} // namespace

void ViewDocks::shareRoom(const Workspace& workspace)
{
    using enum Place;
    constexpr int kLeast = 230; // pixels
    const Room room = roomOf(workspace);
    QList<QDockWidget*> docks;
    QList<int> widths, heights;
    for (const Pane& pane : workspace.panes) {
        if (pane.place == Below) continue;
        const bool left = pane.place == LeftAbove || pane.place == LeftBelow;
        const bool above = pane.place == LeftAbove || pane.place == RightAbove;
        docks.append(dock(QString::fromLatin1(pane.view)));
        widths.append(std::max(kLeast, int((left ? room.left : room.right) * m_window->width())));
        heights.append(above ? room.above : room.below);
    }
    m_window->resizeDocks(docks, widths, Qt::Horizontal);
    m_window->resizeDocks(docks, heights, Qt::Vertical);
    constexpr int kFilmstrip = 100;
    m_window->resizeDocks({dock(QStringLiteral("pictures"))}, {kFilmstrip}, Qt::Vertical);
    roomForLines();
}

void ViewDocks::roomForLines()
{
    if (isThere("lines") && !isThere("pictures"))
        m_window->resizeDocks({dock(QStringLiteral("lines"))}, {m_window->height() / 2}, Qt::Vertical);
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
