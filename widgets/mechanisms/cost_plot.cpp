// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mechanisms/cost_plot.h"

#include <QGuiApplication>
#include <QLayout>
#include <QMouseEvent>
#include <qcustomplot.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace headlens {
namespace {

constexpr double kThin = 1.4, kThick = 3.6, kLeader = 16, kNearCurve = 8, kLeftAxis = 60; // pixels
constexpr double kRoom = 1.3; // factor above and below the curves

bool isDark()
{
    return QGuiApplication::palette().color(QPalette::Base).lightness() < 128;
}

struct Look {
    const char* pattern;
    QRgb light, dark; // on a light and on a dark ground
    std::array<double, 4> dashes;
};

// Okabe and Ito's colours, lighter on dark ground; within a family the dashes differ. All zero: solid.
constexpr std::array<Look, 12> kLooks{{{"dense", 0x202020, 0xf0f0f0, {}},
                                       {"window 1", 0x0072b2, 0x56b4e9, {}},
                                       {"window 2", 0x0072b2, 0x56b4e9, {6, 3, 6, 3}},
                                       {"window 1 alone", 0x0072b2, 0x56b4e9, {2, 2, 2, 2}},
                                       {"window 1 and 3 random", 0x0072b2, 0x56b4e9, {6, 2, 1, 2}},
                                       {"coarse 2", 0x007a59, 0x2fc79a, {}},
                                       {"coarse 4", 0x007a59, 0x2fc79a, {5, 3, 5, 3}},
                                       {"low rank", 0xa8437f, 0xd991b9, {8, 2, 2, 2}},
                                       {"linear", 0xd55e00, 0xf08a3c, {}},
                                       {"16 random features", 0x946800, 0xe6b83a, {}},
                                       {"64 random features", 0x946800, 0xe6b83a, {6, 3, 6, 3}},
                                       {"256 random features", 0x946800, 0xe6b83a, {2, 2, 2, 2}}}};

// As many sizes as find room, the ends first; the others by what pictures are usually cut into.
QSharedPointer<QCPAxisTickerText> ticksOf(const CostSizes& sizes, double width, const QFontMetricsF& font)
{
    const double low = std::log(extentOf(sizes.at(0))), high = std::log(extentOf(sizes.largest()));
    std::vector<std::pair<double, double>> taken; // in pixels
    auto ticker = QSharedPointer<QCPAxisTickerText>::create();
    const auto offer = [&](const AttentionShape& shape) {
        const QString text = shape.hasGrid() ? CostText::size(shape) : QString::number(shape.special);
        const double at = (std::log(extentOf(shape)) - low) / std::max(high - low, 1e-9) * width;
        const double half = font.horizontalAdvance(text) / 2 + 4;
        for (const auto& [begin, end] : taken)
            if (at - half < end && at + half > begin) return;
        taken.emplace_back(at - half, at + half);
        ticker->addTick(extentOf(shape), text);
    };
    offer(sizes.at(0));
    offer(sizes.largest());
    static const std::vector<double> kOfPictures{64, 1024, 196, 256, 576, 32, 128, 512, 2048, 36, 100, 400};
    static const std::vector<double> kOfTexts{256, 64, 1024, 128, 512, 32, 2048};
    for (const double wanted : sizes.isPicture() ? kOfPictures : kOfTexts) offer(sizes.at(sizes.nearest(wanted)));
    return ticker;
}

// Sorted places, at least `step` apart, each as near to where it wants to be as its neighbours let it.
std::vector<double> spread(const std::vector<double>& wanted, double step, double top, double bottom)
{
    struct Group {
        double sum = 0; // of what its places want, less the steps before them
        int count = 0;
        double begin() const { return sum / count; }
    };
    std::vector<Group> groups;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        groups.push_back({wanted[i] - double(i) * step, 1});
        while (groups.size() > 1 && groups.back().begin() < groups[groups.size() - 2].begin()) {
            const Group last = groups.back();
            groups.pop_back();
            groups.back().sum += last.sum;
            groups.back().count += last.count;
        }
    }
    std::vector<double> places;
    const double latest = bottom - double(wanted.size() - 1) * step;
    for (const Group& group : groups)
        for (int i = 0; i < group.count; ++i)
            places.push_back(std::max(top, std::min(group.begin(), latest)) + double(places.size()) * step);
    return places;
}

} // namespace

