// SPDX-License-Identifier: GPL-3.0-or-later
// DINOv2, with and without registers, and DINOv3: LayerScale, gated MLPs, rotary positions.
#include "core/models/skeletons/vit_model.h"

namespace headlens {

static int scoreDino3(const Checkpoint& checkpoint)
{
    const bool told = !modelTypeOf(checkpoint).empty();
    return told || (checkpoint.has("encoder.layer.0.layer_scale1") &&
                    !checkpoint.has("embeddings.position_embeddings") && checkpoint.has("embeddings.cls_token"))
               ? 2
               : 0;
}

static LoadedModel loadDino3(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    return loadPlainVit(checkpoint, settings, "DINOv3");
}

static int scoreDino2(const Checkpoint& checkpoint)
{
    const bool told = !modelTypeOf(checkpoint).empty();
    return told || (checkpoint.has("encoder.layer.0.layer_scale1") &&
                    checkpoint.has("embeddings.position_embeddings") && checkpoint.has("embeddings.cls_token"))
               ? 2
               : 0;
}

static LoadedModel loadDino2(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    const bool registers = checkpoint.has("embeddings.register_tokens");
    return loadPlainVit(checkpoint, settings, registers ? "DINOv2 with registers" : "DINOv2");
}

const Architecture architectures::dino3{"DINOv3", {"dinov3_vit"}, scoreDino3, loadDino3};
const Architecture architectures::dino2{"DINOv2", {"dinov2", "dinov2_with_registers"}, scoreDino2, loadDino2};

} // namespace headlens
