// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/heads/attention_pool.h"

#include "core/nn/attention.h"

#include <ATen/ATen.h>

#include <cmath>

namespace headlens {

void AttentionPool::load(WeightBinder& binder, const VitConfig& config, const std::string& at)
{
    const std::int64_t d = config.width, m = config.mlpWidth;
    activation = activationFrom(config.activation);
    latent = binder.take(at + "latent", {1, 1, d});
    q = takeLinear(binder, at + "q", d, d);
    k = takeLinear(binder, at + "k", d, d);
    v = takeLinear(binder, at + "v", d, d);
    proj = takeLinear(binder, at + "proj", d, d);
    norm = takeNorm(binder, at + "norm", d, config.eps);
    up = takeLinear(binder, at + "mlp.fc1", m, d);
    down = takeLinear(binder, at + "mlp.fc2", d, m);
}

void AttentionPool::visit(const std::function<void(at::Tensor&)>& each)
{
    each(latent);
    for (Linear* layer : {&q, &k, &v, &proj, &up, &down}) visitLinear(*layer, each);
    visitNorm(norm, each);
}

at::Tensor AttentionPool::pool(const at::Tensor& x, std::int64_t heads, at::Tensor& attention, AttentionRecord* record,
                               std::vector<at::Tensor>* maps) const
{
    const std::int64_t b = x.size(0), each = x.size(2) / heads;
    const at::Tensor query = splitHeads(q(latent.expand({b, -1, -1})), heads), keys = splitHeads(k(x), heads),
                     values = splitHeads(v(x), heads);
    const double scale = 1.0 / std::sqrt(double(each));
    attention = at::softmax(at::matmul(query, keys.transpose(-2, -1)) * scale, -1);
    if (maps != nullptr) maps->push_back(attention);
    if (record != nullptr) {
        record->q = query;
        record->k = keys;
        record->v = values;
        record->scale = scale;
        record->kind = AttentionKind::Pool;
    }
    const at::Tensor y = proj(mergeHeads(at::matmul(attention, values)));
    return (y + down(activate(activation, up(norm(y))))).squeeze(1);
}

} // namespace headlens
