// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/text/bias_curves.h"

#include "widgets/plots/chart_legend.h"
#include "widgets/viewmodel/heat_image.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

constexpr int kColors = 8; // different ones; the heads after them are dashed

} // namespace

BiasCurves::BiasCurves(QWidget* parent) : Chart(parent)
{
    setAttribute(Qt::WA_TransparentForMouseEvents); // the view around it tells the numbers
    plot().axisRect()->setMinimumMargins({0, 8, 16, 0});
    plot().yAxis->ticker()->setTickCount(3);
    BiasCurves::style();
}

void BiasCurves::style()
{
    for (QCPAxis* axis : {plot().xAxis, plot().yAxis}) {
        bare(axis);
        axis->grid()->setVisible(true); // zero in both directions
    }
}

void BiasCurves::setBias(const FloatArray& bias, const QList<int>& chosen)
{
    m_columns = bias.columns();
    plot().clearGraphs();
    const int farthest = m_columns / 2;
    QVector<double> distances;
    for (int i = 0; i < m_columns; ++i) distances << i - farthest;
    std::vector<QCPAbstractPlottable*> curves;
    QStringList names;
    for (int head = 0; head < bias.rows(); ++head) {
        const auto row = bias.part(head);
        plot().addGraph()->setData(distances, QVector<double>(row.begin(), row.end()), true);
        plot().graph()->setPen({headQColor(head), chosen.contains(head) ? 3.0 : 1.0,
                                (head / kColors) % 2 == 0 ? Qt::SolidLine : Qt::DashLine});
        curves.push_back(plot().graph());
        names << QString::number(head);
    }
    legend().set(curves, names);
    auto words = QSharedPointer<QCPAxisTickerText>::create();
    for (const int distance : {-farthest, 0, farthest}) words->addTick(distance, QString::number(distance));
    plot().xAxis->setTicker(words);
    plot().rescaleAxes();
    plot().xAxis->setRange(-farthest - 0.5, farthest + 0.5);
    plot().yAxis->setRange(plot().yAxis->range().expanded(QCPRange(0, 1e-6)));
    redraw();
}

int BiasCurves::columnAt(const QPoint& point) const
{
    const QPoint inside = plot().mapFrom(this, point);
    if (m_columns == 0 || !plot().axisRect()->rect().contains(inside)) return -1;
    const auto distance = int(std::lround(plot().xAxis->pixelToCoord(inside.x())));
    return std::clamp(distance + m_columns / 2, 0, m_columns - 1);
}

} // namespace headlens
