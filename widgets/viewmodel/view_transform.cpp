// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/view_transform.h"

#include <algorithm>

namespace headlens {

void ViewTransform::fit(const QSizeF& picture, const QRectF& area)
{
    m_fitted = true;
    if (picture.isEmpty() || area.isEmpty()) return;
    m_scale =
        std::clamp(std::min(area.width() / picture.width(), area.height() / picture.height()), kSmallest, kLargest);
    m_origin = area.center() - QPointF(picture.width(), picture.height()) * m_scale / 2;
}

void ViewTransform::refit(const QSizeF& picture, const QRectF& area)
{
    if (m_fitted) fit(picture, area);
}

void ViewTransform::zoomAt(const QPointF& widgetPoint, double factor)
{
    const double next = std::clamp(m_scale * factor, kSmallest, kLargest);
    m_origin = widgetPoint - (widgetPoint - m_origin) * (next / m_scale);
    m_scale = next;
    m_fitted = false;
}

void ViewTransform::place(const QRectF& picture, const QRectF& widget)
{
    if (picture.isEmpty() || widget.isEmpty()) return;
    m_scale = std::clamp(widget.width() / picture.width(), kSmallest, kLargest);
    m_origin = widget.center() - picture.center() * m_scale;
    m_fitted = false;
}

ViewTransform ViewTransform::moved(const QPointF& picture) const
{
    ViewTransform other = *this;
    other.m_origin += picture * m_scale;
    return other;
}

void ViewTransform::pan(const QPointF& widgetDelta)
{
    m_origin += widgetDelta;
    m_fitted = false;
}

} // namespace headlens
