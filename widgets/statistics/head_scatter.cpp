// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/statistics/head_scatter.h"

#include "widgets/plots/chart_legend.h"
#include "widgets/viewmodel/method_text.h"

#include <QGuiApplication>
#include <QLocale>
#include <QMouseEvent>
#include <qcustomplot.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace headlens {
namespace {

constexpr double kDot = 7, kRing = 14, kNear = 10; // pixels

bool isDark()
{
    return QGuiApplication::palette().color(QPalette::Base).lightness() < 128;
}

struct Dot {
    QCPScatterStyle::ScatterShape shape;
    QRgb light, dark; // Okabe and Ito's colours, on a light and on a dark ground
};

// In the order of headPatterns(); the last one is for heads without a pattern.
constexpr std::array<Dot, kHeadPatterns + 1> kDots{{{QCPScatterStyle::ssTriangle, 0x0072b2, 0x56b4e9},
                                                    {QCPScatterStyle::ssDiamond, 0xd55e00, 0xf08a3c},
                                                    {QCPScatterStyle::ssSquare, 0x946800, 0xe6b83a},
                                                    {QCPScatterStyle::ssCross, 0x007a59, 0x2fc79a},
                                                    {QCPScatterStyle::ssDisc, 0x0072b2, 0x56b4e9},
                                                    {QCPScatterStyle::ssTriangleInverted, 0xa8437f, 0xd991b9},
                                                    {QCPScatterStyle::ssPlus, 0x6b6b6b, 0xa8a8a8},
                                                    {QCPScatterStyle::ssCircle, 0x6b6b6b, 0xa8a8a8}}};

QColor colourOf(const Dot& dot)
{
    return QColor::fromRgb(isDark() ? dot.dark : dot.light);
}

// From the colour of faint text to the accent.
QColor mixed(double share)
{
    const QPalette palette = QGuiApplication::palette();
    const QColor from = palette.color(QPalette::PlaceholderText), to = palette.color(QPalette::Highlight);
    return QColor::fromRgbF(float(from.redF() + (to.redF() - from.redF()) * share),
                            float(from.greenF() + (to.greenF() - from.greenF()) * share),
                            float(from.blueF() + (to.blueF() - from.blueF()) * share));
}

} // namespace

HeadScatter::HeadScatter(HeadProfiles* profiles, QWidget* parent) : Chart(parent), m_profiles(profiles)
{
    setFocusPolicy(Qt::StrongFocus);
    plot().setMinimumWidth(120);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    connect(profiles, &HeadProfiles::changed, this, &HeadScatter::tell);
    HeadScatter::tell();
}

void HeadScatter::setNumber(HeadNumber number)
{
    m_number = number;
    tell();
}

void HeadScatter::setColour(DotColour colour)
{
    m_colour = colour;
    tell();
}

std::vector<HeadScatter::Group> HeadScatter::groups() const
{
    std::vector<Group> all;
    if (m_colour == DotColour::Sink) {
        constexpr int kSteps = 4;
        constexpr std::array kShapes{QCPScatterStyle::ssCircle, QCPScatterStyle::ssDisc, QCPScatterStyle::ssSquare,
                                     QCPScatterStyle::ssDiamond};
        for (int step = 0; step < kSteps; ++step)
            all.push_back({tr("%1 to %2 %").arg(step * 100 / kSteps).arg((step + 1) * 100 / kSteps),
                           int(kShapes[std::size_t(step)]), mixed(double(step) / (kSteps - 1)),
                           [step](const ProfiledHead& head) {
                               const double share = head.number(HeadNumber::Sink) * kSteps;
                               return !std::isnan(share) && std::clamp(int(share), 0, kSteps - 1) == step;
                           }});
        return all;
    }
    for (int pattern = 0; pattern <= int(kHeadPatterns); ++pattern) {
        const int which = pattern < int(kHeadPatterns) ? pattern : -1;
        const Dot& dot = kDots[std::size_t(pattern)];
        all.push_back({which < 0 ? tr("no pattern") : methodText(headPatterns()[std::size_t(which)].title),
                       int(dot.shape), colourOf(dot),
                       [which](const ProfiledHead& head) { return head.pattern == which; }});
    }
    return all;
}

