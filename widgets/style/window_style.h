// SPDX-License-Identifier: GPL-3.0-or-later
// The style of the window: Fusion's behaviour, painted flat. What paints what is a table (painting.h); buttons are
// painted as lookOf() says.
#pragma once

#include "widgets/style/painting.h"

#include <QProxyStyle>

#include <unordered_map>

namespace headlens {

class WindowStyle : public QProxyStyle {
    Q_OBJECT
public:
    WindowStyle();

    // Whether changes are shown on their way: SH_Widget_Animation_Duration is kMotionMs, or 0.
    bool animates() const { return m_animates; }
    void setAnimates(bool animates) { m_animates = animates; }

    using QProxyStyle::polish;
    void polish(QWidget* widget) override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                            const QWidget* widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part,
                         const QWidget* widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& content,
                           const QWidget* widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* answer) const override;
    QIcon standardIcon(StandardPixmap which, const QStyleOption* option, const QWidget* widget) const override;

private:
    template <class Element>
    bool paints(const std::unordered_map<int, Painter>& painters, Element element, const QStyleOption* option,
                QPainter* painter, const QWidget* widget) const;

    std::unordered_map<int, Painter> m_primitives, m_controls, m_complexes;
    bool m_animates = true;
};

} // namespace headlens
