// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/plot_theme.h"

#include <QGuiApplication>
#include <qcustomplot.h>

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

} // namespace headlens
