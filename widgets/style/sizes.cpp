// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/style/sizes.h"

#include "widgets/style/look.h"
#include "widgets/style/menu_columns.h"
#include "widgets/style/painting.h"

#include <algorithm>

namespace headlens {
namespace {

QSize padded(const QSize& content, int beside, int high)
{
    return {content.width() + 2 * beside, std::max(content.height() + kGap, high)};
}

QSize pushButtonSize(const QStyleOptionButton& button, const QSize& content)
{
    const int extra = button.features.testFlag(QStyleOptionButton::HasMenu) ? chevronRoom(button.fontMetrics) : 0;
    return padded(content, 12, controlHeight(button.fontMetrics)) + QSize(extra, 0);
}

QSize toolButtonSize(const QStyleOptionToolButton& button, const QSize& content, const QWidget* widget)
{
    const bool isIcon = button.toolButtonStyle == Qt::ToolButtonIconOnly || button.text.isEmpty();
    const bool hasMenu = button.features.testFlag(QStyleOptionToolButton::HasMenu);
    switch (lookOf(widget)) {
    case Look::Rail: return content + QSize(kWide, 12);
    case Look::Field:
        return padded(content, 10, controlHeight(button.fontMetrics)) + QSize(chevronRoom(button.fontMetrics), 0);
    case Look::Accent:
    case Look::Chip:
    case Look::Segment:
        if (!isIcon) return padded(content, 10, controlHeight(button.fontMetrics));
        break;
    case Look::Plain: break;
    }
    if (isIcon) return content + QSize(kGap, kGap);
    return content + QSize(kWide + (hasMenu ? chevronRoom(button.fontMetrics) : 0), kGap);
}

QSize comboSize(const QStyleOptionComboBox& box, const QSize& content)
{
    return {content.width() + 2 * kGap + chevronRoom(box.fontMetrics) + kGap,
            std::max(content.height() + kTight, controlHeight(box.fontMetrics))};
}

int stepsWidth(const QStyleOptionSpinBox& box)
{
    return box.buttonSymbols == QAbstractSpinBox::NoButtons ? 0 : chevronRoom(box.fontMetrics) + kTight;
}

QSize spinSize(const QStyleOptionSpinBox& box, const QSize& content)
{
    return {content.width() + stepsWidth(box) + kGap, controlHeight(box.fontMetrics)};
}

QRect comboPart(const QStyleOptionComboBox& box, QStyle::SubControl part, const QRect& whole)
{
    const int arrow = chevronRoom(box.fontMetrics) + kGap;
    QRect rect = whole;
    if (part == QStyle::SC_ComboBoxArrow) rect.setLeft(rect.right() - arrow + 1);
    if (part == QStyle::SC_ComboBoxEditField) rect.adjust(kGap, 2, -arrow, -2);
    return rect;
}

QRect spinPart(const QStyleOptionSpinBox& box, QStyle::SubControl part, const QRect& whole)
{
    const int steps = stepsWidth(box), middle = whole.center().y();
    QRect rect = whole;
    if (part == QStyle::SC_SpinBoxEditField) return rect.adjusted(kTight, 2, -std::max(steps, kTight), -2);
    if (part == QStyle::SC_SpinBoxFrame) return rect;
    rect = rect.adjusted(rect.width() - steps - 1, 2, -2, -2);
    part == QStyle::SC_SpinBoxUp ? rect.setBottom(middle) : rect.setTop(middle);
    return rect;
}

// No arrows: the handle has the whole length.
QRect scrollPart(const QStyleOptionSlider& bar, QStyle::SubControl part, const QRect& whole)
{
    const bool along = bar.orientation == Qt::Horizontal;
    const int length = along ? whole.width() : whole.height();
    const double range = double(bar.maximum) - bar.minimum;
    const int least = std::min(length, 32);
    const int handle =
        range <= 0 ? length : std::clamp(int(length * (bar.pageStep / (range + bar.pageStep))), least, length);
    const int at =
        QStyle::sliderPositionFromValue(bar.minimum, bar.maximum, bar.sliderPosition, length - handle, bar.upsideDown);
    const auto piece = [&](int from, int size) {
        return along ? QRect(whole.left() + from, whole.top(), size, whole.height())
                     : QRect(whole.left(), whole.top() + from, whole.width(), size);
    };
    switch (part) {
    case QStyle::SC_ScrollBarSlider: return piece(at, handle);
    case QStyle::SC_ScrollBarSubPage: return piece(0, at);
    case QStyle::SC_ScrollBarAddPage: return piece(at + handle, length - at - handle);
    case QStyle::SC_ScrollBarGroove: return whole;
    default: return {};
    }
}

} // namespace

std::optional<QSize> sizeOf(QStyle::ContentsType type, const QStyleOption& option, const QSize& content,
                            const QWidget* widget)
{
    if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(&option);
        button != nullptr && type == QStyle::CT_PushButton)
        return pushButtonSize(*button, content);
    if (const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(&option);
        button != nullptr && type == QStyle::CT_ToolButton)
        return toolButtonSize(*button, content, widget);
    if (const auto* box = qstyleoption_cast<const QStyleOptionComboBox*>(&option);
        box != nullptr && type == QStyle::CT_ComboBox)
        return comboSize(*box, content);
    if (const auto* box = qstyleoption_cast<const QStyleOptionSpinBox*>(&option);
        box != nullptr && type == QStyle::CT_SpinBox)
        return spinSize(*box, content);
    if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(&option);
        item != nullptr && type == QStyle::CT_MenuItem)
        return menuItemSize(*item, content);
    if (type == QStyle::CT_MenuBarItem) return content + QSize(kWide, kGap);
    if (type == QStyle::CT_LineEdit) return QSize(content.width() + kGap, controlHeight(option.fontMetrics));
    return {};
}

