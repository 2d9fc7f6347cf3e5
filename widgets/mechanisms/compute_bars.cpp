// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mechanisms/compute_bars.h"

#include "widgets/mechanisms/mechanism_paint.h"

namespace headlens {
namespace {

QString flopsText(double flops)
{
    const char* unit = flops >= 1e9 ? " GFLOP" : flops >= 1e6 ? " MFLOP" : " kFLOP";
    const double size = flops >= 1e9 ? 1e9 : flops >= 1e6 ? 1e6 : 1e3;
    return QString::number(flops / size, 'f', 1) + QLatin1String(unit);
}

} // namespace

ComputeBars::ComputeBars(QWidget* parent) : BarRows(false, parent)
{
    tell();
}

void ComputeBars::setLoads(const std::vector<BlockLoad>& loads)
{
    m_loads = loads;
    tell();
}

QString ComputeBars::sentence(const std::vector<BlockLoad>& loads)
{
    double done = 0, full = 0;
    for (const BlockLoad& load : loads) {
        done += load.flops;
        full += load.fullFlops;
    }
    return tr("All blocks: %1 of %2, %3 %")
        .arg(flopsText(done), flopsText(full), fixedNumber(100 * totalShare(loads), 1));
}

void ComputeBars::tell()
{
    std::vector<Row> rows;
    QStringList said;
    for (int block = 0; block < int(m_loads.size()); ++block) {
        const BlockLoad& load = m_loads[std::size_t(block)];
        const QString share = fixedNumber(100 * load.share, 1) + QStringLiteral(" %");
        rows.push_back(
            {tr("Block %1: %2 of %3 tokens").arg(block).arg(load.taking).arg(load.tokens), share, load.share});
        said << rows.back().name + QLatin1String(", ") + share;
    }
    setRows(rows, 1);
    setAccessibleName(tr("Computation of each block"));
    setAccessibleDescription(said.join(QLatin1Char('\n')));
}

} // namespace headlens
