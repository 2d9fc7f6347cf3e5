// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/text/token_paint.h"

#include "widgets/text/token_flow.h"
#include "widgets/text/word_colors.h"
#include "widgets/viewmodel/contrast.h"

#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace headlens {
namespace {

constexpr double kRadius = 5;

// Rounded where the word begins and ends, straight where its tokens meet.
QPainterPath outlineOf(const TokenLook& token)
{
    const QRectF at = token.rect.adjusted(token.piece.joined ? 0 : 0.5, 0.5, token.joinsNext ? 0 : -0.5, -0.5);
    const double left = token.piece.joined ? 0 : kRadius, right = token.joinsNext ? 0 : kRadius;
    QPainterPath path(at.topLeft() + QPointF(left, 0));
    path.lineTo(at.right() - right, at.top());
    path.quadTo(at.topRight(), at.topRight() + QPointF(0, right));
    path.lineTo(at.right(), at.bottom() - right);
    path.quadTo(at.bottomRight(), at.bottomRight() - QPointF(right, 0));
    path.lineTo(at.left() + left, at.bottom());
    path.quadTo(at.bottomLeft(), at.bottomLeft() - QPointF(0, left));
    path.lineTo(at.left(), at.top() + left);
    path.quadTo(at.topLeft(), at.topLeft() + QPointF(left, 0));
    return path;
}

// Its rim tells the query, the token that is read against it, and an answer.
QPen rimOf(const TokenPaint& with, const TokenLook& token)
{
    constexpr double kWide = 2.5;
    const QColor accent = with.palette.color(QPalette::Highlight);
    if (token.query) return {accent, kWide};
    if (token.answer) return {QColor(0, 158, 115), kWide}; // as answers are marked everywhere
    if (token.other) return {with.palette.color(QPalette::Text), 1.5};
    return {Qt::NoPen};
}

QColor groundOf(const TokenPaint& with, const TokenLook& token)
{
    const QColor pane = with.palette.color(QPalette::Base);
    if (token.piece.folded > 0) return with.palette.color(QPalette::AlternateBase);
    if (!token.value || token.hidden || token.sink) return pane;
    return wordFill(with.values.display, with.values.scale.unit(*token.value), pane);
}

// A sub-word is told from the one before it, a mark of the model from a word, on whatever ground.
void paintSeams(QPainter& painter, const TokenPaint& with, const TokenLook& token, const QColor& ground)
{
    QColor line = inkOn(ground, with.palette.color(QPalette::Text));
    line.setAlphaF(0.35F);
    painter.setPen(QPen(line, 1));
    painter.setBrush(Qt::NoBrush);
    const QRectF& rect = token.rect;
    if (token.piece.joined) painter.drawLine(rect.topLeft() + QPointF(0, 4), rect.bottomLeft() - QPointF(0, 4));
    if (token.piece.dim && !token.query && !token.other && !token.answer)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
}

} // namespace

QString sinkText(const QString& text, double share)
{
    return QStringLiteral("%1 %2 %").arg(text).arg(std::lround(100 * share));
}

namespace {

void paintWords(QPainter& painter, const TokenPaint& with, const TokenLook& token, const QColor& ground)
{
    const QPalette::ColorRole role = token.piece.dim || token.hidden ? QPalette::PlaceholderText : QPalette::Text;
    painter.setPen(inkOn(ground, with.palette.color(role)));
    painter.setFont(token.piece.dim ? with.small : with.font);
    const QString text =
        token.sink && token.value ? sinkText(token.piece.text, double(*token.value)) : token.piece.text;
    const QRectF& rect = token.rect;
    painter.drawText(token.twoLines ? rect.adjusted(0, 0, 0, -rect.height() * 0.42) : rect, Qt::AlignCenter, text);
    if (token.twoLines) {
        painter.setFont(with.small);
        painter.drawText(rect.adjusted(0, rect.height() * 0.52, 0, 0), Qt::AlignCenter, token.below);
    }
    const double middle = rect.center().y();
    if (token.hidden) painter.drawLine(QPointF(rect.left() + 2, middle), QPointF(rect.right() - 2, middle));
}

} // namespace

void paintToken(QPainter& painter, const TokenPaint& with, const TokenLook& token)
{
    const QPainterPath outline = outlineOf(token);
    const QColor ground = groundOf(with, token);
    if (ground != with.palette.color(QPalette::Base)) painter.fillPath(outline, ground); // of long texts few
    if (token.hidden || token.sink) {
        QColor hatch = with.palette.color(QPalette::Text);
        hatch.setAlphaF(0.22F);
        painter.fillPath(outline, QBrush(hatch, token.hidden ? Qt::BDiagPattern : Qt::FDiagPattern));
    }
    paintSeams(painter, with, token, ground);
    paintWords(painter, with, token, ground);
    const QPen rim = rimOf(with, token);
    if (rim.style() != Qt::NoPen) painter.strokePath(outline, rim);
    if (!token.query || !token.pinned) return;
    painter.setPen(QPen(with.palette.color(QPalette::Base), 1)); // the head of a pin
    painter.setBrush(rim.color());
    painter.drawEllipse(token.rect.topRight() + QPointF(-3, 3), 4, 4);
}

} // namespace headlens
