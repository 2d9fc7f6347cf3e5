// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/head_grid.h"

#include "widgets/viewmodel/heat_image.h"
#include "widgets/viewmodel/live_rows.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QStyle>
#include <QToolTip>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace headlens {
namespace {

constexpr double kLabel = 26, kWideLabel = 44, kGap = 3;
constexpr int kSmallestCell = 18;
constexpr int kMostColumns = 12; // a layer with more heads takes several lines

} // namespace

HeadGrid::HeadGrid(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent)
    : QWidget(parent), m_model(model), m_heads(selection->heads()), m_emphasis(selection->emphasis()),
      m_display(display)
{
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent); // every pixel is painted: nothing needs to be cleared before
    setAccessibleName(tr("Maps of all layers and heads"));
    const auto repaint = [this] { update(); };
    constexpr int kVeilMilliseconds = 250;
    m_veil.setStartValue(0.0);
    m_veil.setEndValue(1.0);
    m_veil.setDuration(kVeilMilliseconds);
    connect(&m_veil, &QVariantAnimation::valueChanged, this, repaint);
    connect(m_emphasis, &Emphasis::changed, this, &HeadGrid::emphasise);
    connect(model, &InspectionModel::modelChanged, this, &HeadGrid::updateMinimum);
    connect(model->rows(), &LiveRows::changed, this, repaint);
    connect(model, &InspectionModel::inputChanged, this, [this] {
        updateMinimum();
        update();
    });
    connect(m_heads, &HeadChoice::changed, this, repaint);
    connect(display, &DisplaySettings::changed, this, repaint);
    updateMinimum();
}

void HeadGrid::arrange()
{
    const auto& blocks = m_model->model().blocks;
    int most = 1;
    for (const verbs::BlockOutline& block : blocks) most = std::max(most, block.heads);
    m_columns = std::min(most, kMostColumns);
    m_lines.assign(1, 0);
    for (const verbs::BlockOutline& block : blocks)
        m_lines.push_back(m_lines.back() + (block.heads + m_columns - 1) / m_columns);
    spread();
}

// Few heads leave a wide view empty: the layers then stand in several columns, in as many as make the maps largest.
void HeadGrid::spread()
{
    constexpr int kMostGroups = 6;
    constexpr double kWorthIt = 1.1; // larger by this, or fewer columns are easier to read
    const int layers = int(m_lines.size()) - 1;
    Groups best = groupsOf(1);
    for (int count = 2; count <= std::min(kMostGroups, layers); ++count)
        if (const Groups tried = groupsOf(count); tried.cell.width() > kWorthIt * best.cell.width()) best = tried;
    m_groups = best;
}

HeadGrid::Groups HeadGrid::groupsOf(int count) const
{
    Groups groups;
    const int layers = int(m_lines.size()) - 1, each = std::max(1, (layers + count - 1) / count);
    for (int first = 0; first < layers; first += each) {
        groups.first.push_back(first);
        groups.lines = std::max(groups.lines, lineOf(std::min(layers, first + each)) - lineOf(first));
    }
    const double number = double(std::max<std::size_t>(1, groups.first.size()));
    const QSizeF room((width() / number - left()) / columns() - kGap, (height() - kLabel) / groups.lines - kGap);
    const TokenLayout& picture = m_model->rows()->imageLayout();
    const QSizeF shape(picture.isPicture() ? picture.first.columns : 1, picture.isPicture() ? picture.first.rows : 1);
    groups.cell = shape.scaled(room, Qt::KeepAspectRatio);
    return groups;
}

void HeadGrid::resizeEvent(QResizeEvent*)
{
    spread();
}

int HeadGrid::lineOf(int layer) const
{
    return m_lines[std::min(std::size_t(std::max(0, layer)), m_lines.size() - 1)];
}

void HeadGrid::updateMinimum()
{
    arrange();
    const int lines = lineOf(int(m_model->model().blocks.size()));
    setMinimumSize(int(left() + columns() * (kSmallestCell + kGap)), int(kLabel + lines * (kSmallestCell + kGap)));
}

double HeadGrid::groupLeft(int layer) const
{
    const auto group = std::ranges::upper_bound(m_groups.first, layer) - m_groups.first.begin() - 1;
    return double(std::max<std::ptrdiff_t>(0, group)) * (left() + columns() * (m_groups.cell.width() + kGap) + kGap);
}

// As large as all of them fit, in the shape of the patch grid.
QRectF HeadGrid::cellRect(int layer, int head) const
{
    const auto next = std::ranges::upper_bound(m_groups.first, layer);
    const int first = next == m_groups.first.begin() ? 0 : *(next - 1);
    const int line = lineOf(layer) - lineOf(first) + head / columns(), column = head % columns();
    const QSizeF size = m_groups.cell;
    return {QPointF(groupLeft(layer) + left() + column * (size.width() + kGap), kLabel + line * (size.height() + kGap)),
            size};
}