// The slider moves the line and the table tells the numbers: no keys here.
CostPlot::CostPlot(QWidget* parent)
    : Chart(parent), m_line(new QCPItemStraightLine(&plot())), m_ownLine(new QCPItemStraightLine(&plot())),
      m_lineName(new QCPItemText(&plot()))
{
    layout()->setContentsMargins(0, 0, 0, 0);
    plot().axisRect()->setAutoMargins(QCP::msLeft | QCP::msBottom);
    for (QCPAxis* axis : {plot().xAxis, plot().yAxis}) axis->setScaleType(QCPAxis::stLogarithmic);
    plot().yAxis->setTicker(QSharedPointer<QCPAxisTickerLog>::create());
    plot().yAxis->setNumberFormat(QStringLiteral("eb")); // powers of ten
    plot().yAxis->setNumberPrecision(0);
    plot().xAxis->setSubTicks(false);
    m_lineName->setClipToAxisRect(false);
    m_lineName->position->setType(QCPItemPosition::ptAbsolute);
    connect(&plot(), &QCustomPlot::afterLayout, this, [this] {
        placeNames();
        placeLine();
    });
    setSizes(costSizes({}, {}), {});
}

void CostPlot::fit()
{
    Chart::fit();
    const double wide = plot().width() - plot().axisRect()->margins().right() - kLeftAxis;
    plot().xAxis->setTicker(ticksOf(m_sizes, wide, QFontMetricsF(plot().xAxis->tickLabelFont())));
}

QPen CostPlot::penOf(const std::string& pattern) const
{
    const auto look = std::ranges::find(kLooks, pattern, &Look::pattern);
    const Look& found = look == kLooks.end() ? kLooks.front() : *look;
    QPen pen(QColor(QRgb(0xff000000U | (isDark() ? found.dark : found.light))), pattern == m_running ? kThick : kThin);
    if (found.dashes[0] > 0) pen.setDashPattern(QList<qreal>(found.dashes.begin(), found.dashes.end()));
    pen.setCapStyle(Qt::FlatCap);
    return pen;
}

void CostPlot::setSizes(const CostSizes& sizes, const std::string& running)
{
    m_sizes = sizes;
    m_running = running;
    m_at = std::clamp(m_at, 0, int(m_sizes.sizes.size()) - 1);
    tell();
}

void CostPlot::setAt(int index)
{
    m_at = std::clamp(index, 0, int(m_sizes.sizes.size()) - 1);
    placeLine();
    redraw();
}

void CostPlot::tell()
{
    for (const Curve& curve : m_curves) {
        plot().removeItem(curve.name);
        plot().removeItem(curve.leader);
    }
    m_curves.clear();
    plot().clearGraphs();
    for (const std::string& pattern : costedPatterns())
        if (attentionCost(pattern, m_sizes.at(0))) addCurve(pattern);
    setAccessibleName(tr("Multiply-adds of one block by size"));
    plot().xAxis->setLabel(m_sizes.isPicture() ? tr("patches of the picture") : tr("tokens of the text"));
    plot().yAxis->setLabel(tr("multiply-adds per block"));
    fitAxes();
    placeLine();
    redraw();
}

void CostPlot::addCurve(const std::string& pattern)
{
    Curve curve{pattern, {}, plot().addGraph(), new QCPItemText(&plot()), new QCPItemLine(&plot())};
    QVector<double> extents, values;
    for (const AttentionShape& shape : m_sizes.sizes) {
        curve.values.push_back(attentionCost(pattern, shape)->multiplyAdds);
        extents << extentOf(shape);
        values << curve.values.back();
    }
    curve.graph->setData(extents, values, true);
    curve.graph->setPen(penOf(pattern));
    const QColor text = QGuiApplication::palette().color(QPalette::Text);
    QFont bold = font();
    bold.setBold(pattern == m_running);
    curve.name->setText(CostText::pattern(pattern));
    curve.name->setFont(bold);
    curve.name->setColor(text);
    curve.name->setClipToAxisRect(false);
    curve.name->setPositionAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    curve.name->position->setType(QCPItemPosition::ptAbsolute);
    QPen pen = penOf(pattern);
    pen.setWidthF(kThin);
    curve.leader->setPen(pen);
    curve.leader->setClipToAxisRect(false);
    for (QCPItemPosition* end : {curve.leader->start, curve.leader->end}) end->setType(QCPItemPosition::ptAbsolute);
    m_curves.push_back(std::move(curve));
}

void CostPlot::fitAxes()
{
    double low = std::numeric_limits<double>::max(), high = 1, wide = 0;
    QFont bold = font();
    bold.setBold(true); // so that nothing moves when another one runs
    for (const Curve& curve : m_curves) {
        low = std::min(low, *std::ranges::min_element(curve.values));
        high = std::max(high, *std::ranges::max_element(curve.values));
        wide = std::max(wide, QFontMetricsF(bold).horizontalAdvance(curve.name->text()));
    }
    plot().xAxis->setRange(extentOf(m_sizes.at(0)), extentOf(m_sizes.largest()));
    plot().yAxis->setRange(low / kRoom, high * kRoom);
    plot().axisRect()->setMargins(QMargins(0, fontMetrics().height() + 6, int(wide + kLeader) + 6, 0));
}

