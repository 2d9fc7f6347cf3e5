// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/attribution/needs.h"

#include "core/base/window_text.h"

#include <algorithm>

namespace headlens {
namespace {

bool hasWindows(const ModelFacts& model)
{
    return std::ranges::any_of(model.blocks, [](const BlockFacts& block) { return block.windowTokens > 0; });
}

bool hasKind(const ModelFacts& model, AttentionKind kind)
{
    return std::ranges::find(model.blocks, kind, &BlockFacts::kind) != model.blocks.end();
}

} // namespace

std::string needsScore(const ModelFacts& model)
{
    if (hasKind(model, AttentionKind::Composed))
        return HEADLENS_TEXT("Methods", "open another model: through a resampler, as this one reads pictures, no score "
                                        "is followed back");
    const bool scores =
        std::ranges::any_of(model.outputs, [](verbs::OutputKind kind) { return kind != verbs::OutputKind::Picture; });
    return scores && model.maskRatio <= 0
               ? ""
               : HEADLENS_TEXT("Methods", "open a model with a classifier, one that writes, or one that compares texts "
                                          "with pictures");
}

std::string needsGradient(const ModelFacts& model)
{
    if (model.choosesTokens || hasKind(model, AttentionKind::Memory) || model.maskRatio > 0)
        return HEADLENS_TEXT("Methods", "open a model without memories and without blocks that leave tokens out: "
                                        "gradients do not follow these");
    return needsScore(model);
}

std::string needsOneSequence(const ModelFacts& model)
{
    const bool one = std::ranges::all_of(model.blocks, [&](const BlockFacts& block) {
        return block.kind == AttentionKind::Self && block.tower == model.blocks.front().tower;
    });
    return one && !model.text.writes && !model.choosesTokens && model.maskRatio <= 0
               ? ""
               : HEADLENS_TEXT("Methods", "open an encoder: this method follows one sequence that looks at itself");
}

std::string needsMapsOfOneSize(const ModelFacts& model)
{
    const bool one = std::ranges::all_of(model.blocks, [&](const BlockFacts& block) {
        return block.kind == AttentionKind::Self && block.tower == model.blocks.front().tower &&
               block.windowTokens == 0;
    });
    return one && !model.choosesTokens
               ? ""
               : HEADLENS_TEXT("Methods", "open a model with one sequence whose tokens all see each other: no windows");
}

std::string needsOneMap(const ModelFacts& model)
{
    if (hasWindows(model)) return HEADLENS_TEXT("Methods", "open a model whose tokens all see each other: no windows");
    return needsOneSequence(model);
}

std::string needsPictureScore(const ModelFacts& model)
{
    if (!model.takesPictures()) return HEADLENS_TEXT("Methods", "open a model that looks at pictures");
    return needsGradient(model);
}

} // namespace headlens
