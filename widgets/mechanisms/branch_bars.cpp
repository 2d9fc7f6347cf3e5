// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mechanisms/branch_bars.h"

#include "widgets/mechanisms/mechanism_paint.h"

#include <QEvent>

#include <algorithm>

namespace headlens {

BranchBars::BranchBars(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    tell();
}

QSize BranchBars::minimumSizeHint() const
{
    return {220, int((2 + double(m_heads.size())) * lineHeight()) + 8};
}

void BranchBars::setBranches(const std::vector<Pair>& heads, const QString& token)
{
    const bool count = heads.size() != m_heads.size();
    m_heads = heads;
    m_token = token;
    if (count) updateGeometry();
    tell();
}

QString BranchBars::title() const
{
    return m_token.isEmpty() ? tr("Choose a token to see what each branch adds to it")
                             : tr("What each branch adds to “%1”").arg(m_token);
}

void BranchBars::tell()
{
    setAccessibleName(tr("Memory against own segment"));
    QStringList said{title()};
    for (std::size_t head = 0; head < m_heads.size(); ++head)
        said << tr("Head %1: memory %2, own segment %3")
                    .arg(QString::number(head), shortNumber(double(m_heads[head].read)),
                         shortNumber(double(m_heads[head].local)));
    setAccessibleDescription(said.join(QLatin1Char('\n')));
    update();
}

// The memory's half above (solid), that of the own segment below (hatched), the numbers at their right.
void BranchBars::paintHead(QPainter& painter, int head, float highest) const
{
    const Pair& pair = m_heads[std::size_t(head)];
    const double line = lineHeight(), top = (2 + head) * line + 2, name = 28;
    const double numbers = fontMetrics().horizontalAdvance(QStringLiteral("0.000 | 0.000")) + 6;
    const QRectF area(name, top, std::max(10.0, width() - name - numbers), line - 4);
    const auto share = [&](float value) { return highest > 0 ? double(std::min(1.0F, value / highest)) : 0.0; };
    painter.fillRect(area, palette().color(QPalette::Base));
    painter.fillRect(QRectF(area.left(), area.top(), area.width() * share(pair.read), area.height() / 2 - 0.5),
                     QColor(kPositive));
    const QRectF local(area.left(), area.center().y() + 0.5, area.width() * share(pair.local), area.height() / 2 - 0.5);
    painter.fillRect(local, QBrush(QColor(kNegative), Qt::Dense4Pattern));
    painter.setPen(QPen(QColor(kNegative), 1));
    painter.drawRect(local);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(QRectF(0, top - 2, name, line), Qt::AlignLeft | Qt::AlignVCenter, tr("h%1").arg(head));
    painter.drawText(
        QRectF(area.right() + 6, top - 2, numbers, line), Qt::AlignLeft | Qt::AlignVCenter,
        QStringLiteral("%1 | %2").arg(fixedNumber(double(pair.read), 3), fixedNumber(double(pair.local), 3)));
}

void BranchBars::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setPen(palette().color(QPalette::WindowText));
    const auto text = [&](double left, double line, const QString& words) {
        const QRectF place(left, line * lineHeight(), width() - left, lineHeight());
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter,
                         fontMetrics().elidedText(words, Qt::ElideRight, int(place.width())));
    };
    text(0, 0, title());
    if (m_heads.empty()) return;
    const double box = fontMetrics().height() * 0.7, line = lineHeight();
    const QRectF memory(0, 1.15 * line, box, box);
    const double beside = box + 6 + fontMetrics().horizontalAdvance(tr("memory")) + 14;
    painter.fillRect(memory, QColor(kPositive));
    painter.fillRect(memory.translated(beside, 0), QBrush(QColor(kNegative), Qt::Dense4Pattern));
    text(box + 6, 1, tr("memory"));
    text(beside + box + 6, 1, tr("own segment"));
    float highest = 0;
    for (const Pair& pair : m_heads) highest = std::max({highest, pair.read, pair.local});
    for (int head = 0; head < int(m_heads.size()); ++head) paintHead(painter, head, highest);
}

void BranchBars::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) tell();
    QWidget::changeEvent(event);
}

} // namespace headlens
