// SPDX-License-Identifier: GPL-3.0-or-later
// Menus and what opens from combo boxes: lines with room around them.
#include "widgets/style/painting.h"

#include "widgets/style/menu_columns.h"

#include <QMenuBar>

namespace headlens {
namespace {

bool menuGround(const Paint& paint)
{
    paint.painter->fillRect(paint.rect(), paint.tones.tip);
    return true;
}

bool menuFrame(const Paint& paint)
{
    draw(paint.painter, paint.rect(), {{}, paint.tones.hairline, 1, 0});
    return true;
}

void separatorLine(const Paint& paint)
{
    const QRect rect = paint.option->rect;
    drawHairline(paint.painter, QPoint(rect.left() + kGap, rect.center().y()),
                 QPoint(rect.right() - kGap, rect.center().y()), paint.tones.hairline);
}

// What is ticked, or the icon where there is no tick.
void sign(const Paint& paint, const QStyleOptionMenuItem& item, const QRect& place)
{
    if (item.checkType != QStyleOptionMenuItem::NotCheckable) {
        QStyleOptionButton box;
        box.palette = item.palette;
        box.rect = place;
        box.state = (item.state & QStyle::State_Enabled) | (item.checked ? QStyle::State_On : QStyle::State_Off);
        const bool one = item.checkType == QStyleOptionMenuItem::Exclusive;
        paint.style->drawPrimitive(one ? QStyle::PE_IndicatorRadioButton : QStyle::PE_IndicatorCheckBox, &box,
                                   paint.painter, nullptr);
    } else if (item.checked) { // of a combo box: the one that is chosen
        drawTick(paint.painter, place, paint.tones.accent);
    } else if (!item.icon.isNull()) {
        item.icon.paint(paint.painter, place, Qt::AlignCenter,
                        paint.is(QStyle::State_Enabled) ? QIcon::Normal : QIcon::Disabled);
    }
}

void texts(const Paint& paint, const QStyleOptionMenuItem& item, const QRect& place)
{
    const qsizetype tab = item.text.indexOf(QLatin1Char('\t'));
    const QString name = tab < 0 ? item.text : item.text.left(tab);
    const int shown = paint.style->styleHint(QStyle::SH_UnderlineShortcut, &item, paint.widget) != 0
                          ? Qt::TextShowMnemonic
                          : Qt::TextHideMnemonic;
    const QColor colour = paint.is(QStyle::State_Enabled) ? paint.tones.text : paint.tones.disabled;
    paint.painter->save();
    paint.painter->setFont(item.font);
    paint.painter->setPen(colour);
    paint.painter->drawText(place, int(Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine) | shown, name);
    if (tab >= 0) {
        paint.painter->setPen(paint.is(QStyle::State_Enabled) ? paint.tones.quiet : paint.tones.disabled);
        paint.painter->drawText(place, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, item.text.mid(tab + 1));
    }
    paint.painter->restore();
}

bool menuItem(const Paint& paint)
{
    const auto* item = paint.as<QStyleOptionMenuItem>();
    if (item == nullptr) return false;
    if (item->menuItemType == QStyleOptionMenuItem::Separator && item->text.isEmpty()) {
        separatorLine(paint);
        return true;
    }
    if (paint.is(QStyle::State_Selected) && paint.is(QStyle::State_Enabled))
        draw(paint.painter, paint.rect().adjusted(kTight, 1, -kTight, -1),
             {paint.tones.hover, paint.tones.outline, 1, 4});
    const MenuColumns columns = menuColumns(*item);
    const auto side = [&](const QRect& place) { return QStyle::visualRect(item->direction, item->rect, place); };
    sign(paint, *item, side(columns.sign));
    texts(paint, *item, side(columns.text));
    if (item->menuItemType == QStyleOptionMenuItem::SubMenu)
        drawChevron(paint.painter, side(columns.arrow),
                    item->direction == Qt::RightToLeft ? Qt::LeftArrow : Qt::RightArrow, paint.tones.quiet);
    return true;
}

bool menuBarItem(const Paint& paint)
{
    const auto* item = paint.as<QStyleOptionMenuItem>();
    if (item == nullptr) return false;
    paint.painter->fillRect(paint.rect(), paint.tones.pane);
    if (paint.is(QStyle::State_Selected))
        draw(paint.painter, paint.rect().adjusted(1, 2, -1, -2), {paint.tones.hover, paint.tones.outline, 1, kRadius});
    const int shown = paint.style->styleHint(QStyle::SH_UnderlineShortcut, item, paint.widget) != 0
                          ? Qt::TextShowMnemonic
                          : Qt::TextHideMnemonic;
    paint.style->drawItemText(paint.painter, item->rect, Qt::AlignCenter | Qt::TextSingleLine | shown, item->palette,
                              paint.is(QStyle::State_Enabled), item->text, QPalette::ButtonText);
    return true;
}

} // namespace

Controls menuControls()
{
    static constexpr PainterRow<QStyle::ControlElement> kRows[] = {
        {QStyle::CE_MenuItem, menuItem}, {QStyle::CE_MenuEmptyArea, menuGround}, {QStyle::CE_MenuBarItem, menuBarItem}};
    return kRows;
}

Primitives menuPrimitives()
{
    static constexpr PainterRow<QStyle::PrimitiveElement> kRows[] = {{QStyle::PE_PanelMenu, menuGround},
                                                                     {QStyle::PE_FrameMenu, menuFrame}};
    return kRows;
}

} // namespace headlens
