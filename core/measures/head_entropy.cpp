// SPDX-License-Identifier: GPL-3.0-or-later
// How widely every head spreads its attention (methods.md 4.13): in nats, and as a share of the most there can be.
#include "core/measures/measures.h"
#include "core/session/run_tensors.h"
#include "core/trace/head_means.h"

#include <ATen/ATen.h>

#include <cmath>

namespace headlens::measures {
namespace {

// Tokens that a query may choose from: of a window, or those that are no padding.
double choices(const Run& run, const AttentionRecord& block)
{
    const at::Tensor& mask = run.tensors().in.mask;
    const bool padded = !block.windows && mask.defined() && mask.size(1) == block.keys();
    return padded ? mask[0].sum().item<double>() : double(block.keys());
}

MethodResult headEntropyOf(const Run& run, const verbs::MapQuestion&, const JobControl& control)
{
    const auto& blocks = run.tensors().result.trace.blocks;
    MethodResult result;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        control.checkpoint(int(i), int(blocks.size()), "measure");
        const at::Tensor entropy = headMeans(blocks[i], mapOf(run, int(i)), [] {}).entropy;
        result.parts["entropy." + std::to_string(i)] = entropy;
        result.parts["normalised." + std::to_string(i)] = entropy / std::log(choices(run, blocks[i]));
    }
    return result;
}

} // namespace

const Method headEntropy{
    {.id = "head-entropy",
     .title = HEADLENS_TEXT("Methods", "entropy of heads"),
     .says = HEADLENS_TEXT("Methods", "How widely every head spreads its attention, the mean of "
                                      "all queries; padding does not count"),
     .unit = "nats",
     .over = "run"},
    nullptr,
    headEntropyOf,
    nullptr,
    {{.title = HEADLENS_TEXT("Methods", "in nats"), .parts = {"entropy.*"}, .rows = "layer", .columns = "head"},
     {.title = HEADLENS_TEXT("Methods", "of the most there can be"),
      .parts = {"normalised.*"},
      .rows = "layer",
      .columns = "head",
      .unit = "share"}}};

} // namespace headlens::measures
