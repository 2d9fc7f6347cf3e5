// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/start/card_icon.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <array>

namespace headlens {
namespace {

// A landscape below a sun, cut into `cells` times `cells` patches, every `window`-th line stronger.
void paintPatches(QPainter& painter, const QRectF& at, int cells, int window, const QPalette& colors)
{
    const QColor accent = colors.color(QPalette::Highlight), line = colors.color(QPalette::Text);
    QPainterPath hills;
    hills.moveTo(at.left(), at.bottom());
    hills.lineTo(at.left(), at.top() + 0.7 * at.height());
    hills.quadTo(at.left() + 0.3 * at.width(), at.top() + 0.3 * at.height(), at.center().x(),
                 at.top() + 0.65 * at.height());
    hills.quadTo(at.left() + 0.75 * at.width(), at.top() + 0.4 * at.height(), at.right(), at.top() + 0.6 * at.height());
    hills.lineTo(at.bottomRight());
    painter.fillPath(hills, accent);
    painter.setPen(Qt::NoPen);
    painter.setBrush(accent.lighter(140));
    painter.drawEllipse(at.topLeft() + QPointF(0.72, 0.24) * at.width(), 0.11 * at.width(), 0.11 * at.width());
    painter.setBrush(Qt::NoBrush);
    for (int i = 0; i <= cells; ++i) {
        const bool isStrong = i % window == 0;
        painter.setPen(QPen(line, isStrong ? at.width() / 28 : at.width() / 64));
        const double offset = at.width() * i / cells;
        painter.drawLine(at.topLeft() + QPointF(offset, 0), at.bottomLeft() + QPointF(offset, 0));
        painter.drawLine(at.topLeft() + QPointF(0, offset), at.topRight() + QPointF(0, offset));
    }
}

// Words as bars, with arcs between them: who looks at whom.
void paintWords(QPainter& painter, const QRectF& at, const QPalette& colors)
{
    const std::array<double, 4> widths{0.24, 0.16, 0.28, 0.17};
    std::array<double, 4> middles{};
    const double height = 0.16 * at.height(), top = at.top() + 0.7 * at.height();
    double left = at.left();
    for (std::size_t i = 0; i < widths.size(); ++i) {
        const QRectF word(left, top, widths[i] * at.width(), height);
        painter.fillRect(word, colors.color(i == 3 ? QPalette::Highlight : QPalette::Text));
        middles[i] = word.center().x();
        left = word.right() + 0.05 * at.width();
    }
    const std::array<double, 3> strength{0.11, 0.03, 0.06};
    for (std::size_t i = 0; i < strength.size(); ++i) {
        QPainterPath arc(QPointF(middles[3], top - 0.04 * at.height()));
        const double lift = (middles[3] - middles[i]) * 1.1;
        arc.quadTo((middles[3] + middles[i]) / 2, top - lift, middles[i], top - 0.04 * at.height());
        painter.setPen(QPen(colors.color(QPalette::Highlight), std::max(1.0, strength[i] * at.width())));
        painter.drawPath(arc);
    }
}

void paintTranslation(QPainter& painter, const QRectF& at, const QPalette& colors)
{
    const double height = 0.16 * at.height();
    for (int line = 0; line < 2; ++line)
        for (int word = 0; word < 3; ++word)
            painter.fillRect(QRectF(at.left() + word * 0.36 * at.width(), at.top() + (0.12 + 0.6 * line) * at.height(),
                                    0.28 * at.width(), height),
                             colors.color(line == 1 ? QPalette::Highlight : QPalette::Text));
    painter.setPen(QPen(colors.color(QPalette::Highlight), std::max(1.0, 0.05 * at.width())));
    const std::array<std::pair<int, int>, 3> lines{std::pair(0, 1), std::pair(1, 0), std::pair(2, 2)};
    for (const auto& [from, to] : lines)
        painter.drawLine(QPointF(at.left() + (0.14 + 0.36 * from) * at.width(), at.top() + 0.3 * at.height()),
                         QPointF(at.left() + (0.14 + 0.36 * to) * at.width(), at.top() + 0.7 * at.height()));
}

// Layers on top of each other.
void paintModel(QPainter& painter, const QRectF& at, const QPalette& colors)
{
    painter.setPen(QPen(colors.color(QPalette::Text), std::max(1.0, 0.04 * at.width())));
    for (int layer = 0; layer < 3; ++layer) {
        const double middle = at.top() + (0.72 - 0.22 * layer) * at.height();
        const QPolygonF sheet({{at.left() + 0.02 * at.width(), middle},
                               {at.center().x(), middle - 0.2 * at.height()},
                               {at.right() - 0.02 * at.width(), middle},
                               {at.center().x(), middle + 0.2 * at.height()}});
        painter.setBrush(layer == 2 ? colors.color(QPalette::Highlight) : colors.color(QPalette::Base));
        painter.drawPolygon(sheet);
    }
}

} // namespace

CardIcon iconOf(const GalleryModel& model)
{
    const QString name = model.name.toLower();
    const auto has = [&name](std::initializer_list<const char*> parts) {
        return std::ranges::any_of(parts, [&name](const char* part) { return name.contains(QLatin1String(part)); });
    };
    if (has({"clip", "flamingo", "palm", "blip", "vilt", "vqa", "caption"})) return CardIcon::PictureAndWords;
    if (has({"swin"})) return CardIcon::Windows;
    if (has({"number", "date", "transl", "marian", "t5", "bart"})) return CardIcon::Translation;
    if (has({"vit", "emoji", "glyph", "dino", "deit", "beit", "mae"})) return CardIcon::Picture;
    if (has({"gpt", "binding", "bert", "story", "lives", "sum", "text", "lm", "word", "llama", "mamba"}))
        return CardIcon::Words;
    return CardIcon::Model;
}

void paintIcon(QPainter& painter, const QRectF& square, CardIcon icon, const QPalette& colors)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const double half = square.width() * 0.6;
    switch (icon) {
    case CardIcon::Picture: paintPatches(painter, square, 4, 4, colors); break;
    case CardIcon::Windows: paintPatches(painter, square, 6, 2, colors); break;
    case CardIcon::Words: paintWords(painter, square, colors); break;
    case CardIcon::PictureAndWords:
        paintPatches(painter, {square.topLeft(), QSizeF(half, half)}, 3, 3, colors);
        paintWords(painter, {square.bottomRight() - QPointF(half, half), QSizeF(half, half)}, colors);
        break;
    case CardIcon::Translation: paintTranslation(painter, square, colors); break;
    case CardIcon::Model: paintModel(painter, square, colors); break;
    }
    painter.restore();
}

} // namespace headlens
