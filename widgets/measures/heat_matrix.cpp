// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/measures/heat_matrix.h"

#include "widgets/plots/colour_gradient.h"
#include "widgets/viewmodel/display_settings.h"

#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace headlens {
namespace {

const QString kTextLayer = QStringLiteral("cells");
constexpr int kBarWidth = 10;                // pixels, of the scale
constexpr int kLeastWidth = 34, kMost = 600; // pixels a cell that is written into; cells that are

// The finite ends of the numbers.
std::pair<double, double> endsOf(const std::vector<float>& numbers)
{
    double low = 0, high = 0;
    for (const float number : numbers) {
        if (!std::isfinite(number)) continue;
        low = std::min(low, double(number));
        high = std::max(high, double(number));
    }
    return {low, high};
}

// As many of the names as there is room for; numbers of their places would say something else (0 is the embedding).
void labelAxis(QCPAxis& axis, const QStringList& names)
{
    constexpr int kGapBetween = 6, kLongest = 10; // pixels, characters
    const bool isFlat = axis.orientation() == Qt::Horizontal;
    const QFontMetrics metrics(axis.tickLabelFont());
    const double room = isFlat ? axis.axisRect()->width() : axis.axisRect()->height();
    const double each = room / std::max<double>(1, double(names.size()));
    int longest = metrics.height();
    QStringList shown;
    for (const QString& name : names) {
        shown << (name.size() > kLongest ? name.left(kLongest - 1) + QStringLiteral("\u2026") : name);
        if (isFlat) longest = std::max(longest, metrics.horizontalAdvance(shown.constLast()));
    }
    const int step = std::max(1, int(std::ceil((longest + (isFlat ? kGapBetween : 0)) / std::max(each, 0.01))));
    QSharedPointer<QCPAxisTickerText> ticker(new QCPAxisTickerText);
    for (qsizetype i = 0; i < shown.size(); i += step) ticker->addTick(double(i), shown[i]);
    axis.setTicker(ticker);
    axis.setSubTicks(false);
}

} // namespace

HeatMatrix::HeatMatrix(DisplaySettings* display, QWidget* parent)
    : Chart(parent), m_display(display), m_map(new QCPColorMap(plot().xAxis, plot().yAxis)),
      m_scale(new QCPColorScale(&plot())), m_outliers(plot().addGraph()), m_frame(new QCPItemRect(&plot()))
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    plot().setMinimumWidth(100);
    plot().addLayer(kTextLayer);
    m_map->setInterpolate(false); // interpolated numbers mislead
    m_map->setTightBoundary(false);
    m_scale->setType(QCPAxis::atRight);
    m_scale->setBarWidth(kBarWidth);
    m_scale->setRangeDrag(false);
    m_scale->setRangeZoom(false);
    plot().plotLayout()->addElement(1, 1, m_scale);
    plot().plotLayout()->setColumnSpacing(2);
    m_map->setColorScale(m_scale);
    auto* sides = new QCPMarginGroup(&plot()); // as high as the matrix
    plot().axisRect()->setMarginGroup(QCP::msTop | QCP::msBottom, sides);
    m_scale->setMarginGroup(QCP::msTop | QCP::msBottom, sides);
    plot().axisRect()->setMinimumMargins({0, 4, 4, 0});
    plot().yAxis->setRangeReversed(true); // the first row on top
    m_outliers->setLineStyle(QCPGraph::lsNone);
    m_frame->setLayer(QStringLiteral("overlay"));
    connect(display, &DisplaySettings::changed, this, [this] {
        scale();
        redraw();
    });
    HeatMatrix::style();
    HeatMatrix::tell();
}

void HeatMatrix::setWords(const MatrixWords& words, const QString& name)
{
    m_words = words;
    m_name = name;
    m_pointed = {-1, -1};
    if (!holds(m_current)) m_current = {-1, -1};
    tell();
}

bool HeatMatrix::holds(const QPoint& cell) const
{
    return cell.x() >= 0 && cell.y() >= 0 && cell.x() < m_words.columns() && cell.y() < m_words.rows();
}

void HeatMatrix::tell()
{
    fill();
    scale();
    mark();
    m_areLabelsDue = true;
    plot().xAxis->setLabel(m_words.columnTitle());
    plot().yAxis->setLabel(m_words.rowTitle());
    m_scale->setVisible(!m_words.isEmpty());
    for (QCPAxis* axis : {plot().xAxis, plot().yAxis}) axis->setVisible(!m_words.isEmpty());
    setAccessibleName(m_name.isEmpty() ? tr("Matrix of the study") : m_name);
    setCurrent(m_current);
    redraw();
}

