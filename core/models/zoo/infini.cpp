// SPDX-License-Identifier: GPL-3.0-or-later
// A causal language model with Infini-attention; the layout of config.json is ours, no public checkpoints exist.
#include "core/base/error.h"
#include "core/models/skeletons/stack_loading.h"
#include "core/models/zoo/causal_model.h"
#include "core/models/zoo/infini_stack.h"

#include <ATen/ATen.h>

#include <cstdio>

namespace headlens {
namespace {

std::string gateName(std::size_t layer, std::int64_t head)
{
    return "gate." + std::to_string(layer) + "." + std::to_string(head);
}

class Infini : public CausalModel<InfiniStack, InfiniPass> {
public:
    Infini(const InfiniConfig& config, ModelFacts facts) : CausalModel(config, std::move(facts))
    {
        for (std::int64_t i = 0; i < config.layers; ++i)
            for (const AttentionKind kind : {AttentionKind::Self, AttentionKind::Memory})
                m_facts.blocks.push_back({0, int(config.heads), int(config.width), "", kind, 0});
    }

    void load(WeightBinder& binder)
    {
        CausalModel::load(binder);
        m_facts.switches.push_back({"memory", "Memory", {"on", "off"}, 0, 0, "on"});
        const char* const rule = m_stack.config().delta ? "delta" : "linear";
        m_facts.switches.push_back({"rule", "How the memory is written", {"linear", "delta"}, 0, 0, rule});
        const at::Tensor gates = m_stack.gates();
        const bool known = !gates.is_meta(); // they are when only the outline is read
        for (std::int64_t i = 0; i < gates.numel(); ++i) {
            const std::int64_t layer = i / gates.size(1), head = i % gates.size(1);
            char usual[32] = "0.5";
            if (known) std::snprintf(usual, sizeof(usual), "%.4f", double(gates.data_ptr<float>()[i]));
            m_facts.switches.push_back({gateName(std::size_t(layer), head),
                                        "Gate of layer " + std::to_string(layer) + ", head " + std::to_string(head),
                                        {},
                                        0,
                                        1,
                                        usual});
        }
    }

private:
    InfiniPass passOf(const ForwardOptions& options) const override
    {
        InfiniPass pass;
        pass.remembers = switchValue(m_facts.switches, options.switches, "memory") == "on";
        pass.delta = switchValue(m_facts.switches, options.switches, "rule") == "delta";
        pass.ablated = options.ablated;
        pass.gates = chosenGates(options.switches);
        return pass;
    }

    // Undefined where all are as trained, so that nothing is rounded.
    at::Tensor chosenGates(const SwitchValues& values) const
    {
        at::Tensor gates;
        for (std::int64_t layer = 0; layer < m_stack.config().layers; ++layer)
            for (std::int64_t head = 0; head < m_stack.config().heads; ++head) {
                const std::string name = gateName(std::size_t(layer), head);
                if (!values.contains(name)) continue;
                if (!gates.defined()) gates = m_stack.gates().clone();
                gates[layer][head] = switchNumber(m_facts.switches, values, name);
            }
        return gates;
    }
};

InfiniConfig configOf(const Checkpoint& checkpoint)
{
    const std::string subject = checkpoint.path() + "/config.json";
    const JsonFields fields(*checkpoint.config(), subject);
    InfiniConfig config;
    config.layers = fields.integer("num_hidden_layers", 2, 1, 1'000);
    config.heads = fields.integer("num_attention_heads", 4, 1, 1'024);
    config.segment = fields.integer("segment_length", 32, 1, 65'536);
    config.eps = fields.real("layer_norm_eps", 1e-5, 0, 1);
    config.rotaryBase = fields.real("rope_theta", 10'000, 1, 1e9);
    const std::string rule = fields.text("memory_rule", "linear");
    if (rule != "linear" && rule != "delta") fields.refuse("memory_rule is \"" + rule + "\", not linear or delta");
    config.delta = rule == "delta";
    config.vocabulary = extentOf(checkpoint, "infini.tokens", 0);
    config.width = extentOf(checkpoint, "infini.tokens", 1);
    config.mlpWidth = extentOf(checkpoint, "infini.layer.0.up.weight", 0);
    if (config.width % (2 * config.heads) != 0)
        fields.refuse(std::to_string(config.heads) + " heads of an even width do not divide the width " +
                      std::to_string(config.width));
    return config;
}

} // namespace

static int scoreInfini(const Checkpoint& checkpoint)
{
    return !modelTypeOf(checkpoint).empty() && checkpoint.has("infini.tokens") ? 4 : 0;
}

static LoadedModel loadInfini(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    const InfiniConfig config = configOf(checkpoint);
    const std::string subject = checkpoint.path() + "/config.json";
    const JsonFields fields(*checkpoint.config(), subject);
    ModelFacts facts;
    facts.architecture = config.delta ? "Infini-attention (delta rule)" : "Infini-attention";
    facts.text = writingFactsOf(fields, fields.integer("max_position_embeddings", 4'096, 1, 65'536), config.vocabulary);
    WeightBinder binder(checkpoint, wantsNonFinite(settings));
    auto model = std::make_unique<Infini>(config, std::move(facts));
    model->load(binder);
    return {std::move(model), {}, binder.unused()};
}

const Architecture architectures::infini{"Infini-attention", {"infini_attention"}, scoreInfini, loadInfini};

} // namespace headlens
