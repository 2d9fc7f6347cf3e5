// SPDX-License-Identifier: GPL-3.0-or-later
// GPT-2 in both layouts, with or without "transformer.".
#include "core/models/skeletons/causal_text.h"
#include "core/models/skeletons/stack_loading.h"

namespace headlens {
namespace {

StackConfig configOf(const Checkpoint& checkpoint, const ModelSettings& settings, std::vector<std::string>& assumptions)
{
    const StackReader reader(checkpoint, settings);
    StackConfig config = reader.outline("text", "n_embd", "n_layer");
    reader.settleHeads(config, "n_head", "num_heads", 12, assumptions);
    const JsonFields& fields = reader.fields();
    config.eps = epsOf(settings, fields.real("layer_norm_epsilon", 1e-5, 0, 1));
    const bool nano = checkpoint.layout().name == "nanoGPT"; // exact GELU, and biases are an option
    config.normBiases = checkpoint.has("text.norm.bias");
    reader.settleActivation(config, fields.text("activation_function", nano ? "gelu" : "gelu_new"), assumptions);
    config.scaled = fields.flag("scale_attn_weights", true);
    config.scaledByLayer = fields.flag("scale_attn_by_inverse_layer_idx", false);
    config.normFirst = config.causal = true;
    config.padToken = std::max<std::int64_t>(0, reader.token("pad_token_id", 0));
    validate(config, checkpoint.path());
    return config;
}

} // namespace

static int scoreGpt2(const Checkpoint& checkpoint)
{
    const auto& views = checkpoint.layout().views;
    const auto query = views.find("text.layer.0.self.query.weight"); // nobody else stores it the other way round
    const bool ours = query != views.end() && (query->second.transposed || checkpoint.layout().name == "nanoGPT");
    return ours ? 2 : 0; // a text tower alone has the other names
}

static LoadedModel loadGpt2(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    ModelFacts facts;
    const StackConfig config = configOf(checkpoint, settings, facts.assumptions);
    facts.architecture = "GPT-2";
    facts.text = textFactsOf(config);
    facts.text.endToken = int(StackReader(checkpoint, settings).token("eos_token_id", config.vocabulary - 1));
    return loadCausalText(config, std::move(facts), checkpoint, settings);
}

const Architecture architectures::gpt2{"GPT-2", {"gpt2"}, scoreGpt2, loadGpt2};

} // namespace headlens
