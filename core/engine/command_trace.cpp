// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/commands.h"
#include "core/engine/model_options.h"

#include "core/base/error.h"
#include "core/checkpoint/checkpoint.h"
#include "core/checkpoint/container.h"
#include "core/checkpoint/file_bytes.h"
#include "core/session/embedded_models.h"
#include "core/session/inspection.h"
#include "core/tensors/bridge.h"

#include <ATen/ATen.h>

#include <charconv>
#include <cstdio>
#include <memory>

namespace headlens {
namespace {

struct TraceOptions {
    ModelOptions model;
    std::string image, text, pair, written, inputs, out, fit = "trained", cutFrom = "end";
    std::vector<std::string> candidates, silenced;
    std::vector<int> hidden;
    double maskRatio = -1;
    std::uint64_t maskSeed = 0;
};

// Every tensor of an input file.
std::vector<TensorBytes> readInputs(const std::string& path)
{
    const auto file = openSafetensors(path);
    std::vector<TensorBytes> tensors;
    for (std::size_t i = 0; i < file->tensors().size(); ++i) {
        auto raw = std::make_shared<const RawTensor>(file->read(i));
        tensors.push_back({file->tensors()[i].name, raw->dtype, raw->shape, raw, raw->bytes});
    }
    return tensors;
}

// "3.5": head 5 of block 3.
verbs::HeadAddress addressFrom(const std::string& text)
{
    verbs::HeadAddress address;
    const std::size_t dot = text.find('.');
    const auto number = [&](std::string_view part, int& into) {
        const auto [end, problem] = std::from_chars(part.data(), part.data() + part.size(), into);
        return problem == std::errc() && end == part.data() + part.size() && into >= 0;
    };
    if (dot == std::string::npos || !number(std::string_view(text).substr(0, dot), address.layer) ||
        !number(std::string_view(text).substr(dot + 1), address.head))
        throw Error(ErrorCode::Usage, "--silence " + text, "needs the form BLOCK.HEAD, for example 3.5");
    return address;
}

void runInput(Inspection& inspection, const TraceOptions& options)
{
    const std::string file = options.image.empty() ? std::string() : readWhole(options.image, 256U << 20);
    const auto picture = std::as_bytes(std::span(file.data(), file.size()));
    verbs::SetInput request;
    request.name = options.image;
    request.fit = options.fit;
    request.maskRatio = options.maskRatio;
    request.maskSeed = options.maskSeed;
    request.text = options.text;
    request.pair = options.pair;
    request.written = options.written;
    request.candidates = options.candidates;
    request.cutFrom = options.cutFrom;
    request.hiddenTokens = options.hidden;
    for (const std::string& address : options.silenced) request.silenced.push_back(addressFrom(address));
    if (options.inputs.empty())
        inspection.setInput(request, picture);
    else
        inspection.setTensors(readInputs(options.inputs), request, picture);
    if (inspection.input().cut > 0)
        std::fprintf(stderr, "headlens-cli: %d tokens of the text did not fit and were cut from its %s\n",
                     inspection.input().cut, options.cutFrom.c_str());
}

void trace(const TraceOptions& options)
{
    if (options.image.empty() && options.inputs.empty() && options.text.empty())
        throw Error(ErrorCode::Usage, "trace", "needs --image, --text or --inputs");
    std::vector<std::string> sources{options.image, options.inputs};
    for (const std::string& file : Checkpoint::open(resolveModel(options.model.path)).files()) sources.push_back(file);
    requireTarget(options.out, sources);
    Inspection inspection;
    const verbs::ModelInfo model = inspection.openModel(options.model.request());
    if (!options.text.empty() && !model.text.reads)
        throw Error(ErrorCode::UnsupportedModel, model.name, "takes pictures, not text", "give a picture with --image");
    if (!options.image.empty() && !model.takesPictures)
        throw Error(ErrorCode::UnsupportedModel, model.name, "takes text, not pictures", "give a text with --text");
    for (const std::string& assumed : model.assumptions)
        std::fprintf(stderr, "headlens-cli: assumed: %s\n", assumed.c_str());
    runInput(inspection, options);
    writeSafetensors(options.out, inspection.traceTensors(),
                     {{"program", "headlens-cli " HEADLENS_VERSION}, {"model", model.name}, {"sha256", model.sha256}});
    for (std::size_t i = 0; i < std::min<std::size_t>(5, inspection.input().predictions.size()); ++i) {
        const verbs::Prediction& p = inspection.input().predictions[i];
        std::printf("%5.1f %%  %d  %s\n", 100 * p.probability, p.index, p.label.c_str());
    }
    for (const verbs::TextScore& score : inspection.input().scores)
        std::printf("%5.1f %%  %s\n", 100 * score.probability, score.text.c_str());
    for (const verbs::TokenGuesses& guesses : inspection.input().guesses)
        for (std::size_t i = 0; i < std::min<std::size_t>(5, guesses.best.size()); ++i)
            std::printf("%5.1f %%  token %d: %s\n", 100 * guesses.best[i].probability, guesses.token,
                        guesses.best[i].text.c_str());
}

} // namespace

void addTraceCommand(CLI::App& app)
{
    auto* command = app.add_subcommand("trace", "Write every attention map, hidden state and output");
    auto options = std::make_shared<TraceOptions>();
    options->model.addTo(*command);
    command->add_option("--image", options->image, "A picture");
    command->add_option("--text", options->text, "A sentence (for models that read)");
    command->add_option("--pair", options->pair, "A second sentence (BERT)");
    command->add_option("--written", options->written, "What a decoder has written so far (T5, BART, Marian, BLIP)");
    command->add_option("--candidate", options->candidates,
                        "One more text to score against the picture (CLIP, SigLIP)");
    command->add_option("--hide", options->hidden, "Positions of tokens that nobody may look at");
    command->add_option("--silence", options->silenced,
                        "BLOCK.HEAD: this head contributes nothing (not in a Swin or MAE)");
    command->add_option("--cut-from", options->cutFrom, "Where a text that is too long is cut")
        ->check(CLI::IsMember({"begin", "end"}))
        ->capture_default_str();
    command->add_option("--inputs", options->inputs,
                        "Ready tensors (pixel_values, input_ids, attention_mask, token_type_ids, decoder_input_ids)");
    command->add_option("--fit", options->fit, "trained, squash or native")
        ->check(CLI::IsMember({"trained", "squash", "native"}))
        ->capture_default_str();
    command->add_option("--mask-ratio", options->maskRatio, "Masked autoencoders: share of hidden patches")
        ->check(CLI::Range(0.0, 0.99));
    command->add_option("--mask-seed", options->maskSeed, "Masked autoencoders: which patches")->capture_default_str();
    command->add_option("--out", options->out, "The safetensors file to write")->required();
    command->callback([options] { trace(*options); });
}

} // namespace headlens
