// SPDX-License-Identifier: GPL-3.0-or-later
// headlens-cli models: what comes along, or what opening a checkpoint would need.
#include "core/engine/commands.h"
#include "core/engine/model_options.h"
#include "core/engine/remarks.h"

#include "core/session/embedded_models.h"
#include "core/session/memory.h"
#include "core/session/session.h"

#include <cstdio>
#include <memory>

namespace headlens {
namespace {

void list()
{
    for (const verbs::EmbeddedModel& model : embeddedModels())
        std::printf("%-12s %s\n", model.name.c_str(), model.path.c_str());
}

void describe(const ModelOptions& options)
{
    const verbs::ModelEstimate found = estimateModel(options.request());
    const auto size = [](std::int64_t bytes) { return sizeText(std::uint64_t(bytes)); };
    std::printf("%s: %s, %s layout, %lld parameters\n", found.name.c_str(), found.architecture.c_str(),
                found.layout.c_str(), static_cast<long long>(found.parameters));
    std::printf("weights %s, one picture %s, with the program %s; %s are free: %s\n", size(found.weightBytes).c_str(),
                size(found.runBytes).c_str(), size(found.totalBytes).c_str(), size(found.availableBytes).c_str(),
                found.fits ? "it fits" : "it does not fit");
    for (const std::string& line : remarksOn(found.assumptions, found.unusedTensors)) std::printf("%s\n", line.c_str());
}

} // namespace

void addModelsCommand(CLI::App& app)
{
    auto* command = app.add_subcommand("models", "List the models that come with HeadLens, or say what one would need");
    auto options = std::make_shared<ModelOptions>();
    command->add_option("path", options->path, "A checkpoint: names, shapes and memory are checked without loading it");
    command->add_option("--set", options->settings, "KEY=VALUE: what the files cannot say, for example weights=raw");
    command->callback([options] { options->path.empty() ? list() : describe(*options); });
}

} // namespace headlens
