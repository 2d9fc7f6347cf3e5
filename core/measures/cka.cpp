// SPDX-License-Identifier: GPL-3.0-or-later
// How alike the features behind any two blocks are: linear CKA (Kornblith and others 2019) and its unbiased form
// (methods.md 4.14), over the patches of this picture, or the tokens of this text. In float64: the unbiased form loses
// digits otherwise.
#include "core/measures/hidden_states.h"
#include "core/measures/measures.h"

#include <ATen/ATen.h>

namespace headlens::measures {
namespace {

// The unbiased HSIC of two Gram matrices [n,n] without their diagonals, n > 3.
at::Tensor unbiasedHsic(const at::Tensor& k, const at::Tensor& l)
{
    const double n = double(k.size(0));
    const at::Tensor trace = (k * l).sum(), all = k.sum() * l.sum() / ((n - 1) * (n - 2)),
                     rows = at::dot(k.sum(0), l.sum(1)) * 2 / (n - 2);
    return (trace + all - rows) / (n * (n - 3));
}

// [n,n] of the inner products of features [n,D].
at::Tensor withoutDiagonal(const at::Tensor& x)
{
    at::Tensor gram = at::matmul(x, x.t());
    gram.diagonal().zero_();
    return gram;
}

at::Tensor centredGram(const at::Tensor& x)
{
    const at::Tensor centred = x - x.mean(0, /*keepdim=*/true);
    return at::matmul(centred, centred.t());
}

// Features [n,D] behind the embedding and every block of the stream: of patches, or of the tokens of a text.
std::vector<at::Tensor> features(const Run& run)
{
    const TokenStream& stream = run.tensors().result.trace.streams.front();
    std::vector<at::Tensor> all = hiddenOfFirstStream(run);
    if (stream.gridHeight > 0)
        for (at::Tensor& state : all) state = state.slice(0, stream.text + stream.prefix);
    return all;
}

MethodResult ckaOf(const Run& run, const verbs::MapQuestion&, const JobControl& control)
{
    const std::vector<at::Tensor> states = features(run);
    const auto count = std::int64_t(states.size());
    std::vector<at::Tensor> biased, unbiased;
    for (const at::Tensor& state : states) {
        biased.push_back(centredGram(state));
        unbiased.push_back(withoutDiagonal(state));
    }
    at::Tensor cka = at::eye(count, at::kDouble), fair = at::eye(count, at::kDouble);
    for (std::int64_t i = 0; i < count; ++i) {
        control.checkpoint(int(i), int(count), "measure");
        for (std::int64_t j = 0; j < count; ++j) {
            const at::Tensor &a = biased[std::size_t(i)], &b = biased[std::size_t(j)];
            if (a.sizes() != b.sizes()) { // stages of a Swin have maps of their own
                cka[i][j].fill_(std::nan(""));
                fair[i][j].fill_(std::nan(""));
                continue;
            }
            cka[i][j].copy_((a * b).sum() / (a.norm() * b.norm()));
            const at::Tensor &k = unbiased[std::size_t(i)], &l = unbiased[std::size_t(j)];
            fair[i][j].copy_(unbiasedHsic(k, l) / (unbiasedHsic(k, k) * unbiasedHsic(l, l)).sqrt());
        }
    }
    MethodResult result;
    result.parts = {{"cka", cka}, {"cka_unbiased", fair}};
    return result;
}

} // namespace

const Method cka{{.id = "cka",
                  .title = HEADLENS_TEXT("Methods", "similarity of layers (CKA)"),
                  .says = HEADLENS_TEXT("Methods", "How alike the features behind any two blocks are, over the patches "
                                                   "or tokens of this input (Kornblith and others 2019)"),
                  .unit = "share",
                  .over = "run"},
                 nullptr,
                 ckaOf};

} // namespace headlens::measures
