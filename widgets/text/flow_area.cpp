// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/text/flow_area.h"

#include <QEvent>
#include <QScrollBar>
#include <QWheelEvent>

#include <algorithm>

namespace headlens {

FlowArea::FlowArea(QWidget* contents, QWidget* parent) : QScrollArea(parent)
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    setBackgroundRole(QPalette::Base);
    contents->setBackgroundRole(QPalette::Base);
    contents->setAutoFillBackground(true);
    setWidget(contents);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

int FlowArea::heightForWidth(int width) const
{
    return widget()->heightForWidth(std::max(1, width));
}

QSize FlowArea::sizeHint() const
{
    return {widget()->sizeHint().width(), heightForWidth(std::max(200, width()))};
}

// One line of words at least.
QSize FlowArea::minimumSizeHint() const
{
    return {120, std::min(3 * fontMetrics().height(), heightForWidth(std::max(200, width())))};
}

bool FlowArea::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == widget() && event->type() == QEvent::LayoutRequest) updateGeometry();
    return QScrollArea::eventFilter(watched, event);
}

// A wheel that has nothing to scroll here is not for the picture below either.
void FlowArea::wheelEvent(QWheelEvent* event)
{
    QScrollArea::wheelEvent(event);
    event->accept();
}

} // namespace headlens
