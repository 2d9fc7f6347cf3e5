// SPDX-License-Identifier: GPL-3.0-or-later
// How alike the features behind any two blocks are: linear CKA (Kornblith and others 2019) and its unbiased form
// (methods.md 4.14), over the patches of this picture, or the tokens of this text. Where the features of another run or
// model lie beside the input ("other.hidden_states.N"), against these as well. In float64: the unbiased form loses
// digits otherwise.
#include "core/measures/hidden_states.h"
#include "core/measures/measures.h"
#include "core/session/memory.h"

#include <ATen/ATen.h>

#include <algorithm>

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

// What a set of features is compared by.
struct Grams {
    std::vector<at::Tensor> biased, unbiased; // [n,n] by block
    explicit Grams(const std::vector<at::Tensor>& states)
    {
        for (const at::Tensor& state : states) {
            biased.push_back(centredGram(state));
            unbiased.push_back(withoutDiagonal(state));
        }
    }
    std::int64_t count() const { return std::int64_t(biased.size()); }
};

std::uint64_t bytesOfGrams(const std::vector<at::Tensor>& states)
{
    std::uint64_t numbers = 0;
    for (const at::Tensor& state : states) numbers += 2 * std::uint64_t(state.size(0)) * std::uint64_t(state.size(0));
    return numbers * sizeof(double);
}

struct Cka {
    at::Tensor biased, unbiased; // [blocks of one, blocks of the other]
};

Cka ckaBetween(const Grams& one, const Grams& other, const JobControl& control)
{
    Cka found{at::full({one.count(), other.count()}, std::nan(""), at::kDouble), {}};
    found.unbiased = found.biased.clone();
    for (std::int64_t i = 0; i < one.count(); ++i) {
        control.checkpoint(int(i), int(one.count()), "measure");
        for (std::int64_t j = 0; j < other.count(); ++j) {
            const at::Tensor &a = one.biased[std::size_t(i)], &b = other.biased[std::size_t(j)];
            if (a.sizes() != b.sizes()) continue; // stages of a Swin have maps of their own
            found.biased[i][j].copy_((a * b).sum() / (a.norm() * b.norm()));
            const at::Tensor &k = one.unbiased[std::size_t(i)], &l = other.unbiased[std::size_t(j)];
            found.unbiased[i][j].copy_(unbiasedHsic(k, l) / (unbiasedHsic(k, k) * unbiasedHsic(l, l)).sqrt());
        }
    }
    return found;
}

// "other.hidden_states.N" [1,n,D] or [n,D] that lie beside the input: of another run or another model, of the same
// patches or tokens, with the special tokens in front or without them.
std::vector<at::Tensor> featuresOfOther(const Run& run, std::int64_t tokens, std::int64_t prefix)
{
    std::vector<at::Tensor> all;
    const auto& extras = run.tensors().extras;
    for (std::size_t i = 0; extras.contains("other.hidden_states." + std::to_string(i)); ++i) {
        at::Tensor state = extras.at("other.hidden_states." + std::to_string(i)).to(at::kCPU, at::kDouble);
        if (state.dim() == 3) state = state[0];
        if (state.size(0) == tokens + prefix) state = state.slice(0, prefix);
        all.push_back(state);
    }
    return all;
}

// Some of one have as many patches or tokens as some of the other; stages of a Swin have maps of their own.
bool areComparable(const std::vector<at::Tensor>& one, const std::vector<at::Tensor>& other)
{
    return std::ranges::any_of(one, [&](const at::Tensor& own) {
        return std::ranges::any_of(other, [&](const at::Tensor& state) { return state.size(0) == own.size(0); });
    });
}

MethodResult ckaOf(const Run& run, const verbs::MapQuestion&, const JobControl& control)
{
    const TokenStream& stream = run.tensors().result.trace.streams.front();
    const std::vector<at::Tensor> states = features(run),
                                  others = featuresOfOther(run, states.front().size(0),
                                                           stream.gridHeight > 0 ? stream.text + stream.prefix : 0);
    const bool hasOther = areComparable(states, others);
    requireMemory(bytesOfGrams(states) + (hasOther ? bytesOfGrams(others) : 0), "comparing the features of all layers");
    const Grams own(states);
    const Cka found = ckaBetween(own, own, control);
    MethodResult result;
    result.parts = {{"cka", found.biased}, {"cka_unbiased", found.unbiased}};
    if (hasOther) {
        const Cka between = ckaBetween(own, Grams(others), control);
        result.parts["cka_other"] = between.biased;
        result.parts["cka_other_unbiased"] = between.unbiased;
    } else if (!others.empty()) {
        result.explained.remark = HEADLENS_TEXT(
            "Methods",
            "The held run has another number of patches or tokens, so that its features cannot be compared.");
    }
    return result;
}

} // namespace

const Method cka{{.id = "cka",
                  .title = HEADLENS_TEXT("Methods", "similarity of layers (CKA)"),
                  .says = HEADLENS_TEXT("Methods", "How alike the features behind any two blocks are, over the patches "
                                                   "or tokens of this input (Kornblith and others 2019)"),
                  .formula = "|YᵀX|² / (|XᵀX| |YᵀY|), X and Y centred",
                  .source = "Kornblith and others 2019, arXiv 1905.00414; Nguyen and others 2021, arXiv 2010.15327",
                  .unit = "share",
                  .over = "run"},
                 nullptr,
                 ckaOf,
                 nullptr,
                 {{.title = HEADLENS_TEXT("Methods", "CKA"), .parts = {"cka"}, .rows = "state", .columns = "state"},
                  {.title = HEADLENS_TEXT("Methods", "CKA, unbiased"),
                   .parts = {"cka_unbiased"},
                   .rows = "state",
                   .columns = "state"},
                  {.title = HEADLENS_TEXT("Methods", "with the held run"),
                   .parts = {"cka_other"},
                   .rows = "state",
                   .columns = "other state"},
                  {.title = HEADLENS_TEXT("Methods", "with the held run, unbiased"),
                   .parts = {"cka_other_unbiased"},
                   .rows = "state",
                   .columns = "other state"}}};

} // namespace headlens::measures
