// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mechanisms/routing.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace headlens {
namespace {

// The score of a token; of one that has none, or no number, lower than any.
double scoreOf(const verbs::BlockGrid& block, int token)
{
    const double score = block.router[std::size_t(token)];
    return std::isfinite(score) ? score : -std::numeric_limits<double>::max();
}

} // namespace

bool isRouted(const verbs::BlockGrid& block)
{
    return !block.taking.empty();
}

bool takesPart(const verbs::BlockGrid& block, int token)
{
    return !isRouted(block) || std::ranges::find(block.taking, token) != block.taking.end();
}

// Queries and keys of a block that chooses are the chosen ones; its router scores everybody.
int tokensOf(const verbs::BlockGrid& block)
{
    return block.router.empty() ? block.keys : int(block.router.size());
}

int specialTokens(const verbs::BlockGrid& block)
{
    const int patches = block.gridHeight * block.gridWidth;
    return patches > 0 ? std::max(0, tokensOf(block) - patches) : 0;
}

double blockFlops(double tokens, double width)
{
    return 24 * tokens * width * width + 4 * tokens * tokens * width;
}

std::vector<BlockLoad> loadsOf(const verbs::ModelInfo& model, const verbs::InputInfo& input)
{
    std::vector<BlockLoad> loads;
    for (std::size_t i = 0; i < input.blocks.size(); ++i) {
        const verbs::BlockGrid& block = input.blocks[i];
        BlockLoad load;
        load.tokens = tokensOf(block);
        load.taking = isRouted(block) ? int(block.taking.size()) : load.tokens;
        const double width = i < model.blocks.size() ? model.blocks[i].width : 0;
        load.fullFlops = blockFlops(load.tokens, width);
        load.flops = blockFlops(load.taking, width);
        load.share = load.fullFlops > 0 ? load.flops / load.fullFlops : 1;
        loads.push_back(load);
    }
    return loads;
}

double totalShare(const std::vector<BlockLoad>& loads)
{
    double done = 0, full = 0;
    for (const BlockLoad& load : loads) {
        done += load.flops;
        full += load.fullFlops;
    }
    return full > 0 ? done / full : 1;
}

std::vector<int> competing(const verbs::BlockGrid& block, bool sorted)
{
    std::vector<int> tokens;
    for (int token = specialTokens(block); token < int(block.router.size()); ++token) tokens.push_back(token);
    if (sorted) std::ranges::stable_sort(tokens, [&](int a, int b) { return scoreOf(block, a) > scoreOf(block, b); });
    return tokens;
}

std::optional<double> thresholdOf(const verbs::BlockGrid& block)
{
    double lowest = std::numeric_limits<double>::infinity(), highest = -lowest;
    for (const int token : competing(block, false)) {
        const double score = scoreOf(block, token);
        if (takesPart(block, token))
            lowest = std::min(lowest, score);
        else
            highest = std::max(highest, score);
    }
    if (!std::isfinite(lowest) || !std::isfinite(highest) || lowest < highest) return std::nullopt;
    return (lowest + highest) / 2;
}

PredictorCounts predictorCounts(const verbs::BlockGrid& block, const std::vector<float>& chances, int capacity)
{
    PredictorCounts counts;
    if (chances.size() != block.router.size()) return counts;
    int rank = 0;
    for (const int token : competing(block, true)) {
        const bool scored = rank++<capacity, said = chances[std::size_t(token)]> 0.5F;
        ++(scored && said ? counts.both : said ? counts.saidOnly : scored ? counts.scoredOnly : counts.neither);
    }
    return counts;
}

} // namespace headlens
