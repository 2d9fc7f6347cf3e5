// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/style/window_style.h"

#include "widgets/style/icons.h"
#include "widgets/style/look.h"
#include "widgets/style/sizes.h"

#include <QApplication>
#include <QStyleFactory>
#include <QStyleOption>
#include <QTabBar>

namespace headlens {
namespace {

template <class Rows>
void collect(std::unordered_map<int, Painter>& painters, const Rows& rows)
{
    for (const auto& row : rows) painters.emplace(int(row.element), row.painter);
}

} // namespace

WindowStyle::WindowStyle() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion")))
{
    for (const Primitives rows :
         {boxPrimitives(), buttonPrimitives(), barPrimitives(), tabPrimitives(), menuPrimitives(), itemPrimitives()})
        collect(m_primitives, rows);
    for (const Controls rows : {boxControls(), buttonControls(), barControls(), fieldControls(), tabControls(),
                                menuControls(), itemControls()})
        collect(m_controls, rows);
    for (const Complexes rows : {buttonComplexes(), barComplexes(), fieldComplexes()}) collect(m_complexes, rows);
}

void WindowStyle::polish(QWidget* widget)
{
    QProxyStyle::polish(widget);
    if (auto* tabs = qobject_cast<QTabBar*>(widget)) { // a title is read or scrolled to, never cut
        tabs->setElideMode(Qt::ElideNone);
        tabs->setUsesScrollButtons(true);
    }
}

template <class Element>
bool WindowStyle::paints(const std::unordered_map<int, Painter>& painters, Element element, const QStyleOption* option,
                         QPainter* painter, const QWidget* widget) const
{
    const auto found = painters.find(int(element));
    return found != painters.end() && option != nullptr &&
           found->second({option, painter, widget, proxy(), tonesOf(option->palette)});
}

void WindowStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                                const QWidget* widget) const
{
    if (!paints(m_primitives, element, option, painter, widget))
        QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void WindowStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                              const QWidget* widget) const
{
    if (!paints(m_controls, element, option, painter, widget))
        QProxyStyle::drawControl(element, option, painter, widget);
}

void WindowStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                                     const QWidget* widget) const
{
    if (!paints(m_complexes, control, option, painter, widget))
        QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QRect WindowStyle::subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part,
                                  const QWidget* widget) const
{
    if (const auto rect = partOf(control, *option, part)) return visualRect(option->direction, option->rect, *rect);
    return QProxyStyle::subControlRect(control, option, part, widget);
}

// What has the keyboard is framed as a whole.
QRect WindowStyle::subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const
{
    if (element == SE_PushButtonFocusRect) return option->rect;
    const QRect rect = QProxyStyle::subElementRect(element, option, widget);
    if (element == SE_LineEditContents && qstyleoption_cast<const QStyleOptionFrame*>(option)->lineWidth > 0)
        return rect.adjusted(kTight, 0, -kTight, 0);
    return rect;
}

QSize WindowStyle::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& content,
                                    const QWidget* widget) const
{
    const auto own = option == nullptr ? std::optional<QSize>() : sizeOf(type, *option, content, widget);
    return own ? *own : QProxyStyle::sizeFromContents(type, option, content, widget);
}

int WindowStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    const QFontMetrics font = option != nullptr   ? option->fontMetrics
                              : widget != nullptr ? widget->fontMetrics()
                                                  : QFontMetrics(QApplication::font());
    const auto own = metricOf(metric, font);
    return own ? *own : QProxyStyle::pixelMetric(metric, option, widget);
}

int WindowStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                           QStyleHintReturn* answer) const
{
    switch (hint) {
    case SH_Widget_Animation_Duration: return m_animates ? kMotionMs : 0;
    case SH_TabBar_ElideMode: return Qt::ElideNone;
    case SH_TabBar_Alignment: return Qt::AlignLeft;
    case SH_EtchDisabledText:
    case SH_DitherDisabledText: return 0;
    case SH_ItemView_ShowDecorationSelected: return 1;
    case SH_ToolTipLabel_Opacity: return 255;
    case SH_Table_GridLineColor:
        if (option != nullptr) return int(tonesOf(option->palette).hairline.rgb());
        break;
    default: break;
    }
    return QProxyStyle::styleHint(hint, option, widget, answer);
}

QIcon WindowStyle::standardIcon(StandardPixmap which, const QStyleOption* option, const QWidget* widget) const
{
    switch (which) {
    case SP_TitleBarCloseButton:
    case SP_DockWidgetCloseButton:
    case SP_TabCloseButton:
    case SP_LineEditClearButton: return icon(Icon::Close);
    case SP_TitleBarNormalButton: return icon(Icon::Float);
    case SP_ToolBarHorizontalExtensionButton:
    case SP_ToolBarVerticalExtensionButton: return icon(Icon::More);
    case SP_MediaPlay: return icon(Icon::Play);
    case SP_MediaPause: return icon(Icon::Pause);
    default: return QProxyStyle::standardIcon(which, option, widget);
    }
}

} // namespace headlens
