// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/matrix_plot.h"

#include "widgets/plots/colour_gradient.h"
#include "widgets/plots/plot_theme.h"
#include "widgets/plots/token_ticks.h"
#include "widgets/text/token_pieces.h"
#include "widgets/viewmodel/asking.h"
#include "widgets/viewmodel/comparison.h"
#include "widgets/viewmodel/live_rows.h"

#include <QEvent>
#include <QMouseEvent>
#include <QVBoxLayout>
#include <qcustomplot.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace headlens {
namespace {

const QString kCrossLayer = QStringLiteral("cross");

// Where the colours end: a few very strong weights would leave the rest of the map dark.
double upperEnd(std::vector<float> values)
{
    if (values.empty()) return 0;
    for (float& value : values) value = std::abs(value); // of a difference
    constexpr double kShare = 0.995;
    const auto place = values.begin() + std::ptrdiff_t(std::ceil(kShare * double(values.size() - 1)));
    std::nth_element(values.begin(), place, values.end());
    return double(*place);
}

QCPItemStraightLine* addLine(QCustomPlot* plot, const QPen& pen)
{
    auto* line = new QCPItemStraightLine(plot); // owned by the plot
    line->setPen(pen);
    line->setVisible(false);
    return line;
}

// A line along one row (horizontal) or column of the map; hidden for -1.
void place(QCPItemStraightLine* line, double at, bool horizontal)
{
    line->setVisible(at >= 0);
    line->point1->setCoords(horizontal ? 0 : at, horizontal ? at : 0);
    line->point2->setCoords(horizontal ? 1 : at, horizontal ? at : 1);
}

} // namespace

MatrixPlot::MatrixPlot(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent)
    : QWidget(parent), m_model(model), m_heads(selection->heads()), m_tokens(selection->tokens()), m_display(display),
      m_plot(new QCustomPlot(this)), m_map(new QCPColorMap(m_plot->xAxis, m_plot->yAxis)),
      m_row(addLine(m_plot, QPen(QColor(255, 90, 60)))), m_column(addLine(m_plot, QPen(QColor(120, 200, 255)))),
      m_prefixRow(addLine(m_plot, QPen(QColor(255, 255, 255, 140), 1, Qt::DashLine))),
      m_prefixColumn(addLine(m_plot, QPen(QColor(255, 255, 255, 140), 1, Qt::DashLine)))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    buildPlot();
    m_wanted.setSingleShot(true);
    m_wanted.setInterval(0);
    connect(&m_wanted, &QTimer::timeout, this, &MatrixPlot::ask);
    const auto again = [this] { m_wanted.start(); };
    connect(m_plot->xAxis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this, again);
    connect(m_plot->yAxis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this, again);
    connect(model, &InspectionModel::inputChanged, this, &MatrixPlot::onInput);
    connect(m_heads, &HeadChoice::changed, this, &MatrixPlot::onSelection);
    connect(m_tokens, &TokenChoice::changed, this, &MatrixPlot::onSelection);
    connect(m_tokens, &TokenChoice::otherChanged, this, &MatrixPlot::moveCross);
    connect(display, &DisplaySettings::changed, this, &MatrixPlot::recolor);
    connect(model->comparison(), &Comparison::changed, this, again);
    retranslate();
    recolor();
}

void MatrixPlot::buildPlot()
{
    m_map->setInterpolate(false); // interpolated attention misleads
    m_map->setTightBoundary(false);
    m_plot->yAxis->setRangeReversed(true); // the first query on top
    m_plot->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    m_plot->setFocusPolicy(Qt::StrongFocus);
    m_plot->installEventFilter(this);
    // The cross follows the mouse: in a buffer of its own it costs no repaint of the map.
    m_plot->addLayer(kCrossLayer);
    m_plot->layer(kCrossLayer)->setMode(QCPLayer::lmBuffered);
    for (QCPItemStraightLine* line : {m_row, m_column}) line->setLayer(kCrossLayer);
    connect(m_plot, &QCustomPlot::beforeReplot, this, [this] {
        labelTokens(*m_plot->xAxis, m_keyWords);
        labelTokens(*m_plot->yAxis, m_queryWords);
    });
    fitTicks(*m_plot, 6);
    applyTheme(*m_plot);
}

void MatrixPlot::retranslate()
{
    nameAxes();
    m_plot->setAccessibleName(tr("Attention matrix of the chosen head"));
    m_plot->setAccessibleDescription(
        tr("Rows are queries, columns are keys; the special tokens come before the dashed lines"));
    setAccessibleName(m_plot->accessibleName());
}

