// SPDX-License-Identifier: GPL-3.0-or-later
// Occlusion (Zeiler and Fergus 2014): what the score loses when a window of the picture is covered
// (methods-addendum.md). Windows that reach over the far edge are cut there.
#include "core/attribution/grids.h"
#include "core/attribution/input_gradient.h"
#include "core/attribution/methods.h"
#include "core/attribution/needs.h"
#include "core/attribution/settings.h"
#include "core/session/run_tensors.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace headlens::methods {
namespace {

struct Windows {
    std::int64_t height, width, window, stride; // pixels

    static std::int64_t count(std::int64_t side, std::int64_t window, std::int64_t stride)
    {
        return side <= window ? 1 : (side - window + stride - 1) / stride + 1;
    }
    std::int64_t rows() const { return count(height, window, stride); }
    std::int64_t columns() const { return count(width, window, stride); }
    // The part of `pixels` [..,H,W] under window `i`, row by row.
    at::Tensor under(const at::Tensor& pixels, std::int64_t i) const
    {
        const std::int64_t top = i / columns() * stride, left = i % columns() * stride;
        return pixels.slice(-2, top, std::min(top + window, height)).slice(-1, left, std::min(left + window, width));
    }
};

// [rows,columns]: the score less that of the picture with one window covered by `colour`.
at::Tensor lostScores(const ScoredModel& model, const Windows& windows, const at::Tensor& colour)
{
    const at::Tensor& pixels = model.input().pixels;
    const std::int64_t count = windows.rows() * windows.columns(), batch = batchFor(model, count);
    std::vector<at::Tensor> scores;
    for (std::int64_t begin = 0; begin < count; begin += batch) {
        model.checkpoint(int(begin), int(count));
        const std::int64_t end = std::min(begin + batch, count);
        const at::Tensor covered = pixels.repeat({end - begin, 1, 1, 1});
        for (std::int64_t i = begin; i < end; ++i) windows.under(covered[i - begin], i).copy_(colour);
        scores.push_back(scoresAt(model, covered));
    }
    return (scoresAt(model, pixels) - at::cat(scores)).view({windows.rows(), windows.columns()});
}

// The mean of the windows that cover a pixel [H,W]; 0 where none does.
at::Tensor onPixels(const at::Tensor& lost, const Windows& windows)
{
    at::Tensor sum = at::zeros({windows.height, windows.width}, lost.options()), covered = at::zeros_like(sum);
    const at::Tensor flat = lost.flatten();
    for (std::int64_t i = 0; i < flat.size(0); ++i) {
        windows.under(sum, i).add_(flat[i]);
        windows.under(covered, i).add_(1);
    }
    return sum / covered.clamp_min(1);
}

Windows windowsFor(const Run& run, const Settings& settings)
{
    const at::Tensor& pixels = run.tensors().in.pixels;
    const std::int64_t cell = pictureStream(run.tensors().result.trace).cell;
    const auto sizeOf = [&](const char* name) { // 0: a patch
        const std::int64_t size = settings.whole(name);
        return size > 0 ? size : cell;
    };
    return {pixels.size(2), pixels.size(3), sizeOf("window"), sizeOf("stride")};
}

MethodResult occlusionOf(const Run& run, const verbs::MapQuestion& asked, const JobControl& control)
{
    const Settings settings(occlusion, asked);
    const ScoredModel model(run, asked.score, control);
    const Windows windows = windowsFor(run, settings);
    const at::Tensor colour = fillColour(run, settings.value("fill"), model.input().pixels);
    const at::Tensor lost = lostScores(model, windows, colour);
    MethodResult result;
    result.explained = model.said();
    result.map = lost;
    result.parts["pixels"] = onPixels(lost, windows);
    return result;
}

MethodCost occlusionCost(const Run& run, const verbs::MapQuestion& asked)
{
    const Windows windows = windowsFor(run, Settings(occlusion, asked));
    return {double(windows.rows() * windows.columns()), 0};
}

std::string needsPictureAndScore(const ModelFacts& model)
{
    if (!model.takesPictures()) return HEADLENS_TEXT("Methods", "open a model that looks at pictures");
    return needsScore(model);
}

} // namespace

const Method occlusion{
    {.id = "occlusion",
     .title = HEADLENS_TEXT("Methods", "occlusion"),
     .says = HEADLENS_TEXT("Methods", "What the score loses when a window of the picture is covered (Zeiler and Fergus "
                                      "2014)"),
     .caption = HEADLENS_TEXT("Methods", "Occlusion: what “%1” loses when a window of the picture is covered"),
     .formula = "y(x) − y(x with a window covered)",
     .source = HEADLENS_TEXT("Methods", "Zeiler and Fergus 2014, arXiv 1311.2901"),
     .unit = "score",
     .over = "run",
     .isSigned = true,
     .ofScore = true,
     .settings = {{"window", HEADLENS_TEXT("Methods", "Window in pixels; 0: a patch"), {}, 0, 4096, "0"},
                  {"stride", HEADLENS_TEXT("Methods", "Stride in pixels; 0: a patch"), {}, 0, 4096, "0"},
                  kFillSetting}},
    needsPictureAndScore,
    occlusionOf,
    occlusionCost};

} // namespace headlens::methods
