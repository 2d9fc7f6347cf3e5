// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/life2vec/chance_bars.h"

namespace headlens {

void ChanceBars::setLines(const QString& title, const std::vector<ShareLine>& lines, const QString& none)
{
    m_title = title;
    m_lines = lines;
    m_none = none;
    tell();
}

void ChanceBars::tell()
{
    std::vector<Row> rows;
    QStringList said;
    for (const ShareLine& line : m_lines) {
        const QString share = tr("%1 %").arg(100 * line.share, 0, 'f', 1);
        rows.push_back({line.word, share, line.share});
        said << line.word + QLatin1Char(' ') + share;
    }
    setHeading({m_title}, true);
    setEmptyText(m_none);
    setRows(rows, 1);
    setAccessibleName(m_title);
    setAccessibleDescription(said.isEmpty() ? m_none : said.join(QStringLiteral("; ")));
}

// Of a word that is cut off, and of those for which there is no room.
QString ChanceBars::tipAt(const QPointF&) const
{
    return m_title + QLatin1Char('\n') + accessibleDescription();
}

} // namespace headlens
