// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mechanisms/branch_bars.h"

#include "widgets/mechanisms/mechanism_paint.h"

#include <algorithm>

namespace headlens {

BranchBars::BranchBars(QWidget* parent) : BarRows(true, parent)
{
    tell();
}

void BranchBars::setBranches(const std::vector<Pair>& heads, const QString& token)
{
    m_heads = heads;
    m_token = token;
    tell();
}

void BranchBars::tell()
{
    const QString title = m_token.isEmpty() ? tr("Choose a token to see what each branch adds to it")
                                            : tr("What each branch adds to “%1”").arg(m_token);
    std::vector<Row> rows;
    QStringList said{title};
    double highest = 0;
    for (int head = 0; head < int(m_heads.size()); ++head) {
        const double read = double(m_heads[std::size_t(head)].read), local = double(m_heads[std::size_t(head)].local);
        rows.push_back({tr("h%1").arg(head), QStringLiteral("%1 | %2").arg(fixedNumber(read, 3), fixedNumber(local, 3)),
                        read, local});
        said << tr("Head %1: memory %2, own segment %3")
                    .arg(QString::number(head), shortNumber(read), shortNumber(local));
        highest = std::max({highest, read, local});
    }
    setHeading({title});
    setRows(rows, highest);
    if (!rows.empty()) setNames(tr("memory"), tr("own segment"));
    setAccessibleName(tr("Memory against own segment"));
    setAccessibleDescription(said.join(QLatin1Char('\n')));
}

} // namespace headlens
