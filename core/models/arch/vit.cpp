// SPDX-License-Identifier: GPL-3.0-or-later
// ViT in all its layouts, and DINO v1.
#include "core/models/skeletons/vit_model.h"

namespace headlens {

static int scoreVit(const Checkpoint& checkpoint)
{
    const bool told = !modelTypeOf(checkpoint).empty();
    return told || checkpoint.has("encoder.layer.0.attention.attention.query.weight") ? 1 : 0;
}

static LoadedModel loadVit(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    const bool headless = !checkpoint.has("classifier.weight") && !checkpoint.has("pooler.dense.weight") &&
                          !checkpoint.has("attn_pool.latent") && !checkpoint.has("pooler.layernorm.weight");
    return loadPlainVit(checkpoint, settings, headless ? "ViT (no head, as DINO v1)" : "ViT");
}

const Architecture architectures::vit{"ViT and DINO v1", {"vit", "deit", "vit_mae"}, scoreVit, loadVit};

} // namespace headlens
