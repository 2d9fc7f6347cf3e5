// SPDX-License-Identifier: GPL-3.0-or-later
// OLMo 2: norms of what attention and MLP add, none before them; one norm over all queries and one over all keys.
#include "core/models/arch/decoder_names.h"
#include "core/models/skeletons/decoder_reading.h"

namespace headlens {

static StackConfig olmo2Stack(DecoderReader& reader)
{
    StackConfig config = reader.outline({.eps = 1e-5, .endToken = 50'279});
    config.normFirst = false;
    config.normsOutput = true;
    config.headNorms = HeadNorms::Whole;
    return config;
}

const Architecture architectures::olmo2{"OLMo 2", {"olmo2"}, scoreDecoder, loadDecoder, &kOutputNormLayout, olmo2Stack};

} // namespace headlens
