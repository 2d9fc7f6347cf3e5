// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mechanisms/router_bars.h"

#include "widgets/mechanisms/mechanism_paint.h"
#include "widgets/mechanisms/routing.h"

#include <algorithm>
#include <cmath>

namespace headlens {

RouterBars::RouterBars(QWidget* parent) : ColumnBars(parent)
{
    setHeights(80);
    tell();
}

void RouterBars::setBlock(const verbs::BlockGrid& block, int layer, int token)
{
    m_block = block;
    m_layer = layer;
    m_token = token;
    m_threshold = thresholdOf(block);
    setSorted(m_sorted);
}

void RouterBars::setSorted(bool sorted)
{
    m_sorted = sorted;
    m_order = competing(m_block, sorted);
    tell();
}

// 0 is always on the scale.
QString RouterBars::draw()
{
    std::vector<Column> columns;
    double low = 0, high = 0;
    for (const int token : m_order) {
        const double sent = m_block.router[std::size_t(token)], score = std::isfinite(sent) ? sent : 0;
        low = std::min(low, score);
        high = std::max(high, score);
        columns.push_back({score, !takesPart(m_block, token)});
    }
    if (high <= low) high = low + 1;
    setColumns(columns, low, high);
    setLevel(m_threshold.value_or(std::nan("")));
    return tr("Router of block %1, from %2 to %3").arg(QString::number(m_layer), shortNumber(low), shortNumber(high));
}

int RouterBars::chosen() const
{
    const auto at = std::ranges::find(m_order, m_token);
    return at == m_order.end() ? -1 : int(at - m_order.begin());
}

QString RouterBars::textOf(int bar) const
{
    return shortNumber(m_block.router[std::size_t(m_order[std::size_t(bar)])]);
}

void RouterBars::tell()
{
    setAccessibleName(tr("Scores of the router of block %1").arg(m_layer));
    const bool all = std::ranges::all_of(m_order, [this](int token) { return takesPart(m_block, token); });
    QString said = m_threshold       ? tr("Taken above %1").arg(shortNumber(*m_threshold))
                   : m_order.empty() ? tr("This block has no router")
                   : all             ? tr("Every token is processed")
                                     : tr("The choice does not follow the scores");
    if (chosen() >= 0) said += QLatin1String("; ") + tr("chosen token %1").arg(textOf(chosen()));
    setHeading({draw(), said});
    setAccessibleDescription(said);
}

} // namespace headlens
