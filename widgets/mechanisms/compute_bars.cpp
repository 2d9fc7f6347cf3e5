// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mechanisms/compute_bars.h"

#include "widgets/mechanisms/mechanism_paint.h"

#include <QEvent>

#include <algorithm>

namespace headlens {
namespace {

QString flopsText(double flops)
{
    const char* unit = flops >= 1e9 ? " GFLOP" : flops >= 1e6 ? " MFLOP" : " kFLOP";
    const double size = flops >= 1e9 ? 1e9 : flops >= 1e6 ? 1e6 : 1e3;
    return QString::number(flops / size, 'f', 1) + QLatin1String(unit);
}

} // namespace

ComputeBars::ComputeBars(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    tell();
}

QSize ComputeBars::minimumSizeHint() const
{
    return {220, int(double(m_loads.size()) * lineHeight()) + 4};
}

void ComputeBars::setLoads(const std::vector<BlockLoad>& loads)
{
    const bool count = loads.size() != m_loads.size();
    m_loads = loads;
    if (count) updateGeometry();
    tell();
}

QString ComputeBars::sentence(const std::vector<BlockLoad>& loads)
{
    double done = 0, full = 0;
    for (const BlockLoad& load : loads) {
        done += load.flops;
        full += load.fullFlops;
    }
    return tr("All blocks: %1 of %2, %3 %")
        .arg(flopsText(done), flopsText(full), fixedNumber(100 * totalShare(loads), 1));
}

QString ComputeBars::nameOf(int block) const
{
    const BlockLoad& load = m_loads[std::size_t(block)];
    return tr("Block %1: %2 of %3 tokens").arg(block).arg(load.taking).arg(load.tokens);
}

void ComputeBars::tell()
{
    setAccessibleName(tr("Computation of each block"));
    QStringList said;
    for (int block = 0; block < int(m_loads.size()); ++block)
        said << nameOf(block) + QStringLiteral(", %1 %").arg(fixedNumber(100 * m_loads[std::size_t(block)].share, 1));
    setAccessibleDescription(said.join(QLatin1Char('\n')));
    update();
}

void ComputeBars::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    double names = 0;
    for (int block = 0; block < int(m_loads.size()); ++block)
        names = std::max(names, double(fontMetrics().horizontalAdvance(nameOf(block))) + 8);
    const double line = lineHeight(), share = fontMetrics().horizontalAdvance(QStringLiteral("100.0 %")) + 8;
    for (int block = 0; block < int(m_loads.size()); ++block) {
        const QRectF all(0, block * line, width(), line);
        const QRectF bar(names, all.top() + 3, std::max(10.0, width() - names - share), line - 6);
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(all, Qt::AlignLeft | Qt::AlignVCenter, nameOf(block));
        painter.drawText(all, Qt::AlignRight | Qt::AlignVCenter,
                         fixedNumber(100 * m_loads[std::size_t(block)].share, 1) + QStringLiteral(" %"));
        painter.fillRect(bar, palette().color(QPalette::Base));
        painter.fillRect(QRectF(bar.topLeft(), QSizeF(bar.width() * m_loads[std::size_t(block)].share, bar.height())),
                         palette().color(QPalette::Highlight));
        painter.setPen(palette().color(QPalette::Mid));
        painter.drawRect(bar);
    }
}

void ComputeBars::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) tell();
    QWidget::changeEvent(event);
}

} // namespace headlens