// Beside the ends of their curves; those that would overlap share the room around their middle.
void CostPlot::placeNames()
{
    const QRectF area = plot().axisRect()->rect();
    const double line = QFontMetricsF(font()).height(), count = double(m_curves.size());
    const double step = std::min(line, (area.height() + line) / std::max(count, 1.0));
    std::vector<std::pair<double, Curve*>> ends;
    for (Curve& curve : m_curves) ends.emplace_back(plot().yAxis->coordToPixel(curve.values.back()), &curve);
    std::ranges::sort(ends);
    std::vector<double> wanted;
    for (const auto& end : ends) wanted.push_back(end.first);
    const std::vector<double> places = spread(wanted, step, area.top(), area.bottom() + line / 2);
    for (std::size_t i = 0; i < ends.size(); ++i) {
        const auto& [y, curve] = ends[i];
        curve->leader->start->setCoords(area.right(), y);
        curve->leader->end->setCoords(area.right() + kLeader - 2, places[i]);
        curve->name->position->setCoords(area.right() + kLeader, places[i]);
    }
}

// The name of the size stands above the plot, over its line as far as there is room.
void CostPlot::placeLine()
{
    const QColor text = QGuiApplication::palette().color(QPalette::Text);
    const bool own = m_sizes.own >= 0;
    const double extent = extentOf(m_sizes.at(m_at)), ownExtent = extentOf(m_sizes.at(own ? m_sizes.own : m_at));
    m_line->setPen(QPen(text, 1.6));
    m_line->point1->setCoords(extent, 1);
    m_line->point2->setCoords(extent, 10);
    m_ownLine->setVisible(own && m_at != m_sizes.own);
    m_ownLine->setPen(QPen(text, 1, Qt::DotLine));
    m_ownLine->point1->setCoords(ownExtent, 1);
    m_ownLine->point2->setCoords(ownExtent, 10);
    const QString size = CostText::size(m_sizes.at(m_at));
    m_lineName->setText(!own ? size
                        : m_at == m_sizes.own
                            ? tr("%1, this model").arg(size)
                            : tr("%1 (this model: %2)").arg(size, CostText::size(m_sizes.at(m_sizes.own))));
    m_lineName->setFont(font());
    m_lineName->setColor(text);
    const QRectF area = plot().axisRect()->rect();
    const double half = QFontMetricsF(font()).horizontalAdvance(m_lineName->text()) / 2 + 2;
    m_lineName->position->setCoords(
        std::clamp(plot().xAxis->coordToPixel(extent), half, std::max(half, plot().width() - half)),
        area.top() - fontMetrics().height() / 2.0 - 3);
}

void CostPlot::follow(const QPointF& point)
{
    const QRect area = plot().axisRect()->rect();
    if (point.x() < area.left() || point.x() > area.right()) return;
    Q_EMIT chosen(m_sizes.nearest(plot().xAxis->pixelToCoord(point.x())));
}

void CostPlot::mousePressEvent(QMouseEvent* event)
{
    follow(event->position());
}

void CostPlot::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons().testFlag(Qt::LeftButton)) follow(event->position());
}

QString CostPlot::describe(const QPointF& point) const
{
    const int index = m_sizes.nearest(plot().xAxis->pixelToCoord(point.x()));
    const Curve* nearest = nullptr;
    double closest = kNearCurve;
    for (const Curve& curve : m_curves) {
        const double away = std::abs(plot().yAxis->coordToPixel(curve.values[std::size_t(index)]) - point.y());
        if (away > closest) continue;
        closest = away;
        nearest = &curve;
    }
    if (nearest == nullptr || !plot().axisRect()->rect().contains(point.toPoint())) return {};
    return tr("%1 at %2: %3 multiply-adds")
        .arg(CostText::pattern(nearest->pattern), CostText::size(m_sizes.at(index)),
             CostText::exactly(nearest->values[std::size_t(index)]));
}

std::vector<QRectF> CostPlot::nameRects() const
{
    std::vector<QRectF> rects;
    for (const Curve& curve : m_curves) {
        const QSizeF size(QFontMetricsF(curve.name->font()).horizontalAdvance(curve.name->text()),
                          QFontMetricsF(curve.name->font()).height());
        rects.emplace_back(curve.name->position->pixelPosition() - QPointF(0, size.height() / 2), size);
    }
    std::ranges::sort(rects, {}, &QRectF::top);
    return rects;
}

} // namespace headlens
