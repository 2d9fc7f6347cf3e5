// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/zoo/depths_stack.h"

#include "core/base/error.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace headlens {
namespace {

// Added to the scores of chosen tokens, which stand in their order [1 or B,1,k,k]: no later ones, no hidden ones.
at::Tensor forbiddingLater(const at::Tensor& chosen, const at::Tensor& places, const at::Tensor& mask)
{
    const std::int64_t k = chosen.size(1);
    const at::Tensor like = at::ones({k, k}, chosen.options());
    at::Tensor forbidden = like.triu(1).gt(0).view({1, 1, k, k});
    if (mask.defined()) { // everybody sees at least itself
        const at::Tensor all = mask.expand({chosen.size(0), -1});
        const at::Tensor hidden = (places.defined() ? all.gather(1, places) : all).eq(0).view({-1, 1, 1, k});
        forbidden = forbidden.logical_or(hidden.logical_and(at::eye(k, chosen.options()).eq(0)));
    }
    return at::zeros(forbidden.sizes(), chosen.options()).masked_fill(forbidden, std::numeric_limits<float>::lowest());
}

} // namespace

DepthsStack::DepthsStack(const DepthsConfig& config) : m_config(config), m_layers(std::size_t(config.layers))
{
    m_final.eps = config.eps;
    for (Layer& layer : m_layers) layer.before.eps = layer.after.eps = config.eps;
}

void DepthsStack::visit(const Weights& all)
{
    const std::int64_t d = m_config.width;
    const Weights weights = all.in("depths"), layers = weights.in("layer");
    weights("tokens", m_tokens, {m_config.vocabulary, d});
    weights("positions", m_positions, {m_config.positions, d});
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        Layer& layer = m_layers[i];
        const Weights at = layers.in(std::to_string(i));
        layer.visitAttention(at, d);
        layer.visitMlp(at, d, m_config.mlpWidth);
        if (!DepthsConfig::isRouted(std::int64_t(i))) continue;
        at.linear("router", layer.router, 1, d);
        at.linear("predictor.first", layer.predictIn, d / 2, d);
        at.linear("predictor.second", layer.predictOut, 1, d / 2);
    }
    weights.norm("norm", m_final, d);
}

at::Tensor DepthsStack::choose(const at::Tensor& scores, const at::Tensor& predicted, const DepthsPass& pass) const
{
    const std::int64_t tokens = scores.size(1);
    const std::int64_t capacity = std::min(tokens, pass.capacity > 0 ? pass.capacity : m_config.capacity);
    if (pass.choice == DepthChoice::All || (capacity == tokens && pass.choice != DepthChoice::Predictor))
        return at::arange(tokens, scores.options().dtype(at::kLong)).expand({scores.size(0), -1});
    if (pass.choice == DepthChoice::Predictor) {
        if (scores.size(0) != 1) throw Error(ErrorCode::Internal, "the predictor", "chooses for one line at a time");
        at::Tensor taken = predicted[0].gt(0);
        taken[0] = true; // so that a block never works on nothing; the first token has no past to look at anyway
        return taken.nonzero().view({1, -1});
    }
    at::Tensor by =
        pass.choice == DepthChoice::Random
            ? at::rand(scores.sizes(), at::make_generator<at::CPUGeneratorImpl>(pass.seed)).to(scores.device())
            : scores.detach();
    if (pass.mask.defined()) // hidden tokens take nobody's place
        by = by.masked_fill(pass.mask.eq(0), std::numeric_limits<float>::lowest());
    const at::Tensor order = std::get<1>(at::sort(by, /*stable=*/true, -1, /*descending=*/true));
    return std::get<0>(order.slice(1, 0, capacity).sort(-1));
}

at::Tensor DepthsStack::change(const Layer& layer, std::int64_t index, const at::Tensor& x, const at::Tensor& places,
                               const DepthsPass& pass) const
{
    AttentionCall call;
    call.x = layer.before(x);
    call.heads = m_config.heads;
    call.block = int(index);
    call.record.scale = 1 / std::sqrt(double(m_config.width / m_config.heads));
    call.record.mask = forbiddingLater(x, places, pass.mask);
    if (places.defined()) call.record.tokens = places[0];
    call.mix = mixedPlainly;
    const at::Tensor y = x + layer.attention.output(attended(layer.attention, std::move(call), pass));
    const at::Tensor inner = layer.mlp.up(layer.after(y), {.activation = Activation::Gelu});
    return layer.mlp.down(inner, {.added = y}) - x;
}

// Eq. 1 with the sigmoid of the score as its factor, as in vit_blocks.cpp.
at::Tensor DepthsStack::routed(const Layer& layer, std::int64_t index, const at::Tensor& x,
                               const DepthsPass& pass) const
{
    const at::Tensor scores = layer.router(x).squeeze(-1); // [B,T]
    const at::Tensor predicted =                           // learns to say it and changes nothing else
        layer.predictOut(layer.predictIn(x.detach(), {.activation = Activation::Gelu})).squeeze(-1);
    const at::Tensor places = choose(scores, predicted, pass);
    if (pass.predicted != nullptr) pass.predicted->push_back(predicted);
    if (pass.chosen != nullptr) pass.chosen->push_back(at::zeros_like(scores).scatter(1, places, 1).detach());
    if (pass.states != nullptr)
        (*pass.states)["predictor." + std::to_string(index)] = at::sigmoid(predicted[0]).to(at::kFloat);
    const at::Tensor wide = places.unsqueeze(-1).expand({-1, -1, x.size(2)});
    const bool some = places.size(1) < x.size(1);
    const at::Tensor added = change(layer, index, x.gather(1, wide), some ? places : at::Tensor(), pass);
    if (pass.keepsAttention()) pass.trace->blocks.back().router = scores[0].detach();
    const at::Tensor passes = at::sigmoid(pass.routersLearn ? scores : scores.detach());
    if (pass.passing != nullptr) pass.passing->push_back(passes);
    return x.scatter_add(1, wide, added * passes.gather(1, places).unsqueeze(-1));
}

at::Tensor DepthsStack::run(const at::Tensor& ids, const DepthsPass& pass) const
{
    const std::int64_t tokens = ids.size(1);
    if (tokens < 1 || tokens > m_config.positions)
        throw Error(ErrorCode::BadRequest, "text",
                    "has " + std::to_string(tokens) + " tokens, but the model has positions for " +
                        std::to_string(m_config.positions),
                    "shorten it");
    if ((ids < 0).any().item<bool>() || (ids >= m_config.vocabulary).any().item<bool>())
        throw Error(ErrorCode::BadRequest, "token ids", "are not all below " + std::to_string(m_config.vocabulary));
    at::Tensor x = at::embedding(m_tokens, ids) + m_positions.slice(0, 0, tokens);
    pass.takeHidden(x);
    for (std::int64_t i = 0; i < m_config.layers; ++i) {
        pass.checkpoint(int(i));
        const Layer& layer = m_layers[std::size_t(i)];
        x = DepthsConfig::isRouted(i) ? routed(layer, i, x, pass) : x + change(layer, i, x, {}, pass);
        pass.takeHidden(x);
    }
    return x;
}

at::Tensor DepthsStack::scores(const at::Tensor& hidden) const
{
    return Linear{m_tokens, {}}(m_final(hidden));
}

} // namespace headlens
