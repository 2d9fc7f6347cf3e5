// SPDX-License-Identifier: GPL-3.0-or-later
// Encoder-decoders as in 2017 (sinusoidal positions, norm behind the sum) in the layout of Marian, that read one
// sequence and write another. A task is what they read and write.
#pragma once

#include "core/models/skeletons/encoder_decoder.h"
#include "core/training/tasks/measuring.h"
#include "core/training/tasks/task_table.h"
#include "core/training/tasks/word_tokenizer.h"

#include <string>
#include <utility>
#include <vector>

namespace headlens {

struct SequenceShape {
    std::int64_t layers = 2, width = 128, heads = 4, mlpWidth = 384, longest = 32, batch = 128;
    double smoothing = 0.02; // of the labels
    std::string example;     // what a person finds in the text field
};

class SequenceNetwork : public Network {
public:
    SequenceNetwork(const SequenceShape& shape, std::int64_t vocabulary);
    void visit(const Visit& visit) override;
    at::Tensor firstValue(const std::string& name, const std::vector<std::int64_t>& shape) const override;
    Json config() const override;
    const EncoderDecoder& model() const { return m_model; }

private:
    SequenceShape m_shape;
    EncoderDecoder m_model;
    std::int64_t m_vocabulary;
    at::Tensor m_tokens;
};

class SequenceTask : public TrainingTask {
public:
    SequenceTask(const TrainRequest& request, SequenceShape shape, WordTokenizerPlan plan);
    std::shared_ptr<Network> network() override { return m_network; }
    at::Tensor loss(std::uint64_t seed, std::int64_t step) override;
    void writeFiles(const std::string& folder) override { m_ids.write(folder, m_shape.longest); }

protected:
    static constexpr std::int64_t kPad = 0, kEnd = 1; // the first two special tokens of every plan
    // What is read and what is to be written, as words of the plan.
    using Example = std::pair<std::vector<std::string>, std::vector<std::string>>;
    virtual Example example(std::uint64_t seed, bool measuring) const = 0;

    // Written freely, one token after the other, each time the best one.
    std::vector<std::string> written(const TransformerModel& model, const std::vector<std::string>& source,
                                     const ForwardOptions& options) const;
    // The share of `count` examples of measuring whose target is written without a mistake.
    double exact(const TransformerModel& model, const ForwardOptions& options, int count) const;
    // The whole example at once, as the model is trained: for looking at the trace.
    ModelInput input(const Example& example) const;

private:
    std::pair<ModelInput, at::Tensor> batch(const std::vector<Example>& examples) const;

    SequenceShape m_shape;
    WordIds m_ids;
    std::shared_ptr<SequenceNetwork> m_network;
};

} // namespace headlens
