// SPDX-License-Identifier: GPL-3.0-or-later
// One layer of the small language models of ours: norm, attention, norm, MLP. What attention does is the business of
// each model.
#pragma once

#include "core/nn/attention.h"
#include "core/nn/mlp.h"
#include "core/nn/weights.h"

namespace headlens {

struct PreNormLayer {
    LayerNorm before, after;
    Attention attention;
    Mlp mlp;

    // In two parts, so that a model can put its own weights between.
    void visitAttention(const Weights& weights, std::int64_t width)
    {
        weights.norm("attention_norm", before, width);
        weights.linear("query", attention.query, width, width);
        weights.linear("key", attention.key, width, width);
        weights.linear("value", attention.value, width, width);
        weights.linear("output", attention.output, width, width);
    }
    void visitMlp(const Weights& weights, std::int64_t width, std::int64_t mlpWidth)
    {
        weights.norm("mlp_norm", after, width);
        weights.linear("up", mlp.up, mlpWidth, width);
        weights.linear("down", mlp.down, width, mlpWidth);
    }
};

} // namespace headlens
