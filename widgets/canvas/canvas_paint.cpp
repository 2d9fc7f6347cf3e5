// SPDX-License-Identifier: GPL-3.0-or-later
// How the canvas looks; what it does is in canvas.cpp.
#include "core/base/colormap.h"
#include "widgets/canvas/canvas.h"
#include "widgets/viewmodel/heat_image.h"

#include <QPainter>

#include <algorithm>

namespace headlens {
namespace {

// Black on light, white on dark: readable on any colour of a map.
QColor readableOn(const QColor& background)
{
    return background.lightnessF() > 0.55 ? Qt::black : Qt::white;
}

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

void Canvas::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(
        rect(), palette().color(QPalette::Base).darker(palette().color(QPalette::Base).lightness() > 127 ? 106 : 90));
    if (!m_model->hasInput()) {
        paintEmpty(painter);
    } else {
        painter.save();
        painter.setClipRect(QRectF(rect()).adjusted(0, 0, 0, -kBarHeight));
        paintPicture(painter);
        paintHeat(painter);
        paintGridLines(painter);
        paintMarks(painter);
        painter.restore();
        paintChips(painter);
        paintInset(painter);
        paintColorBar(painter);
        paintLegend(painter);
    }
    Q_EMIT painted();
}

void Canvas::paintPicture(QPainter& painter)
{
    const QRectF target = m_view.toWidget(QRectF(picture().rect()));
    const QSize size = target.size().toSize();
    constexpr int kLargestCopy = 4096; // pixels a side; zoomed in further only the visible part is scaled
    if (size.isEmpty() || size.width() > kLargestCopy || size.height() > kLargestCopy) {
        painter.drawImage(target, picture());
        return;
    }
    if (m_scaled.size() != size || m_scaledKey != picture().cacheKey()) {
        const bool shrinks = m_view.scale() < 1;
        m_scaled = QPixmap::fromImage(
            picture().scaled(size, Qt::IgnoreAspectRatio, shrinks ? Qt::SmoothTransformation : Qt::FastTransformation));
        m_scaledKey = picture().cacheKey();
    }
    painter.drawPixmap(target.topLeft().toPoint(), m_scaled);
}

// One rectangle a patch: much faster than scaling a tiny picture, and exactly as wide as the patch.
void Canvas::paintOverlay(QPainter& painter, const QImage& patches, const QRectF& target) const
{
    if (m_display->get().smooth) {
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawImage(target, patches);
        return;
    }
    const double w = target.width() / patches.width(), h = target.height() / patches.height();
    for (int y = 0; y < patches.height(); ++y)
        for (int x = 0; x < patches.width(); ++x) {
            const QRgb color = patches.pixel(x, y);
            if (qAlpha(color) == 0) continue;
            const QPoint from = (target.topLeft() + QPointF(x * w, y * h)).toPoint();
            const QPoint to = (target.topLeft() + QPointF((x + 1) * w, (y + 1) * h)).toPoint();
            painter.fillRect(QRect(from, to - QPoint(1, 1)), QColor::fromRgba(color));
        }
}

void Canvas::paintEmpty(QPainter& painter) const
{
    painter.setPen(palette().color(QPalette::PlaceholderText));
    const QString text =
        m_model->hasModel() ? tr("Drop a picture here, press Ctrl+O, or paste one") : tr("Starting the engine…");
    painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap, text);
}

void Canvas::paintHeat(QPainter& painter) const
{
    const Display& display = m_display->get();
    const AllRows& rows = m_model->rows();
    const auto layer = std::size_t(m_selection->layer());
    if (layer >= rows.size()) return;
    const TokenLayout& layout = m_model->layout();
    const auto prefix = std::size_t(layout.prefix.size());
    const QRectF target = m_view.toWidget(gridInPicture());
    const auto kept = [&](std::span<const float> patches) {
        return display.maskByMass ? massMask(patches, display.keepMass) : std::vector<bool>();
    };
    if (m_selection->heads().size() > 1 && m_selection->fusion() == HeadFusion::Single) {
        painter.fillRect(target, QColor(0, 0, 0, int(110 * display.opacity))); // colours need a dark ground
        for (int i = 0; i < m_selection->heads().size(); ++i) {
            const auto row = rows[layer].head(m_selection->heads()[i]);
            const auto patches = row.subspan(prefix);
            const ValueScale scale = scaleFor(display, rows, int(layer), row, int(prefix));
            paintOverlay(painter,
                         tintImage(patches, layout.gridWidth, layout.gridHeight, scale, headQColor(i), display.opacity,
                                   kept(patches)),
                         target);
        }
        return;
    }
    const std::vector<float> row = m_model->currentRow();
    const auto patches = std::span(row).subspan(prefix);
    const ValueScale scale = scaleFor(display, rows, int(layer), row, int(prefix));
    paintOverlay(painter,
                 overlayImage(patches, layout.gridWidth, layout.gridHeight, scale, display.colormap, display.opacity,
                              kept(patches)),
                 target);
}

