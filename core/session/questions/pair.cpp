// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/questions/questions.h"

#include "core/base/error.h"
#include "core/session/run_tensors.h"
#include "core/tensors/bridge.h"
#include "core/tensors/layers.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include <cmath>

namespace headlens::questions {

verbs::Pair pair(const Run& run, const verbs::PairQuestion& asked)
{
    const c10::InferenceMode inference;
    const AttentionRecord one = batchEntry(blockOf(run, asked.layer), 0);
    if (asked.head < 0 || asked.head >= one.heads() || asked.query < 0 || asked.query >= one.queries() ||
        asked.key < 0 || asked.key >= one.keys())
        throw Error(ErrorCode::BadRequest, "pair", "head, query or key does not exist in this layer");
    if (one.through.defined())
        throw Error(ErrorCode::BadRequest, "pair", "is not shown for the product of two maps",
                    "look at the two maps it is made of");
    if (one.windows)
        throw Error(ErrorCode::BadRequest, "pair", "is not shown for windowed attention",
                    "choose a layer without windows");
    if (one.rule != MapRule::Softmax)
        throw Error(ErrorCode::BadRequest, "pair", "is shown for softmax attention, and this block weighs otherwise",
                    "open the dock Formula, which shows its row in numbers");
    const auto number = [&](const at::Tensor& t, std::int64_t key) {
        if (!t.defined()) return 0.0;
        const at::Tensor head = t[0][t.size(1) > 1 ? asked.head : 0];
        return head[head.size(0) > 1 ? asked.query : 0][key].item<double>();
    };
    const at::Tensor q = one.q[0][asked.head][asked.query].to(at::kCPU, at::kFloat);
    const at::Tensor keys = one.k[0][one.keyHeadOf(asked.head)].to(at::kCPU, at::kFloat); // [Nk,d]
    at::Tensor scores = capped(at::mv(keys, q).to(at::kDouble) * one.scale, one.cap);
    for (const at::Tensor& added : {one.bias, one.mask})
        if (added.defined()) {
            const at::Tensor head = added[0][added.size(1) > 1 ? asked.head : 0].to(at::kCPU);
            scores = scores + head[head.size(0) > 1 ? asked.query : 0].to(at::kDouble);
        }
    verbs::Pair pair;
    pair.of = asked;
    pair.dot = at::dot(q, keys[asked.key]).item<double>();
    pair.scale = one.scale;
    pair.cap = one.cap;
    pair.bias = number(one.bias, asked.key);
    pair.mask = number(one.mask, asked.key);
    pair.masked = pair.mask < -1e4;
    pair.score = scores[asked.key].item<double>();
    pair.highest = scores.max().item<double>();
    pair.sum = (scores - pair.highest).exp().sum().item<double>();
    pair.weight = std::exp(pair.score - pair.highest) / pair.sum;
    pair.query = toFloats(q);
    pair.key = toFloats(keys[asked.key]);
    return pair;
}

} // namespace headlens::questions
