// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figure/figure_text.h"

#include <QFontDatabase>
#include <QFontMetricsF>
#include <QGuiApplication>
#include <QPainter>

#include <algorithm>

namespace headlens {
namespace {

QString familyOf(const FigureSheet& sheet)
{
    if (!sheet.font.isEmpty()) return sheet.font;
    const QString inter = QStringLiteral("Inter");
    static const bool kHasInter = QFontDatabase::families().contains(inter);
    return kHasInter ? inter : QGuiApplication::font().family();
}

struct Piece {
    QString text;
    bool joined = false; // to the piece before, without a gap
};

// "##ing" of BERT joins; of vocabularies that mark where a word begins (a G with a dot, a low line) all others do.
Piece readable(const QString& piece, bool marksBegins)
{
    static const QString kMarks = QStringLiteral("\u0120\u2581");
    if (piece.startsWith(QLatin1String("##")) && piece.size() > 2) return {piece.mid(2), true};
    if (piece == QLatin1String("\u010A") || piece == QLatin1String("\n")) return {QStringLiteral("\u21B5"), false};
    const bool begins = !piece.isEmpty() && kMarks.contains(piece[0]);
    const QString text = begins ? piece.mid(1) : piece;
    return {text.isEmpty() ? QStringLiteral("\u2423") : text, marksBegins && !begins};
}

} // namespace

FigureType::FigureType(const FigureSheet& sheet, bool bold) : m_font(familyOf(sheet))
{
    m_font.setPixelSize(std::max(1, int(sheet.fontSize * kFine + 0.5)));
    m_font.setBold(bold);
    m_font.setHintingPreference(QFont::PreferNoHinting); // else widths depend on what it is painted on
}

double FigureType::lineHeight() const
{
    return QFontMetricsF(m_font).height() / kFine;
}

double FigureType::widthOf(const QString& text) const
{
    return QFontMetricsF(m_font).horizontalAdvance(text) / kFine;
}

double FigureType::heightOf(const QString& text, double width) const
{
    constexpr double kEndless = 1e6;
    return QFontMetricsF(m_font).boundingRect(QRectF(0, 0, width * kFine, kEndless), Qt::TextWordWrap, text).height() /
           kFine;
}

QString FigureType::elided(const QString& text, double width) const
{
    return QFontMetricsF(m_font).elidedText(text, Qt::ElideRight, width * kFine);
}

void FigureType::draw(QPainter& painter, const QRectF& rect, int flags, const QString& text, bool turned) const
{
    painter.save();
    painter.setFont(m_font);
    painter.translate(turned ? rect.bottomLeft() : rect.topLeft());
    if (turned) painter.rotate(-90);
    painter.scale(1 / kFine, 1 / kFine);
    const QSizeF size = turned ? rect.size().transposed() : rect.size();
    painter.drawText(QRectF(QPointF(), size * kFine), flags, text);
    painter.restore();
}

std::vector<FigureWord> layOutWords(const QStringList& pieces, const FigureType& type, double width)
{
    constexpr double kAround = 1.2; // of a word, points
    const bool marks = std::ranges::any_of(
        pieces, [](const QString& piece) { return piece.startsWith(QChar(0x120)) || piece.startsWith(QChar(0x2581)); });
    const double gap = type.widthOf(QStringLiteral(" ")), line = type.lineHeight() + 2 * kAround;
    std::vector<FigureWord> words;
    QPointF at;
    for (const QString& piece : pieces) {
        const Piece shown = readable(piece, marks);
        const double wide = std::min(width, type.widthOf(shown.text) + (shown.joined ? kAround : 2 * kAround));
        double x = at.x() + (words.empty() || shown.joined ? 0 : gap);
        if (x + wide > width && at.x() > 0) {
            x = 0;
            at.ry() += line;
        }
        words.push_back({QRectF(x, at.y(), wide, line - kAround), shown.text});
        at.setX(x + wide);
    }
    return words;
}

double heightOf(const std::vector<FigureWord>& words)
{
    return words.empty() ? 0 : words.back().rect.bottom();
}

} // namespace headlens
