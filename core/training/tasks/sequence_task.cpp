// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/tasks/sequence_task.h"

#include "core/training/tasks/small_stacks.h"
#include "core/training/tasks/stack_names.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

StackConfig stackConfig(const SequenceShape& shape, const std::string& name, std::int64_t vocabulary)
{
    StackConfig config =
        smallStack(name, {shape.layers, shape.width, shape.heads, shape.mlpWidth}, vocabulary, shape.longest);
    config.normFirst = config.finalNorm = false; // the norms of 2017 stand behind the sums
    config.activation = "relu";
    config.causal = name == "decoder";
    config.crossWidth = config.causal ? config.width : 0;
    config.positionKind = TextPositions::Computed;
    config.embeddingScale = std::sqrt(double(config.width));
    return config;
}

} // namespace

SequenceNetwork::SequenceNetwork(const SequenceShape& shape, std::int64_t vocabulary)
    : m_shape(shape),
      m_model({stackConfig(shape, "encoder", vocabulary), stackConfig(shape, "decoder", vocabulary), false, false}, {}),
      m_vocabulary(vocabulary)
{
}

void SequenceNetwork::visit(const Visit& visit)
{
    visit("model.shared.weight", m_tokens, {m_vocabulary, m_shape.width});
    m_model.shareTokens(m_tokens);
    for (Stack* stack : {&m_model.encoder(), &m_model.decoder()}) stack->visit(renamed(visit, marianName));
}

at::Tensor SequenceNetwork::firstValue(const std::string&, const std::vector<std::int64_t>& shape) const
{
    return byFanIn(shape); // the scale of the embeddings brings them to 1
}

Json SequenceNetwork::config() const
{
    return {{"architectures", {"MarianMTModel"}},
            {"model_type", "marian"},
            {"d_model", m_shape.width},
            {"encoder_layers", m_shape.layers},
            {"decoder_layers", m_shape.layers},
            {"encoder_attention_heads", m_shape.heads},
            {"decoder_attention_heads", m_shape.heads},
            {"encoder_ffn_dim", m_shape.mlpWidth},
            {"decoder_ffn_dim", m_shape.mlpWidth},
            {"activation_function", "relu"},
            {"max_position_embeddings", m_shape.longest},
            {"scale_embedding", true},
            {"static_position_embeddings", true},
            {"vocab_size", m_vocabulary},
            {"decoder_vocab_size", m_vocabulary},
            {"pad_token_id", 0},
            {"eos_token_id", 1},
            {"decoder_start_token_id", 0},
            {"is_encoder_decoder", true},
            {"headlens_example", {{"text", m_shape.example}}}};
}

SequenceTask::SequenceTask(const TrainRequest& request, SequenceShape shape, WordTokenizerPlan plan)
    : TrainingTask(request), m_shape(std::move(shape)), m_ids(std::move(plan)),
      m_network(std::make_shared<SequenceNetwork>(m_shape, m_ids.size()))
{
}

at::Tensor SequenceTask::loss(std::uint64_t seed, std::int64_t step)
{
    std::vector<Example> examples;
    for (int i = 0; i < int(m_shape.batch); ++i) examples.push_back(example(exampleSeed(seed, step, i), false));
    const auto [input, target] = batch(examples);
    const at::Tensor scores = m_network->model().scores(input);
    return at::cross_entropy_loss(scores.flatten(0, 1), target.flatten(), {}, at::Reduction::Mean, -100,
                                  m_shape.smoothing);
}

std::pair<ModelInput, at::Tensor> SequenceTask::batch(const std::vector<Example>& examples) const
{
    std::vector<std::vector<std::int64_t>> sources, written, targets;
    for (const auto& [words, answer] : examples) {
        sources.push_back(m_ids.all(words));
        sources.back().push_back(kEnd);
        std::vector<std::int64_t> ids = m_ids.all(answer);
        written.push_back({kPad});
        written.back().insert(written.back().end(), ids.begin(), ids.end());
        ids.push_back(kEnd);
        targets.push_back(std::move(ids));
    }
    ModelInput input;
    input.ids = padded(sources, kPad);
    input.mask = (input.ids != kPad).to(at::kLong);
    input.decoderInputIds = padded(written, kPad);
    return {input, padded(targets, -100)};
}

ModelInput SequenceTask::input(const Example& example) const
{
    return batch({example}).first;
}

std::vector<std::string> SequenceTask::written(const TransformerModel& model, const std::vector<std::string>& source,
                                               const ForwardOptions& options) const
{
    std::vector<std::int64_t> ids = m_ids.all(source);
    ids.push_back(kEnd);
    const auto writer = model.startGeneration(inputOf(ids), options);
    return m_ids.words(greedy(*writer, {kPad}, kEnd, std::size_t(m_shape.longest - 2)));
}

double SequenceTask::exact(const TransformerModel& model, const ForwardOptions& options, int count) const
{
    int right = 0;
    for (int i = 0; i < count; ++i) {
        const auto [source, target] = example(exampleSeed(kMeasuringSeed, 0, i), true);
        right += written(model, source, options) == target ? 1 : 0;
    }
    return double(right) / count;
}

} // namespace headlens
