// SPDX-License-Identifier: GPL-3.0-or-later
// What lies on the picture of the canvas: lines between patches, the query, special tokens, the scale and its words.
#include "core/base/colormap.h"
#include "widgets/canvas/canvas.h"
#include "widgets/viewmodel/heat_image.h"

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
    const std::vector<float>& values = m_model->overview().values;
    if (m_selection->view() == MapView::Row)
        return scaleFor(displayFor(*m_model, *m_display), m_model->rows(), m_selection->layer(), m_model->currentRow(),
                        m_model->layoutOf(m_selection->layer()).excluded());
    Display display = m_display->get();
    display.difference = m_model->overview().request.difference;
    float high = 0;
    for (const float value : values) high = std::max(high, std::abs(value));
    return display.scaleTo(high);
}

void Canvas::paintGridLines(QPainter& painter) const
{
    const TokenLayout& layout = m_model->pictureLayout();
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
    if (m_selection->otherStream() == m_model->pictureStream() && layout.isPatch(m_selection->otherToken()))
        outline(painter, rectOf(m_selection->otherToken()), QColor(120, 200, 255));
    if (!selectionIsHere() || !layout.isPatch(m_selection->token())) return;
    const QRectF query = rectOf(m_selection->token());
    outline(painter, query, m_selection->isPinned() ? QColor(255, 90, 60) : QColor(255, 255, 255));
    if (m_selection->isPinned()) { // not by colour alone: a pinned query carries a dot
        painter.setBrush(QColor(255, 90, 60));
        painter.setPen(QPen(Qt::black, 1));
        painter.drawEllipse(query.center(), 4, 4);
    }
}