// QCustomPlot draws no single row or column: it is told twice, half as wide.
void HeatMatrix::fill()
{
    const int rows = std::max(2, m_words.rows()), columns = std::max(2, m_words.columns());
    const double high = double(std::max(1, m_words.rows())), wide = double(std::max(1, m_words.columns()));
    m_map->setVisible(!m_words.isEmpty());
    m_map->data()->setSize(columns, rows);
    const double y = high / rows / 2, x = wide / columns / 2; // ranges count between the centres of the outer cells
    m_map->data()->setRange({x - 0.5, wide - 0.5 - x}, {y - 0.5, high - 0.5 - y});
    plot().xAxis->setRange(-0.5, wide - 0.5);
    plot().yAxis->setRange(-0.5, high - 0.5);
    if (m_words.isEmpty()) return;
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column)
            m_map->data()->setCell(
                column, row,
                double(m_words.at(std::min(row, m_words.rows() - 1), std::min(column, m_words.columns() - 1))));
}

void HeatMatrix::scale()
{
    constexpr double kLeast = 1e-9;
    const auto [low, high] = endsOf(m_words.numbers());
    Display display = m_display->get();
    display.difference = !m_words.isEmpty() && m_words.said().isSigned;
    const bool isRank = !m_words.isEmpty() && m_words.said().isRank;
    m_map->setGradient(colourGradient(display.colors(), isRank));
    m_scale->setGradient(m_map->gradient());
    m_scale->setDataScaleType(isRank ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    m_scale->axis()->setTicker(isRank ? QSharedPointer<QCPAxisTicker>(new QCPAxisTickerLog)
                                      : QSharedPointer<QCPAxisTicker>(new QCPAxisTicker));
    m_scale->axis()->setNumberFormat(isRank ? QStringLiteral("f") : QStringLiteral("g"));
    m_scale->axis()->setNumberPrecision(isRank ? 0 : 3);
    const double farthest = std::max({std::abs(low), high, kLeast});
    if (isRank)
        m_scale->setDataRange({1, std::max(2.0, high)});
    else
        m_scale->setDataRange(display.difference ? QCPRange(-farthest, farthest)
                                                 : QCPRange(low, std::max(high, low + kLeast)));
}

// Outliers have a shape, not only a colour.
void HeatMatrix::mark()
{
    QVector<double> x, y;
    if (const int columns = m_words.columns(); columns > 0)
        for (const int cell : m_words.said().marked) {
            const int row = cell / columns;
            x << cell - row * columns;
            y << row;
        }
    m_outliers->setData(x, y);
}

void HeatMatrix::style()
{
    const QPalette colours = QGuiApplication::palette();
    const QPen pen(colours.color(QPalette::Text));
    QCPAxis* axis = m_scale->axis();
    axis->setTickLabelFont(font());
    axis->setTickLabelColor(pen.color());
    for (QCPAxis* side : axis->axisRect()->axes()) {
        side->setBasePen(pen);
        side->setTickPen(pen);
        side->setSubTickPen(pen);
    }
    QPen ring(Qt::white, 1.4);
    m_outliers->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDiamond, ring, QBrush(Qt::black), 6));
    m_frame->setPen(QPen(colours.color(QPalette::Highlight), 2.5));
    m_frame->setBrush(Qt::NoBrush);
}

void HeatMatrix::fit()
{
    labelAxis(*plot().xAxis, m_words.columnLabels());
    labelAxis(*plot().yAxis, m_words.rowLabels());
    constexpr int kEach = 32, kMostTicks = 6; // pixels a number of the scale
    if (m_scale->dataScaleType() == QCPAxis::stLinear)
        m_scale->axis()->ticker()->setTickCount(std::clamp(plot().axisRect()->height() / kEach, 2, kMostTicks));
    labelCells();
    Chart::fit();
}

// A class or piece, else the number.
QString HeatMatrix::textIn(int row, int column) const
{
    const float number = m_words.at(row, column);
    QString text = m_words.textIn(row, column);
    if (!text.isEmpty() || !std::isfinite(number)) return text;
    return m_words.said().isRank ? QString::number(std::lround(number)) : QLocale().toString(double(number), 'g', 2);
}

void HeatMatrix::labelCell(int row, int column, int width)
{
    const float number = m_words.at(row, column);
    auto* item = new QCPItemText(&plot());
    item->setLayer(plot().layer(kTextLayer));
    item->setFont(font());
    item->setText(fontMetrics().elidedText(textIn(row, column), Qt::ElideRight, width - 4));
    item->position->setCoords(column, row);
    const QRgb ground = m_map->gradient().color(double(number), m_scale->dataRange(),
                                                m_scale->dataScaleType() == QCPAxis::stLogarithmic);
    item->setColor(std::isfinite(number) && qGray(ground) < 140 ? Qt::white : Qt::black);
}

