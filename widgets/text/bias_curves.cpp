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

void BiasCurves::setBias(const FloatArray& bias)
{
    m_bias = bias;
    legend().clear();
    plot().clearGraphs();
    if (bias.values.empty()) return;
    const int farthest = bias.columns() / 2;
    QVector<double> distances;
    for (int i = 0; i < bias.columns(); ++i) distances << i - farthest;
    for (int head = 0; head < bias.rows(); ++head) {
        const auto row = bias.part(head);
        plot().addGraph()->setData(distances, QVector<double>(row.begin(), row.end()), true);
    }
    auto words = QSharedPointer<QCPAxisTickerText>::create();
    for (const int distance : {-farthest, 0, farthest}) words->addTick(distance, QString::number(distance));
    plot().xAxis->setTicker(words);
    plot().xAxis->setRange(-farthest - 0.5, farthest + 0.5);
    const auto [least, most] = std::ranges::minmax_element(bias.values);
    const double low = std::min(0.0, double(*least)), high = std::max({0.0, double(*most), low + 1e-6});
    plot().yAxis->setRange(low, high);
    tell();
}

void BiasCurves::setChosen(const QList<int>& heads)
{
    for (int head = 0; head < plot().graphCount(); ++head)
        plot().graph(head)->setPen({headQColor(head), std::ranges::find(heads, head) != heads.end() ? 3.0 : 1.0,
                                    (head / kColors) % 2 == 0 ? Qt::SolidLine : Qt::DashLine});
    redraw();
}

void BiasCurves::tell()
{
    QStringList names;
    std::vector<QCPAbstractPlottable*> curves;
    for (int head = 0; head < plot().graphCount(); ++head) {
        curves.push_back(plot().graph(head));
        names << QString::number(head);
    }
    legend().set(curves, names);
    redraw();
}

int BiasCurves::columnAt(const QPoint& point) const
{
    const QPoint inside = plot().mapFrom(this, point);
    if (m_bias.values.empty() || !plot().axisRect()->rect().contains(inside)) return -1;
    const auto distance = int(std::lround(plot().xAxis->pixelToCoord(inside.x())));
    return std::clamp(distance + m_bias.columns() / 2, 0, m_bias.columns() - 1);
}

} // namespace headlens
