// SPDX-License-Identifier: GPL-3.0-or-later
// What lies on the picture of the canvas: lines between patches, the query, special tokens, the scale and its words.
#include "core/base/colormap.h"
#include "widgets/canvas/canvas.h"
#include "widgets/viewmodel/components.h"
#include "widgets/viewmodel/heat_image.h"
#include "widgets/viewmodel/live_rows.h"
#include "widgets/viewmodel/method_map.h"
#include "widgets/viewmodel/method_text.h"
#include "widgets/viewmodel/shown_heads.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

void outline(QPainter& painter, const QRectF& rect, const QColor& color)
{
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(Qt::black, 4));
    painter.drawRect(rect);
    painter.setPen(QPen(color, 2));
    painter.drawRect(rect);
}

QString number(float value)
{
    return QString::number(double(value), 'g', 3);
}

} // namespace

ValueScale Canvas::shownScale() const
{
    const std::vector<float>& values = m_model->map()->shown().map.values;
    if (m_selection->showsRow())
        return scaleFor(displayFor(*m_model, *m_display), m_model->rows()->layers(), m_heads->layer(),
                        m_model->rows()->current(), m_model->rows()->layoutOf(m_heads->layer()).excluded());
    Display display = m_display->get();
    display.difference = m_model->map()->shown().of.difference;
    const verbs::MethodInfo* method = m_model->map()->method();
    if (method != nullptr && method->isSigned && !values.empty()) { // the weakest patch is the lowest colour
        const auto [low, high] = std::ranges::minmax(values);
        return {low, high, false};
    }
    float high = 0;
    for (const float value : values) high = std::max(high, std::abs(value));
    return display.scaleTo(high);
}

void Canvas::paintGridLines(QPainter& painter) const
{
    const TokenLayout& layout = m_model->rows()->imageLayout();
    const QRectF grid = m_view.toWidget(gridInPicture());
    constexpr double kNarrowest = 7; // below this the lines would hide the picture
    if (!m_display->get().gridLines || grid.width() / layout.gridWidth < kNarrowest) return;
    painter.setPen(QPen(QColor(255, 255, 255, 48), 1));
    for (int x = 0; x <= layout.gridWidth; ++x) {
        const double at = grid.left() + grid.width() * x / layout.gridWidth;
        painter.drawLine(QPointF(at, grid.top()), QPointF(at, grid.bottom()));
    }
    for (int y = 0; y <= layout.gridHeight; ++y) {
        const double at = grid.top() + grid.height() * y / layout.gridHeight;
        painter.drawLine(QPointF(grid.left(), at), QPointF(grid.right(), at));
    }
}

void Canvas::paintMarks(QPainter& painter) const
{
    const TokenLayout& layout = pictureTokens();
    if (m_tokens->other().stream == m_model->run().pictureStream() && layout.isPatch(m_tokens->other().token))
        outline(painter, rectOf(m_tokens->other().token), QColor(120, 200, 255));
    if (!selectionIsHere() || !layout.isPatch(m_tokens->query().token)) return;
    const QRectF query = rectOf(m_tokens->query().token);
    outline(painter, query, m_tokens->isPinned() ? QColor(255, 90, 60) : QColor(255, 255, 255));
    if (m_tokens->isPinned()) { // not by colour alone: a pinned query carries a dot
        painter.setBrush(QColor(255, 90, 60));
        painter.setPen(QPen(Qt::black, 1));
        painter.drawEllipse(query.center(), 4, 4);
    }
}

