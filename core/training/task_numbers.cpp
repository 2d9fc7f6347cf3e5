// SPDX-License-Identifier: GPL-3.0-or-later
// An encoder-decoder as in 2017 (sinusoidal positions, norm behind the sum), in the layout of Marian, that writes
// numbers and dates in digits.
#include "core/models/encoder_decoder.h"
#include "core/training/number_words.h"
#include "core/training/stack_names.h"
#include "core/training/task.h"
#include "core/training/word_tokenizer.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

constexpr std::int64_t kPad = 0, kEnd = 1, kLongest = 32, kBatch = 128;

WordTokenizerPlan plan()
{
    return {numberVocabulary(), {"<pad>", "</s>", "<unk>"}, "", "</s>", true};
}

StackConfig stackConfig(const std::string& name, std::int64_t vocabulary)
{
    StackConfig config;
    config.name = name;
    config.layers = 2;
    config.width = 128;
    config.heads = 4;
    config.headWidth = 32;
    config.mlpWidth = 384;
    config.eps = 1e-5;
    config.activation = "relu";
    config.causal = name == "decoder";
    config.crossWidth = config.causal ? config.width : 0;
    config.vocabulary = vocabulary;
    config.positions = kLongest;
    config.positionKind = TextPositions::Computed;
    config.embeddingScale = std::sqrt(double(config.width));
    return config;
}

class NumberNetwork : public Network {
public:
    explicit NumberNetwork(std::int64_t vocabulary)
        : m_model({stackConfig("encoder", vocabulary), stackConfig("decoder", vocabulary), false, false}, {}),
          m_vocabulary(vocabulary)
    {
    }
    void visit(const Visit& visit) override
    {
        const std::int64_t width = m_model.encoder().config().width;
        visit("model.shared.weight", m_tokens, {m_vocabulary, width});
        m_model.shareTokens(m_tokens);
        for (Stack* stack : {&m_model.encoder(), &m_model.decoder()})
            stack->visit([&](const std::string& name, at::Tensor& weight, const std::vector<std::int64_t>& shape) {
                visit(marianName(name), weight, shape);
            });
    }
    at::Tensor firstValue(const std::string&, const std::vector<std::int64_t>& shape) const override
    {
        return byFanIn(shape); // the scale of the embeddings brings them to 1
    }
    Json config() const override
    {
        const StackConfig c = stackConfig("encoder", m_vocabulary);
        return {{"architectures", {"MarianMTModel"}},
                {"model_type", "marian"},
                {"d_model", c.width},
                {"encoder_layers", c.layers},
                {"decoder_layers", c.layers},
                {"encoder_attention_heads", c.heads},
                {"decoder_attention_heads", c.heads},
                {"encoder_ffn_dim", c.mlpWidth},
                {"decoder_ffn_dim", c.mlpWidth},
                {"activation_function", c.activation},
                {"max_position_embeddings", c.positions},
                {"scale_embedding", true},
                {"static_position_embeddings", true},
                {"vocab_size", m_vocabulary},
                {"decoder_vocab_size", m_vocabulary},
                {"pad_token_id", kPad},
                {"eos_token_id", kEnd},
                {"decoder_start_token_id", kPad},
                {"is_encoder_decoder", true},
                {"headlens_example", {{"text", "twelve thousand three hundred and five"}}}};
    }
    const EncoderDecoder& model() const { return m_model; }

private:
    EncoderDecoder m_model;
    std::int64_t m_vocabulary;
    at::Tensor m_tokens;
};

at::Tensor rows(const std::vector<std::vector<std::int64_t>>& lines)
{
    std::size_t longest = 0;
    for (const auto& line : lines) longest = std::max(longest, line.size());
    at::Tensor all = at::full({std::int64_t(lines.size()), std::int64_t(longest)}, kPad, at::kLong);
    for (std::size_t i = 0; i < lines.size(); ++i)
        std::ranges::copy(lines[i], all.data_ptr<std::int64_t>() + i * longest);
    return all;
}

