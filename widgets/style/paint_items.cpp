// SPDX-License-Identifier: GPL-3.0-or-later
// Lines of lists, trees and tables: what is chosen keeps its text and gets a tinted ground.
#include "widgets/style/painting.h"

namespace headlens {
namespace {

QColor groundOfItem(const Paint& paint)
{
    if (paint.is(QStyle::State_Selected)) return mixed(paint.tones.canvas, paint.tones.accent, 0.18);
    return paint.isHovered() ? paint.tones.hover : QColor();
}

bool itemPanel(const Paint& paint)
{
    const auto* item = paint.as<QStyleOptionViewItem>();
    if (item == nullptr) return false;
    if (item->backgroundBrush.style() != Qt::NoBrush) paint.painter->fillRect(item->rect, item->backgroundBrush);
    const QColor ground = groundOfItem(paint);
    if (ground.isValid()) paint.painter->fillRect(item->rect, ground);
    return true;
}

bool itemRow(const Paint& paint)
{
    const auto* item = paint.as<QStyleOptionViewItem>();
    if (item == nullptr) return false;
    if (item->features.testFlag(QStyleOptionViewItem::Alternate))
        paint.painter->fillRect(item->rect, paint.tones.alternate);
    return true;
}

// Qt writes on what is chosen as on the accent; here it lies on a tint.
bool item(const Paint& paint)
{
    const auto* option = paint.as<QStyleOptionViewItem>();
    if (option == nullptr || option->palette.highlightedText() == option->palette.text()) return false;
    QStyleOptionViewItem own = *option;
    for (const auto group : {QPalette::Active, QPalette::Inactive, QPalette::Disabled})
        own.palette.setColor(group, QPalette::HighlightedText, option->palette.color(group, QPalette::Text));
    paint.style->drawControl(QStyle::CE_ItemViewItem, &own, paint.painter, paint.widget);
    return true;
}

bool headerSection(const Paint& paint)
{
    const auto* header = paint.as<QStyleOptionHeader>();
    if (header == nullptr) return false;
    const QRect rect = header->rect;
    paint.painter->fillRect(rect, paint.isHovered() && paint.isPressed() ? paint.tones.hover : paint.tones.pane);
    const bool along = header->orientation == Qt::Horizontal;
    drawHairline(paint.painter, along ? rect.bottomLeft() : rect.topRight(), rect.bottomRight(), paint.tones.hairline);
    return true;
}

bool headerEmpty(const Paint& paint)
{
    paint.painter->fillRect(paint.rect(), paint.tones.pane);
    return true;
}

bool branch(const Paint& paint)
{
    if (paint.is(QStyle::State_Children))
        drawChevron(paint.painter, paint.rect(), paint.is(QStyle::State_Open) ? Qt::DownArrow : Qt::RightArrow,
                    paint.tones.text);
    return true;
}

} // namespace

Controls itemControls()
{
    static constexpr PainterRow<QStyle::ControlElement> kRows[] = {{QStyle::CE_ItemViewItem, item},
                                                                   {QStyle::CE_HeaderSection, headerSection},
                                                                   {QStyle::CE_HeaderEmptyArea, headerEmpty}};
    return kRows;
}

Primitives itemPrimitives()
{
    static constexpr PainterRow<QStyle::PrimitiveElement> kRows[] = {{QStyle::PE_PanelItemViewItem, itemPanel},
                                                                     {QStyle::PE_PanelItemViewRow, itemRow},
                                                                     {QStyle::PE_IndicatorBranch, branch}};
    return kRows;
}

} // namespace headlens
