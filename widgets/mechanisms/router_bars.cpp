// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mechanisms/router_bars.h"

#include "widgets/mechanisms/mechanism_paint.h"
#include "widgets/mechanisms/routing.h"

#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>
#include <cmath>

namespace headlens {

RouterBars::RouterBars(QWidget* parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    tell();
}

void RouterBars::setBlock(const verbs::BlockGrid& block, int layer, int token)
{
    m_block = block;
    m_layer = layer;
    m_token = token;
    m_threshold = thresholdOf(block);
    m_order = competing(block, m_sorted);
    m_low = m_high = 0;
    for (const int one : m_order)
        if (const double score = block.router[std::size_t(one)]; std::isfinite(score)) {
            m_low = std::min(m_low, score);
            m_high = std::max(m_high, score);
        }
    if (m_high <= m_low) m_high = m_low + 1;
    tell();
}

void RouterBars::setSorted(bool sorted)
{
    m_sorted = sorted;
    m_order = competing(m_block, sorted);
    tell();
}

QRectF RouterBars::area() const
{
    const double line = fontMetrics().height();
    return {2, line + 4, width() - 4.0, height() - 2 * line - 10};
}

double RouterBars::heightOf(double score) const
{
    const QRectF rect = area();
    return rect.bottom() - (score - m_low) / (m_high - m_low) * rect.height();
}

QRectF RouterBars::barRect(int place) const
{
    const QRectF rect = area();
    const double wide = rect.width() / double(std::max<std::size_t>(1, m_order.size()));
    const double sent = m_block.router[std::size_t(m_order[std::size_t(place)])];
    const double score = std::isfinite(sent) ? sent : 0;
    const double top = heightOf(std::max(score, 0.0)), bottom = heightOf(std::min(score, 0.0));
    return {rect.left() + place * wide, top, std::max(1.0, wide > 3 ? wide - 1 : wide), std::max(1.0, bottom - top)};
}

void RouterBars::tell()
{
    setAccessibleName(tr("Scores of the router of block %1").arg(m_layer));
    const bool all = std::ranges::all_of(m_order, [this](int token) { return takesPart(m_block, token); });
    QString said = m_threshold       ? tr("Taken above %1").arg(shortNumber(*m_threshold))
                   : m_order.empty() ? tr("This block has no router")
                   : all             ? tr("Every token is processed")
                                     : tr("The choice does not follow the scores");
    if (std::ranges::find(m_order, m_token) != m_order.end())
        said += QLatin1String("; ") + tr("chosen token %1").arg(shortNumber(m_block.router[std::size_t(m_token)]));
    setAccessibleDescription(said);
    update();
}

void RouterBars::paintBar(QPainter& painter, int place) const
{
    const int token = m_order[std::size_t(place)];
    const QRectF bar = barRect(place), all = area();
    if (takesPart(m_block, token)) {
        painter.fillRect(bar, palette().color(QPalette::Highlight));
    } else {
        painter.fillRect(bar, hatch(palette()));
        painter.setPen(QPen(palette().color(QPalette::PlaceholderText), 1));
        painter.drawLine(bar.topLeft(), bar.topRight());
    }
    if (token != m_token) return;
    painter.setPen(QPen(QColor(255, 90, 60), 2));
    painter.drawRect(QRectF(bar.left(), all.top(), bar.width(), all.height()));
}

void RouterBars::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QRectF rect = area();
    const QColor text = palette().color(QPalette::WindowText);
    painter.fillRect(rect, palette().color(QPalette::Base));
    for (int place = 0; place < int(m_order.size()); ++place) paintBar(painter, place);
    painter.setPen(palette().color(QPalette::Mid));
    painter.drawLine(QPointF(rect.left(), heightOf(0)), QPointF(rect.right(), heightOf(0)));
    if (m_threshold) {
        painter.setPen(QPen(text, 1.5, Qt::DashLine));
        painter.drawLine(QPointF(rect.left(), heightOf(*m_threshold)), QPointF(rect.right(), heightOf(*m_threshold)));
    }
    painter.setPen(text);
    const auto words = [&](double top, const QString& said) {
        painter.drawText(QRectF(2, top, width() - 4, fontMetrics().height()), Qt::AlignLeft | Qt::AlignVCenter,
                         fontMetrics().elidedText(said, Qt::ElideRight, width() - 4));
    };
    words(
        0,
        tr("Router of block %1, from %2 to %3").arg(QString::number(m_layer), shortNumber(m_low), shortNumber(m_high)));
    words(rect.bottom() + 4, accessibleDescription());
    paintFocus(painter, *this);
}

void RouterBars::mousePressEvent(QMouseEvent* event)
{
    const QRectF rect = area();
    if (event->button() != Qt::LeftButton || m_order.empty() || !rect.contains(event->position())) return;
    const double share = (event->position().x() - rect.left()) / rect.width();
    Q_EMIT tokenChosen(m_order[std::min(m_order.size() - 1, std::size_t(share * double(m_order.size())))]);
}

void RouterBars::step(int by)
{
    if (m_order.empty()) return;
    const auto at = std::ranges::find(m_order, m_token);
    const int place = at == m_order.end() ? 0 : int(at - m_order.begin()) + by;
    Q_EMIT tokenChosen(m_order[std::size_t(std::clamp(place, 0, int(m_order.size()) - 1))]);
}

void RouterBars::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left: return step(-1);
    case Qt::Key_Right: return step(1);
    default: QWidget::keyPressEvent(event);
    }
}

void RouterBars::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) tell();
    QWidget::changeEvent(event);
}

} // namespace headlens
