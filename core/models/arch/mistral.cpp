// SPDX-License-Identifier: GPL-3.0-or-later
// Mistral, which sees a window of tokens in every layer, and Mixtral, its mixture of experts.
#include "core/models/arch/decoder_names.h"
#include "core/models/skeletons/decoder_reading.h"

namespace headlens {
namespace {

constexpr auto kEveryLayer = [](std::int64_t) { return true; };

} // namespace

static StackConfig mistralStack(DecoderReader& reader)
{
    StackConfig config = reader.outline({.keyHeads = 8, .positions = 131'072});
    config.kinds = reader.sliding(config.layers, reader.window(4'096), kEveryLayer);
    return config;
}

static StackConfig mixtralStack(DecoderReader& reader)
{
    StackConfig config = reader.outline({.keyHeads = 8, .positions = 131'072, .eps = 1e-5, .theta = 1e6});
    config.kinds = reader.sliding(config.layers, reader.window(0), kEveryLayer);
    for (LayerKind& kind : config.kinds) kind.experts = true;
    config.experts.count = extentOf(reader.checkpoint(), "text.layer.0.mlp.router.weight", 0);
    config.experts.chosen = reader.fields().integer("num_experts_per_tok", 2, 1, 4'096);
    config.experts.width = expertWidth(reader.checkpoint(), "text.layer.0.mlp.");
    return config;
}

const Architecture architectures::mistral{"Mistral",   {"mistral"},     scoreDecoder,
                                          loadDecoder, &kDecoderLayout, mistralStack};
const Architecture architectures::mixtral{"Mixtral",   {"mixtral"},     scoreDecoder,
                                          loadDecoder, &kDecoderLayout, mixtralStack};

} // namespace headlens