class NumberTask : public TrainingTask {
public:
    NumberTask() : m_ids(plan()), m_network(std::make_shared<NumberNetwork>(m_ids.size())) {}
    std::shared_ptr<Network> network() override { return m_network; }

    at::Tensor loss(std::uint64_t seed, std::int64_t step) override
    {
        namespace F = torch::nn::functional;
        const auto [input, target] = batch(seed, step, kBatch);
        const at::Tensor scores = m_network->model().scores(input);
        return F::cross_entropy(scores.flatten(0, 1), target.flatten(),
                                F::CrossEntropyFuncOptions().ignore_index(-100).label_smoothing(0.02));
    }

    // Every digit of an example must be right, each given the right ones before it or not: written freely.
    std::vector<TaskScore> measure() override
    {
        std::vector<std::pair<int, int>> right(4); // right and all of: english, chinese numbers; english, chinese dates
        constexpr int kExamples = 1024;
        for (int i = 0; i < kExamples; ++i) {
            const WordsAndDigits example = numberExample(exampleSeed(kMeasuringSeed, 0, i));
            auto& [good, all] = right[(example.date ? 2U : 0U) + (example.chinese ? 1U : 0U)];
            good += written(example) == example.digits ? 1 : 0;
            ++all;
        }
        const std::array<const char*, 4> names{"English numbers, every digit right",
                                               "Chinese numbers, every digit right", "English dates, every digit right",
                                               "Chinese dates, every digit right"};
        std::vector<TaskScore> scores;
        for (std::size_t i = 0; i < names.size(); ++i)
            scores.push_back({names.at(i), double(right[i].first) / std::max(1, right[i].second), 0});
        return scores;
    }

    void writeFiles(const std::string& folder) override { writeTokenizer(plan(), folder, int(kLongest)); }
    std::string data() const override
    {
        return "Examples are made on the fly by `core/training/number_words.cpp`: numbers from 0 to 999,999 and dates "
               "from 1900 to 2099\nin English and Chinese. Small numbers are few, so those of the "
               "measurement occur in training as well; large numbers and dates mostly do not. No outside data.";
    }

private:
    std::pair<ModelInput, at::Tensor> batch(std::uint64_t seed, std::int64_t step, std::int64_t count) const
    {
        std::vector<std::vector<std::int64_t>> sources, written, targets;
        for (int i = 0; i < int(count); ++i) {
            const WordsAndDigits example = numberExample(exampleSeed(seed, step, i));
            sources.push_back(m_ids.all(example.words));
            sources.back().push_back(kEnd);
            std::vector<std::int64_t> digits = m_ids.all(example.digits);
            written.push_back({kPad});
            written.back().insert(written.back().end(), digits.begin(), digits.end());
            digits.push_back(kEnd);
            targets.push_back(std::move(digits));
        }
        ModelInput input;
        input.ids = rows(sources);
        input.mask = (input.ids != kPad).to(at::kLong);
        input.writtenIds = rows(written);
        at::Tensor target = at::full(input.writtenIds.sizes(), -100, at::kLong);
        for (std::size_t i = 0; i < targets.size(); ++i)
            std::ranges::copy(targets[i], target.data_ptr<std::int64_t>() + std::int64_t(i) * target.size(1));
        return {input, target};
    }

    std::vector<std::string> written(const WordsAndDigits& example) const
    {
        ModelInput input;
        std::vector<std::int64_t> source = m_ids.all(example.words);
        source.push_back(kEnd);
        input.ids = rows({source});
        const auto writer = m_network->model().beginWriting(input, {});
        std::vector<std::string> digits;
        std::int64_t last = kPad;
        while (std::int64_t(digits.size()) < kLongest - 2) {
            last = writer->next(at::full({1, 1}, last, at::kLong)).argmax(-1).item<std::int64_t>();
            if (last == kEnd) break;
            digits.push_back(m_ids.word(last));
        }
        return digits;
    }

    WordIds m_ids;
    std::shared_ptr<NumberNetwork> m_network;
};

} // namespace

std::unique_ptr<TrainingTask> makeNumberTask(const TrainRequest&)
{
    return std::make_unique<NumberTask>();
}

} // namespace headlens
