// SPDX-License-Identifier: GPL-3.0-or-later
// How alike any two heads look at this input: the cosine of their maps, or 1 less the Jensen-Shannon divergence of
// their rows in bits, the mean of all queries (Clark and others 2019, arXiv 1906.04341, compare heads so). Maps are
// read in chunks of queries.
#include "core/attribution/needs.h"
#include "core/attribution/settings.h"
#include "core/base/error.h"
#include "core/measures/measures.h"
#include "core/session/run_tensors.h"
#include "core/trace/readers.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <functional>

namespace headlens::measures {
namespace {

constexpr double kMostProducts = 4e12, kMostLogarithms = 4e9; // what takes about a minute

// Rows [heads of all blocks, n * Nk] of the queries [begin,end).
at::Tensor rowsOfAll(const std::vector<AttentionRecord>& blocks, std::int64_t begin, std::int64_t end)
{
    std::vector<at::Tensor> heads;
    for (const AttentionRecord& block : blocks)
        heads.push_back(attentionRows(block, begin, end)[0].to(at::kCPU, at::kFloat).flatten(1));
    return at::cat(heads);
}

// Sum of p log2 p over each line.
at::Tensor negativeEntropy(const at::Tensor& p)
{
    return at::xlogy(p, p).sum(-1) / std::log(2.0);
}

// Sums over the queries of the divergence of every two heads [heads,heads]. `step` before every head: it may throw.
at::Tensor divergences(const at::Tensor& rows, const std::function<void(std::int64_t head)>& step)
{
    const std::int64_t heads = rows.size(0);
    const at::Tensor own = negativeEntropy(rows).to(at::kDouble);
    at::Tensor sums = at::zeros({heads, heads}, at::kDouble);
    for (std::int64_t one = 0; one < heads; ++one) {
        step(one);
        const at::Tensor others = rows.slice(0, one), mean = (others + rows[one]) / 2;
        const at::Tensor apart = (own.slice(0, one) + own[one]) / 2 - negativeEntropy(mean).to(at::kDouble);
        sums[one].slice(0, one).copy_(apart);
        sums.select(1, one).slice(0, one).copy_(apart);
    }
    return sums;
}

void requireLittle(const std::vector<AttentionRecord>& blocks, bool byDivergence)
{
    double heads = 0;
    for (const AttentionRecord& block : blocks) {
        heads += double(block.heads());
        if (block.queries() != blocks.front().queries() || block.keys() != blocks.front().keys())
            throw Error(ErrorCode::BadRequest, "heads of this model", "have maps of different sizes",
                        "open a model whose blocks all see the same tokens");
    }
    const double entries = double(blocks.front().queries()) * double(blocks.front().keys());
    if (heads * heads * entries > (byDivergence ? kMostLogarithms : kMostProducts))
        throw Error(ErrorCode::BadRequest, "comparing all heads", "would take too long for this input",
                    "use a smaller picture or a shorter text, or compare by cosine");
}

MethodResult headSimilarityOf(const Run& run, const verbs::MapQuestion& asked, const JobControl& control)
{
    constexpr std::int64_t kAtOnce = 1 << 25; // entries, 128 MB
    const auto& blocks = run.tensors().result.trace.blocks;
    const bool byDivergence = Settings(headSimilarity, asked).value("by") == "divergence";
    requireLittle(blocks, byDivergence);
    std::int64_t heads = 0;
    for (const AttentionRecord& block : blocks) heads += block.heads();
    const std::int64_t queries = blocks.front().queries(),
                       lines = std::max<std::int64_t>(1, kAtOnce / (heads * blocks.front().keys()));
    at::Tensor sums = at::zeros({heads, heads}, at::kDouble);
    for (std::int64_t begin = 0; begin < queries; begin += lines) {
        const std::int64_t end = std::min(begin + lines, queries);
        const auto step = [&](std::int64_t head) {
            control.checkpoint(int(begin * heads + head * (end - begin)), int(queries * heads), "measure");
        };
        step(0);
        const at::Tensor rows = rowsOfAll(blocks, begin, end);
        sums += byDivergence ? divergences(rows, step) : at::matmul(rows, rows.t()).to(at::kDouble);
    }
    MethodResult result;
    if (byDivergence) {
        result.parts["similarity"] = 1 - sums / double(queries);
    } else {
        const at::Tensor size = sums.diagonal().sqrt().clamp_min(1e-12);
        result.parts["similarity"] = sums / size.unsqueeze(0) / size.unsqueeze(1);
    }
    return result;
}

// By what the products are beside those of a pass.
MethodCost costOfPairs(const Run& run, const verbs::MapQuestion& asked)
{
    constexpr double kLogarithm = 40; // products take as long
    const auto& blocks = run.tensors().result.trace.blocks;
    double heads = 0;
    for (const AttentionRecord& block : blocks) heads += double(block.heads());
    const double each = Settings(headSimilarity, asked).value("by") == "divergence" ? kLogarithm : 1;
    const double parameters = std::max<double>(1, double(run.modelInfo().parameters));
    return {each * heads * heads * double(blocks.front().keys()) / parameters, 0};
}

} // namespace

const Method headSimilarity{
    {.id = "head-similarity",
     .title = HEADLENS_TEXT("Methods", "similarity of heads"),
     .says = HEADLENS_TEXT("Methods", "How alike any two heads of the model look at this input"),
     .formula = "<A, B> / (|A| |B|), or 1 − JS(A_i, B_i) in bits, the mean of all queries",
     .source = HEADLENS_TEXT("Methods", "Divergence: Clark and others 2019, arXiv 1906.04341; the cosine is ours"),
     .unit = "cosine",
     .over = "run",
     .settings = {{"by",
                   HEADLENS_TEXT("Methods", "Compared by"),
                   {HEADLENS_TEXT("Methods", "cosine"), HEADLENS_TEXT("Methods", "divergence")},
                   0,
                   0,
                   "cosine"}}},
    needsMapsOfOneSize,
    headSimilarityOf,
    costOfPairs,
    {{.title = HEADLENS_TEXT("Methods", "similarity of heads"),
      .parts = {"similarity"},
      .rows = "any head",
      .columns = "any head"}}};

} // namespace headlens::measures
