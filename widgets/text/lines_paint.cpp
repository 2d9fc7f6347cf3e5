// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/text/lines_paint.h"

#include "widgets/viewmodel/heat_image.h"

#include <QPainter>
#include <QPalette>

#include <algorithm>

namespace headlens {
namespace {

constexpr int kMargin = LinesScene::kMargin;
constexpr double kWeakestLine = 0.04;     // no line that is drawn vanishes
constexpr std::size_t kMostSmooth = 2000; // more lines are drawn without antialiasing, several times as fast
constexpr double kWeakestMeant = 0.3;

struct LinesPaint { // of the translations
    Q_DECLARE_TR_FUNCTIONS(headlens::LinesPaint)
};

double opacityOf(float weight, const LinesPicture& picture)
{
    const bool logarithmic = picture.logarithmic && !picture.lines.empty();
    const float shown =
        logarithmic ? ValueScale{0, picture.lines.back().weight, true}.unit(weight) : weight / picture.high;
    return std::clamp(double(shown), kWeakestLine, 1.0);
}

} // namespace

void paintAllLines(QPainter& painter, const LinesScene& scene, const LinesPicture& picture, const QRect& seen)
{
    painter.setRenderHint(QPainter::Antialiasing, picture.lines.size() <= kMostSmooth);
    const int high = scene.rowHeight();
    const auto isSeen = [&](int y) { return y >= seen.top() - high && y <= seen.bottom() + high; };
    for (const Line& line : picture.lines) {
        const QLine at = scene.placeOf(line);
        if (!isSeen(at.y1()) && !isSeen(at.y2())) continue; // passes by: nobody sees what it joins
        QColor color = headQColor(line.head);
        color.setAlphaF(float(opacityOf(line.weight, picture)));
        painter.setPen(color);
        painter.drawLine(at);
    }
}

void paintFocusedLines(QPainter& painter, const LinesScene& scene, const LinesPicture& picture)
{
    const LinesPlace focus = picture.focus;
    painter.setRenderHint(QPainter::Antialiasing);
    float strongest = 0;
    const auto meant = [&](const Line& line) { return (focus.key ? line.key : line.query) == focus.row; };
    for (const Line& line : picture.lines)
        if (meant(line)) strongest = line.weight; // the last one is the strongest
    for (const Line& line : picture.lines) {
        if (!meant(line)) continue;
        QColor color = headQColor(line.head);
        color.setAlphaF(float(std::max(kWeakestMeant, double(line.weight / strongest))));
        painter.setPen(QPen(color, 2));
        painter.drawLine(scene.placeOf(line));
        color.setAlphaF(float(opacityOf(line.weight, picture)) * 0.6F); // beneath the name of the token
        painter.fillRect(scene.rowRect(!focus.key, focus.key ? line.query : line.key), color);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

namespace {

void paintToken(QPainter& painter, const LinesScene& scene, const LinesPlace& place, bool meant,
                const QPalette& palette)
{
    const QRect at = scene.rowRect(place.key, place.row);
    if (meant) painter.fillRect(at, palette.color(QPalette::Highlight));
    if (place.key && scene.side(true).isSink(place.row))
        painter.fillRect(at, QBrush(palette.color(QPalette::Mid), Qt::FDiagPattern));
    painter.setPen(palette.color(meant ? QPalette::HighlightedText : QPalette::Text));
    const QRect room = at.adjusted(kMargin, 0, -kMargin, 0);
    painter.drawText(
        room, int(Qt::AlignVCenter | (place.key ? Qt::AlignLeft : Qt::AlignRight)),
        scene.metrics.elidedText(scene.nameOf(place.key, place.row, false), Qt::ElideMiddle, room.width()));
}

} // namespace

void paintTokens(QPainter& painter, const LinesScene& scene, const LinesPlace& focus, const QRect& seen,
                 const QPalette& palette)
{
    for (const bool key : {false, true}) {
        const int first = std::max(0, (seen.top() - scene.top()) / scene.rowHeight());
        for (int row = first; row < scene.side(key).rows && scene.rowRect(key, row).top() <= seen.bottom(); ++row) {
            const LinesPlace place{key, row};
            paintToken(painter, scene, place, focus == place, palette);
        }
    }
}

void paintHeader(QPainter& painter, const LinesScene& scene, const QStringList& heads, const QPalette& palette)
{
    const int high = scene.rowHeight(), square = high / 2;
    const QString left = LinesPaint::tr("Query"), right = LinesPaint::tr("Key");
    const QRect line(kMargin, scene.above, scene.width - 2 * kMargin, high);
    painter.setPen(palette.color(QPalette::PlaceholderText));
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, left);
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, right);
    int x = scene.metrics.horizontalAdvance(left) + 4 * kMargin;
    const int end = scene.width - scene.metrics.horizontalAdvance(right) - 4 * kMargin;
    painter.setPen(palette.color(QPalette::Text));
    for (int i = 0; i < heads.size(); ++i) {
        const int wide = scene.metrics.horizontalAdvance(heads[i]);
        if (x + square + kMargin + wide > end) return; // the controls list them all
        painter.fillRect(x, scene.above + (high - square) / 2, square, square, headQColor(i));
        painter.drawText(QRect(x + square + kMargin, scene.above, wide + 1, high), Qt::AlignVCenter, heads[i]);
        x += square + wide + 4 * kMargin;
    }
}

} // namespace headlens
