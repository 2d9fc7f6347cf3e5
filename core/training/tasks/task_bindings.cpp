// SPDX-License-Identifier: GPL-3.0-or-later
// A causal model with Infini-attention that answers who has what. Only what follows a question is learnt.
#include "core/models/zoo/infini_stack.h"
#include "core/training/data/bindings.h"
#include "core/training/tasks/measuring.h"
#include "core/training/tasks/stack_names.h"
#include "core/training/tasks/task_table.h"
#include "core/training/tasks/word_tokenizer.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace headlens {
namespace {

constexpr std::int64_t kSegment = 16, kLongest = 1024, kBatch = 64;

InfiniConfig configFor(std::int64_t vocabulary, bool delta)
{
    InfiniConfig config;
    config.width = 96;
    config.heads = 3;
    config.mlpWidth = 192;
    config.vocabulary = vocabulary;
    config.segment = kSegment;
    config.delta = delta;
    return config;
}

WordTokenizerPlan plan()
{
    return {bindingVocabulary(), {"<pad>", "<unk>"}, "", ""};
}

class BindingsNetwork : public ModelNetwork<InfiniStack> {
public:
    BindingsNetwork(std::int64_t vocabulary, bool delta) : ModelNetwork(InfiniStack(configFor(vocabulary, delta))) {}
    at::Tensor firstValue(const std::string& name, const std::vector<std::int64_t>& shape) const override
    {
        return name.ends_with("beta") ? at::zeros(shape) : byFanIn(shape);
    }
    // Adam moves a number by its rate at most: gates need more of it to get anywhere.
    double lrMultiplier(const std::string& name) const override { return name.ends_with("beta") ? 10 : 1; }
    Json config() const override
    {
        const InfiniConfig& c = m_model.config();
        return {{"architectures", {"InfiniAttentionLM"}},
                {"model_type", "infini_attention"},
                {"hidden_size", c.width},
                {"num_hidden_layers", c.layers},
                {"num_attention_heads", c.heads},
                {"intermediate_size", c.mlpWidth},
                {"segment_length", c.segment},
                {"memory_rule", c.delta ? "delta" : "linear"},
                {"layer_norm_eps", c.eps},
                {"rope_theta", c.rotaryBase},
                {"max_position_embeddings", kLongest},
                {"vocab_size", c.vocabulary},
                {"pad_token_id", 0},
                {"headlens_example", {{"text", exampleText(c.delta)}}}};
    }

private:
    // Ends with a question about what was told in the first segment.
    static std::string exampleText(bool delta)
    {
        const BindingText told = tellBindings(20, {4, int(kSegment), 5, delta ? 0.5 : 0.0});
        const auto far = std::ranges::find_if(told.questions, [&](const BindingQuestion& question) {
            return question.place > 3 * kSegment && question.told < 2 * kSegment && question.first.empty() != delta;
        });
        const int end = far == told.questions.end() ? int(told.words.size()) : far->place + 1;
        return joined({told.words.begin(), told.words.begin() + end});
    }
};

struct Answers {
    double near = 0, nearAll = 0, far = 0, farAll = 0, last = 0, lastAll = 0, stale = 0;
};

class BindingsTask : public TrainingTask {
public:
    BindingsTask(const TrainRequest& request, bool delta)
        : TrainingTask(request), m_delta(delta), m_ids(plan()),
          m_network(std::make_shared<BindingsNetwork>(m_ids.size(), delta))
    {
    }
    std::shared_ptr<Network> network() override { return m_network; }