std::optional<int> metricOf(QStyle::PixelMetric metric, const QFontMetrics& font)
{
    const int side = std::max(16, font.height());
    switch (metric) {
    case QStyle::PM_ScrollBarExtent: return 10;
    case QStyle::PM_ScrollBarSliderMin: return 32;
    case QStyle::PM_IndicatorWidth:
    case QStyle::PM_IndicatorHeight:
    case QStyle::PM_ExclusiveIndicatorWidth:
    case QStyle::PM_ExclusiveIndicatorHeight: return side;
    case QStyle::PM_SliderLength:
    case QStyle::PM_SliderThickness:
    case QStyle::PM_SliderControlThickness: return side + 2;
    case QStyle::PM_DockWidgetSeparatorExtent:
    case QStyle::PM_SplitterWidth: return 5;
    case QStyle::PM_DockWidgetTitleMargin: return kTight;
    case QStyle::PM_DockWidgetTitleBarButtonMargin: return 3;
    case QStyle::PM_TabBarTabHSpace: return 2 * 12;
    case QStyle::PM_TabBarTabVSpace: return 14;
    case QStyle::PM_TabBarTabShiftVertical:
    case QStyle::PM_TabBarTabOverlap:
    case QStyle::PM_TabBarBaseOverlap:
    case QStyle::PM_ButtonShiftHorizontal:
    case QStyle::PM_ButtonShiftVertical:
    case QStyle::PM_DockWidgetFrameWidth:
    case QStyle::PM_MenuBarPanelWidth:
    case QStyle::PM_MenuBarItemSpacing: return 0;
    case QStyle::PM_MenuPanelWidth: return 1;
    case QStyle::PM_MenuVMargin: return kTight;
    case QStyle::PM_MenuButtonIndicator: return chevronRoom(font);
    case QStyle::PM_ToolTipLabelFrameWidth: return 5;
    case QStyle::PM_ToolBarFrameWidth: return 0;
    case QStyle::PM_ToolBarItemSpacing:
    case QStyle::PM_ToolBarItemMargin: return kTight;
    case QStyle::PM_SmallIconSize:
    case QStyle::PM_ButtonIconSize:
    case QStyle::PM_TabBarIconSize: return side;
    case QStyle::PM_ToolBarIconSize: return side + kTight;
    default: return {};
    }
}

std::optional<QRect> partOf(QStyle::ComplexControl control, const QStyleOptionComplex& option, QStyle::SubControl part)
{
    if (const auto* box = qstyleoption_cast<const QStyleOptionComboBox*>(&option);
        box != nullptr && control == QStyle::CC_ComboBox && part != QStyle::SC_ComboBoxListBoxPopup)
        return comboPart(*box, part, option.rect);
    if (const auto* box = qstyleoption_cast<const QStyleOptionSpinBox*>(&option);
        box != nullptr && control == QStyle::CC_SpinBox)
        return spinPart(*box, part, option.rect);
    if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(&option);
        bar != nullptr && control == QStyle::CC_ScrollBar)
        return scrollPart(*bar, part, option.rect);
    return {};
}

} // namespace headlens
