// SPDX-License-Identifier: GPL-3.0-or-later
// Attention flow (Abnar and Zuidema 2020): attention as the capacities of a network from a token of the last layer to
// those of the first, and the largest flow to each of them (methods.md 4.5).
#include "core/attribution/grids.h"
#include "core/attribution/max_flow.h"
#include "core/attribution/methods.h"
#include "core/attribution/mixing.h"
#include "core/attribution/settings.h"
#include "core/attribution/towers.h"
#include "core/session/run_tensors.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace headlens::methods {
namespace {

// Node (l,i), token i behind l blocks, is number l T + i. Weights below `least` are left out.
FlowNetwork networkOf(const Run& run, const SelfTower& tower, std::int64_t tokens, double least)
{
    const auto count = std::size_t(tokens);
    FlowNetwork network((tower.blocks.size() + 1) * count);
    for (std::size_t block = 0; block < tower.blocks.size(); ++block) {
        const at::Tensor maps = mapsOf(run, tower.blocks[block]).to(at::kCPU, at::kDouble);
        const at::Tensor mixed = mixedWithSelf(maps.mean(0), Sums::OfRow).contiguous();
        const auto capacities = mixed.accessor<double, 2>();
        for (std::int64_t i = 0; i < tokens; ++i)
            for (std::int64_t j = 0; j < tokens; ++j)
                if (capacities[i][j] > least)
                    network.connect((block + 1) * count + std::size_t(i), block * count + std::size_t(j),
                                    capacities[i][j]);
    }
    return network;
}

MethodResult attentionFlowOf(const Run& run, const verbs::MapQuestion& asked, const JobControl& control)
{
    const Settings settings(attentionFlow, asked);
    const SelfTower tower = mainTower(run);
    const Trace& trace = run.tensors().result.trace;
    const TokenStream& stream = trace.streams[std::size_t(tower.stream)];
    const std::int64_t tokens = stream.tokens(),
                       query = settings.isGiven("query") ? settings.place("query", tokens) : usualRow(run, tower);
    FlowNetwork network = networkOf(run, tower, tokens, settings.number("least"));
    const std::size_t source = tower.blocks.size() * std::size_t(tokens) + std::size_t(query);
    std::vector<double> flow;
    for (std::int64_t j = 0; j < tokens; ++j) {
        control.checkpoint(int(j), int(tokens), "attribution");
        flow.push_back(network.largestFlow(source, std::size_t(j)));
    }
    MethodResult result;
    const at::Tensor found = at::tensor(flow, at::kDouble), row = found / found.sum();
    result.streams.resize(trace.streams.size());
    result.streams[std::size_t(tower.stream)] = row;
    result.parts["flow"] = found;
    if (const at::Tensor map = patchesOf(row, stream); map.defined()) result.map = map;
    return result;
}

// One flow to every token, each of which looks at every edge a few times.
MethodCost attentionFlowCost(const Run& run, const verbs::MapQuestion&)
{
    constexpr double kSecondsAnEdge = 4e-8; // measured on DeiT-Tiny
    constexpr double kMilli = 1000;
    const SelfTower tower = mainTower(run);
    const double tokens = double(run.tensors().result.trace.blocks[tower.blocks.front()].queries()),
                 edges = double(tower.blocks.size()) * tokens * tokens;
    constexpr double kEdgeBytes = 80;
    return {tokens * edges * kSecondsAnEdge * kMilli / std::max(1.0, run.info.forwardMs),
            std::int64_t(edges * kEdgeBytes)};
}

} // namespace

const Method attentionFlow{
    {.id = "attention-flow",
     .title = HEADLENS_TEXT("Methods", "attention flow"),
     .says = HEADLENS_TEXT("Methods", "Attention as pipes: how much could flow from a token of the last layer to every "
                                      "token of the first (Abnar and Zuidema 2020); it knows no class, and takes long"),
     .caption = HEADLENS_TEXT("Methods", "Attention flow: the largest flow through all layers"),
     .formula = "max-flow from (L, i) to (0, j), capacities rows((mean_h A + I) / 2)",
     .source = HEADLENS_TEXT("Methods", "Abnar and Zuidema 2020, arXiv 2005.00928"),
     .unit = "share",
     .over = "run",
     .settings = {kQuerySetting,
                  {"least", HEADLENS_TEXT("Methods", "Weights below this are left out"), {}, 0, 1, "0"}}},
    needsTower,
    attentionFlowOf,
    attentionFlowCost};

} // namespace headlens::methods
