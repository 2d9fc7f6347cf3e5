// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/training/curve_legend.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace headlens {
namespace {

constexpr double kSwatch = 26, kGap = 6, kBetween = 16; // pixels; kBetween: of columns

} // namespace

CurveLegend::CurveLegend(QWidget* parent) : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void CurveLegend::setEntries(const std::vector<Entry>& entries, const QString& widest)
{
    m_entries = entries;
    m_widest = widest;
    m_values.clear();
    updateGeometry();
    update();
}

void CurveLegend::setValues(const QStringList& values)
{
    if (values == m_values) return;
    m_values = values;
    update();
}

double CurveLegend::nameWidth() const
{
    double widest = 0;
    for (const Entry& entry : m_entries)
        widest = std::max(widest, double(fontMetrics().horizontalAdvance(entry.name)) + 2);
    return widest;
}

int CurveLegend::columnsIn(int width) const
{
    const double one = kSwatch + kGap + nameWidth() + kGap + valueWidth();
    const int count = std::max(1, int(m_entries.size()));
    const int most = std::clamp(int((width + kBetween) / (one + kBetween)), 1, count);
    const int lines = (count + most - 1) / most;
    return (count + lines - 1) / lines; // as many in every line
}

int CurveLegend::heightForWidth(int width) const
{
    const int columns = columnsIn(width), lines = (int(m_entries.size()) + columns - 1) / columns;
    return int(lines * lineHeight()) + 2;
}

QRectF CurveLegend::entryRect(int entry) const
{
    const int columns = columnsIn(width());
    const double wide =
        std::min((width() + kBetween) / columns - kBetween, kSwatch + kGap + nameWidth() + kGap + valueWidth());
    const int column = entry % columns, line = entry / columns;
    return {column * (wide + kBetween), line * lineHeight(), wide, lineHeight()};
}

void CurveLegend::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    for (int i = 0; i < int(m_entries.size()); ++i) {
        const Entry& entry = m_entries[std::size_t(i)];
        const QRectF rect = entryRect(i);
        painter.setPen(entry.pen);
        painter.drawLine(QPointF(rect.left(), rect.center().y()), QPointF(rect.left() + kSwatch, rect.center().y()));
        painter.setPen(palette().color(QPalette::WindowText));
        const QRectF value(rect.right() - valueWidth(), rect.top(), valueWidth(), rect.height());
        const QRectF name(rect.left() + kSwatch + kGap, rect.top(), value.left() - rect.left() - kSwatch - kGap,
                          rect.height());
        painter.drawText(name, Qt::AlignLeft | Qt::AlignVCenter,
                         fontMetrics().elidedText(entry.name, Qt::ElideMiddle, int(name.width())));
        if (i < m_values.size()) painter.drawText(value, Qt::AlignRight | Qt::AlignVCenter, m_values[i]);
    }
}

bool CurveLegend::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    for (int i = 0; i < int(m_entries.size()); ++i)
        if (entryRect(i).contains(help->pos())) {
            QToolTip::showText(help->globalPos(),
                               m_entries[std::size_t(i)].name + QStringLiteral("\n") + m_values.value(i), this);
            return true;
        }
    QToolTip::hideText();
    return true;
}

} // namespace headlens
