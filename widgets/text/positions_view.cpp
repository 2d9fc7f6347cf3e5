// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/text/positions_view.h"

#include "widgets/text/bias_curves.h"
#include "widgets/viewmodel/asking.h"
#include "widgets/viewmodel/heat_image.h"
#include "widgets/viewmodel/not_yet.h"

#include <QHelpEvent>
#include <QLabel>
#include <QPainter>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

constexpr double kMargin = 6;

std::pair<float, float> rangeOf(const FloatArray& grid)
{
    if (grid.values.empty()) return {0, 0};
    const auto [low, high] = std::ranges::minmax_element(grid.values);
    return {*low, *high};
}

float at(const FloatArray& grid, int row, int column)
{
    return grid.values[std::size_t(row) * std::size_t(grid.columns()) + std::size_t(column)];
}

QString number(float value)
{
    return QString::number(double(value), 'g', 3);
}

// Around zero: from the background to blue above and to vermilion below.
QImage diverging(const FloatArray& grid, const QColor& zero)
{
    const auto [low, high] = rangeOf(grid);
    const float most = std::max({std::abs(low), std::abs(high), 1e-12F});
    QImage image(grid.columns(), grid.rows(), QImage::Format_RGB32);
    for (int y = 0; y < grid.rows(); ++y)
        for (int x = 0; x < grid.columns(); ++x) {
            const float value = at(grid, y, x);
            const float share = std::clamp(std::abs(value) / most, 0.0F, 1.0F);
            const QColor end = value > 0 ? QColor(0, 114, 178) : QColor(213, 94, 0);
            const auto mix = [share](int from, int to) { return int(float(from) + share * float(to - from)); };
            image.setPixel(
                x, y, qRgb(mix(zero.red(), end.red()), mix(zero.green(), end.green()), mix(zero.blue(), end.blue())));
        }
    return image;
}

} // namespace

PositionsView::PositionsView(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent)
    : QWidget(parent), m_model(model), m_heads(selection->heads()), m_display(display), m_text(new QLabel(this)),
      m_curves(new BiasCurves(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_text);
    layout->addStretch(1);
    m_text->setWordWrap(true);
    const auto forget = [this] {
        m_layer = -1;
        m_tables = {};
        draw();
        say();
        ask();
    };
    connect(model, &InspectionModel::modelChanged, this, forget);
    connect(model, &InspectionModel::inputChanged, this, forget);
    connect(model->link(), &EngineLink::busyChanged, this, [this](bool busy) {
        if (!busy) ask(); // a run that was cancelled: what was asked meanwhile got no answer
    });
    connect(m_heads, &HeadChoice::changed, this, [this] {
        ask();
        m_curves->setBias(m_tables.bias, m_heads->heads());
    });
    connect(display, &DisplaySettings::changed, this, &PositionsView::draw);
    say();
}

void PositionsView::ask()
{
    const int layer = m_heads->layer();
    if (!isVisible() || !m_model->hasInput() || layer == m_layer) return; // showEvent() catches up
    if (layer >= int(m_model->input().blocks.size())) return;
    const int stream = m_model->input().blocks[std::size_t(layer)].keyStream;
    const auto take = [this, layer](const verbs::Positions& tables) {
        if (layer != m_heads->layer()) return; // the selection has moved on
        m_layer = layer;
        m_tables = tables;
        for (FloatArray* grid : {&m_tables.table, &m_tables.similarity, &m_tables.bias})
            if (!grid->isTable()) *grid = {};
        draw();
        say();
    };
    headlens::ask(m_model, verbs::kPositions, {stream, layer}, this, take, {.quiet = true});
}

void PositionsView::draw()
{
    const auto [low, high] = rangeOf(m_tables.similarity);
    m_table = diverging(m_tables.table, palette().color(QPalette::Base));
    m_similarity = heatImage(m_tables.similarity.values, m_tables.similarity.columns(), m_tables.similarity.rows(),
                             {low, high, false}, m_display->get().colors());
    m_curves->setBias(m_tables.bias, m_heads->heads());
    m_curves->setVisible(!m_tables.bias.values.empty());
    place();
    update();
}

QString PositionsView::sentence(const verbs::Positions& tables)
{
    const std::string& kind = tables.kind;
    if (kind == "learnt")
        return tr("Positions are learnt: every place has a vector of its own that is added to its token.");
    if (kind == "sinusoidal")
        return tr("Positions are sinusoidal: waves of many lengths, computed and added to every token.");
    if (kind == "rotary")
        return tr("Positions are rotary: queries and keys are turned by an angle that grows with the place.");
    if (kind != "relative") return tr("This model adds no positions to this sequence.");
    return tables.bias.values.empty()
               ? tr("Positions are relative, but this layer adds nothing to its scores for the distance.")
               : tr("Positions are relative: the distance from query to key adds to every score.");
}

