// SPDX-License-Identifier: GPL-3.0-or-later
// BEiT: a ViT without key bias, with relative positions in every block and LayerScale.
#include "core/models/skeletons/vit_model.h"

namespace headlens {

static int scoreBeit(const Checkpoint& checkpoint)
{
    const bool told = !modelTypeOf(checkpoint).empty();
    return told || checkpoint.has("encoder.layer.0.relative_position_bias_table") ||
                   checkpoint.has("encoder.relative_position_bias_table")
               ? 3
               : 0;
}

static LoadedModel loadBeit(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    return loadPlainVit(checkpoint, settings, "BEiT");
}

const Architecture architectures::beit{"BEiT", {"beit"}, scoreBeit, loadBeit};

} // namespace headlens
