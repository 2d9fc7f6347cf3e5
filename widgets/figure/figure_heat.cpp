// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figure/figure_heat.h"

#include "core/base/colormap.h"
#include "widgets/viewmodel/heat_image.h"
#include "widgets/viewmodel/map_lines.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <ranges>

namespace headlens {
namespace {

// What lies over the picture: on `grid` one value a patch.
struct Overlay {
    const FigurePanel& panel;
    const FigureLook& look;
    const ValueScale& scale;
    QRectF grid;
    std::vector<bool> kept; // of the patches; empty: all

    QRectF cell(int index) const
    {
        const double w = grid.width() / panel.gridWidth, h = grid.height() / panel.gridHeight;
        return {grid.left() + index % panel.gridWidth * w, grid.top() + int(index / panel.gridWidth) * h, w, h};
    }
};

// Lossless and unsmoothed: in a PDF it must stay one pixel a patch with hard borders.
void drawPatches(QPainter& painter, const QRectF& target, QImage image)
{
    image.setText(QString::fromLatin1(kPatchImage), QStringLiteral("1"));
    painter.save();
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter.setRenderHint(QPainter::LosslessImageRendering, true);
    painter.drawImage(target, image);
    painter.restore();
}

void drawPhotograph(QPainter& painter, const QRectF& target, const QImage& picture)
{
    painter.setRenderHint(QPainter::SmoothPixmapTransform, true);
    if (!picture.isNull()) painter.drawImage(target, picture);
}

std::vector<bool> keptOf(const FigurePanel& panel, const FigureLook& look)
{
    const bool cuts = look.keepMass < 1 && !panel.isSigned;
    return cuts ? bothOf(panel.kept, massMask(panel.values, look.keepMass)) : panel.kept;
}

using MakeImage = QImage (*)(const Overlay&, std::span<const float>, int, int, const std::vector<bool>&);

// One pixel a patch, or of a smooth map several.
void drawMap(QPainter& painter, const Overlay& over, MakeImage make)
{
    const FigurePanel& panel = over.panel;
    if (!over.look.smooth)
        return drawPatches(painter, over.grid, make(over, panel.values, panel.gridWidth, panel.gridHeight, over.kept));
    const SmoothMap map = smoothMap(panel.values, panel.gridWidth, panel.gridHeight, over.kept);
    painter.setRenderHint(QPainter::LosslessImageRendering, true);
    drawPhotograph(painter, over.grid, make(over, map.values, map.width, map.height, map.kept));
    painter.setRenderHint(QPainter::LosslessImageRendering, false);
}

QImage heatOver(const Overlay& over, std::span<const float> values, int width, int height,
                const std::vector<bool>& kept)
{
    const QString colors = colorsOf(over.look, over.scale);
    return overlayImage(values, width, height, over.scale, colors, over.look.opacity, kept);
}

QImage heatAlone(const Overlay& over, std::span<const float> values, int width, int height,
                 const std::vector<bool>& kept)
{
    return heatImage(values, width, height, over.scale, colorsOf(over.look, over.scale), kept);
}

QImage dimming(const Overlay& over, std::span<const float> values, int width, int height, const std::vector<bool>& kept)
{
    return dimmingImage(values, width, height, over.scale, over.look.opacity, kept);
}

// Light within dark: seen on every picture.
void stroke(QPainter& painter, const QPainterPath& path, double width, const QColor& color)
{
    painter.setBrush(Qt::NoBrush);
    painter.strokePath(path, QPen(QColor(0, 0, 0, 160), 2 * width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.strokePath(path, QPen(color, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
}

// Lines of the window are measured on a screen; in print they are finer.
constexpr double kOfScreenWidth = 0.4;

void paintContours(QPainter& painter, const Overlay& over)
{
    const FigurePanel& panel = over.panel;
    const ColorTable& colors = colorTable(colorsOf(over.look, over.scale).toStdString());
    for (const auto& [contour, lines] :
         contoursOf(panel.values, {panel.gridWidth, panel.gridHeight}, over.kept, over.look.smooth, over.grid)) {
        QPainterPath path;
        for (const QLineF& line : lines) {
            path.moveTo(line.p1());
            path.lineTo(line.p2());
        }
        const Rgb& c = overlayColor(colors, contour.unit);
        stroke(painter, path, kOfScreenWidth * contour.width, QColor(c.r, c.g, c.b));
    }
}

// From the query, or the upper edge where a special token asks.
void paintLinks(QPainter& painter, const Overlay& over)
{
    const ColorTable& colors = colorTable(colorsOf(over.look, over.scale).toStdString());
    const QPointF from =
        over.panel.query >= 0 ? over.cell(over.panel.query).center() : QPointF(over.grid.center().x(), over.grid.top());
    const std::vector<int> linked = strongestOf(over.panel.values, kLinkedShare, kMostLinks);
    for (const int index : linked | std::views::reverse) { // the strongest on top
        const float unit = over.scale.unit(over.panel.values[std::size_t(index)]);
        const Rgb& color = overlayColor(colors, unit);
        stroke(painter, linkCurve(from, over.cell(index).center()), 0.3 + 1.2 * double(unit),
               QColor(color.r, color.g, color.b));
    }
}

void paintOver(QPainter& painter, const Overlay& over)
{
    switch (over.look.style) {
    case OverlayStyle::Heat:
    case OverlayStyle::SideBySide: return drawMap(painter, over, over.look.photograph ? heatOver : heatAlone);
    case OverlayStyle::Spotlight: return drawMap(painter, over, dimming);
    case OverlayStyle::Contours: return paintContours(painter, over);
    case OverlayStyle::Links: return paintLinks(painter, over);
    }
}

void paintQuery(QPainter& painter, const Overlay& over)
{
    if (!over.look.marksQuery || over.panel.query < 0) return;
    QPainterPath path;
    path.addRect(over.cell(over.panel.query));
    stroke(painter, path, std::clamp(over.grid.width() / 200, 0.25, 1.0), Qt::white);
}

bool isBeside(const FigureLook& look)
{
    return look.style == OverlayStyle::SideBySide && look.photograph;
}

constexpr double kBetween = 0.02; // picture and map side by side, of the width

} // namespace

bool hasColors(const FigureLook& look)
{
    return look.style == OverlayStyle::Heat || look.style == OverlayStyle::SideBySide ||
           look.style == OverlayStyle::Links;
}

QString colorsOf(const FigureLook& look, const ValueScale& scale)
{
    return scale.isDifference() ? QStringLiteral("difference") : look.palette;
}

double aspectOf(const FigurePanel& panel, const FigureLook& look)
{
    if (panel.isText()) return -1;
    const bool bare = panel.picture.isNull();
    const double width = bare ? std::max(1, panel.gridWidth) : panel.picture.width();
    const double height = bare ? std::max(1, panel.gridHeight) : panel.picture.height();
    return height / width * (isBeside(look) ? (1 - kBetween) / 2 : 1);
}

void paintPanel(QPainter& painter, const QRectF& area, const FigurePanel& panel, const QImage& picture,
                const FigureLook& look, const ValueScale& scale)
{
    const bool beside = isBeside(look);
    QRectF left = area, right = area;
    if (beside) {
        left.setWidth(area.width() * (1 - kBetween) / 2);
        right.setLeft(area.right() - left.width());
    }
    painter.save();
    painter.setClipRect(area);
    if (beside && panel.isPlain()) left.moveCenter(area.center());
    if (look.photograph || panel.isPlain()) drawPhotograph(painter, left, picture);
    const QRectF grid(right.left() + panel.grid.left() * right.width(), right.top() + panel.grid.top() * right.height(),
                      panel.grid.width() * right.width(), panel.grid.height() * right.height());
    FigureLook above = look;
    above.photograph = look.photograph && !beside; // the map beside it stands alone
    const Overlay over{panel, above, scale, grid, keptOf(panel, look)};
    if (!panel.values.empty() && panel.gridWidth > 0) {
        if (!above.photograph && !beside && !hasColors(look)) painter.fillRect(area, QColor(128, 128, 128));
        paintOver(painter, over);
        paintQuery(painter, over);
    }
    painter.restore();
}

void paintWords(QPainter& painter, const QRectF& area, const FigurePanel& panel, const FigureType& type,
                const FigureLook& look, const ValueScale& scale, const FigureInk& ink)
{
    const int count = int(panel.values.size());
    const QImage colors = overlayImage(panel.values, count, 1, scale, colorsOf(look, scale), look.opacity);
    const std::vector<FigureWord> words = layOutWords(panel.words, type, area.width());
    const QColor ground = ink.ground.alpha() > 0 ? ink.ground : QColor(Qt::white);
    for (int i = 0; i < int(words.size()); ++i) {
        const FigureWord& word = words[std::size_t(i)];
        const QRectF rect = word.rect.translated(area.topLeft());
        const QColor color = i < count ? colors.pixelColor(i, 0) : QColor(Qt::transparent);
        const double alpha = color.alphaF();
        const auto mixed = [alpha](float above, float below) {
            return float(alpha) * above + float(1 - alpha) * below;
        };
        const QColor fill = QColor::fromRgbF(mixed(color.redF(), ground.redF()), mixed(color.greenF(), ground.greenF()),
                                             mixed(color.blueF(), ground.blueF()));
        painter.fillRect(rect, fill);
        painter.setPen(readableOn(fill));
        type.draw(painter, rect, Qt::AlignCenter, word.text);
        if (look.marksQuery && panel.query == i) {
            painter.setPen(QPen(ink.text, 0.8));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(rect);
        }
    }
}

void paintBar(QPainter& painter, const QRectF& bar, bool upright, const FigureLook& look, const ValueScale& scale)
{
    constexpr int kSteps = 128;
    const ColorTable& colors = colorTable(colorsOf(look, scale).toStdString());
    const bool upper = (look.photograph && look.style == OverlayStyle::Heat) || look.style == OverlayStyle::Links;
    const bool over = upper && !scale.isDifference();
    QImage image(upright ? 1 : kSteps, upright ? kSteps : 1, QImage::Format_RGB32);
    for (int i = 0; i < kSteps; ++i) {
        const float unit = (float(upright ? kSteps - 1 - i : i) + 0.5F) / kSteps;
        const Rgb& c = over ? overlayColor(colors, unit) : colorAt(colors, unit); // however much shines through
        image.setPixel(upright ? 0 : i, upright ? i : 0, qRgb(c.r, c.g, c.b));
    }
    drawPatches(painter, bar, image);
}

} // namespace headlens
