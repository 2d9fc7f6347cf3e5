// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/attribution/input_gradient.h"

#include "core/attribution/grids.h"
#include "core/session/memory.h"
#include "core/session/run_tensors.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>

namespace headlens {
namespace {

constexpr Keep kNothing{.attention = false, .hidden = true, .values = false, .firstText = false};

// The scores of lines that differ in pixels or word embeddings.
at::Tensor scoresOf(const ScoredModel& model, const at::Tensor& lines)
{
    ModelInput input = repeated(model.input(), lines.size(0));
    PassOptions options;
    options.keep = kNothing;
    Hooks hooks;
    if (input.pixels.defined()) {
        input.pixels = lines;
    } else {
        hooks.activation = [&](HookPoint point, int, const at::Tensor& x) {
            return point == HookPoint::WordEmbedding ? lines : x;
        };
        options.hooks = &hooks;
    }
    return model.score(model.pass(input, options));
}

at::Tensor wordEmbeddings(const ScoredModel& model)
{
    at::Tensor found;
    Hooks hooks;
    hooks.activation = [&](HookPoint point, int, const at::Tensor& x) {
        if (point == HookPoint::WordEmbedding) found = x.detach().clone();
        return x;
    };
    PassOptions options;
    options.keep = kNothing;
    options.hooks = &hooks;
    const c10::NoGradGuard noGradients;
    model.pass(options);
    return found;
}

} // namespace

ModelInput repeated(ModelInput input, std::int64_t lines)
{
    for (at::Tensor* t :
         {&input.pixels, &input.ids, &input.mask, &input.segments, &input.decoderInputIds, &input.decoderInputMask})
        if (t->defined()) {
            std::vector<std::int64_t> sizes = t->sizes().vec();
            sizes[0] = lines;
            *t = t->expand(sizes);
        }
    return input;
}

at::Tensor explainedNumbers(const ScoredModel& model)
{
    return model.input().pixels.defined() ? model.input().pixels : wordEmbeddings(model);
}

InputGradient gradientAt(const ScoredModel& model, const at::Tensor& input)
{
    const at::Tensor leaf = input.detach().clone().requires_grad_();
    const at::Tensor score = scoresOf(model, leaf);
    const at::Tensor gradient = gradientsOf(score, {leaf}, model.control())[0];
    return {gradient.defined() ? gradient : at::zeros_like(leaf), score.detach()};
}

at::Tensor scoresAt(const ScoredModel& model, const at::Tensor& input)
{
    const c10::NoGradGuard noGradients;
    return scoresOf(model, input);
}

std::int64_t batchFor(const ScoredModel& model, std::int64_t wanted)
{
    constexpr std::uint64_t kCopies = 12; // of every activation that a graph keeps, measured on ViT
    constexpr double kShare = 0.3;
    constexpr std::int64_t kMost = 8; // more of them leave the caches and are no faster
    std::uint64_t line = 1;
    for (const AttentionRecord& block : model.run().tensors().result.trace.blocks) {
        const std::int64_t entries = block.q.size(0) * block.heads() * block.queries();
        line += std::uint64_t(entries * (block.keys() * 3 + block.q.size(3) * std::int64_t(kCopies))) * sizeof(float);
    }
    const auto most = std::int64_t(double(availableMemory()) * kShare / double(line));
    return std::clamp<std::int64_t>(most, 1, std::clamp<std::int64_t>(wanted, 1, kMost));
}

void addAttribution(MethodResult& result, const ScoredModel& model, const at::Tensor& attribution)
{
    result.parts["attribution"] = attribution;
    if (!model.input().pixels.defined()) {
        result.streams = {attribution.sum(1)};
        return;
    }
    const at::Tensor pixels = attribution.sum(0);
    result.parts["pixels"] = pixels;
    result.map = patchSums(pixels, pictureStream(model.run().tensors().result.trace));
}

} // namespace headlens
