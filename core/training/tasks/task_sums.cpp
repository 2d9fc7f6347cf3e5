// SPDX-License-Identifier: GPL-3.0-or-later
// A causal Mixture-of-Depths: a language model that works out small sums and lets most characters pass by every second
// block. Which ones pass is learnt by looking at the whole text; the predictor learns to tell it beforehand.
#include "core/models/zoo/depths_stack.h"
#include "core/training/data/sums.h"
#include "core/training/tasks/measuring.h"
#include "core/training/tasks/stack_names.h"
#include "core/training/tasks/task_table.h"
#include "core/training/tasks/word_tokenizer.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

constexpr std::int64_t kLongest = 64, kBatch = 64;

WordTokenizerPlan plan()
{
    return {sumCharacters(), {"<pad>", "<unk>"}, "", "", WordTokenizerPlan::Characters};
}

DepthsConfig configFor(std::int64_t vocabulary)
{
    DepthsConfig config;
    config.vocabulary = vocabulary;
    config.positions = kLongest;
    return config;
}

class SumsNetwork : public ModelNetwork<DepthsStack> {
public:
    explicit SumsNetwork(std::int64_t vocabulary) : ModelNetwork(DepthsStack(configFor(vocabulary))) {}
    at::Tensor firstValue(const std::string& name, const std::vector<std::int64_t>& shape) const override
    {
        if (name.ends_with("router.weight") || name.ends_with("router.bias")) return at::zeros(shape);
        if (name.ends_with("positions")) return at::randn(shape) * 0.3;
        return byFanIn(shape);
    }
    Json config() const override
    {
        const DepthsConfig& c = m_model.config();
        return {{"architectures", {"MixtureOfDepthsLM"}},
                {"model_type", "mixture_of_depths_lm"},
                {"hidden_size", c.width},
                {"num_hidden_layers", c.layers},
                {"num_attention_heads", c.heads},
                {"capacity", c.capacity},
                {"layer_norm_eps", c.eps},
                {"pad_token_id", 0},
                {"headlens_example", {{"text", "..7+5=2;.3*4=2;...9-4=5;6*6=6;....8+8="}}}};
    }
};

class SumsTask : public TrainingTask {
public:
    explicit SumsTask(const TrainRequest& request)
        : TrainingTask(request), m_ids(plan()), m_network(std::make_shared<SumsNetwork>(m_ids.size()))
    {
    }
    std::shared_ptr<Network> network() override { return m_network; }

    at::Tensor loss(std::uint64_t seed, std::int64_t step) override
    {
        const auto [ids, worth] = drawn(seed, step);
        std::vector<at::Tensor> predicted, chosen, passing;
        DepthsPass pass;
        pass.predicted = &predicted;
        pass.chosen = &chosen;
        pass.passing = &passing;
        // At first everybody passes and blocks learn what they are good for. Then routers learn who profits, then fewer
        // and fewer pass. Routers that learn from the beginning turn off what is hardest, because it comes last.
        pass.routersLearn = done(step) > 0.35;
        const std::int64_t last = ids.size(1) - 1;
        pass.capacity = capacityAt(done(step), last);
        const at::Tensor scores = m_network->model().scores(m_network->model().run(ids.slice(1, 0, last), pass));
        const at::Tensor each =
            at::cross_entropy_loss(scores.flatten(0, 1), ids.slice(1, 1).flatten(), {}, at::Reduction::None);
        at::Tensor loss = (each * worth.flatten()).sum() / worth.sum();
        for (std::size_t i = 0; i < predicted.size(); ++i) // touches nothing but the predictors
            loss = loss + at::binary_cross_entropy_with_logits(predicted[i], chosen[i]);
        // Work has its price: who gains less than that from a block sinks below those who need it.
        for (const at::Tensor& shares : passing) loss = loss + kPrice * shares.mean();
        return loss;
    }

    std::vector<TaskScore> measure(const TransformerModel& model) override
    {
        const int texts = measuringCount(256);
        const Found predicted = found(model, {}, texts), random = found(model, {{"routing", "random"}}, texts),
                    top = found(model, {{"routing", "top of the whole text"}}, texts),
                    all = found(model, {{"routing", "all"}}, texts);
        const char* const how = "characters chosen at random";
        return {{"sums right, a quarter of the characters in every second block, chosen beforehand", predicted.right,
                 random.right, how, kChance},
                {"sums right, chosen by looking at the whole text", top.right, random.right, how, kChance},
                {"sums right, every character in every block", all.right, -1, "", kChance},
                {"predictor and true choice agree", top.agreeing, -1, "", 1 - top.share},
                {"the character before a sum's digit is chosen, both blocks", top.hard, -1, "", top.share}};
    }

