// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/heads/grid_access.h"

#include "widgets/heads/head_grid.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QHash>
#include <QPointer>

#include <algorithm>

namespace headlens {
namespace {

class HeadAccess : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    HeadAccess(HeadGrid* grid, const HeadPlace& place) : m_grid(grid), m_place(place) {}

    const HeadPlace& place() const { return m_place; }
    bool isValid() const override { return m_grid != nullptr && cell() != nullptr; }
    QObject* object() const override { return nullptr; }
    QWindow* window() const override { return parent() == nullptr ? nullptr : parent()->window(); }
    QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(m_grid); }
    QAccessibleInterface* child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    void setText(QAccessible::Text, const QString&) override {}
    QString text(QAccessible::Text what) const override
    {
        return m_grid != nullptr && what == QAccessible::Name ? m_grid->describe(m_place) : QString();
    }
    QRect rect() const override
    {
        if (!isValid()) return {};
        const QRect here = cell()->rect.toAlignedRect();
        return {m_grid->mapToGlobal(here.topLeft()), here.size()};
    }
    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.selectable = state.focusable = true;
        state.selected = m_grid != nullptr && m_grid->isChosen(m_place);
        state.focused = state.selected && m_grid->hasFocus();
        return state;
    }
    void* interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this) : nullptr;
    }
    QStringList actionNames() const override { return {pressAction()}; }
    void doAction(const QString& name) override
    {
        if (name == pressAction() && isValid()) m_grid->choose(m_place);
    }
    QStringList keyBindingsForAction(const QString&) const override { return {}; }

private:
    const HeadLayout::Cell* cell() const { return m_grid->layoutOfHeads().cellOf(m_place); }

    QPointer<HeadGrid> m_grid;
    HeadPlace m_place;
};

class GridAccess : public QAccessibleWidget {
public:
    explicit GridAccess(HeadGrid* grid) : QAccessibleWidget(grid, QAccessible::List) {}
    Q_DISABLE_COPY_MOVE(GridAccess)
    ~GridAccess() override
    {
        for (const QAccessible::Id id : std::as_const(m_heads)) QAccessible::deleteAccessibleInterface(id);
    }

    int childCount() const override { return int(cells().size()); }
    QAccessibleInterface* child(int index) const override
    {
        const bool there = index >= 0 && index < childCount();
        return there ? of(cells()[std::size_t(index)].place) : nullptr;
    }
    int indexOfChild(const QAccessibleInterface* child) const override
    {
        const auto* head = dynamic_cast<const HeadAccess*>(child);
        if (head == nullptr) return -1;
        const auto hit = std::ranges::find(cells(), head->place(), &HeadLayout::Cell::place);
        return hit == cells().end() ? -1 : int(hit - cells().begin());
    }
    QAccessibleInterface* childAt(int x, int y) const override
    {
        const HeadLayout::Cell* cell = grid()->layoutOfHeads().cellAt(grid()->mapFromGlobal(QPoint(x, y)));
        return cell == nullptr ? nullptr : of(cell->place);
    }
    QAccessibleInterface* focusChild() const override
    {
        const auto hit =
            std::ranges::find_if(cells(), [this](const HeadLayout::Cell& one) { return grid()->isChosen(one.place); });
        return grid()->hasFocus() && hit != cells().end() ? of(hit->place) : nullptr;
    }
    // The same one for a head as long as the grid lives, wherever it stands.
    QAccessibleInterface* of(const HeadPlace& place) const
    {
        const auto key = std::pair(place.layer, place.head);
        if (const auto known = m_heads.constFind(key); known != m_heads.cend())
            return QAccessible::accessibleInterface(*known);
        auto* made = new HeadAccess(grid(), place);
        m_heads.insert(key, QAccessible::registerAccessibleInterface(made));
        return made;
    }

private:
    HeadGrid* grid() const { return static_cast<HeadGrid*>(widget()); }
    const std::vector<HeadLayout::Cell>& cells() const { return grid()->layoutOfHeads().cells; }

    mutable QHash<std::pair<int, int>, QAccessible::Id> m_heads;
};

QAccessibleInterface* asList(const QString&, QObject* object)
{
    auto* grid = qobject_cast<HeadGrid*>(object);
    return grid == nullptr ? nullptr : new GridAccess(grid);
}

} // namespace

void readHeadsAloud()
{
    static const bool kInstalled = (QAccessible::installFactory(asList), true);
    static_cast<void>(kInstalled);
}

void tellHead(HeadGrid* grid, const HeadPlace& place)
{
    if (!QAccessible::isActive() || !grid->hasFocus()) return;
    auto* list = dynamic_cast<GridAccess*>(QAccessible::queryAccessibleInterface(grid));
    if (list == nullptr || grid->layoutOfHeads().cellOf(place) == nullptr) return;
    QAccessibleEvent focus(list->of(place), QAccessible::Focus);
    QAccessible::updateAccessibility(&focus);
}

} // namespace headlens
