// SPDX-License-Identifier: GPL-3.0-or-later
// A mixture of experts in the place of an MLP: a router chooses a few gated MLPs for every token.
#pragma once

#include "core/nn/experts_config.h"
#include "core/nn/mlp.h"
#include "core/nn/weights.h"
#include "core/trace/trace.h"

#include <ATen/core/Tensor.h>

#include <vector>

namespace headlens {

struct Experts {
    Linear router, sharedGate;
    std::vector<Mlp> each;
    Mlp shared; // without weights: there is none

    // Every weight once: "router.weight" [E,D], "expert.E.{gate,up,down}.weight", "shared.*", "shared_gate.weight".
    void visit(const Weights& weights, const ExpertsConfig& config, std::int64_t width);
    void pack(Precision precision);
    bool isDefined() const { return !each.empty(); }

    // x [B,T,D], normed -> [B,T,D]. weights = softmax over all experts, then the largest. Tells in `routing` who was
    // asked (its layer is the caller's).
    at::Tensor operator()(const at::Tensor& x, const ExpertsConfig& config, Activation activation,
                          ExpertRouting& routing) const;
};

} // namespace headlens
