// SPDX-License-Identifier: GPL-3.0-or-later
// Qwen 2, 2.5 and 3, dense and with experts.
#include "core/models/arch/decoder_names.h"
#include "core/models/skeletons/decoder_reading.h"

#include <algorithm>
#include <string>
#include <vector>

namespace headlens {
namespace {

constexpr std::int64_t kMostLayers = 1'000;

// A window is written into many files that do not use it.
void settleWindow(StackConfig& config, const DecoderReader& reader)
{
    const bool used = reader.fields().flag("use_sliding_window", false);
    const std::int64_t from = reader.fields().integer("max_window_layers", 28, 0, kMostLayers);
    config.kinds = reader.sliding(config.layers, used ? reader.window(4'096) : 0,
                                  [=](std::int64_t layer) { return used && layer >= from; });
}

// What the two generations assume where config.json is silent.
struct ExpertDefaults {
    std::int64_t chosen;
    bool hasShared;
};

void settleExperts(StackConfig& config, const DecoderReader& reader, const ExpertDefaults& defaults)
{
    const Checkpoint& checkpoint = reader.checkpoint();
    const JsonFields& fields = reader.fields();
    const std::int64_t step = fields.integer("decoder_sparse_step", 1, 1, kMostLayers);
    const Json& json = reader.json();
    const bool told = json.contains("mlp_only_layers") && !json["mlp_only_layers"].empty(); // null is empty as well
    const std::vector<std::int64_t> plain =
        told ? fields.integers("mlp_only_layers", {}, 0, kMostLayers, kMostLayers) : std::vector<std::int64_t>();
    for (std::size_t i = 0; i < config.kinds.size(); ++i) {
        const auto layer = std::int64_t(i);
        config.kinds[i].experts = (layer + 1) % step == 0 && std::ranges::find(plain, layer) == plain.end();
    }
    config.gated = true; // also where the first layer has experts and shows no gate
    const auto mlpOf = [](auto layer) { return "text.layer." + std::to_string(layer) + ".mlp."; };
    const auto first = std::ranges::find_if(config.kinds, &LayerKind::experts);
    const auto dense = std::ranges::find_if_not(config.kinds, &LayerKind::experts);
    if (dense != config.kinds.end())
        config.mlpWidth = extentOf(checkpoint, mlpOf(dense - config.kinds.begin()) + "up.weight", 0);
    if (first == config.kinds.end()) return;
    const std::string mlp = mlpOf(first - config.kinds.begin());
    config.experts = {.count = extentOf(checkpoint, mlp + "router.weight", 0),
                      .chosen = fields.integer("num_experts_per_tok", defaults.chosen, 1, 4'096),
                      .width = expertWidth(checkpoint, mlp),
                      .renormalised = fields.flag("norm_topk_prob", false)};
    if (defaults.hasShared) config.experts.shared = extentOf(checkpoint, mlp + "shared.up.weight", 0);
}

} // namespace

static StackConfig qwen2Stack(DecoderReader& reader)
{
    StackConfig config = reader.outline({.positions = 32'768});
    settleWindow(config, reader);
    return config;
}

static StackConfig qwen2MoeStack(DecoderReader& reader)
{
    StackConfig config = reader.outline({.heads = 16, .positions = 32'768});
    settleWindow(config, reader);
    settleExperts(config, reader, {.chosen = 4, .hasShared = true});
    return config;
}

static StackConfig qwen3Stack(DecoderReader& reader)
{
    StackConfig config = reader.outline({.positions = 32'768});
    config.headNorms = HeadNorms::Shared;
    settleWindow(config, reader);
    return config;
}

static StackConfig qwen3MoeStack(DecoderReader& reader)
{
    StackConfig config = reader.outline({.keyHeads = 4, .positions = 32'768});
    config.headNorms = HeadNorms::Shared;
    settleWindow(config, reader);
    settleExperts(config, reader, {.chosen = 8, .hasShared = false});
    return config;
}

const Architecture architectures::qwen2{"Qwen2", {"qwen2"}, scoreDecoder, loadDecoder, &kDecoderLayout, qwen2Stack};
const Architecture architectures::qwen2Moe{"Qwen2-MoE", {"qwen2_moe"},   scoreDecoder,
                                           loadDecoder, &kDecoderLayout, qwen2MoeStack};
const Architecture architectures::qwen3{"Qwen3", {"qwen3"}, scoreDecoder, loadDecoder, &kDecoderLayout, qwen3Stack};
const Architecture architectures::qwen3Moe{"Qwen3-MoE", {"qwen3_moe"},   scoreDecoder,
                                           loadDecoder, &kDecoderLayout, qwen3MoeStack};

} // namespace headlens