void HeadScatter::tell()
{
    legend().set({}, {});
    plot().clearPlottables();
    std::vector<QCPAbstractPlottable*> drawn;
    QStringList names;
    for (const Group& group : groups()) {
        QVector<double> x, y;
        for (const ProfiledHead& head : m_profiles->heads()) {
            if (!group.holds(head) || std::isnan(head.number(m_number))) continue;
            x << head.place.layer;
            y << head.number(m_number);
        }
        if (x.isEmpty()) continue;
        QCPGraph* graph = plot().addGraph();
        graph->setLineStyle(QCPGraph::lsNone);
        graph->setPen(QPen(group.colour, 1.6));
        graph->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ScatterShape(group.shape), group.colour, kDot));
        graph->setData(x, y);
        drawDeviations(graph, group);
        drawn.push_back(graph);
        names << group.name;
    }
    legend().set(drawn, names);
    m_ring = plot().addGraph();
    m_ring->setLineStyle(QCPGraph::lsNone);
    m_ring->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssCircle, QGuiApplication::palette().color(QPalette::Text), kRing));
    const QString title = methodText(infoOf(m_number).title);
    plot().xAxis->setLabel(tr("layer"));
    plot().yAxis->setLabel(title);
    setAccessibleName(tr("%1 of every head over the layers").arg(title));
    fitAxes();
    setChosen(m_chosen);
}

// Of an average, behind its dots.
void HeadScatter::drawDeviations(QCPGraph* graph, const Group& group)
{
    auto* bars = new QCPErrorBars(plot().xAxis, plot().yAxis);
    QVector<double> lengths;
    for (const ProfiledHead& head : m_profiles->heads())
        if (group.holds(head) && !std::isnan(head.number(m_number))) lengths << head.deviation(m_number);
    QColor faint = group.colour;
    faint.setAlphaF(0.4F);
    bars->setDataPlottable(graph);
    bars->setData(lengths);
    bars->setWhiskerWidth(0);
    bars->setPen(QPen(faint, 1.2));
    bars->removeFromLegend();
}

void HeadScatter::fitAxes()
{
    double high = 1e-9;
    int layers = 0;
    for (const ProfiledHead& head : m_profiles->heads()) {
        layers = std::max(layers, head.place.layer);
        const double deviation = head.deviation(m_number);
        const double top = head.number(m_number) + (std::isnan(deviation) ? 0 : deviation);
        if (!std::isnan(top)) high = std::max(high, top);
    }
    constexpr double kRoom = 1.08;
    plot().xAxis->setRange(-0.5, std::max(1, layers) + 0.5);
    plot().yAxis->setRange(-0.04 * high, kRoom * high);
    auto ticker = QSharedPointer<QCPAxisTickerFixed>::create();
    ticker->setTickStep(1); // there is no layer 1.5
    ticker->setScaleStrategy(QCPAxisTickerFixed::ssMultiples);
    plot().xAxis->setTicker(ticker);
    plot().xAxis->setSubTicks(false);
}

void HeadScatter::setChosen(const HeadPlace& place)
{
    m_chosen = place;
    const auto& heads = m_profiles->heads();
    const auto hit = std::ranges::find(heads, place, &ProfiledHead::place);
    const bool isThere = hit != heads.end() && !std::isnan(hit->number(m_number));
    m_ring->setData(isThere ? QVector<double>{double(place.layer)} : QVector<double>{},
                    isThere ? QVector<double>{hit->number(m_number)} : QVector<double>{});
    setAccessibleDescription(hit == heads.end() ? tr("Open a picture or a text.") : tipOf(*hit));
    redraw();
}

