// SPDX-License-Identifier: GPL-3.0-or-later
// Tabs and the titles of docks: text on the pane, the chosen one with the accent below it.
#include "widgets/style/painting.h"

#include <QTabBar>

namespace headlens {
namespace {

bool isVertical(QTabBar::Shape shape)
{
    return shape == QTabBar::RoundedWest || shape == QTabBar::RoundedEast || shape == QTabBar::TriangularWest ||
           shape == QTabBar::TriangularEast;
}

bool isBelow(QTabBar::Shape shape)
{
    return shape == QTabBar::RoundedSouth || shape == QTabBar::TriangularSouth;
}

bool tabShape(const Paint& paint)
{
    const auto* tab = paint.as<QStyleOptionTab>();
    if (tab == nullptr || isVertical(tab->shape)) return false;
    const QRectF rect = paint.rect();
    const bool below = isBelow(tab->shape), chosen = paint.is(QStyle::State_Selected);
    const double edge = below ? rect.top() : rect.bottom() - 1;
    drawHairline(paint.painter, {rect.left(), edge}, {rect.right(), edge}, paint.tones.hairline);
    if (chosen) {
        const double y = below ? rect.top() : rect.bottom() - kFocusWidth;
        paint.painter->fillRect(QRectF(rect.left() + kGap, y, rect.width() - 2 * kGap, kFocusWidth),
                                paint.tones.accent);
    } else if (paint.isHovered()) {
        draw(paint.painter, rect.adjusted(2, 4, -2, -4), {paint.tones.hover, {}, 0, kRadius});
    }
    drawFocus(paint, rect.adjusted(1, 1, -1, -1));
    return true;
}

bool tabLabel(const Paint& paint)
{
    const auto* tab = paint.as<QStyleOptionTab>();
    if (tab == nullptr || isVertical(tab->shape)) return false;
    QRect place = paint.style->subElementRect(QStyle::SE_TabBarTabText, tab, paint.widget);
    if (!tab->icon.isNull()) {
        const QRect icon(QPoint(tab->rect.left() + kGap, tab->rect.center().y() - tab->iconSize.height() / 2),
                         tab->iconSize);
        tab->icon.paint(paint.painter, icon, Qt::AlignCenter,
                        paint.is(QStyle::State_Enabled) ? QIcon::Normal : QIcon::Disabled,
                        paint.is(QStyle::State_Selected) ? QIcon::On : QIcon::Off);
    }
    const bool bright = paint.is(QStyle::State_Selected) || paint.isHovered();
    QPalette palette = tab->palette;
    palette.setColor(QPalette::WindowText, bright ? paint.tones.text : paint.tones.quiet);
    paint.style->drawItemText(paint.painter, place, Qt::AlignCenter | Qt::TextShowMnemonic, palette,
                              paint.is(QStyle::State_Enabled), tab->text, QPalette::WindowText);
    return true;
}

bool tabBase(const Paint& paint)
{
    const auto* base = paint.as<QStyleOptionTabBarBase>();
    if (base == nullptr || isVertical(base->shape)) return false;
    const QRect rect = paint.option->rect;
    const int edge = isBelow(base->shape) ? rect.top() : rect.bottom();
    drawHairline(paint.painter, QPoint(rect.left(), edge), QPoint(rect.right(), edge), paint.tones.hairline);
    return true;
}

bool tabFrame(const Paint& paint)
{
    const QRect rect = paint.option->rect;
    drawHairline(paint.painter, rect.topLeft(), rect.topRight(), paint.tones.hairline);
    return true;
}

bool dockTitle(const Paint& paint)
{
    const auto* dock = paint.as<QStyleOptionDockWidget>();
    if (dock == nullptr || dock->verticalTitleBar) return false;
    const QRect rect = dock->rect;
    paint.painter->fillRect(rect, paint.tones.pane);
    drawHairline(paint.painter, rect.bottomLeft(), rect.bottomRight(), paint.tones.hairline);
    QRect place = paint.style->subElementRect(QStyle::SE_DockWidgetTitleBarText, dock, paint.widget);
    place = QStyle::visualRect(dock->direction, rect, place.adjusted(kGap - kTight, 0, 0, 0));
    paint.painter->save();
    QFont font = paint.painter->font();
    font.setWeight(QFont::DemiBold);
    paint.painter->setFont(font);
    const QString title = QFontMetrics(font).elidedText(dock->title, Qt::ElideRight, place.width());
    paint.style->drawItemText(paint.painter, place, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextShowMnemonic,
                              dock->palette, paint.is(QStyle::State_Enabled), title, QPalette::WindowText);
    paint.painter->restore();
    return true;
}

} // namespace

Controls tabControls()
{
    static constexpr PainterRow<QStyle::ControlElement> kRows[] = {
        {QStyle::CE_TabBarTabShape, tabShape},
        {QStyle::CE_TabBarTabLabel, tabLabel},
        {QStyle::CE_DockWidgetTitle, dockTitle},
    };
    return kRows;
}

Primitives tabPrimitives()
{
    static constexpr PainterRow<QStyle::PrimitiveElement> kRows[] = {{QStyle::PE_FrameTabBarBase, tabBase},
                                                                     {QStyle::PE_FrameTabWidget, tabFrame}};
    return kRows;
}

} // namespace headlens
