// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/layer_bars.h"

#include <QActionGroup>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <array>
#include <cmath>

namespace headlens {
namespace {

constexpr double kLeastHeight = 3, kUnknown = 0.4, kRadius = 2;
constexpr int kBars = 28, kNames = 13; // pixels
constexpr int kNotch = 120;            // of a wheel

constexpr std::array kAll{HeadStatistic::Entropy, HeadStatistic::Distance, HeadStatistic::FirstToken,
                          HeadStatistic::Itself};

QString towerName(const std::string& tower)
{
    if (tower == "encoder") return LayerBars::tr("encoder");
    if (tower == "decoder") return LayerBars::tr("decoder");
    if (tower == "vision") return LayerBars::tr("vision");
    if (tower == "text") return LayerBars::tr("text");
    if (tower == "resampler") return LayerBars::tr("resampler");
    return QString::fromStdString(tower);
}

QFont smallFont(const QFont& font)
{
    QFont small = font;
    if (font.pointSizeF() > 0) small.setPointSizeF(font.pointSizeF() * 0.8);
    return small;
}

QString numberText(HeadStatistic what, double value)
{
    switch (what) {
    case HeadStatistic::Entropy: return LayerBars::tr("Entropy: %1 nats").arg(value, 0, 'f', 2);
    case HeadStatistic::Distance: return LayerBars::tr("Distance: %1").arg(value, 0, 'f', 1);
    case HeadStatistic::FirstToken: return LayerBars::tr("On the first token: %1 %").arg(100 * value, 0, 'f', 1);
    case HeadStatistic::Itself: break;
    }
    return LayerBars::tr("On itself: %1 %").arg(100 * value, 0, 'f', 1);
}

QColor blended(const QColor& a, const QColor& b, double share)
{
    return QColor::fromRgbF(float(a.redF() + (b.redF() - a.redF()) * share),
                            float(a.greenF() + (b.greenF() - a.greenF()) * share),
                            float(a.blueF() + (b.blueF() - a.blueF()) * share));
}

} // namespace

LayerBars::LayerBars(InspectionModel* model, HeadChoice* heads, QWidget* parent)
    : QAbstractSlider(parent), m_model(model), m_heads(heads)
{
    setOrientation(Qt::Horizontal);
    setPageStep(4);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Layer"));
    m_model->statistics()->want();
    connect(this, &QAbstractSlider::valueChanged, m_heads, &HeadChoice::setLayer);
    connect(m_heads, &HeadChoice::changed, this, &LayerBars::follow);
    connect(m_model, &InspectionModel::inputChanged, this, &LayerBars::follow);
    connect(m_model->statistics(), &HeadStatistics::changed, this, &LayerBars::follow);
    follow();
}

QString LayerBars::nameOf(HeadStatistic what)
{
    switch (what) {
    case HeadStatistic::Entropy: return tr("Mean entropy");
    case HeadStatistic::Distance: return tr("Mean distance");
    case HeadStatistic::FirstToken: return tr("Share on CLS or the first token");
    case HeadStatistic::Itself: break;
    }
    return tr("Share on the token itself");
}

QString LayerBars::shortNameOf(HeadStatistic what)
{
    switch (what) {
    case HeadStatistic::Entropy: return tr("entropy");
    case HeadStatistic::Distance: return tr("distance");
    case HeadStatistic::FirstToken: return tr("first token");
    case HeadStatistic::Itself: break;
    }
    return tr("itself");
}

bool LayerBars::offers(HeadStatistic what) const
{
    const verbs::ModelInfo& model = m_model->model();
    const bool patchesAlone = model.takesPictures && !model.text.reads && model.prefixTokens.empty();
    return what != HeadStatistic::FirstToken || !patchesAlone;
}

void LayerBars::setStatistic(HeadStatistic what)
{
    if (what == m_statistic) return;
    m_statistic = what;
    follow();
    Q_EMIT statisticChanged();
}

void LayerBars::follow()
{
    {
        const QSignalBlocker quiet(this);
        setRange(0, m_heads->layers() - 1);
        setValue(m_heads->layer());
    }
    findTowers();
    arrange();
    update();
    if (!offers(m_statistic)) setStatistic(HeadStatistic::Entropy);
}

void LayerBars::findTowers()
{
    const std::vector<verbs::BlockGrid>& blocks = m_model->input().blocks;
    QStringList towers;
    for (int layer = 0; layer < m_heads->layers(); ++layer)
        towers << (std::size_t(layer) < blocks.size() ? towerName(blocks[std::size_t(layer)].tower) : QString());
    m_columns.setTowers(towers);
}

void LayerBars::arrange()
{
    m_columns.arrange(width(), QFontMetricsF(smallFont(font())));
}

QSize LayerBars::minimumSizeHint() const
{
    constexpr int kNarrow = 120;
    return {kNarrow, kBars + kNames};
}

QStringList LayerBars::towers() const
{
    QStringList names;
    if (m_columns.towers().size() > 1)
        for (const Tower& tower : m_columns.towers()) names << tower.name;
    return names;
}

// The bars of a tower are compared with each other: another one has other tokens.
double LayerBars::highestIn(const Tower& tower) const
{
    double highest = 0;
    for (int layer = tower.first; layer < tower.first + tower.count; ++layer)
        if (const double value = m_model->statistics()->ofLayer(layer, m_statistic); !std::isnan(value))
            highest = std::max(highest, value);
    return highest;
}

double LayerBars::heightOf(int layer) const
{
    const double value = m_model->statistics()->ofLayer(layer, m_statistic);
    const double highest = highestIn(m_columns.towerOf(layer));
    return highest > 0 ? value / highest : value;
}

QString LayerBars::textOf(int layer) const
{
    const std::vector<verbs::BlockGrid>& blocks = m_model->input().blocks;
    const QString tower = std::size_t(layer) < blocks.size() ? towerName(blocks[std::size_t(layer)].tower) : QString();
    QStringList lines{tower.isEmpty() ? tr("Layer %1").arg(layer) : tr("Layer %1, %2").arg(layer).arg(tower)};
    if (const QString windows = windowsOfLayer(layer); !windows.isEmpty()) lines << windows;
    for (const HeadStatistic what : kAll)
        if (const double value = m_model->statistics()->ofLayer(layer, what); !std::isnan(value) && offers(what))
            lines << numberText(what, value);
    return lines.join(QLatin1Char('\n'));
}

// Of a Swin: what tells its layers apart.
QString LayerBars::windowsOfLayer(int layer) const
{
    const std::vector<verbs::BlockGrid>& grids = m_model->input().blocks;
    const std::vector<verbs::BlockOutline>& blocks = m_model->model().blocks;
    if (std::size_t(layer) >= std::min(grids.size(), blocks.size())) return {};
    const verbs::BlockGrid& grid = grids[std::size_t(layer)];
    if (grid.windowHeight == 0) return {};
    const QString stage = tr("Stage %1, windows of %2 × %3 patches")
                              .arg(blocks[std::size_t(layer)].stage)
                              .arg(grid.windowHeight)
                              .arg(grid.windowWidth);
    const bool isShifted = grid.shiftY > 0 || grid.shiftX > 0;
    return isShifted ? tr("%1, shifted by %2 × %3").arg(stage).arg(grid.shiftY).arg(grid.shiftX) : stage;
}

void LayerBars::addStatistics(QMenu* menu)
{
    auto* group = new QActionGroup(menu);
    for (const HeadStatistic what : kAll) {
        if (!offers(what)) continue;
        QAction* line = menu->addAction(nameOf(what));
        line->setCheckable(true);
        line->setChecked(what == m_statistic);
        group->addAction(line);
        connect(line, &QAction::triggered, this, [this, what] { setStatistic(what); });
    }
}

void LayerBars::paintBar(QPainter& painter, int layer) const
{
    const QRectF place = barRect(layer);
    const double top = m_columns.namesFit() ? kNames : kNames / 2.0, room = kBars - 4;
    const double gap = place.width() >= 8 ? 2 : place.width() >= 3 ? 1 : 0;
    const double share = m_model->statistics()->isThere() ? heightOf(layer) : kUnknown;
    const double high = std::isnan(share) ? kLeastHeight : std::max(kLeastHeight, share * room);
    const QColor ground = palette().color(QPalette::Window), ink = palette().color(QPalette::WindowText);
    const bool chosen = layer == m_heads->layer();
    const QColor accent = palette().color(QPalette::Highlight);
    const QRectF column(place.left(), top, std::max(1.0, place.width() - gap), room);
    if (chosen) { // seen without its colour as well
        painter.setBrush(blended(ground, accent, 0.25));
        painter.drawRoundedRect(column, kRadius, kRadius);
        painter.fillRect(QRectF(column.left(), column.bottom() + 2, column.width(), 2), accent);
    }
    painter.setBrush(chosen ? accent
                            : blended(ground, ink,
                                      layer == m_hovered  ? 0.5
                                      : std::isnan(share) ? 0.15
                                                          : 0.28));
    painter.drawRoundedRect(QRectF(column.left(), column.bottom() - high, column.width(), high), kRadius, kRadius);
}

void LayerBars::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (!isEnabled()) painter.setOpacity(0.5);
    painter.setPen(Qt::NoPen);
    for (int layer = 0; layer <= maximum(); ++layer) paintBar(painter, layer);
    if (!m_columns.namesFit()) return;
    painter.setFont(smallFont(font()));
    painter.setPen(palette().color(QPalette::PlaceholderText));
    for (const Tower& tower : m_columns.towers())
        painter.drawText(QRectF(tower.left, 0, tower.width, kNames), Qt::AlignLeft | Qt::AlignVCenter, tower.name);
}

