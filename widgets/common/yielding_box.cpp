// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/yielding_box.h"

#include <QBoxLayout>
#include <QCoreApplication>
#include <QEvent>

#include <algorithm>

namespace headlens {
namespace {

bool isEmpty(const QWidget& part)
{
    return part.layout() != nullptr && part.layout()->isEmpty();
}

} // namespace

YieldingBox::YieldingBox(Qt::Orientation orientation, QWidget* parent)
    : QWidget(parent), m_orientation(orientation),
      m_line(new QBoxLayout(orientation == Qt::Horizontal ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom, this))
{
    setGaps(0, 0);
    m_line->setSizeConstraint(QLayout::SetNoConstraint); // ours decides
}

void YieldingBox::setGaps(int margin, int spacing)
{
    m_line->setContentsMargins(margin, margin, margin, margin);
    m_line->setSpacing(spacing);
}

void YieldingBox::add(QWidget* widget, int rank, int stretch)
{
    m_line->addWidget(widget, stretch);
    m_parts.append({widget, rank, false});
    widget->installEventFilter(this);
}

void YieldingBox::setStretch(QWidget* widget, int stretch)
{
    m_line->setStretchFactor(widget, stretch);
}

int YieldingBox::highest() const
{
    int rank = 0;
    for (const Part& part : m_parts) rank = std::max(rank, part.rank);
    return rank;
}

bool YieldingBox::counts(const Part& part) const
{
    return !isEmpty(*part.widget) && (part.yields || !part.widget->isHidden());
}

QSize YieldingBox::needed(int leastRank) const
{
    const int margins = 2 * m_line->contentsMargins().left();
    int along = margins - m_line->spacing(), across = 0;
    for (const Part& part : m_parts) {
        if (part.rank < leastRank || !counts(part)) continue;
        const QSize least = part.widget->minimumSizeHint().expandedTo(part.widget->minimumSize());
        const bool row = m_orientation == Qt::Horizontal;
        along += m_line->spacing() + (row ? least.width() : least.height());
        across = std::max(across, row ? least.height() : least.width());
    }
    const QSize size(std::max(0, along), across + margins);
    return m_orientation == Qt::Horizontal ? size : size.transposed();
}

QSize YieldingBox::minimumSizeHint() const
{
    QSize least = needed(highest());
    if (m_orientation == Qt::Horizontal) least.setHeight(needed(0).height());
    return least;
}

QSize YieldingBox::sizeHint() const
{
    return QWidget::sizeHint().expandedTo(minimumSizeHint());
}

// A row has the height that all of them ask for: one that steps away for being too high would never come back.
bool YieldingBox::fitsAcross(const QWidget& part) const
{
    if (m_orientation == Qt::Horizontal) return true;
    const QSize least = part.minimumSizeHint().expandedTo(part.minimumSize());
    return least.width() + 2 * m_line->contentsMargins().left() <= width();
}

void YieldingBox::settle()
{
    if (m_settling > 0) return;
    ++m_settling;
    const auto fits = [this](int rank) {
        const QSize wanted = needed(rank);
        return m_orientation == Qt::Horizontal ? wanted.width() <= width() : wanted.height() <= height();
    };
    int least = 0;
    while (least < highest() && !fits(least)) ++least;
    for (Part& part : m_parts) {
        if (isEmpty(*part.widget) && !part.widget->isHidden()) {
            part.yields = true;
            part.widget->hide();
        }
        const bool stays = part.rank >= highest() || (part.rank >= least && fitsAcross(*part.widget));
        if (stays == !part.yields || !counts(part)) continue;
        part.yields = !stays;
        part.widget->setVisible(stays);
    }
    --m_settling;
}

void YieldingBox::resizeEvent(QResizeEvent* event)
{
    settle();
    QWidget::resizeEvent(event);
}

// A part says something else, or larger: its layout asks again, but not while the row is hidden.
bool YieldingBox::event(QEvent* event)
{
    if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Show) settle();
    return QWidget::event(event);
}

// What stepped away asks no layout when its font, text or parts change.
bool YieldingBox::eventFilter(QObject* watched, QEvent* event)
{
    const QEvent::Type type = event->type();
    const bool changes = type == QEvent::FontChange || type == QEvent::StyleChange || type == QEvent::LanguageChange ||
                         type == QEvent::ActionChanged || type == QEvent::LayoutRequest;
    if (changes && watched->isWidgetType() && static_cast<QWidget*>(watched)->isHidden())
        QCoreApplication::postEvent(this, new QEvent(QEvent::LayoutRequest));
    return QWidget::eventFilter(watched, event);
}

} // namespace headlens
