// SPDX-License-Identifier: GPL-3.0-or-later
// A life as a sentence, as a model of the engine; the layout of config.json is ours. Lives are typed as words, events
// begin with their month: "1961-03 born north farm <sep> 1967-09 school primary p0".
#include "core/base/error.h"
#include "core/models/skeletons/stack_loading.h"
#include "core/models/zoo/life_network.h"

#include <ATen/ATen.h>

namespace headlens {
namespace {

class LifeModel : public TransformerModel {
public:
    LifeModel(const LifeConfig& config, ModelFacts facts) : m_network(config), m_facts(std::move(facts))
    {
        m_network.stack().appendFacts(m_facts, "");
        m_facts.switches.push_back({"age", "Age is told", {"on", "off"}, 0, 0, "on"});
        m_facts.switches.push_back({"date", "Date is told", {"on", "off"}, 0, 0, "on"});
    }

    void load(WeightBinder& binder)
    {
        m_network.visit([&](const std::string& name, at::Tensor& weight, const std::vector<std::int64_t>& shape) {
            weight = binder.take(name, shape);
        });
        binder.finish();
    }

    const ModelFacts& facts() const override { return m_facts; }

    ForwardResult run(const ModelInput& input, const ForwardOptions& options, const JobControl& control) const override
    {
        ForwardResult result;
        LifePass pass;
        pass.age = switchValue(m_facts.switches, options.switches, "age") == "on";
        pass.date = switchValue(m_facts.switches, options.switches, "date") == "on";
        pass.stack = passOf(options, control, m_network.stack().blocks(), result);
        pass.stack.mask = input.mask;
        pass.states = &result.states;
        const at::Tensor x = m_network.run(input.ids, pass);
        result.trace.streams.push_back({"", input.ids.size(1), 0, 0, 0});
        result.outputs["last_hidden_state"] = m_network.finalNorm(x);
        result.outputs["logits"] = m_network.verdict(x);
        if (options.vocabularyScores) result.outputs["prediction_logits"] = m_network.scores(x);
        return result;
    }

    at::Tensor finalNorm(const at::Tensor& hidden) const override { return m_network.finalNorm(hidden); }
    at::Tensor vocabularyScores(const at::Tensor& hidden) const override { return m_network.scores(hidden); }

    void eachParameter(const std::function<void(at::Tensor&)>& visit) override
    {
        m_network.visit(
            [&](const std::string&, at::Tensor& weight, const std::vector<std::int64_t>&) { visit(weight); });
    }
    void packWeights(Precision) override {} // too small to gain from it

private:
    LifeNetwork m_network;
    ModelFacts m_facts;
};

LifeConfig configOf(const Checkpoint& checkpoint, const ModelSettings& settings, std::vector<std::string>& assumptions)
{
    const std::string subject = checkpoint.path() + "/config.json";
    const JsonFields fields(*checkpoint.config(), subject);
    constexpr std::int64_t kAbsurd = 1'048'576;
    const StackReader reader(checkpoint, settings);
    LifeConfig config;
    config.text = reader.outline("life");
    reader.settleHeads(config.text, "num_attention_heads", "num_heads", 4, assumptions);
    config.text.eps = fields.real("layer_norm_eps", 1e-5, 0, 1);
    config.text.activation = "silu";
    config.text.normFirst = true;
    config.text.positionKind = TextPositions::Computed;
    config.text.positions = fields.integer("max_position_embeddings", 512, 1, 65'536);
    config.separator = fields.integer("sep_token_id", 0, 0, kAbsurd);
    config.dateToken = fields.integer("first_month_id", 0, 0, kAbsurd);
    config.firstYear = fields.integer("first_year", 1900, 0, 10'000);
    config.localHeads = fields.integer("local_heads", 2, 0, 1'024);
    config.reach = fields.integer("local_events", 2, 0, 65'536);
    config.verdicts = extentOf(checkpoint, "order.weight", 0);
    validate(config.text, subject);
    if (config.dateToken != config.text.vocabulary - 1)
        fields.refuse("first_month_id is not the last row of the table of words");
    if (config.text.segments < 2) fields.refuse("the table of segments has fewer than two rows");
    return config;
}

} // namespace

static int scoreLife(const Checkpoint& checkpoint)
{
    return !modelTypeOf(checkpoint).empty() && checkpoint.has("life.embeddings.tokens") ? 4 : 0;
}

static LoadedModel loadLife(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    const std::string subject = checkpoint.path() + "/config.json";
    const JsonFields fields(*checkpoint.config(), subject);
    ModelFacts facts;
    const LifeConfig config = configOf(checkpoint, settings, facts.assumptions);
    facts.architecture = "Life sequence (after life2vec)";
    facts.patch = facts.channels = 0;
    facts.text = textFactsOf(config.text);
    facts.text.isMaskedLm = true;
    facts.text.padToken = int(fields.integer("pad_token_id", 0, 0, 1'048'576));
    facts.tokenKinds[int(config.dateToken)] = "date";
    for (std::int64_t id = 0; id <= fields.integer("last_special_id", 0, 0, config.dateToken); ++id)
        facts.text.neverWritten.push_back(int(id));
    facts.text.neverWritten.push_back(int(config.dateToken));
    facts.labels = labelsOf(checkpoint);
    facts.classes = int(config.verdicts);
    facts.outputs = {verbs::OutputKind::Classes, verbs::OutputKind::VocabularyScores};
    WeightBinder binder(checkpoint, wantsNonFinite(settings));
    auto model = std::make_unique<LifeModel>(config, std::move(facts));
    model->load(binder);
    return {std::move(model), {}, binder.unused()};
}

const Architecture architectures::life{"Life sequence", {"life_sequence"}, scoreLife, loadLife};

} // namespace headlens