void MatrixPlot::nameAxes()
{
    // As much as there is room for below the axis.
    const QString whole = tr("key (colours end at %1, the 99.5th percentile)").arg(m_high, 0, 'g', 3);
    const QFontMetrics metrics(m_plot->xAxis->labelFont());
    const bool fits = m_high > 0 && metrics.horizontalAdvance(whole) <= m_plot->axisRect()->width();
    m_plot->xAxis->setLabel(fits ? whole : tr("key"));
    m_plot->yAxis->setLabel(tr("query"));
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void MatrixPlot::showAll()
{
    m_plot->xAxis->setRange(-0.5, m_keys - 0.5);
    m_plot->yAxis->setRange(-0.5, m_queries - 0.5);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void MatrixPlot::onInput()
{
    m_layer = -1; // other words, too
    onSelection();
    m_wanted.start();
}

// The words of both axes, where they count the tokens of a text.
void MatrixPlot::takeWords()
{
    m_queryWords.clear();
    m_keyWords.clear();
    const verbs::InputInfo& input = m_model->input();
    const auto layer = std::size_t(m_heads->layer());
    if (layer >= input.blocks.size()) return;
    const auto wordsOf = [&input](int stream) {
        QStringList words;
        if (stream < 0 || std::size_t(stream) >= input.streams.size()) return words;
        const verbs::Stream& tokens = input.streams[std::size_t(stream)];
        if (tokens.gridWidth > 0 || tokens.prefix > 0) return words;
        for (const TokenPiece& piece : piecesOf(tokens, false)) words << piece.text;
        return words;
    };
    m_queryWords = wordsOf(input.blocks[layer].queryStream);
    m_keyWords = wordsOf(input.blocks[layer].keyStream);
}

// Another layer or another window is another matrix.
void MatrixPlot::onSelection()
{
    const TokenLayout& layout = m_model->rows()->keyLayout();
    int queries = layout.block.queries, keys = layout.block.keys;
    if (isWindowed(layout.block)) queries = keys = windowsOf(layout.block).tokensPerWindow();
    if (m_layer != m_heads->layer()) takeWords();
    if (queries != m_queries || keys != m_keys) { // the same size keeps its zoom
        m_queries = queries;
        m_keys = keys;
        showAll();
    }
    const double prefix =
        double(layout.excluded()) - 0.5; // special tokens of the keys; of the queries where they are the same
    place(m_prefixRow, layout.block.queryStream == layout.block.keyStream ? prefix : -1, true);
    place(m_prefixColumn, prefix, false);
    const bool moved = window() != std::exchange(m_window, window());
    moveCross();
    if (moved || m_layer != m_heads->layer() || m_head != m_heads->head() || m_fusion != m_heads->fusion())
        m_wanted.start();
    m_layer = m_heads->layer();
    m_head = m_heads->head();
    m_fusion = m_heads->fusion();
}

int MatrixPlot::window() const
{
    const TokenLayout& layout = m_model->rows()->keyLayout();
    return windowOf(layout.block, layout.parentToken(m_tokens->query().token) - int(layout.prefix.size()));
}

int MatrixPlot::placeOf(int token) const
{
    const TokenLayout& layout = m_model->rows()->keyLayout();
    if (token < 0 || layout.block.hidesPatches) return -1; // the kept patches stand in a random order
    const int here = layout.parentToken(token);
    if (!isWindowed(layout.block)) return here;
    const QPoint at = layout.cell(here);
    const WindowGrid::Place found = windowsOf(layout.block).placeOf({at.y(), at.x()});
    return found.window == m_window ? found.inner : -1;
}

int MatrixPlot::tokenAt(int place) const
{
    const TokenLayout& layout = m_model->rows()->keyLayout();
    if (layout.block.hidesPatches) return -1;
    if (!isWindowed(layout.block)) return layout.middle(place);
    const WindowGrid windows = windowsOf(layout.block);
    const Cell cell = windows.cellOf({m_window, place});
    return windows.isReal(cell) ? layout.middle(layout.tokenAt(cell.x, cell.y)) : -1;
}

void MatrixPlot::ask()
{
    if (!isVisible() || !m_model->hasInput()) return;
    const auto clip = [](double value, int count) { return std::clamp(int(value), 0, count); };
    verbs::Tile tile;
    tile.layer = m_heads->layer();
    tile.head = m_heads->head();
    tile.fusion = std::string(nameOf(m_heads->fusion()));
    tile.window = m_window;
    tile.queryBegin = clip(std::floor(m_plot->yAxis->range().lower + 0.5), m_queries);
    tile.queryEnd = clip(std::ceil(m_plot->yAxis->range().upper + 0.5), m_queries);
    tile.keyBegin = clip(std::floor(m_plot->xAxis->range().lower + 0.5), m_keys);
    tile.keyEnd = clip(std::ceil(m_plot->xAxis->range().upper + 0.5), m_keys);
    if (tile.queryEnd <= tile.queryBegin || tile.keyEnd <= tile.keyBegin) return;
    constexpr int kFewest = 32;
    tile.rows = std::min(tile.queryEnd - tile.queryBegin, std::max(kFewest, m_plot->axisRect()->height()));
    tile.columns = std::min(tile.keyEnd - tile.keyBegin, std::max(kFewest, m_plot->axisRect()->width()));
    tile.difference = m_model->comparison()->isOn();
    headlens::ask(m_model, verbs::kTile, tile, this, [this](const verbs::TileMeans& found) { show(found); });
}

void MatrixPlot::show(const verbs::TileMeans& tile)
{
    // QCustomPlot draws no single row or column: it is told twice, half as wide.
    const FloatArray& means = tile.means;
    if (!means.isTable()) return;
    const int rows = std::max(2, means.rows()), columns = std::max(2, means.columns());
    const double cellHeight = double(tile.of.queryEnd - tile.of.queryBegin) / rows;
    const double cellWidth = double(tile.of.keyEnd - tile.of.keyBegin) / columns;
    m_map->data()->setSize(columns, rows);
    // QCustomPlot counts ranges between the centres of the outer cells.
    m_map->data()->setRange({tile.of.keyBegin - 0.5 + cellWidth / 2, tile.of.keyEnd - 0.5 - cellWidth / 2},
                            {tile.of.queryBegin - 0.5 + cellHeight / 2, tile.of.queryEnd - 0.5 - cellHeight / 2});
    m_high = upperEnd(means.values);
    m_difference = tile.of.difference;
    nameAxes();
    for (int y = 0; y < rows; ++y) {
        const auto line = means.part(std::min(y, means.rows() - 1));
        for (int x = 0; x < columns; ++x)
            m_map->data()->setCell(x, y, double(line[std::size_t(std::min(x, means.columns() - 1))]));
    }
    recolor();
}

void MatrixPlot::recolor()
{
    Display display = m_display->get();
    display.difference = m_difference;
    display.logarithmic = display.logarithmic && !m_difference;
    const double high = std::max(m_high, 1e-11);
    constexpr double kLogSpan = 1e-4; // as ValueScale
    m_map->setGradient(colourGradient(display.colors()));
    m_map->setDataScaleType(display.logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    m_map->setDataRange(display.logarithmic ? QCPRange(high * kLogSpan, high)
                                            : QCPRange(m_difference ? -high : 0, high));
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void MatrixPlot::moveCross()
{
    const bool reverse = m_tokens->reverse();
    const verbs::BlockGrid& block = m_model->rows()->keyLayout().block;
    // A token of another sequence has no place on this axis.
    const int token =
        m_tokens->query().stream == (reverse ? block.keyStream : block.queryStream) ? m_tokens->query().token : -1;
    const int other =
        m_tokens->other().stream == (reverse ? block.queryStream : block.keyStream) ? m_tokens->other().token : -1;
    place(m_row, placeOf(reverse ? other : token), true);
    place(m_column, placeOf(reverse ? token : other), false);
    if (isVisible()) m_plot->layer(kCrossLayer)->replot();
}

// Unpinned, the mouse moves what is asked about: the row, or the column in reverse. Pinned, it moves the other one.
void MatrixPlot::onHover(const QPointF& point)
{
    const int key = int(std::floor(m_plot->xAxis->pixelToCoord(point.x()) + 0.5));
    const int query = int(std::floor(m_plot->yAxis->pixelToCoord(point.y()) + 0.5));
    if (key < 0 || query < 0 || key >= m_keys || query >= m_queries) return;
    const bool ofKeys = m_tokens->isPinned() != m_tokens->reverse();
    const verbs::BlockGrid& block = m_model->rows()->keyLayout().block;
    const int token = tokenAt(ofKeys ? key : query);
    if (token >= 0) m_tokens->hover({ofKeys ? block.keyStream : block.queryStream, token});
}

bool MatrixPlot::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::MouseMove) {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        if (mouse->buttons() == Qt::NoButton) onHover(mouse->position());
    }
    if (event->type() == QEvent::MouseButtonDblClick) showAll();
    return QWidget::eventFilter(watched, event);
}

void MatrixPlot::resizeEvent(QResizeEvent*)
{
    nameAxes();
    m_wanted.start();
}

void MatrixPlot::showEvent(QShowEvent*)
{
    m_wanted.start();
}

void MatrixPlot::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange) applyTheme(*m_plot);
    if (event->type() == QEvent::FontChange) nameAxes();
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

} // namespace headlens
