// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/experts.h"

#include <ATen/ATen.h>

#include <string>

namespace headlens {
namespace {

void visitGated(Mlp& mlp, const Weights& weights, std::int64_t inner, std::int64_t width)
{
    weights.linear("gate", mlp.gate, inner, width, false);
    weights.linear("up", mlp.up, inner, width, false);
    weights.linear("down", mlp.down, width, inner, false);
}

at::Tensor answerOf(const Mlp& mlp, const at::Tensor& x, Activation activation)
{
    return mlp.down(mlp.inner(mlp.up.operand(x), activation));
}

// logits [B,T,E] -> by which the answers are added [B,T,E], 0 for experts that are not asked.
at::Tensor weightsOf(const at::Tensor& logits, const ExpertsConfig& config)
{
    const at::Tensor shares = at::softmax(logits.to(at::kFloat), -1);
    auto [best, which] = shares.topk(config.chosen, -1);
    if (config.renormalised) best = best / best.sum(-1, /*keepdim=*/true);
    return at::zeros_like(shares).scatter(-1, which, best);
}

} // namespace

void Experts::visit(const Weights& weights, const ExpertsConfig& config, std::int64_t width)
{
    each.resize(std::size_t(config.count));
    weights.linear("router", router, config.count, width, false);
    const Weights all = weights.in("expert");
    for (std::size_t i = 0; i < each.size(); ++i) visitGated(each[i], all.in(std::to_string(i)), config.width, width);
    if (config.shared == 0) return;
    visitGated(shared, weights.in("shared"), config.shared, width);
    weights.linear("shared_gate", sharedGate, 1, width, false);
}

void Experts::pack(Precision precision)
{
    for (Mlp& mlp : each) mlp.pack(precision); // the router stays exact: its order decides
    shared.pack(precision);
}

at::Tensor Experts::operator()(const at::Tensor& x, const ExpertsConfig& config, Activation activation,
                               ExpertRouting& routing) const
{
    routing.logits = router(x);
    routing.weights = weightsOf(routing.logits, config);
    const at::Tensor tokens = x.flatten(0, 1), shares = routing.weights.flatten(0, 1); // [B*T,D], [B*T,E]
    at::Tensor sum = at::zeros_like(tokens);
    for (std::size_t i = 0; i < each.size(); ++i) {
        const at::Tensor share = shares.select(1, std::int64_t(i)), asked = share.nonzero().squeeze(1);
        if (asked.numel() == 0) continue;
        const at::Tensor answer = answerOf(each[i], tokens.index_select(0, asked), activation);
        sum = sum.index_add(0, asked, answer * share.index_select(0, asked).unsqueeze(1));
    }
    if (sharedGate.isDefined()) sum = sum + at::sigmoid(sharedGate(tokens)) * answerOf(shared, tokens, activation);
    return sum.view_as(x);
}

} // namespace headlens
