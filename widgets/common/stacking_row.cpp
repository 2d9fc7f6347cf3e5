// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/stacking_row.h"

#include "widgets/style/tokens.h"

#include <QBoxLayout>
#include <QEvent>

namespace headlens {
namespace {

int leastOf(const QWidget& widget)
{
    return widget.isHidden() ? 0 : widget.minimumSizeHint().expandedTo(widget.minimumSize()).width();
}

} // namespace

StackingRow::StackingRow(QWidget* first, QWidget* second, QWidget* parent)
    : QWidget(parent), m_first(first), m_second(second), m_line(new QBoxLayout(QBoxLayout::LeftToRight, this))
{
    m_line->setContentsMargins(0, 0, 0, 0);
    m_line->setSpacing(kTight);
    m_line->setSizeConstraint(QLayout::SetNoConstraint);
    m_line->addWidget(first);
    m_line->addWidget(second, 1);
}

QSize StackingRow::minimumSizeHint() const
{
    return {leastOf(*m_first), QWidget::minimumSizeHint().height()};
}

void StackingRow::arrange()
{
    const int second = m_second->minimumSizeHint().width();
    if (m_yields != (second > width()) && (m_yields || !m_second->isHidden())) {
        m_yields = !m_yields;
        m_second->setVisible(!m_yields);
    }
    const bool fits = leastOf(*m_first) + kTight + second <= width();
    m_line->setDirection(fits ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

void StackingRow::resizeEvent(QResizeEvent* event)
{
    arrange();
    QWidget::resizeEvent(event);
}

// What stands in it may need more room than when it was last as wide as now.
bool StackingRow::event(QEvent* event)
{
    if (event->type() == QEvent::LayoutRequest) arrange();
    return QWidget::event(event);
}

} // namespace headlens
