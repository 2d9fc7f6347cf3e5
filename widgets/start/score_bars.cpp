// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/start/score_bars.h"

#include "widgets/start/wrapped_text.h"

#include <QCoreApplication>
#include <QFontMetrics>
#include <QPainter>

#include <algorithm>

namespace headlens {
namespace {

constexpr int kBar = 6, kGap = 6; // pixels

// One place after the point where whole numbers would all look alike.
QString percent(double share)
{
    const double value = 100 * share;
    const bool isWhole = value >= 10 || value < 0.05;
    return QCoreApplication::translate("ScoreBars", "%1 %").arg(value, 0, 'f', isWhole ? 0 : 1);
}

QFont strong(QFont font)
{
    font.setBold(true);
    return font;
}

// What is left for the words beside the number.
int wordsWidth(const QFont& font, int width)
{
    return width - QFontMetrics(font).horizontalAdvance(percent(1)) - 2 * kGap;
}

void paintBar(QPainter& painter, const QRectF& track, const ScoreLine& line, const QPalette& colors)
{
    const QColor accent = colors.color(QPalette::Highlight), text = colors.color(QPalette::Text);
    QColor faint = text;
    faint.setAlpha(35);
    painter.fillRect(track, faint);
    const QRectF bar(track.topLeft(),
                     QSizeF(std::max(2.0, track.width() * std::clamp(line.value, 0.0, 1.0)), track.height()));
    switch (line.kind) {
    case ScoreLine::Kind::With: return painter.fillRect(bar, accent);
    case ScoreLine::Kind::Without: painter.fillRect(bar, QBrush(text, Qt::BDiagPattern)); [[fallthrough]];
    case ScoreLine::Kind::Chance:
        painter.setPen(text);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(bar.adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

} // namespace

QList<ScoreLine> linesOf(const GalleryScore& score)
{
    QList<ScoreLine> lines{{ScoreLine::Kind::With, QCoreApplication::translate("ScoreBars", "As trained"),
                            percent(score.with), score.with}};
    if (score.without >= 0)
        lines.append({ScoreLine::Kind::Without,
                      score.off.isEmpty() ? QCoreApplication::translate("ScoreBars", "Without it")
                                          : QCoreApplication::translate("ScoreBars", "Without it (%1)").arg(score.off),
                      percent(score.without), score.without});
    lines.append({ScoreLine::Kind::Chance, QCoreApplication::translate("ScoreBars", "By chance"), percent(score.chance),
                  score.chance});
    return lines;
}

QString wordsOf(const GalleryScore& score)
{
    QStringList parts;
    for (const ScoreLine& line : linesOf(score))
        parts << QCoreApplication::translate("ScoreBars", "%1: %2").arg(line.words, line.share);
    const QString all = parts.join(QStringLiteral("; "));
    return score.what.isEmpty() ? all : QCoreApplication::translate("ScoreBars", "%1: %2").arg(score.what, all);
}

int heightOfScores(const QList<GalleryScore>& scores, const QFont& font, int width)
{
    int height = 0;
    for (const GalleryScore& score : scores) {
        height += kGap + heightOfText(score.what, strong(font), width);
        for (const ScoreLine& line : linesOf(score))
            height += heightOfText(line.words, font, wordsWidth(font, width)) + kBar + kGap;
    }
    return height;
}

void paintScores(QPainter& painter, const QRect& place, const QList<GalleryScore>& scores, const QFont& font,
                 const QPalette& colors)
{
    int top = place.top();
    const auto write = [&](const QString& text, const QFont& with, int width) {
        const int height = heightOfText(text, with, width);
        painter.setPen(colors.color(QPalette::Text));
        paintText(painter, QRect(place.left(), top, width, height), text, with);
        return height;
    };
    for (const GalleryScore& score : scores) {
        top += kGap;
        top += write(score.what, strong(font), place.width());
        for (const ScoreLine& line : linesOf(score)) {
            const int height = write(line.words, font, wordsWidth(font, place.width()));
            painter.setFont(font);
            painter.drawText(QRect(place.left(), top, place.width(), height), Qt::AlignRight | Qt::AlignTop,
                             line.share);
            top += height;
            paintBar(painter, QRectF(place.left(), top, place.width(), kBar), line, colors);
            top += kBar + kGap;
        }
    }
}

} // namespace headlens
