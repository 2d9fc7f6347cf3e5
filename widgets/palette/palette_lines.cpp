// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/palette/palette_lines.h"

#include <QPainter>
#include <QTextLayout>

#include <algorithm>
#include <utility>

namespace headlens {
namespace {

constexpr int kMargin = 10, kTickWidth = 22, kGap = 18, kLineSpace = 12; // in pixels
constexpr double kMostOfGroup = 0.4;                                     // of the width of the line

// One text with its fitting letters bold, cut where there is no more room.
class Piece {
public:
    Piece(const QString& text, const QList<int>& bold, const QFont& font, double room) : m_layout(text, font)
    {
        lay(bold);
        if (width() <= room) return;
        const QString cut = QFontMetricsF(boldOf(font)).elidedText(text, Qt::ElideRight, room);
        m_layout.setText(cut);
        QList<int> left = bold;
        left.removeIf([&](int letter) { return letter >= cut.size() - 1; });
        lay(left);
    }
    double width() const { return m_layout.lineAt(0).naturalTextWidth(); }
    void paint(QPainter& painter, double x, const QRectF& line) const
    {
        m_layout.draw(&painter, {x, line.center().y() - m_layout.lineAt(0).height() / 2});
    }

private:
    static QFont boldOf(QFont font)
    {
        font.setBold(true);
        return font;
    }
    void lay(const QList<int>& bold)
    {
        QList<QTextLayout::FormatRange> formats;
        for (const int letter : bold) {
            QTextLayout::FormatRange range{letter, 1, {}};
            range.format.setFontWeight(QFont::Bold);
            formats.append(range);
        }
        m_layout.setFormats(formats);
        m_layout.beginLayout();
        m_layout.createLine().setLineWidth(1e6);
        m_layout.endLayout();
    }
    QTextLayout m_layout;
};

// A tint and a bar instead of the full colour: every text stays readable on it.
void paintGround(QPainter& painter, const QStyleOptionViewItem& option)
{
    if (!(option.state & QStyle::State_Selected)) return;
    constexpr double kTint = 0.25;
    constexpr int kBar = 3;
    QColor ground = option.palette.color(QPalette::Highlight);
    painter.fillRect(QRect(option.rect.topLeft(), QSize(kBar, option.rect.height())), ground);
    ground.setAlphaF(kTint);
    painter.fillRect(option.rect, ground);
}

// Lines that are off keep their place, so that names stand below each other.
void paintTick(QPainter& painter, const QRectF& line, Tick tick)
{
    if (tick != Tick::On) return;
    painter.drawText(QRectF(line.left(), line.top(), kTickWidth, line.height()), Qt::AlignVCenter | Qt::AlignLeft,
                     QStringLiteral("\u2713"));
}

// Group and keys, from the right; says how much room is left of them.
double paintRight(QPainter& painter, const QRectF& line, const PaletteEntry& entry)
{
    const QFontMetricsF metrics = painter.fontMetrics();
    double right = line.right();
    for (const QString& text :
         {entry.keys, metrics.elidedText(entry.group, Qt::ElideLeft, line.width() * kMostOfGroup)}) {
        if (text.isEmpty()) continue;
        painter.drawText(QRectF(line.left(), line.top(), right - line.left(), line.height()),
                         Qt::AlignVCenter | Qt::AlignRight, text);
        right -= metrics.horizontalAdvance(text) + kGap;
    }
    return right;
}

} // namespace

void PaletteLines::set(const QList<PaletteHit>& hits)
{
    beginResetModel();
    m_hits = hits;
    endResetModel();
}

QVariant PaletteLines::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::ToolTipRole)) return {};
    const PaletteEntry& entry = m_hits[index.row()].entry;
    if (role == Qt::ToolTipRole) return entry.refusal.isEmpty() ? entry.detail : entry.refusal;
    QStringList parts{entry.name, entry.detail, entry.group, entry.keys};
    if (entry.tick != Tick::None) parts << (entry.tick == Tick::On ? tr("on") : tr("off"));
    if (!entry.isEnabled) parts << (entry.refusal.isEmpty() ? tr("not possible now") : entry.refusal);
    parts.removeAll(QString());
    return parts.join(QStringLiteral(", "));
}

PaletteLinePainter::PaletteLinePainter(PaletteLines* lines) : QStyledItemDelegate(lines), m_lines(lines) {}

void PaletteLinePainter::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const PaletteHit& hit = m_lines->at(index.row());
    const bool chosen = option.state & QStyle::State_Selected;
    // What cannot be done is grey, but is read: the colour of disabled texts is too pale for that.
    const QColor grey = option.palette.color(QPalette::Active, QPalette::PlaceholderText);
    const QColor plain = hit.entry.isEnabled ? option.palette.color(QPalette::Active, QPalette::Text) : grey;
    const QColor quiet = chosen ? plain : grey;
    const QRectF line = QRectF(option.rect).adjusted(kMargin, 0, -kMargin, 0);
    painter->save();
    painter->setFont(option.font);
    paintGround(*painter, option);
    painter->setPen(quiet);
    const double right = paintRight(*painter, line, hit.entry);
    painter->setPen(plain);
    paintTick(*painter, line, hit.entry.tick);
    double left = line.left() + kTickWidth;
    const Piece name(hit.entry.name, hit.letters, option.font, right - left);
    name.paint(*painter, left, line);
    left += name.width() + kGap / 2.0;
    painter->setPen(quiet);
    constexpr double kLeastRoom = 40;
    const QString& more = hit.other.isEmpty() ? hit.entry.detail : hit.other;
    if (right - left > kLeastRoom) Piece(more, hit.otherLetters, option.font, right - left).paint(*painter, left, line);
    painter->restore();
}

QSize PaletteLinePainter::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const
{
    return {0, option.fontMetrics.height() + kLineSpace};
}

} // namespace headlens
