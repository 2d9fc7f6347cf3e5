// SPDX-License-Identifier: GPL-3.0-or-later
// Patches that nobody sees: their keys get -inf in every block and head, which is as good as removing the tokens.
#include "core/attribution/grids.h"
#include "core/attribution/settings.h"
#include "core/interventions/effect.h"
#include "core/interventions/heads.h"
#include "core/interventions/interventions.h"
#include "core/session/run_tensors.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace headlens::interventions {
namespace {

MethodResult maskPatchOf(const Run& run, const verbs::MapQuestion& asked, const JobControl& control)
{
    const Settings settings(maskPatch, asked);
    Changes changes;
    const TokenStream& stream = pictureStream(run.tensors().result.trace);
    std::vector<std::int64_t> keys;
    for (const std::int64_t patch : settings.places("patches", stream.gridHeight * stream.gridWidth))
        keys.push_back(stream.text + stream.prefix + patch);
    changes.hideKeys(keys);
    return effectOf(ScoredModel(run, asked.score, control), changes);
}

std::string needsPatches(const ModelFacts& model)
{
    const bool windowed =
        std::ranges::any_of(model.blocks, [](const BlockFacts& block) { return block.windowTokens > 0; });
    return model.takesPictures() && !windowed
               ? ""
               : HEADLENS_TEXT("Methods", "open a model whose patches all see each other: no windows");
}

} // namespace

const Method maskPatch{
    {.id = "mask-patch",
     .title = HEADLENS_TEXT("Methods", "patches hidden"),
     .says = HEADLENS_TEXT("Methods", "What becomes of a score when no token of any block may look at some "
                                      "patches"),
     .unit = "score",
     .over = "run",
     .ofScore = true,
     .settings = {{"patches", HEADLENS_TEXT("Methods", "Patches"), {}, 0, 99'999, "0", true}}},
    needsPatches,
    maskPatchOf};

} // namespace headlens::interventions
