// SPDX-License-Identifier: GPL-3.0-or-later
// One learnt query looks at all tokens, then an MLP: the pooling of SigLIP and of timm's "map" models.
#pragma once

#include "core/models/loading.h"
#include "core/models/skeletons/vit_config.h"
#include "core/trace/trace.h"

namespace headlens {

struct AttentionPool {
    at::Tensor latent; // [1,1,D]
    Linear q, k, v, proj, up, down;
    LayerNorm norm;
    Activation activation = Activation::Gelu;

    // Takes the weights below `at` ("attn_pool."), sized as the tower.
    void load(WeightBinder& binder, const VitConfig& config, const std::string& at);
    void visit(const std::function<void(at::Tensor&)>& each);
    // x [B,N,D] -> [B,D]; the weights of the query [B,H,1,N] go into `attention`, queries and keys into `record`
    // unless it is null.
    // `maps` gets the weights as a node of the graph unless it is null.
    at::Tensor pool(const at::Tensor& x, std::int64_t heads, at::Tensor& attention, AttentionRecord* record,
                    std::vector<at::Tensor>* maps = nullptr) const;
};

} // namespace headlens
