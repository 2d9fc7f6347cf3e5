// SPDX-License-Identifier: GPL-3.0-or-later
// The way back through a graph, from a score to what it was computed of. It stops where its job is cancelled: at the
// next operator, not at the end.
#pragma once

#include "core/base/job_control.h"
#include "core/tensors/runtime.h"

#include <ATen/core/Tensor.h>

#include <optional>
#include <vector>

namespace headlens {

// Gradients of the sum of `score` [B]; undefined where it does not depend on one. The graph is kept, also when this
// throws Error(Cancelled).
std::vector<at::Tensor> gradientsOf(const at::Tensor& score, const std::vector<at::Tensor>& wanted,
                                    const JobControl& control = {});

// While it lives, what is heavy is shared out by our own kernels where the weights are packed: threads of OpenMP would
// wait for each other at every small operator.
class OwnThreads {
public:
    explicit OwnThreads(bool isExact);

private:
    std::optional<SerialOperators> m_serial;
};

} // namespace headlens
