// SPDX-License-Identifier: GPL-3.0-or-later
// Mixture-of-Depths as numbers: which tokens a block takes, where its scores are cut, what it computes. Values only,
// any thread.
#pragma once

#include "core/wire/verbs.h"

#include <optional>
#include <vector>

namespace headlens {

struct BlockLoad {
    int tokens = 0, taking = 0; // all tokens of the block, and those that take part
    double share = 1;           // of the floating point operations of the block with all tokens
    double flops = 0, fullFlops = 0;
};

bool isRouted(const verbs::BlockGrid& block);
bool takesPart(const verbs::BlockGrid& block, int token); // always in blocks that do not choose
int tokensOf(const verbs::BlockGrid& block);              // all of its stream, whether they take part or not
int specialTokens(const verbs::BlockGrid& block);         // before the patches, or 0 of a text; they do not compete

// Operations of one transformer block over `tokens` tokens, `width` wide: projections and an MLP four times as wide
// (24 n w^2), scores and weighted values (4 n^2 w). One multiply-add counts as two; norms and the router do not count.
double blockFlops(double tokens, double width);
std::vector<BlockLoad> loadsOf(const verbs::ModelInfo& model, const verbs::InputInfo& input);
double totalShare(const std::vector<BlockLoad>& loads); // 1 without blocks

// Between the lowest score that was taken and the highest that was not; nothing where the choice does not follow the
// scores (random), and where nobody competes.
std::optional<double> thresholdOf(const verbs::BlockGrid& block);

// The tokens that compete, in their order or by falling score.
std::vector<int> competing(const verbs::BlockGrid& block, bool sorted);

// How far a predictor, who knows nothing of what comes later, agrees with the `capacity` highest scores. `chances`: of
// every token, above one half is a yes; all 0 where there are not as many chances as scores.
struct PredictorCounts {
    int both = 0, saidOnly = 0, scoredOnly = 0, neither = 0;
};
PredictorCounts predictorCounts(const verbs::BlockGrid& block, const std::vector<float>& chances, int capacity);

} // namespace headlens
