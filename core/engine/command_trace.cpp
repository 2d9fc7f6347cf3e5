// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/commands.h"
#include "core/engine/input_options.h"
#include "core/engine/model_options.h"
#include "core/engine/remarks.h"

#include "core/base/error.h"
#include "core/checkpoint/checkpoint.h"
#include "core/checkpoint/file_bytes.h"
#include "core/session/embedded_models.h"
#include "core/session/questions/questions.h"
#include "core/session/session.h"
#include "core/tensors/bridge.h"
#include "core/wire/safe_json.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cstdio>
#include <memory>

namespace headlens {
namespace {

struct TraceOptions {
    ModelOptions model;
    InputOptions input;
    std::string inputs, out;
};

constexpr std::size_t kShown = 5;

void print(const verbs::Classes& classes)
{
    for (std::size_t i = 0; i < std::min(kShown, classes.best.size()); ++i) {
        const verbs::Prediction& p = classes.best[i];
        if (classes.areNumbers)
            std::printf("%g  %s\n", p.probability, p.label.c_str());
        else
            std::printf("%5.1f %%  %d  %s\n", 100 * p.probability, p.index, p.label.c_str());
    }
}

void print(const std::vector<verbs::TopTokens>& tokens)
{
    for (const verbs::TopTokens& one : tokens)
        for (std::size_t i = 0; i < std::min(kShown, one.best.size()); ++i)
            std::printf("%5.1f %%  token %d: %s\n", 100 * one.best[i].probability, one.token, one.best[i].text.c_str());
}

void print(const verbs::TokenClasses& classes)
{
    print(classes.tokens);
}

void print(const verbs::VocabularyScores& words)
{
    print(words.places);
}

void print(const verbs::Spans& spans)
{
    for (const verbs::AnswerSpan& span : spans.best)
        std::printf("%5.1f %%  tokens %d to %d: %s\n", 100 * span.probability, span.begin, span.end, span.text.c_str());
}

void print(const verbs::Similarity& similarity)
{
    for (const verbs::TextScore& one : similarity.texts)
        std::printf("%5.1f %%  %s\n", 100 * one.probability, one.text.c_str());
}

void print(const verbs::Picture& painted)
{
    std::printf("painted a picture of %d x %d pixels\n", painted.width, painted.height);
}

void trace(const TraceOptions& options)
{
    if (options.input.isEmpty() && options.inputs.empty())
        throw Error(ErrorCode::Usage, "trace", "needs --image, --text or --inputs");
    std::vector<std::string> sources{options.input.image, options.inputs};
    for (const std::string& file : Checkpoint::open(resolveModel(options.model.path)).files()) sources.push_back(file);
    requireTarget(options.out, sources);
    Session session;
    const verbs::ModelInfo model = options.model.open(session);
    if (!options.input.request.text.empty() && !model.text.reads)
        throw Error(ErrorCode::UnsupportedModel, model.name, "takes pictures, not text", "give a picture with --image");
    if (!options.input.image.empty() && !model.takesPictures)
        throw Error(ErrorCode::UnsupportedModel, model.name, "takes text, not pictures", "give a text with --text");
    InputOptions input = options.input;
    input.request.keepsAllTexts = true; // everything is written
    input.run(session, options.inputs.empty() ? std::vector<TensorBytes>() : readTensors(options.inputs));
    writeSafetensors(options.out, questions::traceTensors(session.run()),
                     {{"program", "headlens-cli " HEADLENS_VERSION}, {"model", model.name}, {"sha256", model.sha256}});
    for (const verbs::Output& output : session.run().info.outputs.all())
        std::visit([](const auto& kind) { print(kind); }, output);
}

} // namespace

void addTraceCommand(CLI::App& app)
{
    auto* command = app.add_subcommand("trace", "Write every attention map, hidden state and output");
    auto options = std::make_shared<TraceOptions>();
    options->model.addTo(*command);
    options->input.addTo(*command);
    command->add_option("--inputs", options->inputs,
                        "Ready tensors (pixel_values, input_ids, attention_mask, token_type_ids, decoder_input_ids)");
    options->input.addMask(*command);
    command->add_option("--out", options->out, "The safetensors file to write")->required();
    command->callback([options] { trace(*options); });
}

} // namespace headlens