void Canvas::paintGridLines(QPainter& painter) const
{
    const TokenLayout& layout = m_model->layout();
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
    const TokenLayout& layout = m_model->layout();
    if (layout.isPatch(m_selection->otherToken()))
        outline(painter, rectOf(m_selection->otherToken()), QColor(120, 200, 255));
    if (!layout.isPatch(m_selection->token())) return;
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
    const std::vector<float> row = m_model->currentRow();
    const TokenLayout& layout = m_model->layout();
    const ValueScale scale =
        scaleFor(m_display->get(), m_model->rows(), m_selection->layer(), row, int(layout.prefix.size()));
    const ColorTable& colors = colorTable(m_display->get().colormap.toStdString());
    painter.setRenderHint(QPainter::Antialiasing);
    for (int i = 0; i < layout.prefix.size(); ++i) {
        const QRectF chip = chipRect(i);
        const float value = std::size_t(i) < row.size() ? row[std::size_t(i)] : 0;
        const Rgb& c = colorAt(colors, scale.unit(value));
        const QColor fill(c.r, c.g, c.b);
        const bool query = i == m_selection->token();
        painter.setBrush(fill);
        painter.setPen(QPen(query ? (m_selection->isPinned() ? QColor(255, 90, 60) : palette().color(QPalette::Text))
                                  : palette().color(QPalette::Mid),
                            query ? 3 : 1));
        painter.drawRoundedRect(chip, 6, 6);
        painter.setPen(readableOn(fill));
        painter.drawText(chip, Qt::AlignCenter, layout.name(i));
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void Canvas::paintColorBar(QPainter& painter) const
{
    const std::vector<float> row = m_model->currentRow();
    if (row.empty()) return;
    const ValueScale scale =
        scaleFor(m_display->get(), m_model->rows(), m_selection->layer(), row, int(m_model->layout().prefix.size()));
    const QRectF bar(kMargin, height() - kBarHeight + 6, std::min(320.0, width() - 2 * kMargin), 12);
    const ColorTable& colors = colorTable(m_display->get().colormap.toStdString());
    for (int x = 0; x < int(bar.width()); ++x) {
        const Rgb& c = colorAt(colors, float(x) / float(bar.width() - 1));
        painter.fillRect(QRectF(bar.left() + x, bar.top(), 1, bar.height()), QColor(c.r, c.g, c.b));
    }
    painter.setPen(palette().color(QPalette::Text));
    const QRectF below = bar.translated(0, 14).adjusted(0, 0, 0, 8);
    painter.drawText(below, Qt::AlignLeft | Qt::AlignVCenter, number(scale.valueAt(0)));
    painter.drawText(below, Qt::AlignHCenter | Qt::AlignVCenter, number(scale.valueAt(0.5F)));
    painter.drawText(below, Qt::AlignRight | Qt::AlignVCenter, number(scale.valueAt(1)));
}

void Canvas::paintLegend(QPainter& painter) const
{
    const QList<int>& heads = m_selection->heads();
    if (heads.size() < 2 || m_selection->fusion() != HeadFusion::Single) return;
    QRectF line(width() - 110, height() - kBarHeight - 22.0 * heads.size() - 6, 100, 20);
    painter.fillRect(QRectF(line.topLeft() - QPointF(6, 4), QSizeF(112, 22.0 * heads.size() + 6)),
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
    if (m_display->get().showOriginal || original.isNull() || input.region.size() != 4) return;
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
