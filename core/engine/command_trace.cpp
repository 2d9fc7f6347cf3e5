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

#include <cstdio>
#include <memory>

namespace headlens {
namespace {

struct TraceOptions {
    ModelOptions model;
    std::string image, text, inputs, out, fit = "trained";
    double maskRatio = -1;
    std::uint64_t maskSeed = 0;
};

// A tensor of an input file as float32; undefined when it is not there.
at::Tensor readInput(const Container& file, const std::string& name)
{
    for (std::size_t i = 0; i < file.tensors().size(); ++i)
        if (file.tensors()[i].name == name) {
            const RawTensor raw = file.read(i);
            return fromBytes(raw.bytes, raw.dtype, raw.shape, name).to(at::kFloat);
        }
    return {};
}

void setInputs(Inspection& inspection, const std::string& path)
{
    const auto file = openSafetensors(path);
    const at::Tensor pixels = readInput(*file, "pixel_values"), noise = readInput(*file, "noise");
    if (!pixels.defined())
        throw Error(ErrorCode::BadRequest, path, "holds no tensor pixel_values", "give a picture with --image");
    inspection.setPixels(toFloats(pixels), pixels.sizes().vec(),
                         noise.defined() ? toFloats(noise) : std::vector<float>());
}

void trace(const TraceOptions& options)
{
    if (options.image.empty() && options.inputs.empty() && options.text.empty())
        throw Error(ErrorCode::Usage, "trace", "needs --image or --inputs");
    std::vector<std::string> sources{options.image, options.inputs};
    for (const std::string& file : Checkpoint::open(resolveModel(options.model.path)).files()) sources.push_back(file);
    requireTarget(options.out, sources);
    Inspection inspection;
    const verbs::ModelInfo model = inspection.openModel(options.model.request());
    if (!options.text.empty())
        throw Error(ErrorCode::UnsupportedModel, model.name, "takes pictures, not text", "give a picture with --image");
    for (const std::string& assumed : model.assumptions)
        std::fprintf(stderr, "headlens-cli: assumed: %s\n", assumed.c_str());
    if (!options.image.empty()) {
        const std::string file = readWhole(options.image, 256U << 20);
        inspection.setPicture({options.image, options.fit, options.maskRatio, options.maskSeed},
                              std::as_bytes(std::span(file.data(), file.size())));
    } else {
        setInputs(inspection, options.inputs);
    }
    writeSafetensors(options.out, inspection.traceTensors(),
                     {{"program", "headlens-cli " HEADLENS_VERSION}, {"model", model.name}, {"sha256", model.sha256}});
    for (std::size_t i = 0; i < std::min<std::size_t>(5, inspection.input().predictions.size()); ++i) {
        const verbs::Prediction& p = inspection.input().predictions[i];
        std::printf("%5.1f %%  %d  %s\n", 100 * p.probability, p.index, p.label.c_str());
    }
}

} // namespace

void addTraceCommand(CLI::App& app)
{
    auto* command = app.add_subcommand("trace", "Write every attention map, hidden state and output");
    auto options = std::make_shared<TraceOptions>();
    options->model.addTo(*command);
    command->add_option("--image", options->image, "A picture");
    command->add_option("--text", options->text, "A sentence (for models that read)");
    command->add_option("--inputs", options->inputs, "Ready tensors (pixel_values) in a safetensors file");
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
