// SPDX-License-Identifier: GPL-3.0-or-later
// Scores of the next word of a language model: a matrix of its own, or the token table once more.
#pragma once

#include "core/models/skeletons/stack_loading.h"

namespace headlens {

class WordHead {
public:
    // Takes "lm_head.weight" and "lm_head.bias" where the file has them and the stack does not tie them.
    void load(WeightBinder& binder, const StackConfig& config);
    void visit(const std::function<void(at::Tensor&)>& visit) { visitLinear(m_head, visit); }
    // Features behind the final norm of `stack` [..,D] -> [..,V].
    at::Tensor operator()(const Stack& stack, const at::Tensor& normed) const;

private:
    Linear m_head; // [V,D]; without weights: the token table
};

} // namespace headlens
