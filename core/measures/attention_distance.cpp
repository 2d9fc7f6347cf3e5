// SPDX-License-Identifier: GPL-3.0-or-later
// How far every head looks (ViT, arXiv 2010.11929, figure 7; methods.md 4.13): the mean over patch queries of attention
// times distance in pixels, as published with rows as they are, and with what patches get made up to 1.
#include "core/measures/measures.h"
#include "core/session/run_tensors.h"
#include "core/trace/measured_rows.h"
#include "core/trace/readers.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace headlens::measures {
namespace {

// Sums over the queries of one block [H].
struct Sums {
    at::Tensor distance, renormalised, prefix;
    double patches = 0, queries = 0;
    void add(const Sums& more)
    {
        const auto join = [](at::Tensor& to, const at::Tensor& one) { to = to.defined() ? to + one : one; };
        join(distance, more.distance);
        join(renormalised, more.renormalised);
        join(prefix, more.prefix);
        patches += more.patches;
        queries += more.queries;
    }
};

struct Positions {
    at::Tensor x, y, real; // [N] in patches; real 0 for special tokens and padding
};

Positions positionsOf(const std::vector<std::int64_t>& patches, int columns)
{
    std::vector<double> x, y, real;
    for (const std::int64_t patch : patches) {
        real.push_back(patch >= 0 ? 1 : 0);
        x.push_back(double(std::max<std::int64_t>(0, patch) % columns));
        y.push_back(double(std::max<std::int64_t>(0, patch) / columns));
    }
    const auto made = [](const std::vector<double>& t) { return at::tensor(t, at::kDouble); };
    return {made(x), made(y), made(real)};
}

// Of the rows [begin,end) of one picture or window, `probs` [H,n,N].
Sums sumsOf(const at::Tensor& probs, const Positions& at, std::int64_t begin, std::int64_t end)
{
    constexpr double kLeast = 1e-12;
    const auto apart = [&](const at::Tensor& t) { return t.slice(0, begin, end).unsqueeze(1) - t.unsqueeze(0); };
    const at::Tensor far = (apart(at.x).square() + apart(at.y).square()).sqrt() * at.real; // [n,N]
    const at::Tensor counted = at.real.slice(0, begin, end);                               // [n]
    const at::Tensor walked = (probs * far).sum(-1), mass = (probs * at.real).sum(-1);     // [H,n]
    return {(walked * counted).sum(-1), (walked / mass.clamp_min(kLeast) * counted).sum(-1), (1 - mass).sum(-1),
            counted.sum().item<double>(), double(end - begin)};
}

MethodResult attentionDistanceOf(const Run& run, const verbs::MapQuestion&, const JobControl& control)
{
    const Trace& trace = run.tensors().result.trace;
    MethodResult result;
    for (std::size_t i = 0; i < trace.blocks.size(); ++i) {
        control.checkpoint(int(i), int(trace.blocks.size()), "measure");
        const AttentionRecord& block = trace.blocks[i];
        const BlockMap map = mapOf(run, int(i));
        if (map.grid.rows == 0 || block.kind != AttentionKind::Self) continue;
        Sums sums;
        for (std::int64_t window = 0; window < (block.windows ? block.windows->windows() : 1); ++window) {
            const AttentionRecord one = batchEntry(block, window);
            const Positions at = positionsOf(keyPatches(block, map, window), map.grid.columns);
            for (std::int64_t begin = 0; begin < one.queries(); begin += kQueryChunk) {
                const std::int64_t end = std::min(begin + kQueryChunk, one.queries());
                sums.add(sumsOf(attentionRows(one, begin, end)[0].to(at::kCPU, at::kDouble), at, begin, end));
            }
        }
        const double pixels = map.grid.cell / sums.patches;
        const std::string number = std::to_string(i);
        result.parts["distance." + number] = sums.distance * pixels;
        result.parts["renormalised." + number] = sums.renormalised * pixels;
        if (!block.windows) result.parts["prefix_share." + number] = sums.prefix / sums.queries;
    }
    return result;
}

std::string needsPicture(const ModelFacts& model)
{
    return model.takesPictures() ? "" : HEADLENS_TEXT("Methods", "open a model that looks at pictures");
}

} // namespace

const Method attentionDistance{
    {.id = "attention-distance",
     .title = HEADLENS_TEXT("Methods", "attention distance of heads"),
     .says = HEADLENS_TEXT("Methods", "How far away every head looks, in pixels (figure 7 of the ViT paper), and what "
                                      "share special tokens get"),
     .unit = "pixels",
     .over = "run"},
    needsPicture,
    attentionDistanceOf,
    nullptr,
    {{.title = HEADLENS_TEXT("Methods", "as published"), .parts = {"distance.*"}, .rows = "layer", .columns = "head"},
     {.title = HEADLENS_TEXT("Methods", "of what patches get"),
      .parts = {"renormalised.*"},
      .rows = "layer",
      .columns = "head"},
     {.title = HEADLENS_TEXT("Methods", "share of special tokens"),
      .parts = {"prefix_share.*"},
      .rows = "layer",
      .columns = "head",
      .unit = "share"}}};

} // namespace headlens::measures
