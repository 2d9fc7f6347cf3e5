// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/heads/head_grid.h"

#include "widgets/heads/grid_access.h"
#include "widgets/heads/grid_paint.h"
#include "widgets/heads/head_grid_input.h"
#include "widgets/heads/head_order.h"
#include "widgets/heads/head_words.h"
#include "widgets/viewmodel/interventions.h"
#include "widgets/viewmodel/live_rows.h"
#include "widgets/viewmodel/not_yet.h"

#include <QHelpEvent>
#include <QPainter>
#include <QScrollArea>
#include <QStyle>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <utility>

namespace headlens {

HeadGrid::HeadGrid(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent)
    : QWidget(parent), m_model(model), m_heads(selection->heads()), m_emphasis(selection->emphasis()),
      m_display(display), m_order(new HeadOrder(model, selection->heads(), this)),
      m_input(new HeadGridInput(this, model, selection->heads()))
{
    readHeadsAloud();
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent); // every pixel is painted: nothing needs to be cleared before
    setAccessibleName(tr("Maps of all layers and heads"));
    connect(m_input, &HeadGridInput::lookedChanged, this, [this](const HeadPlace& before) {
        repaintCells(before, looked());
        Q_EMIT lookedChanged();
    });
    connect(m_input, &HeadGridInput::headingReached, this, &HeadGrid::tellHeading);
    connect(m_input, &HeadGridInput::cellsFocused, this, &HeadGrid::tellChosen);
    connect(m_input, &HeadGridInput::reached, this, &HeadGrid::reached);
    const auto repaint = [this] { update(); };
    constexpr int kVeilMilliseconds = 250;
    m_veil.setStartValue(0.0);
    m_veil.setEndValue(1.0);
    m_veil.setDuration(kVeilMilliseconds);
    connect(&m_veil, &QVariantAnimation::valueChanged, this, repaint);
    connect(m_emphasis, &Emphasis::changed, this, &HeadGrid::emphasise);
    connect(model, &InspectionModel::modelOpened, this, [this] { m_folded.clear(); });
    connect(model, &InspectionModel::modelChanged, this, &HeadGrid::startAnew);
    connect(model, &InspectionModel::inputChanged, this, &HeadGrid::startAnew);
    connect(model->rows(), &LiveRows::changed, this, repaint);
    connect(m_order, &HeadOrder::changed, this, &HeadGrid::arrange);
    connect(m_heads, &HeadChoice::changed, this, &HeadGrid::tellChosen);
    connect(display, &DisplaySettings::changed, this, repaint);
    startAnew();
}

void HeadGrid::startAnew()
{
    m_input->leaveHeading();
    m_input->lookAway();
    arrange();
}

// In a scroll area what it can show without a bar: whether there has to be one is decided here.
QSizeF HeadGrid::room() const
{
    const QWidget* viewport = parentWidget();
    const auto* area = viewport == nullptr ? nullptr : qobject_cast<QScrollArea*>(viewport->parentWidget());
    return area != nullptr && area->widget() == this ? area->maximumViewportSize() : size();
}

HeadsToPlace HeadGrid::headsToPlace() const
{
    const QFontMetricsF metrics(smallFont(font()));
    const auto widthOf = [&](const QString& text) { return metrics.horizontalAdvance(text); };
    HeadsToPlace heads;
    heads.ranked = m_order->ranked();
    const auto& blocks = m_model->input().blocks;
    for (const HeadSection& section : m_sections) {
        PlacedSection placed{{}, isFolded(section)};
        for (const int layer : section.layers) placed.layers.push_back({layer, blocks[std::size_t(layer)].heads});
        if (m_order->isLargestFirst()) std::ranges::reverse(placed.layers);
        heads.sections.push_back(placed);
    }
    constexpr double kWidestText = 3; // a text from left to right may lie in a wide cell
    heads.mostAspect = kWidestText;
    if (const TokenLayout* picture = m_model->run().pictureOf())
        heads.leastAspect = heads.mostAspect = double(picture->gridWidth) / std::max(1, picture->gridHeight);
    heads.text = metrics.height();
    heads.label = widthOf(QStringLiteral("00")) + kCellGap;
    heads.rangeLabel = widthOf(QStringLiteral("00\u201300")) + kCellGap;
    heads.name = widthOf(QStringLiteral("00.00"));
    heads.nameAndValue = heads.name + widthOf(QStringLiteral("00.00  "));
    return heads;
}

void HeadGrid::arrange()
{
    // The order may hear of another run before the grid does. Those that stay are kept: whoever folds all goes through
    // them.
    if (auto sections = sectionsOf(m_model->input().blocks); sections != m_sections) m_sections = std::move(sections);
    const HeadsToPlace heads = headsToPlace();
    QSizeF space = room();
    m_layout = HeadLayout::in(space, heads);
    if (m_layout.height > space.height()) { // beside the bar that comes
        space.rwidth() -= style()->pixelMetric(QStyle::PM_ScrollBarExtent, nullptr, this);
        m_layout = HeadLayout::in(space, heads);
    }
    if (m_input->heading() >= int(m_layout.headings.size())) m_input->leaveHeading(); // sorted heads have none
    const bool scrolls = m_layout.height > space.height();
    constexpr int kNarrowest = 160;
    setMinimumSize(kNarrowest, scrolls ? int(m_layout.height) : 0);
    m_hatched = {};
    update();
}