HeadGrid::Cell HeadGrid::cellAt(const QPointF& point) const
{
    for (int layer = 0; layer < int(m_model->rows()->layers().size()); ++layer)
        for (int head = 0; head < m_model->rows()->layers()[std::size_t(layer)].rows(); ++head)
            if (cellRect(layer, head).contains(point)) return {layer, head};
    return {};
}

void HeadGrid::paintCell(QPainter& painter, int layer, int head, const ValueScale& layerScale,
                         const std::vector<bool>& reachable, const std::vector<Sinks>& sinks) const
{
    const TokenLayout& layout = m_model->rows()->layoutOf(layer);
    const auto prefix = std::size_t(layout.excluded());
    const auto row = m_model->rows()->layers()[std::size_t(layer)].part(head);
    const Display display = displayFor(*m_model, *m_display);
    ValueScale scale = layerScale;
    if (display.scope == ScaleScope::Map)
        scale = scaleFor(display, m_model->rows()->layers(), layer, row, int(prefix), sinks);
    const bool line = !layout.isPicture(); // a text: its tokens from left to right
    const QImage image = heatImage(row.subspan(prefix), line ? layout.tokens() : layout.gridWidth,
                                   line ? 1 : layout.gridHeight, scale, display.colors(), reachable);
    const QRectF cell = cellRect(layer, head);
    if (image.hasAlphaChannel() || image.isNull()) painter.fillRect(cell, palette().color(QPalette::AlternateBase));
    painter.drawImage(cell, image);
    if (!isAblated(layer, head)) return;
    painter.setPen(QPen(QColor(255, 90, 60), 2));
    painter.drawLine(cell.topLeft(), cell.bottomRight());
    painter.drawLine(cell.bottomLeft(), cell.topRight());
}

// Where the cells begin: what stands before them is longer where a model has several towers.
double HeadGrid::left() const
{
    const auto& blocks = m_model->model().blocks;
    const bool towers = std::ranges::any_of(blocks, [](const verbs::BlockOutline& one) { return !one.tower.empty(); });
    return towers ? kWideLabel : kLabel;
}

// "3"; of several towers "5 d1×" for layer 5, the second of the decoder, which reads the encoder; "1m" for the memory
// of layer 1.
QString HeadGrid::labelOf(int layer) const
{
    const auto& blocks = m_model->input().blocks;
    const bool remembers = std::ranges::find(blocks, "memory", &verbs::BlockGrid::kind) != blocks.end();
    if (std::size_t(layer) >= blocks.size() || (blocks[std::size_t(layer)].tower.empty() && !remembers))
        return QString::number(layer);
    static constexpr std::array<std::pair<std::string_view, const char*>, 4> kMarks{
        {{"cross", "\u00D7"}, {"pool", "p"}, {"memory", "m"}, {"composed", "\u2218"}}};
    const verbs::BlockGrid& block = blocks[std::size_t(layer)];
    int depth = 0;
    for (int i = 0; i < layer; ++i)
        depth += blocks[std::size_t(i)].tower == block.tower && blocks[std::size_t(i)].kind == block.kind ? 1 : 0;
    QString mark;
    for (const auto& [kind, text] : kMarks)
        if (block.kind == kind) mark = QString::fromUtf8(text);
    const QString place = QString::fromStdString(block.tower).left(1) + QString::number(depth) + mark;
    return block.tower.empty() ? place : QStringLiteral("%1 %2").arg(layer).arg(place);
}

