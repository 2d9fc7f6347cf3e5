// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/life2vec/chance_bars.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace headlens {
namespace {

constexpr int kMargin = 4, kGap = 6;

QString percent(double share)
{
    return ChanceBars::tr("%1 %").arg(100 * share, 0, 'f', 1);
}

} // namespace

ChanceBars::ChanceBars(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ChanceBars::setLines(const QString& title, const std::vector<ShareLine>& lines, const QString& none)
{
    m_title = title;
    m_lines = lines;
    m_none = none;
    QStringList said;
    for (const ShareLine& line : lines) said << line.word + QLatin1Char(' ') + percent(line.share);
    setAccessibleName(title);
    setAccessibleDescription(said.isEmpty() ? none : said.join(QStringLiteral("; ")));
    update();
}

void ChanceBars::setRoom(int lines)
{
    m_room = lines;
    updateGeometry();
}

int ChanceBars::lineHeight() const
{
    return fontMetrics().height() + 4;
}

QSize ChanceBars::sizeHint() const
{
    return {260, 2 * kMargin + (m_room + 1) * lineHeight()};
}

void ChanceBars::paintLine(QPainter& painter, const QRectF& place, const ShareLine& line, double words) const
{
    const double number = fontMetrics().horizontalAdvance(percent(1)) + kGap;
    const QRectF track = place.adjusted(words + kGap, 3, -number - kGap, -3);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(QRectF(place.topLeft(), QSizeF(words, place.height())), Qt::AlignLeft | Qt::AlignVCenter,
                     fontMetrics().elidedText(line.word, Qt::ElideRight, int(words) + 1));
    painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter, percent(line.share));
    QColor faint = palette().color(QPalette::WindowText);
    faint.setAlpha(30);
    painter.fillRect(track, faint);
    const double wide = std::max(1.0, track.width() * std::clamp(line.share, 0.0, 1.0));
    painter.fillRect(QRectF(track.topLeft(), QSizeF(wide, track.height())), palette().color(QPalette::Highlight));
}

void ChanceBars::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const int high = lineHeight();
    QFont bold = font();
    bold.setBold(true);
    painter.setFont(bold);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(QRect(kMargin, kMargin, width() - 2 * kMargin, high), Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetrics(bold).elidedText(m_title, Qt::ElideRight, width() - 2 * kMargin));
    painter.setFont(font());
    if (m_lines.empty()) {
        painter.setPen(palette().color(QPalette::PlaceholderText));
        painter.drawText(QRect(kMargin, kMargin + high, width() - 2 * kMargin, m_room * high),
                         int(Qt::AlignLeft | Qt::AlignTop) | Qt::TextWordWrap, m_none);
        return;
    }
    double words = 0;
    for (const ShareLine& line : m_lines)
        words = std::max(words, double(fontMetrics().horizontalAdvance(line.word)) + 1);
    words = std::min(words, width() * 0.45);
    const int shown = std::min(int(m_lines.size()), m_room);
    for (int i = 0; i < shown; ++i)
        paintLine(painter, QRectF(kMargin, kMargin + (i + 1) * high, width() - 2 * kMargin, high),
                  m_lines[std::size_t(i)], words);
}

void ChanceBars::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::FontChange) updateGeometry();
    QWidget::changeEvent(event);
}

// Of a word that is cut off, and of those for which there is no room.
bool ChanceBars::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(),
                       m_title + QLatin1Char('\n') + accessibleDescription(), this);
    return true;
}

} // namespace headlens
