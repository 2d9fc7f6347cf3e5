// SPDX-License-Identifier: GPL-3.0-or-later
// Layer-wise relevance propagation (LRP) with the rules of Chefer, Gur and Wolf 2021 (arXiv 2012.09838, alpha = 1;
// methods.md 4.7). While a RelevanceRules lives, the operators of layers.h compute what they always do, but their
// backward pass hands relevance on instead of gradients: torch::autograd::grad() with the relevance of the output as
// its gradient answers that of any node. Meant for float64: in float32 sums that cancel cost most digits.
//
// Linear: z+ = x+ W+ + x- W-, shared out in these parts; the bias takes none. Products of two activations: each takes
// half of what gradient x input gives. Sums: by gradient x input, then rescaled to |sum a| : |sum b|. Softmax, norms
// and activations hand it on unchanged. What enters several operators gets the sum of what they hand back.
#pragma once

#include <ATen/core/Tensor.h>

#include <functional>

namespace headlens {

class RelevanceRules { // of this thread
public:
    // `between` is called between the steps of a rule that takes long; what it throws ends the way back.
    explicit RelevanceRules(std::function<void()> between = {});
    ~RelevanceRules();
    RelevanceRules(const RelevanceRules&) = delete;
    RelevanceRules& operator=(const RelevanceRules&) = delete;
    static bool areOn();

private:
    std::function<void()> m_between;
    const std::function<void()>* m_outer; // that of the rules around these
};

namespace relevant {

at::Tensor linear(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias); // x W^T + b
at::Tensor matmul(const at::Tensor& a, const at::Tensor& b);
at::Tensor sum(const at::Tensor& a, const at::Tensor& b);     // of one shape
at::Tensor product(const at::Tensor& a, const at::Tensor& b); // of one shape
at::Tensor passed(const at::Tensor& x, const at::Tensor& y);  // the value of y, which came of x, as if it were x
at::Tensor mean(const at::Tensor& x, std::int64_t dim);

} // namespace relevant

} // namespace headlens
