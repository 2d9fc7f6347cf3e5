// SPDX-License-Identifier: GPL-3.0-or-later
// Zoom and pan as arithmetic: between picture points and widget points, no widget involved.
#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>

namespace headlens {

class ViewTransform {
public:
    static constexpr double kSmallest = 0.02, kLargest = 200; // widget pixels per picture pixel

    // Fits a picture into the widget area, centred. Remembers to refit on the next call until zoomed or panned.
    void fit(const QSizeF& picture, const QRectF& area);
    // As fit(), but only while nobody zoomed or panned.
    void refit(const QSizeF& picture, const QRectF& area);

    void zoomAt(const QPointF& widgetPoint, double factor);
    void pan(const QPointF& widgetDelta);

    // Puts a part of the picture onto a part of the widget, as wide as that, and stays there.
    void place(const QRectF& picture, const QRectF& widget);
    // This one, with the picture moved by so many of its points.
    ViewTransform moved(const QPointF& picture) const;

    double scale() const { return m_scale; }
    bool isFitted() const { return m_fitted; }
    QPointF toWidget(const QPointF& picture) const { return picture * m_scale + m_origin; }
    QPointF toPicture(const QPointF& widget) const { return (widget - m_origin) / m_scale; }
    QRectF toWidget(const QRectF& picture) const { return {toWidget(picture.topLeft()), picture.size() * m_scale}; }

private:
    double m_scale = 1;
    QPointF m_origin;
    bool m_fitted = true;
};

} // namespace headlens
