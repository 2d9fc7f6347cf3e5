// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/layer_columns.h"

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

constexpr double kGap = 8, kLeastBar = 2; // pixels

} // namespace

void LayerColumns::setTowers(const QStringList& ofLayers)
{
    m_towers.clear();
    for (int layer = 0; layer < int(ofLayers.size()); ++layer) {
        if (m_towers.empty() || m_towers.back().name != ofLayers[layer])
            m_towers.push_back({ofLayers[layer], layer, 1});
        else
            ++m_towers.back().count;
    }
}

// As wide as its name where the others can spare that; what is left is shared out by layers.
void LayerColumns::arrange(double width, const QFontMetricsF& names)
{
    const double room = width - kGap * double(m_towers.size() - 1);
    double named = 0, all = 0;
    for (Tower& tower : m_towers) {
        tower.width = std::max(tower.count * kLeastBar, std::ceil(names.horizontalAdvance(tower.name)) + 2);
        named += tower.width;
        all += tower.count;
    }
    m_namesFit = m_towers.size() > 1 && named <= room;
    double left = 0;
    for (Tower& tower : m_towers) {
        const double shared = (m_namesFit ? room - named : room) * tower.count / all;
        tower.left = left;
        tower.width = m_namesFit ? tower.width + shared : shared;
        left += tower.width + kGap;
    }
}

const Tower& LayerColumns::towerOf(int layer) const
{
    const auto after = std::ranges::upper_bound(m_towers, layer, {}, &Tower::first);
    return after == m_towers.begin() ? m_towers.front() : *(after - 1);
}

double LayerColumns::left(int layer) const
{
    const Tower& tower = towerOf(layer);
    return tower.left + (layer - tower.first) * tower.width / tower.count;
}

int LayerColumns::layerAt(double x) const
{
    for (const Tower& tower : m_towers)
        if (x < tower.left + tower.width + kGap / 2 || &tower == &m_towers.back()) {
            const int inside = int(std::floor((x - tower.left) / (tower.width / tower.count)));
            return tower.first + std::clamp(inside, 0, tower.count - 1);
        }
    return 0;
}

} // namespace headlens
