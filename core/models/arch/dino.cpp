// SPDX-License-Identifier: GPL-3.0-or-later
// DINOv2, with and without registers, and DINOv3 (spec/formats.md 5.6, 5.7): LayerScale, gated MLPs, rotary positions.
#include "core/models/skeletons/vit_model.h"

namespace headlens {

static bool recognisesDino3(const Checkpoint& checkpoint)
{
    const std::string type = modelTypeOf(checkpoint);
    if (!type.empty()) return type == "dinov3_vit";
    return checkpoint.has("encoder.layer.0.layer_scale1") && !checkpoint.has("embeddings.position_embeddings") &&
           checkpoint.has("embeddings.cls_token");
}

static LoadedModel loadDino3(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    return loadPlainVit(checkpoint, settings, "DINOv3");
}

static bool recognisesDino2(const Checkpoint& checkpoint)
{
    const std::string type = modelTypeOf(checkpoint);
    if (!type.empty()) return type == "dinov2" || type == "dinov2_with_registers";
    return checkpoint.has("encoder.layer.0.layer_scale1") && checkpoint.has("embeddings.position_embeddings") &&
           checkpoint.has("embeddings.cls_token");
}

static LoadedModel loadDino2(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    const bool registers = checkpoint.has("embeddings.register_tokens");
    return loadPlainVit(checkpoint, settings, registers ? "DINOv2 with registers" : "DINOv2");
}

const Architecture architectures::dino3{"DINOv3", recognisesDino3, loadDino3};
const Architecture architectures::dino2{"DINOv2", recognisesDino2, loadDino2};

} // namespace headlens