void Canvas::paintChips(QPainter& painter) const
{
    const std::vector<float> row = lookedAtPicture() ? m_model->rows()->current() : std::vector<float>();
    const TokenLayout& layout = pictureTokens();
    const Display display = displayFor(*m_model, *m_display);
    const ValueScale scale =
        scaleFor(display, m_model->rows()->layers(), m_heads->layer(), row, int(layout.prefix.size()));
    const ColorTable& colors = colorTable(display.colors().toStdString());
    painter.setRenderHint(QPainter::Antialiasing);
    for (int i = layout.text; i < layout.prefix.size(); ++i) {
        const QRectF chip = chipRect(i);
        // Other views, and keys that are no tokens of the picture, have no number for special tokens.
        QColor fill = palette().color(QPalette::Button);
        if (m_selection->showsRow() && std::size_t(i) < row.size()) {
            const Rgb& c = colorAt(colors, scale.unit(row[std::size_t(i)]));
            fill = QColor(c.r, c.g, c.b);
        }
        const bool query = selectionIsHere() && i == m_tokens->query().token;
        painter.setBrush(fill);
        painter.setPen(QPen(query ? (m_tokens->isPinned() ? QColor(255, 90, 60) : palette().color(QPalette::Text))
                                  : palette().color(QPalette::Mid),
                            query ? 3 : 1));
        painter.drawRoundedRect(chip, 6, 6);
        painter.setPen(readableOn(fill));
        painter.drawText(chip, Qt::AlignCenter,
                         fontMetrics().elidedText(layout.name(i), Qt::ElideMiddle, int(chip.width()) - 4));
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

bool Canvas::showsBar() const
{
    const bool row = m_selection->showsRow();
    const bool components = row && m_display->get().ground == Ground::Components && !m_tokens->isPinned();
    return !(row && m_heads->overlaysHeads()) && !components; // their colours are not those of the bar
}

// The bar at the lower edge with its numbers below it and the caption beside them, or under them where that is too
// narrow.
Canvas::Legend Canvas::legend() const
{
    constexpr double kWide = 320, kThick = 12, kNumbers = 20, kGap = 12, kNarrowest = 200;
    const double whole = width() - 2 * kMargin;
    Legend legend;
    double x = kMargin, y = 6, wide = whole;
    if (showsBar()) {
        legend.bar = QRectF(kMargin, y, std::min(kWide, whole), kThick);
        legend.numbers = legend.bar.translated(0, kThick + 2).adjusted(0, 0, 0, kNumbers - kThick);
        const bool beside = whole - legend.bar.width() - kGap >= kNarrowest;
        x = beside ? legend.bar.right() + kGap : x;
        y = beside ? y - 4 : legend.numbers.bottom();
        wide = whole - (x - kMargin);
    }
    const QString words = caption();
    double high = words.isEmpty()
                      ? 0
                      : fontMetrics().boundingRect(QRect(0, 0, int(wide), 10'000), Qt::TextWordWrap, words).height();
    // The picture must not jump while the mouse goes over patches with longer and shorter names.
    if (m_selection->showsRow()) high = std::max(high, 2.0 * fontMetrics().lineSpacing());
    legend.caption = QRectF(x, y, wide, high);
    legend.height = std::max(kBarHeight, legend.caption.bottom() + 4);
    const double top = height() - legend.height;
    for (QRectF* part : {&legend.bar, &legend.numbers, &legend.caption}) part->translate(0, top);
    return legend;
}

void Canvas::paintColorBar(QPainter& painter, const Legend& legend) const
{
    if (m_model->rows()->current().empty()) return;
    painter.setPen(palette().color(QPalette::Text));
    painter.drawText(legend.caption, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, caption());
    if (!showsBar()) return;
    const ValueScale scale = shownScale();
    const QRectF& bar = legend.bar;
    Display display = displayFor(*m_model, *m_display);
    if (!m_selection->showsRow()) display.difference = m_model->map()->shown().of.difference;
    const ColorTable& colors = colorTable(display.colors().toStdString());
    for (int x = 0; x < int(bar.width()); ++x) {
        const Rgb& c = colorAt(colors, float(x) / float(bar.width() - 1));
        painter.fillRect(QRectF(bar.left() + x, bar.top(), 1, bar.height()), QColor(c.r, c.g, c.b));
    }
    painter.drawText(legend.numbers, Qt::AlignLeft | Qt::AlignVCenter, number(scale.valueAt(0)));
    painter.drawText(legend.numbers, Qt::AlignHCenter | Qt::AlignVCenter, number(scale.valueAt(0.5F)));
    painter.drawText(legend.numbers, Qt::AlignRight | Qt::AlignVCenter, number(scale.valueAt(1)));
}

QString Canvas::rowCaption() const
{
    if (m_model->rows()->layers().empty()) return {};
    const verbs::Rows& rows = m_model->rows()->of();
    const bool apart = m_model->rows()->keyLayout().block.queryStream != m_model->rows()->keyLayout().block.keyStream;
    const TokenLayout asking =
        apart ? TokenLayout::ofStream(m_model->model(), m_model->input(), rows.stream) : m_model->rows()->keyLayout();
    QString words = (rows.reverse ? tr("Layer %1, %2: who attends to %3") : tr("Layer %1, %2: what %3 attends to"))
                        .arg(m_heads->layer())
                        .arg(shownHeads(*m_heads), asking.name(asking.parentToken(rows.token)));
    if (!m_display->get().maskByMass) return words;
    return tr("%1. Only the patches that hold %2 % of the row's mass")
        .arg(words)
        .arg(100 * m_display->get().keepMass, 0, 'f', 0);
}

// What is shown; for a plain row which one.
QString Canvas::caption() const
{
    const verbs::PcaResult& components = m_model->components()->info();
    const bool colours = m_display->get().ground == Ground::Components && components.explained.size() == 3;
    QString shares = colours
                         ? tr("Red, green, blue: %1, %2 and %3 % of the variance of the foreground, fitted on layer %4")
                               .arg(100 * components.explained[0], 0, 'f', 0)
                               .arg(100 * components.explained[1], 0, 'f', 0)
                               .arg(100 * components.explained[2], 0, 'f', 0)
                               .arg(components.fittedLayer)
                         : QString();
    if (!m_selection->showsRow()) return mapCaption();
    if (m_model->rows()->of().difference) return tr("Difference to the held run: this one minus that one");
    return shares.isEmpty() ? rowCaption() : shares;
}

QString Canvas::mapCaption() const
{
    const verbs::MethodInfo* method = m_model->map()->method();
    if (method == nullptr) return {};
    if (!method->refusal.empty())
        return tr("%1 is not defined for this model: %2").arg(methodText(method->title), methodText(method->refusal));
    return methodText(method->caption)
        .replace(QStringLiteral("%1"), QString::fromStdString(m_model->map()->shown().label));
}

void Canvas::paintLegend(QPainter& painter) const
{
    if (!m_heads->overlaysHeads()) return;
    const QList<HeadPlace>& places = m_heads->overlaid();
    const bool layers =
        std::ranges::any_of(places, [&](const HeadPlace& place) { return place.layer != places.first().layer; });
    QStringList names;
    int widest = 0;
    for (const HeadPlace& place : places) {
        names << (layers ? tr("Layer %1, head %2").arg(place.layer).arg(place.head) : tr("Head %1").arg(place.head));
        widest = std::max(widest, fontMetrics().horizontalAdvance(names.last()));
    }
    const double lineHeight = std::max(22, fontMetrics().height() + 4), swatch = 14, wide = swatch + 6 + widest;
    QRectF line(width() - kMargin - wide, kMargin + 4, wide, lineHeight); // the inset has the corner below
    painter.fillRect(QRectF(line.topLeft() - QPointF(6, 4), QSizeF(wide + 12, lineHeight * double(names.size()) + 8)),
                     QColor(0, 0, 0, 170));
    for (int i = 0; i < names.size(); ++i, line.translate(0, lineHeight)) {
        painter.fillRect(QRectF(line.left(), line.center().y() - swatch / 2, swatch, swatch), headQColor(i));
        painter.setPen(Qt::white);
        painter.drawText(line.adjusted(swatch + 6, 0, 0, 0), Qt::AlignVCenter, names[i]);
    }
}

// Where the seen part lies in the original, and what of it the zoomed view shows: a small picture in the corner.
void Canvas::paintInset(QPainter& painter, const Legend& legend) const
{
    const verbs::InputInfo& input = m_model->input();
    const QImage& original = m_model->run().original;
    if (m_display->get().ground == Ground::Original || original.isNull() || input.region.size() != 4) return;
    const bool whole =
        input.region[0] <= 0.5 && input.region[1] <= 0.5 && input.region[2] >= input.originalWidth - 1.0 &&
        input.region[3] >= input.originalHeight - 1.0 &&
        original.width() * m_model->run().seen.height() == original.height() * m_model->run().seen.width();
    if (whole && m_view.isFitted()) return;
    // A small canvas keeps its patches in sight: the inset takes a quarter of its side at most, and no less than shows
    // something.
    constexpr double kLargest = 96, kLeast = 36;
    const double side = std::min(kLargest, std::min(pictureArea().width(), pictureArea().height()) / 4);
    if (side < kLeast) return;
    const QSizeF size = QSizeF(original.size()).scaled(side, side, Qt::KeepAspectRatio);
    const QRectF inset(width() - size.width() - kMargin, height() - legend.height + 2 - size.height() - kMargin,
                       size.width(), size.height());
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(inset, original);
    const double scale = inset.width() / input.originalWidth;
    const QRectF seen(inset.left() + input.region[0] * scale, inset.top() + input.region[1] * scale,
                      input.region[2] * scale, input.region[3] * scale);
    outline(painter, seen.intersected(inset), QColor(255, 255, 255));
    if (!m_view.isFitted()) {
        const QRectF shown(m_view.toPicture(QPointF(0, 0)),
                           m_view.toPicture(QPointF(width(), height() - legend.height)));
        const double sx = seen.width() / picture().width(), sy = seen.height() / picture().height();
        const QRectF part(seen.left() + shown.left() * sx, seen.top() + shown.top() * sy, shown.width() * sx,
                          shown.height() * sy);
        outline(painter, part.intersected(inset), QColor(255, 200, 60));
    }
    painter.setPen(palette().color(QPalette::Mid));
    painter.drawRect(inset);
}

} // namespace headlens
