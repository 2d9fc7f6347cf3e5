// SPDX-License-Identifier: GPL-3.0-or-later
// BEiT (spec/formats.md 5.5): a ViT without key bias, with relative positions in every block and LayerScale.
#include "core/models/skeletons/vit_model.h"

namespace headlens {

static bool recognisesBeit(const Checkpoint& checkpoint)
{
    const std::string type = modelTypeOf(checkpoint);
    if (!type.empty()) return type == "beit";
    return checkpoint.has("encoder.layer.0.relative_position_bias_table") ||
           checkpoint.has("encoder.relative_position_bias_table");
}

static LoadedModel loadBeit(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    return loadPlainVit(checkpoint, settings, "BEiT");
}

const Architecture architectures::beit{"BEiT", recognisesBeit, loadBeit};

} // namespace headlens
