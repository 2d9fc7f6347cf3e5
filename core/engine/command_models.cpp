// SPDX-License-Identifier: GPL-3.0-or-later
// headlens-cli models: what comes along, what other programs keep on this computer, or what opening a checkpoint would
// need.
#include "core/engine/commands.h"
#include "core/engine/model_options.h"
#include "core/engine/remarks.h"

#include "core/session/embedded_models.h"
#include "core/session/memory.h"
#include "core/session/model_verdict.h"
#include "core/session/session.h"
#include "core/wire/safe_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>

namespace headlens {
namespace {

struct ModelsOptions : ModelOptions {
    std::vector<std::string> folders;
    bool asJson = false;
};

std::string sizeOf(std::int64_t bytes)
{
    return bytes > 0 ? sizeText(std::uint64_t(bytes)) : std::string("-");
}

// Name, source, size, and the type or why it cannot be opened; columns as wide as what stands in them.
void printFound(const std::vector<verbs::FoundModel>& models)
{
    std::vector<std::array<std::string, 4>> rows;
    std::array<std::size_t, 3> widths{};
    for (const verbs::FoundModel& model : models) {
        const bool canOpen = model.whyNot.text.empty();
        rows.push_back({model.name, model.source, sizeOf(model.bytes),
                        canOpen ? model.type : "cannot be opened: " + plain(model.whyNot)});
        for (std::size_t i = 0; i < widths.size(); ++i) widths[i] = std::max(widths[i], rows.back()[i].size());
    }
    for (const auto& [name, source, size, type] : rows)
        std::printf("%s\n",
                    fmt::format("{:<{}}  {:<{}}  {:>{}}  {}", name, widths[0], source, widths[1], size, widths[2], type)
                        .c_str());
}

void printJson(const std::vector<verbs::EmbeddedModel>& embedded, const verbs::FoundModels& found)
{
    Json models = Json::array(), remarks = Json::array();
    for (const verbs::FoundModel& model : found.models) {
        models.push_back(model);
        models.back()["whyNot"] = plain(model.whyNot);
    }
    for (const verbs::Sentence& remark : found.remarks) remarks.push_back(plain(remark));
    std::printf("%s\n", Json{{"embedded", embedded}, {"found", models}, {"remarks", remarks}}.dump(2).c_str());
}

void list(const ModelsOptions& options)
{
    const std::vector<verbs::EmbeddedModel> embedded = embeddedModels();
    const verbs::FoundModels found = findModels(verbs::FindModels{options.folders}, {});
    if (options.asJson) return printJson(embedded, found);
    for (const verbs::EmbeddedModel& model : embedded)
        std::printf("%-12s %s\n", model.name.c_str(), model.path.c_str());
    for (const verbs::Sentence& remark : found.remarks) say(plain(remark));
    std::printf("\nOn this computer:%s\n", found.models.empty() ? " none were found" : "");
    printFound(found.models);
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
    auto* command = app.add_subcommand(
        "models", "List the models that come with HeadLens and those on this computer, or say what one would need");
    auto options = std::make_shared<ModelsOptions>();
    command->add_option("path", options->path, "A checkpoint: names, shapes and memory are checked without loading it");
    command->add_option("--set", options->settings, "KEY=VALUE: what the files cannot say, for example weights=raw");
    command->add_option("--folder", options->folders, "One more folder to look for models in; may be given again");
    command->add_flag("--json", options->asJson, "The list as JSON, with the paths");
    command->callback([options] { options->path.empty() ? list(*options) : describe(*options); });
}

} // namespace headlens
