// SPDX-License-Identifier: GPL-3.0-or-later
// A GPT in the layout of GPT-2 that tells small stories on.
#include "core/models/skeletons/stack.h"
#include "core/training/data/story_grammar.h"
#include "core/training/tasks/measuring.h"
#include "core/training/tasks/small_stacks.h"
#include "core/training/tasks/stack_names.h"
#include "core/training/tasks/task_table.h"
#include "core/training/tasks/word_tokenizer.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace headlens {
namespace {

constexpr std::int64_t kEnd = 0, kLongest = 96, kBatch = 48;

WordTokenizerPlan plan()
{
    return {storyVocabulary(), {"<|endoftext|>", "<unk>"}, "<|endoftext|>", ""};
}

StackConfig stackConfig(std::int64_t vocabulary)
{
    StackConfig config = smallStack("text", {4, 96, 4}, vocabulary, kLongest);
    config.activation = "gelu_new";
    config.causal = true;
    return config;
}

class StoryNetwork : public ModelNetwork<Stack> {
public:
    explicit StoryNetwork(std::int64_t vocabulary) : ModelNetwork(Stack(stackConfig(vocabulary))) {}
    at::Tensor firstValue(const std::string&, const std::vector<std::int64_t>& shape) const override
    {
        return byFanIn(shape);
    }
    // ids [B,T] -> scores [B,T,V]
    at::Tensor scores(const at::Tensor& ids) const
    {
        return at::linear(m_model.finalNorm(m_model.run(m_model.embed(ids), {})), m_model.tokens());
    }
    Json config() const override
    {
        const StackConfig& c = m_model.config();
        return {{"architectures", {"GPT2LMHeadModel"}},
                {"model_type", "gpt2"},
                {"n_embd", c.width},
                {"n_layer", c.layers},
                {"n_head", c.heads},
                {"n_inner", c.mlpWidth},
                {"n_positions", c.positions},
                {"activation_function", c.activation},
                {"layer_norm_epsilon", c.eps},
                {"vocab_size", c.vocabulary},
                {"bos_token_id", kEnd},
                {"eos_token_id", kEnd},
                {"headlens_example", {{"text", "anna has a red ball. ben has a blue cup. anna gives the red"}}}};
    }
    // GPT-2's names: queries, keys and values in one matrix, all of them [in,out].
    void finish(std::map<std::string, at::Tensor>& weights) const override
    {
        std::map<std::string, at::Tensor> stored;
        for (std::int64_t layer = 0; layer < m_model.config().layers; ++layer) {
            const std::string from = "text.layer." + std::to_string(layer) + ".";
            const std::string to = "transformer.h." + std::to_string(layer) + ".";
            const auto turned = [&](const std::string& name) { return weights.at(from + name + ".weight").t(); };
            const auto bias = [&](const std::string& name) { return weights.at(from + name + ".bias"); };
            stored[to + "attn.c_attn.weight"] =
                at::cat({turned("self.query"), turned("self.key"), turned("self.value")}, 1);
            stored[to + "attn.c_attn.bias"] = at::cat({bias("self.query"), bias("self.key"), bias("self.value")});
            for (const auto& [ours, theirs] :
                 {std::pair("self.output", "attn.c_proj"), {"mlp.up", "mlp.c_fc"}, {"mlp.down", "mlp.c_proj"}}) {
                stored[to + theirs + ".weight"] = turned(ours);
                stored[to + theirs + ".bias"] = bias(ours);
            }
            for (const auto& [ours, theirs] : {std::pair("self.norm", "ln_1"), {"mlp.norm", "ln_2"}}) {
                stored[to + theirs + ".weight"] = weights.at(from + ours + ".weight");
                stored[to + theirs + ".bias"] = bias(ours);
            }
        }
        stored["transformer.wte.weight"] = weights.at("text.embeddings.tokens");
        stored["transformer.wpe.weight"] = weights.at("text.embeddings.positions");
        stored["transformer.ln_f.weight"] = weights.at("text.norm.weight");
        stored["transformer.ln_f.bias"] = weights.at("text.norm.bias");
        weights = std::move(stored);
    }
};

class StoryTask : public TrainingTask {
public:
    explicit StoryTask(const TrainRequest& request)
        : TrainingTask(request), m_ids(plan()), m_network(std::make_shared<StoryNetwork>(m_ids.size()))
    {
    }
    std::shared_ptr<Network> network() override { return m_network; }

    // Stories fill a line one after the other; the last one is cut.
    at::Tensor loss(std::uint64_t seed, std::int64_t step) override
    {
        constexpr std::int64_t kWidth = 73;
        at::Tensor lines = at::empty({kBatch, kWidth}, at::kLong);
        for (int i = 0; i < int(kBatch); ++i) {
            std::vector<std::int64_t> line;
            for (int story = 0; std::int64_t(line.size()) < kWidth; ++story) {
                line.push_back(kEnd);
                const auto ids = m_ids.all(tellStory(exampleSeed(seed, step, i * 8 + story)).words);
                line.insert(line.end(), ids.begin(), ids.end());
            }
            std::copy_n(line.begin(), kWidth, lines.data_ptr<std::int64_t>() + i * kWidth);
        }
        const at::Tensor scores = m_network->scores(lines.slice(1, 0, kWidth - 1));
        return at::cross_entropy_loss(scores.flatten(0, 1), lines.slice(1, 1).flatten());
    }

    std::vector<TaskScore> measure(const TransformerModel& model) override
    {
        return {{"words that follow from the story (things, owners, places)", followed(model, withSwitches({})),
                 followed(model, ablation(model.facts(), {AttentionKind::Self})), "every head silenced", 0.125}};
    }

    void writeFiles(const std::string& folder) override { m_ids.write(folder, kLongest); }
    std::string data() const override
    {
        return "Stories are made on the fly by `core/training/data/story_grammar.cpp`, a grammar of our own. No "
               "outside "
               "data.";
    }

private:
    double followed(const TransformerModel& model, const ForwardOptions& options) const
    {
        int right = 0, all = 0;
        constexpr int kStories = 512;
        for (int i = 0; i < kStories; ++i) {
            const Story story = tellStory(exampleSeed(kMeasuringSeed, 0, i));
            std::vector<std::int64_t> ids = m_ids.all(story.words);
            ids.insert(ids.begin(), kEnd);
            const at::Tensor best = model.run(inputOf(ids), options, {}).outputs.at("logits").argmax(-1)[0];
            for (const int place : story.answers) {
                right += best[place].item<std::int64_t>() == ids[std::size_t(place) + 1] ? 1 : 0;
                ++all;
            }
        }
        return double(right) / std::max(1, all);
    }

    WordIds m_ids;
    std::shared_ptr<StoryNetwork> m_network;
};

} // namespace

std::unique_ptr<TrainingTask> makeStoryTask(const TrainRequest& request)
{
    return std::make_unique<StoryTask>(request);
}

} // namespace headlens