void LayerBars::setHovered(int layer)
{
    if (layer == m_hovered) return;
    m_hovered = layer;
    update();
}

void LayerBars::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton) return event->ignore();
    setValue(layerAt(event->position().x()));
}

void LayerBars::mouseMoveEvent(QMouseEvent* event)
{
    const int layer = layerAt(event->position().x());
    if (event->buttons() & Qt::LeftButton) setValue(layer);
    setHovered(layer);
}

void LayerBars::leaveEvent(QEvent*)
{
    setHovered(-1);
}

void LayerBars::wheelEvent(QWheelEvent* event)
{
    m_turned += event->angleDelta().y();
    const int steps = m_turned / kNotch;
    m_turned -= steps * kNotch;
    setValue(value() + steps);
    event->accept();
}

void LayerBars::contextMenuEvent(QContextMenuEvent* event)
{
    QMenu menu;
    addStatistics(&menu);
    menu.exec(event->globalPos());
}

void LayerBars::resizeEvent(QResizeEvent*)
{
    arrange();
}

bool LayerBars::event(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        setAccessibleName(tr("Layer"));
        follow();
    }
    if (event->type() != QEvent::ToolTip) return QAbstractSlider::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int layer = layerAt(help->pos().x());
    QToolTip::showText(help->globalPos(), textOf(layer), this, barRect(layer).toAlignedRect());
    return true;
}

} // namespace headlens
