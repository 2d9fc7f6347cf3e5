// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/skeletons/perceiver.h"

#include <ATen/ATen.h>

#include <string>

namespace headlens {

Perceiver::Perceiver(const PerceiverConfig& config) : m_config(config), m_layers(std::size_t(config.layers))
{
    m_norm.eps = config.eps;
    for (Layer& layer : m_layers)
        for (LayerNorm* norm : {&layer.mediaNorm, &layer.latentNorm, &layer.mlpNorm, &layer.attention.queryNorm,
                                &layer.attention.keyNorm})
            norm->eps = config.eps;
}

void Perceiver::visit(const Weights& weights)
{
    const std::int64_t d = m_config.width, inner = m_config.heads * m_config.headWidth;
    weights("latents", m_latents, {m_config.latents, d});
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        Layer& layer = m_layers[i];
        const Weights own = weights.in("layer." + std::to_string(i));
        own.norm("media_norm", layer.mediaNorm, d);
        own.norm("latent_norm", layer.latentNorm, d);
        own.linear("query", layer.attention.query, inner, d, false);
        own.linear("key", layer.attention.key, inner, d, false);
        own.linear("value", layer.attention.value, inner, d, false);
        own.linear("output", layer.attention.output, d, inner, false);
        if (m_config.headNorms) {
            own.norm("query_norm", layer.attention.queryNorm, m_config.headWidth);
            own.norm("key_norm", layer.attention.keyNorm, m_config.headWidth);
        }
        own.norm("mlp_norm", layer.mlpNorm, d);
        own.linear("up", layer.mlp.up, m_config.mlpWidth, d, false);
        own.linear("down", layer.mlp.down, d, m_config.mlpWidth, false);
    }
    weights.norm("norm", m_norm, d);
}

void Perceiver::pack(Precision precision)
{
    for (Layer& layer : m_layers) {
        layer.attention.pack(precision);
        layer.mlp.pack(precision);
    }
}

at::Tensor Perceiver::operator()(const at::Tensor& tokens, const Pass& pass, int keyStream) const
{
    at::Tensor x = m_latents.unsqueeze(0).expand({tokens.size(0), -1, -1});
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        const Layer& layer = m_layers[i];
        AttentionCall call;
        call.x = layer.latentNorm(x);
        call.source = layer.attention.value.operand(at::cat({layer.mediaNorm(tokens), call.x}, 1));
        call.x = layer.attention.query.operand(call.x);
        call.heads = m_config.heads;
        call.block = pass.firstBlock + int(i);
        call.record.scale = -1;
        call.record.kind = AttentionKind::Cross;
        call.record.tower = "resampler";
        call.record.queryStream = pass.stream;
        call.record.keyStream = keyStream;
        x = layer.attention.output(attended(layer.attention, std::move(call), pass), {.added = x});
        const at::Tensor normed = layer.mlpNorm(x, layer.mlp.up);
        x = layer.mlp.down(layer.mlp.inner(normed, m_config.activation), {.added = x});
    }
    return m_norm(x);
}

} // namespace headlens