void HeadGrid::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    const AllRows& rows = m_model->rows()->layers();
    painter.setPen(palette().color(QPalette::Text));
    if (rows.empty()) {
        painter.drawText(rect(), Qt::AlignCenter, tr("Nothing inspected yet"));
        return;
    }
    QFont small = font();
    small.setPointSizeF(std::max(6.0, std::min(small.pointSizeF() * 0.85, cellRect(0, 0).width() * 0.5)));
    painter.setFont(small);
    for (const int first : m_groups.first)
        for (int head = 0; head < columns(); ++head)
            painter.drawText(QRectF(cellRect(first, head).left(), 0, m_groups.cell.width(), kLabel), Qt::AlignCenter,
                             QString::number(head));
    const Display display = displayFor(*m_model, *m_display);
    const std::vector<Sinks> sinks = sinksOfLayers(*m_model, display);
    for (int layer = 0; layer < int(rows.size()); ++layer) {
        const QRectF first = cellRect(layer, 0);
        painter.setPen(palette().color(QPalette::Text)); // a ablated head of the line above was crossed out in red
        painter.drawText(QRectF(groupLeft(layer), first.top(), left() - 2, first.height()), Qt::AlignCenter,
                         labelOf(layer));
        const ValueScale scale = scaleFor(display, rows, layer, {}, m_model->rows()->layoutOf(layer).excluded(), sinks);
        const std::vector<bool> reachable =
            m_model->rows()->reachable(layer); // the same for all heads: once a line, every hover
        for (int head = 0; head < rows[std::size_t(layer)].rows(); ++head)
            paintCell(painter, layer, head, scale, reachable, sinks);
        paintVeil(painter, layer, rows[std::size_t(layer)].rows());
    }
    const bool fused = m_heads->fusion() != HeadFusion::Single;
    const int layer = m_heads->layer();
    if (fused) { // the whole line counts
        const QRectF all = cellRect(layer, 0).united(
            cellRect(layer, rows[std::size_t(std::min<int>(layer, int(rows.size()) - 1))].rows() - 1));
        painter.setPen(QPen(palette().color(QPalette::Highlight), 2, Qt::DashLine));
        painter.drawRect(all.adjusted(-1, -1, 1, 1));
    } else {
        const QList<HeadPlace>& overlaid = m_heads->overlaid();
        for (int i = int(overlaid.size()); i-- > 0;) {
            painter.setPen(QPen(overlaid.size() > 1 ? headQColor(i) : palette().color(QPalette::Highlight), 3));
            painter.drawRect(cellRect(overlaid[i].layer, overlaid[i].head).adjusted(-1, -1, 1, 1));
        }
    }
    Q_EMIT painted();
}

void HeadGrid::paintVeil(QPainter& painter, int layer, int heads) const
{
    if (!m_emphasis->isOn()) return;
    constexpr double kVeiled = 0.72;
    QColor veil = palette().color(QPalette::Base);
    veil.setAlphaF(float(kVeiled * m_veil.currentValue().toDouble()));
    for (int head = 0; head < heads; ++head)
        if (!m_emphasis->includes(layer, head)) painter.fillRect(cellRect(layer, head), veil);
}

void HeadGrid::emphasise()
{
    m_veil.stop();
    const int duration = style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this);
    if (m_emphasis->isOn() && duration > 0 && isVisible())
        m_veil.start();
    else
        m_veil.setCurrentTime(m_veil.duration());
    update();
}

bool HeadGrid::isAblated(int layer, int head) const
{
    return std::ranges::any_of(m_model->request().text.ablated, [&](const verbs::HeadAddress& address) {
        return address.layer == layer && address.head == head;
    });
}

// Without what this head writes the model runs again; every later layer shows what it was good for.
void HeadGrid::toggleAblated(int layer, int head)
{
    TextRequest wish = m_model->request().text;
    if (isAblated(layer, head))
        std::erase_if(wish.ablated, [&](const verbs::HeadAddress& address) {
            return address.layer == layer && address.head == head;
        });
    else
        wish.ablated.push_back({layer, head});
    m_model->change([&](RunRequest& r) { r.text = wish; });
}

void HeadGrid::contextMenuEvent(QContextMenuEvent* event)
{
    const Cell cell = cellAt(event->pos());
    if (!cell.isValid()) return;
    QMenu menu;
    QAction* toggle =
        menu.addAction(isAblated(cell.layer, cell.head) ? tr("Let this head write again") : tr("Silence this head"));
    if (menu.exec(event->globalPos()) == toggle) toggleAblated(cell.layer, cell.head);
}

void HeadGrid::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton) return;
    const Cell cell = cellAt(event->position());
    if (!cell.isValid()) return;
    if (event->modifiers() & Qt::ControlModifier) return m_heads->toggleHead(cell.layer, cell.head);
    m_heads->setLayer(cell.layer);
    m_heads->setHead(cell.head);
}

void HeadGrid::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left: return m_heads->setHead(m_heads->head() - 1);
    case Qt::Key_Right: return m_heads->setHead(m_heads->head() + 1);
    case Qt::Key_Up: return m_heads->setLayer(m_heads->layer() - 1);
    case Qt::Key_Down: return m_heads->setLayer(m_heads->layer() + 1);
    default: QWidget::keyPressEvent(event);
    }
}

bool HeadGrid::event(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) setAccessibleName(tr("Maps of all layers and heads"));
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const Cell cell = cellAt(help->pos());
    if (!cell.isValid()) {
        QToolTip::hideText();
        return true;
    }
    const auto row = m_model->rows()->layers()[std::size_t(cell.layer)].part(cell.head);
    const auto strongest = std::ranges::max_element(row) - row.begin();
    QToolTip::showText(help->globalPos(),
                       tr("Layer %1, head %2\nStrongest: %3 with %4\nCtrl-click lays it over the chosen head")
                           .arg(cell.layer)
                           .arg(cell.head)
                           .arg(m_model->rows()->layoutOf(cell.layer).name(int(strongest)))
                           .arg(double(row[std::size_t(strongest)]), 0, 'g', 3),
                       this);
    return true;
}

} // namespace headlens