void Canvas::paintChips(QPainter& painter) const
{
    const std::vector<float> row = lookedAtPicture() ? m_model->currentRow() : std::vector<float>();
    const TokenLayout& layout = pictureTokens();
    const Display display = displayFor(*m_model, *m_display);
    const ValueScale scale = scaleFor(display, m_model->rows(), m_selection->layer(), row, int(layout.prefix.size()));
    const ColorTable& colors = colorTable(display.colors().toStdString());
    painter.setRenderHint(QPainter::Antialiasing);
    for (int i = layout.text; i < layout.prefix.size(); ++i) {
        const QRectF chip = chipRect(i);
        // Other views, and keys that are no tokens of the picture, have no number for special tokens.
        QColor fill = palette().color(QPalette::Button);
        if (m_selection->view() == MapView::Row && std::size_t(i) < row.size()) {
            const Rgb& c = colorAt(colors, scale.unit(row[std::size_t(i)]));
            fill = QColor(c.r, c.g, c.b);
        }
        const bool query = selectionIsHere() && i == m_selection->token();
        painter.setBrush(fill);
        painter.setPen(QPen(query ? (m_selection->isPinned() ? QColor(255, 90, 60) : palette().color(QPalette::Text))
                                  : palette().color(QPalette::Mid),
                            query ? 3 : 1));
        painter.drawRoundedRect(chip, 6, 6);
        painter.setPen(readableOn(fill));
        painter.drawText(chip, Qt::AlignCenter,
                         fontMetrics().elidedText(layout.name(i), Qt::ElideMiddle, int(chip.width()) - 4));
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void Canvas::paintColorBar(QPainter& painter) const
{
    if (m_model->currentRow().empty()) return;
    const ValueScale scale = shownScale();
    const bool row = m_selection->view() == MapView::Row;
    const bool headColours = row && m_selection->heads().size() > 1 && m_selection->fusion() == HeadFusion::Single;
    const bool colours = row && m_display->get().ground == Ground::Components && !m_selection->isPinned();
    if (headColours || colours) { // the colours on the canvas are not those of the bar
        painter.setPen(palette().color(QPalette::Text));
        painter.drawText(QRectF(kMargin, height() - kBarHeight + 2, width() - 2 * kMargin, kBarHeight - 4),
                         Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, caption());
        return;
    }
    const QRectF bar(kMargin, height() - kBarHeight + 6, std::min(320.0, width() - 2 * kMargin), 12);
    Display display = displayFor(*m_model, *m_display);
    if (!row) display.difference = m_model->overview().request.difference;
    const ColorTable& colors = colorTable(display.colors().toStdString());
    for (int x = 0; x < int(bar.width()); ++x) {
        const Rgb& c = colorAt(colors, float(x) / float(bar.width() - 1));
        painter.fillRect(QRectF(bar.left() + x, bar.top(), 1, bar.height()), QColor(c.r, c.g, c.b));
    }
    painter.setPen(palette().color(QPalette::Text));
    const QRectF below = bar.translated(0, 14).adjusted(0, 0, 0, 8);
    painter.drawText(below, Qt::AlignLeft | Qt::AlignVCenter, number(scale.valueAt(0)));
    painter.drawText(below, Qt::AlignHCenter | Qt::AlignVCenter, number(scale.valueAt(0.5F)));
    painter.drawText(below, Qt::AlignRight | Qt::AlignVCenter, number(scale.valueAt(1)));
    const QRectF beside(bar.right() + 12, bar.top() - 4, width() - bar.right() - 20, kBarHeight - 4);
    painter.drawText(beside, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, caption());
}

// What the numbers mean where it is no plain row.
QString Canvas::caption() const
{
    const verbs::PcaResult& components = m_model->componentsInfo();
    const bool colours = m_display->get().ground == Ground::Components && components.explained.size() == 3;
    const QString shares =
        colours ? tr("Red, green, blue: %1, %2 and %3 % of the variance of the foreground, fitted on layer %4")
                      .arg(100 * components.explained[0], 0, 'f', 0)
                      .arg(100 * components.explained[1], 0, 'f', 0)
                      .arg(100 * components.explained[2], 0, 'f', 0)
                      .arg(components.fittedLayer)
                : QString();
    switch (m_selection->view()) {
    case MapView::Row:
        return m_model->rowsOf().difference ? tr("Difference to the held run: this one minus that one") : shares;
    case MapView::Received: return tr("Attention each token receives in its block (1: as much as it gives)");
    case MapView::Entropy: return tr("Entropy of each token's attention, in nats");
    case MapView::Distance: return tr("Mean attention distance of each token, in pixels");
    case MapView::Similarity: return tr("How much each patch has to do with the text");
    case MapView::Relevance:
        return tr("What “%1” rests on: attention weighted by its gradient (Chefer and others 2021)")
            .arg(QString::fromStdString(m_model->relevance().said.label));
    case MapView::Effective:
        return isWindowed(m_model->pictureLayout().block)
                   ? tr("Effective map up to this layer, through windows and merging: our own definition")
                   : tr("The effective map is defined for models with windows");
    }
    return {};
}

void Canvas::paintLegend(QPainter& painter) const
{
    const QList<int>& heads = m_selection->heads();
    if (heads.size() < 2 || m_selection->fusion() != HeadFusion::Single) return;
    QRectF line(width() - 110, kMargin + 4, 100, 20); // the inset has the corner below
    painter.fillRect(QRectF(line.topLeft() - QPointF(6, 4), QSizeF(112, 22.0 * double(heads.size()) + 6)),
                     QColor(0, 0, 0, 170));
    for (int i = 0; i < heads.size(); ++i, line.translate(0, 22)) {
        painter.fillRect(QRectF(line.left(), line.top() + 3, 14, 14), headQColor(i));
        painter.setPen(Qt::white);
        painter.drawText(line.adjusted(20, 0, 0, 0), Qt::AlignVCenter, tr("Head %1").arg(heads[i]));
    }
}

// Where the seen part lies in the original: a small picture in the corner while the model's view is shown.
void Canvas::paintInset(QPainter& painter) const
{
    const verbs::InputInfo& input = m_model->input();
    const QImage& original = m_model->original();
    if (m_display->get().ground == Ground::Original || original.isNull() || input.region.size() != 4) return;
    const bool whole = input.region[0] <= 0.5 && input.region[1] <= 0.5 &&
                       input.region[2] >= input.originalWidth - 1.0 && input.region[3] >= input.originalHeight - 1.0 &&
                       original.width() * m_model->seen().height() == original.height() * m_model->seen().width();
    if (whole) return;
    const QSizeF size = QSizeF(original.size()).scaled(96, 96, Qt::KeepAspectRatio);
    const QRectF inset(width() - size.width() - kMargin, height() - kBarHeight + 2 - size.height() - kMargin,
                       size.width(), size.height());
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(inset, original);
    const double scale = inset.width() / input.originalWidth;
    outline(painter,
            QRectF(inset.left() + input.region[0] * scale, inset.top() + input.region[1] * scale,
                   input.region[2] * scale, input.region[3] * scale)
                .intersected(inset),
            QColor(255, 255, 255));
    painter.setPen(palette().color(QPalette::Mid));
    painter.drawRect(inset);
}

} // namespace headlens