    void writeFiles(const std::string& folder) override { m_ids.write(folder, kLongest); }
    std::string data() const override
    {
        return "Texts are made on the fly by `core/training/data/sums.cpp`: sums, differences and products of two "
               "digits, "
               "of which only the\nlast digit is told, between dots; few in some texts, many in others; "
               "60\ncharacters, so that no `=` stands behind the 58th. No outside data.\n\nNot as in the paper: what a "
               "block adds is multiplied by the sigmoid of the score. Routers "
               "begin to learn after a third of\nthe training, while everybody still passes; then fewer and fewer do. "
               "A small price for every token that passes (0.05 nats)\nmakes those sink who need no work: without it "
               "routers turned off the `=`, where the loss was, and chose what was easy.";
    }

private:
    static constexpr double kPrice = 0.05; // nats for a token that passes with all its weight
    static constexpr double kChance = 0.1; // one of ten digits

    struct Batch {
        at::Tensor ids, worth; // [B,T]; [B,T-1]: of every guess
    };
    // What has to be worked out is worth more than characters that nobody can know.
    Batch drawn(std::uint64_t seed, std::int64_t step) const
    {
        constexpr double kWorkedOut = 4;
        std::vector<std::vector<std::int64_t>> lines;
        at::Tensor worth;
        for (int i = 0; i < int(kBatch); ++i) {
            const SumText made = sumText(exampleSeed(seed, step, i));
            lines.push_back(idsOf(made.text));
            if (i == 0) worth = at::ones({kBatch, std::int64_t(lines[0].size()) - 1});
            for (const int at : made.answers) worth[i][at - 1] = kWorkedOut;
        }
        return {padded(lines), worth};
    }

    std::int64_t capacityAt(double share, std::int64_t tokens) const
    {
        const std::int64_t least = m_network->model().config().capacity;
        return tokens - std::llround(std::clamp((share - 0.45) / 0.35, 0.0, 1.0) * double(tokens - least));
    }

    std::vector<std::int64_t> idsOf(const std::string& text) const
    {
        std::vector<std::int64_t> ids;
        for (const char c : text) ids.push_back(m_ids.of(std::string(1, c)));
        return ids;
    }

    struct Found {
        double right = 0;    // share of the sums
        double agreeing = 0; // share of tokens of which the predictor says what the choice was
        double hard = 0;     // share of "=" that are chosen
        double share = 0;    // of all tokens that are chosen
    };
    Found found(const TransformerModel& model, const SwitchValues& switches, int texts) const
    {
        Found found;
        double asked = 0, tokens = 0, before = 0;
        for (int i = 0; i < texts; ++i) {
            const SumText made = sumText(exampleSeed(kMeasuringSeed, 0, i));
            const ModelInput input = inputOf(idsOf(made.text));
            ForwardOptions options;
            options.switches = switches;
            options.seed = std::uint64_t(i);
            const ForwardResult result = model.run(input, options, {});
            const at::Tensor best = result.outputs.at("logits")[0].argmax(-1);
            for (const int at : made.answers) {
                found.right += best[at - 1].item<std::int64_t>() == input.ids[0][at].item<std::int64_t>() ? 1 : 0;
                ++asked;
            }
            for (std::size_t block = 0; block < result.trace.blocks.size(); ++block) {
                const AttentionRecord& record = result.trace.blocks[block];
                if (!record.router.defined() || !record.tokens.defined()) continue;
                const at::Tensor taken = at::zeros_like(record.router).scatter(0, record.tokens, 1);
                const at::Tensor said = result.states.at("predictor." + std::to_string(block)).gt(0.5);
                found.agreeing += said.eq(taken.gt(0)).sum().item<double>();
                found.share += taken.sum().item<double>();
                tokens += double(taken.numel());
                for (const int at : made.answers) {
                    found.hard += taken[at - 1].item<double>();
                    ++before;
                }
            }
        }
        found.right /= asked;
        found.agreeing /= std::max(1.0, tokens);
        found.share /= std::max(1.0, tokens);
        found.hard /= std::max(1.0, before);
        return found;
    }

    WordIds m_ids;
    std::shared_ptr<SumsNetwork> m_network;
};

} // namespace

std::unique_ptr<TrainingTask> makeSumsTask(const TrainRequest& request)
{
    return std::make_unique<SumsTask>(request);
}

} // namespace headlens
