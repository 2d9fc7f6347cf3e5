// SPDX-License-Identifier: GPL-3.0-or-later
// StableLM 1 and 2: a quarter of every head turns; the second puts attention and MLP side by side and norms every head.
#include "core/models/arch/decoder_names.h"
#include "core/models/skeletons/decoder_reading.h"

namespace headlens {

static StackConfig stableLmStack(DecoderReader& reader)
{
    StackConfig config = reader.outline({.positions = 4'096,
                                         .eps = 1e-5,
                                         .rotaryShare = 0.25,
                                         .rmsNorm = false,
                                         .epsKey = "layer_norm_eps",
                                         .endToken = 0});
    config.parallel = config.sharedNorm = reader.fields().flag("use_parallel_residual", false);
    if (reader.fields().flag("qk_layernorm", false)) config.headNorms = HeadNorms::Own;
    return config;
}

const Architecture architectures::stableLm{"StableLM",  {"stablelm"},    scoreDecoder,
                                           loadDecoder, &kDecoderLayout, stableLmStack};

} // namespace headlens
