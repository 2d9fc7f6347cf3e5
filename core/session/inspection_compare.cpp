// SPDX-License-Identifier: GPL-3.0-or-later
// Two runs side by side: the one that was held and the last one.
#include "core/base/error.h"
#include "core/session/inspection_state.h"
#include "core/wire/block_grid.h"

#include <algorithm>

namespace headlens {

void Inspection::hold(const verbs::Hold& request)
{
    if (!request.release) m_state->input(); // there must be one
    m_state->held = request.release ? nullptr : m_state->ran;
}

Inspection::State::LookAtHeld::LookAtHeld(State& state) : m_state(state)
{
    std::swap(m_state.ran, m_state.held);
}

Inspection::State::LookAtHeld::~LookAtHeld()
{
    std::swap(m_state.ran, m_state.held);
}

void Inspection::State::requireComparable() const
{
    if (held == nullptr)
        throw Error(ErrorCode::NothingOpen, "comparison", "no run is held", "hold a run first, then change something");
    const bool alike = std::ranges::equal(input().info.blocks, held->info.blocks, areAlike);
    if (!alike)
        throw Error(ErrorCode::BadRequest, "comparison", "the held run has other layers, heads or tokens",
                    "hold a run of the same architecture with as many tokens");
}

namespace {

void subtract(FloatArray& now, const FloatArray& then)
{
    for (std::size_t i = 0; i < now.values.size() && i < then.values.size(); ++i) now.values[i] -= then.values[i];
}

} // namespace

verbs::RowsOfLayers minus(verbs::RowsOfLayers now, const verbs::RowsOfLayers& then)
{
    for (std::size_t i = 0; i < now.layers.size() && i < then.layers.size(); ++i)
        subtract(now.layers[i], then.layers[i]);
    return now;
}

verbs::TileMeans minus(verbs::TileMeans now, const verbs::TileMeans& then)
{
    subtract(now.means, then.means);
    return now;
}

verbs::OverviewMap minus(verbs::OverviewMap now, const verbs::OverviewMap& then)
{
    subtract(now.map, then.map);
    return now;
}

} // namespace headlens