QString HeadScatter::tipOf(const ProfiledHead& head) const
{
    const double number = head.number(m_number);
    QString text = tr("Layer %1, head %2").arg(head.place.layer).arg(head.place.head);
    if (!std::isnan(number))
        text += QStringLiteral(" · %1 %2").arg(methodText(infoOf(m_number).title), QLocale().toString(number, 'f', 2));
    if (const double deviation = head.deviation(m_number); !std::isnan(deviation))
        text += QStringLiteral(" ± %1").arg(QLocale().toString(deviation, 'f', 2));
    if (head.pattern >= 0)
        text += QStringLiteral(" · %1 %2").arg(head.patternName(), QLocale().toString(head.score, 'f', 2));
    return text;
}

QPointF HeadScatter::pointOf(const HeadPlace& place) const
{
    for (const ProfiledHead& head : m_profiles->heads())
        if (head.place == place)
            return plot().mapTo(this, QPointF(plot().xAxis->coordToPixel(place.layer),
                                              plot().yAxis->coordToPixel(head.number(m_number))));
    return {};
}

const ProfiledHead* HeadScatter::headAt(const QPointF& point) const
{
    const ProfiledHead* nearest = nullptr;
    double least = kNear;
    for (const ProfiledHead& head : m_profiles->heads()) {
        if (std::isnan(head.number(m_number))) continue;
        const double apart = std::hypot(plot().xAxis->coordToPixel(head.place.layer) - point.x(),
                                        plot().yAxis->coordToPixel(head.number(m_number)) - point.y());
        if (apart >= least) continue;
        least = apart;
        nearest = &head;
    }
    return nearest;
}

QString HeadScatter::tipAt(const QPointF& point) const
{
    const ProfiledHead* head = headAt(point);
    return head == nullptr ? QString() : tipOf(*head);
}

void HeadScatter::mousePressEvent(QMouseEvent* event)
{
    if (const ProfiledHead* head = headAt(plot().mapFrom(this, event->position()))) Q_EMIT chosen(head->place);
}

// Left and right go from layer to layer to the nearest dot, up and down within a layer.
const ProfiledHead* HeadScatter::nextOf(int key) const
{
    const auto& heads = m_profiles->heads();
    const auto from = std::ranges::find(heads, m_chosen, &ProfiledHead::place);
    if (from == heads.end()) return heads.empty() ? nullptr : &heads.front();
    const bool sideways = key == Qt::Key_Left || key == Qt::Key_Right;
    const int step = key == Qt::Key_Left || key == Qt::Key_Down ? -1 : 1;
    const int layer = from->place.layer + (sideways ? step : 0);
    const double own = from->number(m_number), here = std::isnan(own) ? 0 : own;
    const ProfiledHead* best = nullptr;
    double least = std::numeric_limits<double>::infinity();
    for (const ProfiledHead& head : heads) {
        const double beyond = (head.number(m_number) - here) * step; // in the direction of the key
        if (head.place.layer != layer || &head == &*from || std::isnan(beyond) || (!sideways && beyond < 0)) continue;
        if (const double apart = std::abs(beyond); apart < least) {
            least = apart;
            best = &head;
        }
    }
    return best;
}

void HeadScatter::keyPressEvent(QKeyEvent* event)
{
    const int key = event->key();
    if (key != Qt::Key_Left && key != Qt::Key_Right && key != Qt::Key_Up && key != Qt::Key_Down)
        return Chart::keyPressEvent(event);
    if (const ProfiledHead* head = nextOf(key)) Q_EMIT chosen(HeadPlace(head->place));
}

bool HeadScatter::save(const QString& file)
{
    constexpr double kFine = 2;
    plot().setBackground(QGuiApplication::palette().brush(QPalette::Base));
    const bool isWritten = plot().savePng(file, 0, 0, kFine);
    plot().setBackground(Qt::NoBrush);
    redraw();
    return isWritten;
}

} // namespace headlens
