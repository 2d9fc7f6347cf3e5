// SPDX-License-Identifier: GPL-3.0-or-later
// A ViT with Mixture-of-Depths (Raposo et al. 2024, arXiv 2404.02258): some blocks work on a few patches that a router
// chooses, the others of them stay as they are. The layout is that of ViT with a "router" in routed blocks; no public
// checkpoints exist. The blocks themselves are in vit_blocks.cpp.
#include "core/models/skeletons/vit_model.h"

namespace headlens {

static int scoreMixtureOfDepths(const Checkpoint& checkpoint)
{
    return modelTypeOf(checkpoint).empty() ? 0 : 4;
}

static LoadedModel loadMixtureOfDepths(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    return loadPlainVit(checkpoint, settings, "Mixture-of-Depths ViT");
}

const Architecture architectures::mixtureOfDepths{
    "Mixture-of-Depths", {"mixture_of_depths_vit"}, scoreMixtureOfDepths, loadMixtureOfDepths};

} // namespace headlens
