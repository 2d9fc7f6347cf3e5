// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/plot_theme.h"

#include <QGuiApplication>
#include <qcustomplot.h>

#include <algorithm>

namespace headlens {

void takeColours(QCustomPlot& plot)
{
    // Not plot.palette(): a plot that was never shown still has the palette of the platform.
    const QPalette colors = QGuiApplication::palette();
    plot.setBackground(colors.color(QPalette::Base));
    QColor lines = colors.color(QPalette::Text);
    lines.setAlpha(40);
    for (QCPAxis* axis : plot.axisRect()->axes()) {
        const QPen pen(colors.color(QPalette::Text));
        axis->setBasePen(pen);
        axis->setTickPen(pen);
        axis->setSubTickPen(pen);
        axis->setTickLabelColor(colors.color(QPalette::Text));
        axis->setLabelColor(colors.color(QPalette::Text));
        axis->grid()->setPen(QPen(lines, 1, Qt::DotLine));
        axis->grid()->setZeroLinePen(QPen(lines));
    }
}

void applyTheme(QCustomPlot& plot)
{
    takeColours(plot);
    plot.replot(QCustomPlot::rpQueuedReplot);
}

void fitTicks(QCustomPlot& plot, int most)
{
    QObject::connect(&plot, &QCustomPlot::beforeReplot, &plot, [&plot, most] {
        const QCPAxisRect& area = *plot.axisRect();
        // The margins of the last layout: a plot that was resized is laid out only after its ticks are chosen.
        const QMargins around = area.margins();
        const int width = plot.width() - around.left() - around.right();
        const int height = plot.height() - around.top() - around.bottom();
        for (QCPAxis* axis : area.axes()) {
            axis->setTickLabelFont(plot.font()); // larger before an audience
            axis->setLabelFont(plot.font());
            const QFontMetrics metrics(axis->tickLabelFont());
            const bool isFlat = axis->orientation() == Qt::Horizontal;
            const int label = isFlat ? metrics.horizontalAdvance(QStringLiteral("0000")) : metrics.height();
            axis->ticker()->setTickCount(std::clamp((isFlat ? width : height) / (2 * label), 1, most));
        }
    });
}

} // namespace headlens