void PositionsView::say()
{
    setAccessibleName(tr("Positions"));
    m_text->setText(m_layer < 0 ? notYet(*m_model) : sentence(m_tables));
    setAccessibleDescription(m_text->text());
    m_curves->setAccessibleName(titleOf(Part::Bias));
    update();
}

const FloatArray& PositionsView::gridOf(Part part) const
{
    return part == Part::Table ? m_tables.table : part == Part::Similarity ? m_tables.similarity : m_tables.bias;
}

QString PositionsView::titleOf(Part part) const
{
    const FloatArray& grid = gridOf(part);
    const auto [low, high] = rangeOf(grid);
    if (part == Part::Bias) return tr("Bias by distance, key − query");
    const QString text = part == Part::Table ? tr("%1 positions × %2 dimensions, %3 to %4")
                                             : tr("Cosine of %1 positions with %2, %3 to %4");
    return text.arg(QString::number(grid.rows()), QString::number(grid.columns()), number(low), number(high));
}

// Beside each other or below, whichever leaves more room.
std::vector<PositionsView::Panel> PositionsView::panels() const
{
    std::vector<Panel> found;
    for (const Part part : {Part::Table, Part::Similarity, Part::Bias})
        if (!gridOf(part).values.empty()) found.push_back({part, {}, {}});
    const double begin = m_text->geometry().bottom() + kMargin, line = fontMetrics().height();
    const QRectF room(kMargin, begin, width() - 2 * kMargin, std::max(1.0, height() - begin - kMargin));
    const bool beside = room.width() > room.height() * 1.2;
    const double count = double(std::max(std::size_t(1), found.size()));
    const QSizeF each(beside ? room.width() / count : room.width(), beside ? room.height() : room.height() / count);
    for (std::size_t i = 0; i < found.size(); ++i) {
        const QPointF corner(room.left() + (beside ? double(i) * each.width() : 0),
                             room.top() + (beside ? 0 : double(i) * each.height()));
        const QRectF all = QRectF(corner, each).adjusted(0, 0, beside ? -kMargin : 0, -kMargin);
        const int titled =
            fontMetrics()
                .boundingRect(QRect(0, 0, int(all.width()), 10'000), Qt::TextWordWrap, titleOf(found[i].part))
                .height();
        found[i].title = QRectF(all.left(), all.top(), all.width(), std::max(line, double(titled)));
        found[i].picture = QRectF(all.left(), found[i].title.bottom() + 2, all.width(),
                                  std::max(1.0, all.bottom() - found[i].title.bottom() - 2));
        if (found[i].part == Part::Similarity) { // square cells
            const double side = std::min(found[i].picture.width(), found[i].picture.height());
            found[i].picture.setSize({side, side});
        }
    }
    return found;
}

void PositionsView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    for (const Panel& panel : panels()) {
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(panel.title, Qt::TextWordWrap | Qt::AlignLeft, titleOf(panel.part));
        if (panel.part != Part::Bias) // the curves draw themselves
            painter.drawImage(panel.picture, panel.part == Part::Table ? m_table : m_similarity);
    }
    Q_EMIT painted();
}

QString PositionsView::describe(const Panel& panel, const QPointF& point) const
{
    const FloatArray& grid = gridOf(panel.part);
    const QPointF share((point.x() - panel.picture.left()) / panel.picture.width(),
                        (point.y() - panel.picture.top()) / panel.picture.height());
    int column = std::min(int(share.x() * grid.columns()), grid.columns() - 1);
    int row = std::min(int(share.y() * grid.rows()), grid.rows() - 1);
    if (panel.part == Part::Bias) {
        column = m_curves->columnAt(m_curves->mapFrom(this, point.toPoint()));
        row = std::min(m_heads->head(), grid.rows() - 1);
        if (column < 0) return {};
    }
    const QString value = number(at(grid, row, column)), first = QString::number(row), second = QString::number(column);
    switch (panel.part) {
    case Part::Table: return tr("Position %1, dimension %2: %3").arg(first, second, value);
    case Part::Similarity: return tr("Positions %1 and %2: cosine %3").arg(first, second, value);
    case Part::Bias: break;
    }
    return tr("Head %1, distance %2: %3 is added to the score")
        .arg(first, QString::number(column - grid.columns() / 2), value);
}

void PositionsView::place()
{
    for (const Panel& panel : panels())
        if (panel.part == Part::Bias) m_curves->setGeometry(panel.picture.toRect());
}

bool PositionsView::event(QEvent* event)
{
    // The layout has placed the sentence already.
    if (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest) place();
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    QString text;
    for (const Panel& panel : panels())
        if (panel.picture.contains(help->pos())) text = describe(panel, help->pos());
    QToolTip::showText(help->globalPos(), text, this); // nothing hides it
    return true;
}

void PositionsView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    ask();
}

void PositionsView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) say();
    if (event->type() == QEvent::PaletteChange) draw();
    QWidget::changeEvent(event);
}

} // namespace headlens
