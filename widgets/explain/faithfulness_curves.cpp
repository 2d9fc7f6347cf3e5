// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/explain/faithfulness_curves.h"

#include "widgets/explain/explain_words.h"
#include "widgets/plots/chart_legend.h"
#include "widgets/viewmodel/method_sheet.h"

#include <QGuiApplication>
#include <qcustomplot.h>

#include <algorithm>
#include <array>
#include <functional>
#include <vector>

namespace headlens {
namespace {

// Told apart by the marks on them as well.
struct CurveLook {
    QRgb colour;
    QCPScatterStyle::ScatterShape mark;
};
constexpr std::array kLooks{
    CurveLook{qRgb(213, 94, 0), QCPScatterStyle::ssCircle}, CurveLook{qRgb(0, 114, 178), QCPScatterStyle::ssSquare},
    CurveLook{qRgb(0, 158, 115), QCPScatterStyle::ssTriangle},
    CurveLook{qRgb(204, 121, 167), QCPScatterStyle::ssDiamond}, CurveLook{qRgb(204, 142, 0), QCPScatterStyle::ssCross}};
constexpr int kMarks = 6; // on a curve

QVector<double> numbersOf(const FloatArray& curve)
{
    return {curve.values.begin(), curve.values.end()};
}

QCPGraph* addCurve(QCustomPlot& plot, const QVector<double>& values, const QPen& pen, const CurveLook* look)
{
    QVector<double> shares;
    const double last = std::max<double>(1, double(values.size()) - 1);
    for (int i = 0; i < values.size(); ++i) shares << i / last;
    QCPGraph* graph = plot.addGraph();
    graph->setPen(pen);
    graph->setData(shares, values, true);
    if (look == nullptr) return graph;
    graph->setScatterStyle(QCPScatterStyle(look->mark, pen.color(), 6));
    graph->setScatterSkip(std::max(1, int(values.size()) / kMarks));
    return graph;
}

} // namespace

FaithfulnessCurves::FaithfulnessCurves(InspectionModel* model, Selection* selection, QWidget* parent)
    : Chart(parent), m_model(model), m_sheet(model->sheet()), m_selection(selection)
{
    setFocusPolicy(Qt::StrongFocus);
    plot().setMinimumWidth(120);
    plot().axisRect()->setMinimumMargins({0, 8, 12, 0});
    plot().xAxis->setRange(0, 1);
    connect(m_sheet, &MethodSheet::changed, this, &FaithfulnessCurves::tell);
    connect(m_selection, &Selection::mapChanged, this, &FaithfulnessCurves::tell);
    tell();
}

// The most faithful ones, and the one on the canvas.
std::vector<const SheetTile*> FaithfulnessCurves::chosen() const
{
    std::vector<const SheetTile*> all;
    for (const SheetTile& one : m_sheet->tiles())
        if (one.side == 0 && one.judged && one.method != QLatin1String(MethodSheet::kControl)) all.push_back(&one);
    std::ranges::stable_sort(all, std::greater<>(), &SheetTile::difference);
    const auto isShown = [this](const SheetTile* one) { return one->method == m_selection->map(); };
    const auto shown = std::ranges::find_if(all, isShown);
    const SheetTile* own = shown == all.end() ? nullptr : *shown;
    all.resize(std::min(all.size(), std::size_t(kMost)));
    if (own != nullptr && std::ranges::find(all, own) == all.end()) all.push_back(own);
    return all;
}

void FaithfulnessCurves::tell()
{
    legend().set({}, {}); // before what it names is gone
    plot().clearGraphs();
    m_names.clear();
    std::vector<QCPAbstractPlottable*> drawn;
    double highest = 0, lowest = 0; // cosines may lie below 0
    const auto add = [&](const QString& name, const QVector<double>& deletion, const QVector<double>& insertion,
                         const QPen& pen, const CurveLook* look) {
        QPen dashed = pen;
        dashed.setStyle(Qt::DashLine);
        drawn.push_back(addCurve(plot(), deletion, pen, look));
        addCurve(plot(), insertion, dashed, look);
        m_names << name;
        for (const QVector<double>& curve : {deletion, insertion})
            for (const double value : curve) {
                highest = std::max(highest, value);
                lowest = std::min(lowest, value);
            }
    };
    if (const SheetControl& control = m_sheet->control(); !control.deletion.empty())
        add(tr("random"), {control.deletion.begin(), control.deletion.end()},
            {control.insertion.begin(), control.insertion.end()},
            QPen(QGuiApplication::palette().color(QPalette::PlaceholderText), 2), nullptr);
    std::size_t next = 0;
    for (const SheetTile* one : chosen()) {
        const CurveLook& look = kLooks[next++ % kLooks.size()];
        const bool isShown = one->method == m_selection->map();
        add(methodTitle(*m_model, one->method), numbersOf(one->judged->deletion), numbersOf(one->judged->insertion),
            QPen(QColor(look.colour), isShown ? 3 : 1.5), &look);
    }
    legend().set(drawn, m_names);
    plot().xAxis->setLabel(tr("patches covered (\u2014) or shown (- -), strongest first"));
    plot().yAxis->setRange(1.05 * lowest, highest > 0 ? 1.05 * highest : lowest < 0 ? 0 : 1);
    const bool compares = !m_model->input().outputs.get<verbs::Similarity>().texts.empty();
    setHeading({compares ? tr("Similarity with the text") : tr("Probability of the class")});
    setAccessibleName(tr("Deletion and insertion curves"));
    setAccessibleDescription(m_names.isEmpty() ? tr("Nothing has been measured yet")
                                               : m_names.join(QStringLiteral(", ")));
    redraw();
}

QString FaithfulnessCurves::tipAt(const QPointF& point) const
{
    if (m_names.isEmpty() || !plot().axisRect()->rect().contains(point.toPoint())) return {};
    const double share = std::clamp(plot().xAxis->pixelToCoord(point.x()), 0.0, 1.0);
    QStringList lines{tr("%1 % of the patches").arg(100 * share, 0, 'f', 0)};
    for (int i = 0; i < m_names.size(); ++i) {
        const auto at = [&](const QCPGraph* graph) {
            const int last = graph->dataCount() - 1;
            return last < 0 ? 0.0 : graph->dataMainValue(int(share * last + 0.5));
        };
        lines << tr("%1: covered %2, shown %3")
                     .arg(m_names[i])
                     .arg(at(plot().graph(2 * i)), 0, 'f', 3)
                     .arg(at(plot().graph(2 * i + 1)), 0, 'f', 3);
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace headlens
