// SPDX-License-Identifier: GPL-3.0-or-later
// ViT in all its layouts, and DINO v1 (spec/formats.md 5.1, 5.3).
#include "core/models/skeletons/vit_model.h"

namespace headlens {

static bool recognisesVit(const Checkpoint& checkpoint)
{
    const std::string type = modelTypeOf(checkpoint);
    if (!type.empty()) return type == "vit" || type == "deit" || type == "vit_mae";
    return checkpoint.has("encoder.layer.0.attention.attention.query.weight");
}

static LoadedModel loadVit(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    const bool headless = !checkpoint.has("classifier.weight") && !checkpoint.has("pooler.dense.weight") &&
                          !checkpoint.has("attn_pool.latent") && !checkpoint.has("pooler.layernorm.weight");
    return loadPlainVit(checkpoint, settings, headless ? "ViT (no head, as DINO v1)" : "ViT");
}

const Architecture architectures::vit{"ViT and DINO v1", recognisesVit, loadVit};

} // namespace headlens