// Nothing stands in the cells where there is no room for it.
void HeatMatrix::labelCells()
{
    const QSize cell = cellRect({0, 0}).toAlignedRect().size();
    if (!m_areLabelsDue && cell == m_labelled) return;
    m_labelled = cell;
    m_areLabelsDue = false;
    for (QCPLayerable* old : plot().layer(kTextLayer)->children())
        plot().removeItem(qobject_cast<QCPAbstractItem*>(old));
    const bool fits = !m_words.isEmpty() && cell.width() >= kLeastWidth && cell.height() >= fontMetrics().height() &&
                      m_words.rows() * m_words.columns() <= kMost;
    if (!fits) return;
    for (int row = 0; row < m_words.rows(); ++row)
        for (int column = 0; column < m_words.columns(); ++column) labelCell(row, column, cell.width());
}

void HeatMatrix::setCurrent(const QPoint& cell)
{
    m_current = holds(cell) ? cell : QPoint(-1, -1);
    m_frame->setVisible(holds(m_current));
    m_frame->topLeft->setCoords(m_current.x() - 0.5, m_current.y() - 0.5);
    m_frame->bottomRight->setCoords(m_current.x() + 0.5, m_current.y() + 0.5);
    setAccessibleDescription(holds(m_current)
                                 ? m_words.cellText(m_current.y(), m_current.x())
                                 : tr("Arrow keys go from cell to cell, Enter selects what it stands for."));
    redraw(true);
}

QRectF HeatMatrix::cellRect(const QPoint& cell) const
{
    const QPointF from(plot().xAxis->coordToPixel(cell.x() - 0.5), plot().yAxis->coordToPixel(cell.y() - 0.5));
    const QPointF to(plot().xAxis->coordToPixel(cell.x() + 0.5), plot().yAxis->coordToPixel(cell.y() + 0.5));
    return QRectF(plot().mapTo(this, from), plot().mapTo(this, to)).normalized();
}

QPoint HeatMatrix::cellAt(const QPointF& point) const
{
    const QPoint cell(int(std::floor(plot().xAxis->pixelToCoord(point.x()) + 0.5)),
                      int(std::floor(plot().yAxis->pixelToCoord(point.y()) + 0.5)));
    return holds(cell) && plot().axisRect()->rect().contains(point.toPoint()) ? cell : QPoint(-1, -1);
}

QString HeatMatrix::tipAt(const QPointF& point) const
{
    const QPoint cell = cellAt(point);
    return holds(cell) ? m_words.cellText(cell.y(), cell.x()) : QString();
}

void HeatMatrix::mousePressEvent(QMouseEvent* event)
{
    const QPoint cell = cellAt(plot().mapFrom(this, event->position()));
    if (!holds(cell)) return;
    setCurrent(cell);
    Q_EMIT pointed(cell);
    Q_EMIT chosen(cell);
}

void HeatMatrix::mouseMoveEvent(QMouseEvent* event)
{
    const QPoint cell = cellAt(plot().mapFrom(this, event->position()));
    if (cell == m_pointed) return;
    m_pointed = cell;
    Q_EMIT pointed(cell);
}

void HeatMatrix::leaveEvent(QEvent* event)
{
    m_pointed = {-1, -1};
    Q_EMIT pointed(m_pointed);
    Chart::leaveEvent(event);
}

void HeatMatrix::keyPressEvent(QKeyEvent* event)
{
    if (m_words.isEmpty()) return Chart::keyPressEvent(event);
    QPoint cell = holds(m_current) ? m_current : QPoint(0, 0);
    switch (event->key()) {
    case Qt::Key_Left: cell.rx() -= 1; break;
    case Qt::Key_Right: cell.rx() += 1; break;
    case Qt::Key_Up: cell.ry() -= 1; break;
    case Qt::Key_Down: cell.ry() += 1; break;
    case Qt::Key_Home: cell.rx() = 0; break;
    case Qt::Key_End: cell.rx() = m_words.columns() - 1; break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (holds(m_current)) Q_EMIT chosen(m_current);
        return;
    default: return Chart::keyPressEvent(event);
    }
    if (!holds(m_current)) cell = {0, 0};
    if (!holds(cell)) return;
    setCurrent(cell);
    Q_EMIT pointed(cell);
}

void HeatMatrix::contextMenuEvent(QContextMenuEvent* event)
{
    const bool byMouse = event->reason() == QContextMenuEvent::Mouse;
    const QPoint cell = byMouse ? cellAt(plot().mapFrom(this, QPointF(event->pos()))) : m_current;
    if (!holds(cell)) return;
    const QPoint where = byMouse ? event->globalPos() : mapToGlobal(cellRect(cell).center().toPoint());
    Q_EMIT menuWanted(cell, where);
}

bool HeatMatrix::save(const QString& file)
{
    constexpr double kFine = 2;
    plot().setBackground(QGuiApplication::palette().brush(QPalette::Base));
    const bool isWritten = plot().savePng(file, 0, 0, kFine);
    plot().setBackground(Qt::NoBrush);
    redraw();
    return isWritten;
}

} // namespace headlens
