// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/questions/questions.h"

#include "core/base/error.h"
#include "core/session/run_tensors.h"
#include "core/trace/token_pca.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>

namespace headlens::questions {

verbs::PcaResult pca(const Run& run, const verbs::Pca& asked, PcaBasis& basis)
{
    const c10::InferenceMode inference;
    const int layers = int(run.tensors().result.trace.blocks.size());
    const int layer = asked.layer < 0 ? layers - 1 : asked.layer;
    const BlockMap map = mapOf(run, layer);
    if (map.grid.rows == 0 || blockOf(run, layer).kind != AttentionKind::Self)
        throw Error(ErrorCode::BadRequest, "principal components", "need a layer with patches of a picture",
                    "choose a layer of the vision tower");
    if (blockOf(run, layer).tokens.defined())
        throw Error(ErrorCode::BadRequest, "principal components", "need all patches, and this block hides some",
                    "choose a layer of the decoder");
    if (asked.recipe != "v2" && asked.recipe != "v3")
        throw Error(ErrorCode::BadRequest, "recipe", "\"" + asked.recipe + "\" is not v2 or v3");
    const PcaVariant recipe = asked.recipe == "v3" ? PcaVariant::V3 : PcaVariant::V2;
    const at::Tensor features =
        run.model().transformer().finalNorm(hiddenBehind(run, layer)[0].slice(0, map.prefix)); // [N,D]
    const bool fits = basis.defined() && basis.width() == features.size(1) && basis.recipe == recipe;
    if (!fits || asked.refit || asked.flip) {
        basis = fitPca(features, map.grid.rows, map.grid.columns, recipe, asked.flip);
        basis.layer = layer;
    }
    const PcaPicture painted = paintPca(basis, features, map.grid.rows, map.grid.columns);
    verbs::PcaResult answer{layer, basis.layer, basis.explained, painted.foreground,
                            Image8(map.grid.columns, map.grid.rows)};
    const at::Tensor rgb = painted.rgb.contiguous();
    std::copy_n(rgb.data_ptr<std::uint8_t>(), answer.picture.pixels.size(), answer.picture.pixels.begin());
    return answer;
}

verbs::PcaResult pca(const Run& run, const verbs::Pca& asked)
{
    PcaBasis basis;
    return pca(run, asked, basis);
}

} // namespace headlens::questions