void HeadGrid::resizeEvent(QResizeEvent*)
{
    arrange();
}

QRectF HeadGrid::cellRect(int layer, int head) const
{
    const HeadLayout::Cell* cell = m_layout.cellOf({layer, head});
    return cell == nullptr ? QRectF() : cell->rect;
}

const QPixmap& HeadGrid::hatched()
{
    const QSize size(int(std::ceil(m_layout.cell.width())), int(std::ceil(m_layout.cell.height())));
    if (m_hatched.isNull() || m_hatched.devicePixelRatio() != devicePixelRatioF())
        m_hatched = hatch(size, palette(), devicePixelRatioF());
    return m_hatched;
}

void HeadGrid::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    painter.fillRect(event->rect(), palette().color(QPalette::Base));
    if (m_model->rows()->layers().empty()) {
        painter.setPen(palette().color(QPalette::Text));
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap, notYet(*m_model));
        return;
    }
    std::vector<bool> folded;
    for (const HeadSection& section : m_sections) folded.push_back(isFolded(section));
    constexpr double kVeiled = 0.72;
    GridScene scene{*m_model, *m_display, *m_order, *m_heads, *m_emphasis, m_layout, m_sections, hatched(), folded};
    scene.palette = palette();
    scene.small = smallFont(font());
    scene.veil = kVeiled * m_veil.currentValue().toDouble();
    scene.focusedHeading = hasFocus() ? m_input->heading() : -1;
    scene.looked = looked();
    paintGrid(painter, scene, event->rect());
    if (const QRectF band = m_input->band(); !band.isNull()) {
        QColor inside = palette().color(QPalette::Highlight);
        painter.setPen(QPen(inside, 1, Qt::DashLine));
        inside.setAlphaF(0.2F);
        painter.setBrush(inside);
        painter.drawRect(band);
    }
    Q_EMIT painted();
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

void HeadGrid::setFolded(const HeadSection& section, bool folded)
{
    if (folded == isFolded(section)) return;
    folded ? static_cast<void>(m_folded.insert(section.key())) : static_cast<void>(m_folded.remove(section.key()));
    m_input->lookAway();
    arrange();
    if (m_input->heading() >= 0) tellHeading();
}

void HeadGrid::choose(const HeadPlace& place)
{
    m_heads->setLayer(place.layer);
    m_heads->setHead(place.head);
}

bool HeadGrid::isChosen(const HeadPlace& place) const
{
    return m_heads->overlaid().contains(place);
}

QString HeadGrid::describe(const HeadPlace& place) const
{
    QStringList parts{headName(*m_model, place)};
    const HeadChange change = changeOfHead(m_model->request(), place);
    if (change.factor == 0)
        parts << tr("silenced");
    else if (change.factor != 1)
        parts << tr("times %1").arg(change.factor);
    if (change.isMean) parts << tr("replaced by its mean");
    return (parts + headFacts(*m_model, *m_order, place)).join(QLatin1String(", "));
}

void HeadGrid::tellChosen()
{
    update();
    const HeadPlace chosen{m_heads->layer(), m_heads->head()};
    if (!hasFocus()) return;
    setAccessibleDescription(describe(chosen));
    tellHead(this, chosen);
}

void HeadGrid::tellHeading()
{
    const HeadSection& section = m_sections[std::size_t(m_input->heading())];
    setAccessibleDescription((isFolded(section) ? tr("%1, folded") : tr("%1, unfolded")).arg(section.title()));
}

const HeadPlace& HeadGrid::looked() const
{
    return m_input->looked();
}

// Only what changes is painted: two cells of hundreds.
void HeadGrid::repaintCells(const HeadPlace& one, const HeadPlace& other)
{
    constexpr int kAround = 4;
    for (const HeadPlace& place : {one, other})
        if (place.layer >= 0)
            update(cellRect(place.layer, place.head).toAlignedRect().adjusted(-kAround, -kAround, kAround, kAround));
}

bool HeadGrid::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const HeadLayout::Cell* cell = m_layout.cellAt(help->pos());
    if (cell == nullptr || m_model->rows()->layers().empty()) {
        QToolTip::hideText();
        return true;
    }
    const QStringList lines = QStringList{headName(*m_model, cell->place)} +
                              headFacts(*m_model, *m_order, cell->place) +
                              QStringList{tr("Ctrl-click lays it over the chosen head, X silences it")};
    QToolTip::showText(help->globalPos(), lines.join(QLatin1Char('\n')), this);
    return true;
}

void HeadGrid::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) setAccessibleName(tr("Maps of all layers and heads"));
    if (event->type() == QEvent::PaletteChange) m_hatched = {};
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) arrange();
}

} // namespace headlens
