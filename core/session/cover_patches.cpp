// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/cover_patches.h"

#include "core/base/error.h"
#include "core/session/opened_model.h"
#include "core/session/run.h"
#include "core/session/run_tensors.h"
#include "core/wire/changes.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

namespace headlens {
namespace {

// Where patches lie in a picture of these pixels.
struct PatchPlaces {
    std::int64_t side = 1, rows = 0, columns = 0;

    static PatchPlaces of(const ModelFacts& facts, std::int64_t height, std::int64_t width)
    {
        // Through windows the last patches reach beyond the picture; elsewhere what is no whole patch is not read.
        const bool reachesOut = std::ranges::any_of(facts.blocks, [](const auto& one) { return one.windowTokens > 0; });
        const std::int64_t side = facts.patch, more = reachesOut ? side - 1 : 0;
        return {side, (height + more) / side, (width + more) / side};
    }
    // The pixels of one patch in a picture [B,C,H,W]: a view.
    at::Tensor in(const at::Tensor& picture, std::int64_t patch) const
    {
        const std::int64_t top = patch / columns * side, left = patch % columns * side;
        return picture.narrow(2, top, std::min(side, picture.size(2) - top))
            .narrow(3, left, std::min(side, picture.size(3) - left));
    }
};

// The mean of a square around every pixel, three times: nearly a Gaussian. [B,C,H,W]
at::Tensor blurred(at::Tensor picture, std::int64_t side)
{
    constexpr int kTimes = 3;
    const std::int64_t reach = std::min(side, (std::min(picture.size(2), picture.size(3)) - 1) / 2),
                       across = 2 * reach + 1;
    for (int i = 0; i < kTimes; ++i)
        picture = at::avg_pool2d(picture, {across, across}, {1, 1}, {reach, reach}, /*ceil_mode=*/false,
                                 /*count_include_pad=*/false);
    return picture;
}

bool covers(const verbs::Change& change)
{
    const ChangeKind* kind = changeKind(change.kind);
    return kind != nullptr && kind->isOfPixels;
}

// What covers the picture, as large as it; `zero` [C]: what the model reads as 0.
at::Tensor coverOf(const at::Tensor& picture, const std::string& kind, std::int64_t side, const at::Tensor& zero)
{
    if (kind == "cover-blur") return blurred(picture, side);
    if (kind == "cover-mean") return picture.mean(at::IntArrayRef({2, 3}), /*keepdim=*/true).expand_as(picture);
    return zero.view({1, -1, 1, 1}).expand_as(picture);
}

// A copy of `picture` [B,C,H,W] that is covered.
at::Tensor coveredIn(const at::Tensor& picture, const std::vector<verbs::Change>& asked, const PatchPlaces& places,
                     const at::Tensor& zero)
{
    at::Tensor covered = picture.clone();
    for (const verbs::Change& change : asked) {
        if (!covers(change)) continue;
        const at::Tensor cover = coverOf(picture, change.kind, places.side, zero);
        for (const int patch : change.keys) {
            if (patch < 0 || patch >= places.rows * places.columns)
                throw Error(ErrorCode::BadRequest, fmt::format("patch {}", patch), "lies beside the picture",
                            fmt::format("choose from 0 to {}", places.rows * places.columns - 1));
            places.in(covered, patch).copy_(places.in(cover, patch));
        }
    }
    return covered;
}

// Where the model reads 0, of 255, by channel of the picture that is shown [C].
at::Tensor grey(const PreprocessPlan& plan, std::int64_t channels)
{
    at::Tensor level = at::zeros({channels});
    if (!plan.normalize || plan.mean.empty()) return level;
    for (std::int64_t i = 0; i < channels; ++i)
        level[i] = 255 * plan.mean[std::min(std::size_t(i), plan.mean.size() - 1)];
    return level;
}

void coverSeen(Image8& seen, const std::vector<verbs::Change>& asked, const PatchPlaces& places,
               const PreprocessPlan& plan)
{
    if (seen.empty()) return;
    at::Tensor bytes = at::from_blob(seen.pixels.data(), {1, seen.height, seen.width, seen.channels}, at::kByte);
    const at::Tensor picture = bytes.permute({0, 3, 1, 2}).to(at::kFloat).contiguous();
    const at::Tensor covered = coveredIn(picture, asked, places, grey(plan, seen.channels));
    bytes.copy_(covered.round().clamp(0, 255).permute({0, 2, 3, 1}));
}

} // namespace

void coverPatches(Run& run)
{
    const std::vector<verbs::Change>& asked = run.request.changes;
    if (std::ranges::none_of(asked, covers)) return;
    const OpenedModel& model = run.model();
    at::Tensor& pixels = run.tensors().in.pixels;
    if (!model.facts().takesPictures() || !pixels.defined() || pixels.dim() != 4)
        throw Error(ErrorCode::BadRequest, "covered patches", "need a picture, and none is read here",
                    "hide words instead, or open a picture");
    const PatchPlaces places = PatchPlaces::of(model.facts(), pixels.size(2), pixels.size(3));
    pixels = coveredIn(pixels, asked, places, at::zeros({pixels.size(1)}));
    coverSeen(run.seen, asked, places, model.loaded.plan);
}

} // namespace headlens