    at::Tensor loss(std::uint64_t seed, std::int64_t step) override
    {
        // Short texts first: binding a name to the thing behind it is learnt inside a segment, then carried on.
        const double share = done(step);
        const int segments = share < kInside ? 1 : share < kNext ? 2 : 3 + int(step % 6);
        const int people = share < kInside ? 3 : share < kNext ? 4 : kPeople;
        std::vector<std::int64_t> lines, places, answers;
        for (int i = 0; i < int(kBatch); ++i) {
            const BindingText text = tellBindings(exampleSeed(seed, step, i), planOf(segments, people));
            for (const BindingQuestion& question : text.questions) {
                places.push_back(std::int64_t(lines.size()) + question.place);
                answers.push_back(m_ids.of(question.thing));
            }
            const std::vector<std::int64_t> ids = m_ids.all(text.words);
            lines.insert(lines.end(), ids.begin(), ids.end());
        }
        const at::Tensor ids = at::tensor(lines, at::kLong).view({kBatch, segments * kSegment});
        InfiniPass pass;
        pass.delta = m_delta;
        const at::Tensor hidden = m_network->model().run(ids, pass).flatten(0, 1);
        const at::Tensor scores = m_network->model().scores(hidden.index_select(0, at::tensor(places, at::kLong)));
        return at::cross_entropy_loss(scores, at::tensor(answers, at::kLong));
    }

    std::vector<TaskScore> measure(const TransformerModel& model) override
    {
        const int texts = std::max(16, measuringCount(256));
        const ForwardOptions on = withSwitches({}), off = withSwitches({{"memory", "off"}});
        const Answers with = answered(model, on, 8, texts), without = answered(model, off, 8, texts);
        const double chance = 1.0 / kThings;
        const char* const how = "memory emptied";
        std::vector<TaskScore> scores{
            {"told in an earlier segment, 8 segments", with.far / with.farAll, without.far / without.farAll, how,
             chance},
            {"told in the same segment", with.near / with.nearAll, without.near / without.nearAll, how, chance}};
        if (m_delta) {
            const Answers linear = answered(model, withSwitches({{"rule", "linear"}}), 8, texts);
            scores.push_back({"the last of two things told in different segments", with.last / with.lastAll,
                              linear.last / linear.lastAll, "written by adding", chance});
            scores.push_back({"the first of the two named instead", with.stale / with.lastAll,
                              linear.stale / linear.lastAll, "written by adding", chance});
        }
        for (const int segments : {16, 32, 64}) {
            const Answers longer = answered(model, on, segments, std::max(1, texts / 4));
            scores.push_back({"told in an earlier segment, " + std::to_string(segments) +
                                  " segments (longer than any text in training)",
                              longer.far / longer.farAll, -1, "", chance});
        }
        return scores;
    }

    void writeFiles(const std::string& folder) override { m_ids.write(folder, kLongest); }
    std::string data() const override
    {
        return "Texts are made on the fly by `core/training/data/bindings.cpp`: 32 names, 32 things and words between "
               "them "
               "that mean nothing.\nNo outside data.\n\nNot as in the paper: a key also hears of the token before it "
               "(a convolution of width two).";
    }

private:
    BindingPlan planOf(int segments, int people) const
    {
        return {segments, int(kSegment), people, m_delta ? 0.3 : 0.0};
    }

    Answers answered(const TransformerModel& model, const ForwardOptions& options, int segments, int texts) const
    {
        Answers found;
        for (int i = 0; i < texts; ++i) {
            const BindingText text = tellBindings(exampleSeed(kMeasuringSeed, segments, i), planOf(segments, kPeople));
            const at::Tensor best =
                model.run(inputOf(m_ids.all(text.words)), options, {}).outputs.at("logits")[0].argmax(-1);
            for (const BindingQuestion& question : text.questions) {
                const std::string said = m_ids.word(best[question.place].item<std::int64_t>());
                const bool right = said == question.thing;
                const bool far = question.told / kSegment < question.place / kSegment;
                (far ? found.far : found.near) += right ? 1 : 0;
                (far ? found.farAll : found.nearAll) += 1;
                if (question.first.empty() || !far) continue;
                found.last += right ? 1 : 0;
                found.stale += said == question.first ? 1 : 0;
                found.lastAll += 1;
            }
        }
        return found;
    }

    static constexpr double kInside = 0.1, kNext = 0.3; // shares of the steps after which texts grow
    static constexpr int kPeople = 6;
    bool m_delta;
    WordIds m_ids;
    std::shared_ptr<BindingsNetwork> m_network;
};

} // namespace

std::unique_ptr<TrainingTask> makeBindingsTask(const TrainRequest& request)
{
    return std::make_unique<BindingsTask>(request, request.recipe == "rebinding");
}

} // namespace headlens
