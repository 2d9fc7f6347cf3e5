// SPDX-License-Identifier: GPL-3.0-or-later
// headlens-cli attribute and methods: maps by any method of core/attribution, printed or as tensors.
#include "core/attribution/maps.h"
#include "core/checkpoint/file_bytes.h"
#include "core/engine/commands.h"
#include "core/engine/input_options.h"
#include "core/engine/model_options.h"
#include "core/session/questions/questions.h"

#include <algorithm>
#include <cstdio>
#include <memory>

namespace headlens {
namespace {

struct AttributeOptions {
    ModelOptions model;
    InputOptions input;
    std::string inputs, out;
    verbs::MapQuestion question;
};

// One line a token: its share, and the piece or the patch.
void printStream(const verbs::Stream& stream, const std::vector<float>& values)
{
    const int text = int(stream.tokens.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        const int token = int(i), patch = token - text - stream.prefix;
        std::printf("%10.6f  ", double(values[i]));
        if (token < text)
            std::printf("%s\n", stream.tokens[i].piece.c_str());
        else if (patch < 0 || stream.gridWidth < 1)
            std::printf("special token %d\n", token - text);
        else
            std::printf("patch %d,%d\n", patch / stream.gridWidth, patch % stream.gridWidth);
    }
}

void printGrid(const FloatArray& map)
{
    for (int row = 0; row < map.rows(); ++row) {
        for (const float value : map.part(row)) std::printf(" %10.6f", double(value));
        std::printf("\n");
    }
}

void print(const Run& run, const verbs::MapQuestion& question)
{
    const verbs::TokenMap found = tokenMap(run, question);
    if (!found.label.empty()) std::printf("%s  (score %.4f)\n", found.label.c_str(), found.score);
    if (found.streams.empty()) return printGrid(found.map);
    for (std::size_t i = 0; i < found.streams.size(); ++i)
        if (!found.streams[i].empty()) printStream(run.info.streams.at(i), found.streams[i].values);
}

// Unlike for the window, a wrong name is one of the person who typed it.
void requireSettings(const verbs::MapQuestion& question)
{
    const verbs::MethodInfo& method = methodInfo(question.method);
    for (const auto& [name, value] : question.settings) {
        const auto known = std::ranges::find(method.settings, name, &verbs::Switch::name);
        const bool fits = known != method.settings.end() &&
                          (known->choices.empty() || std::ranges::find(known->choices, value) != known->choices.end());
        if (!fits)
            throw Error(ErrorCode::Usage, "--param " + name + "=" + value, "is no setting of " + method.id,
                        "see headlens-cli methods");
    }
}

void attribute(const AttributeOptions& options)
{
    requireSettings(options.question);
    if (!options.out.empty()) requireTarget(options.out, {options.input.image, options.inputs});
    Session session;
    const verbs::ModelInfo model = options.model.open(session);
    options.input.run(session, options.inputs.empty() ? std::vector<TensorBytes>() : readTensors(options.inputs));
    if (options.out.empty()) return print(session.run(), options.question);
    writeSafetensors(options.out, methodTensors(session.run(), options.question),
                     {{"program", "headlens-cli " HEADLENS_VERSION},
                      {"model", model.name},
                      {"sha256", model.sha256},
                      {"method", options.question.method}});
}

// Every method with its settings, each with its usual value.
void listMethods()
{
    for (const std::string& id : methodIds()) {
        const verbs::MethodInfo& method = methodInfo(id);
        std::printf("%-14s %s\n", id.c_str(), method.says.c_str());
        for (const verbs::Switch& setting : method.settings) {
            std::string choices;
            for (const std::string& choice : setting.choices) choices += (choices.empty() ? "" : ", ") + choice;
            std::printf("%14s --param %s=%s (%s)\n", "", setting.name.c_str(), setting.usual.c_str(),
                        choices.empty() ? "a number" : choices.c_str());
        }
    }
}

} // namespace

void addAttributeCommand(CLI::App& app)
{
    auto* command = app.add_subcommand(
        "attribute", "One number for every token: which ones a class, a word or a similarity rests on, and other maps");
    auto options = std::make_shared<AttributeOptions>();
    options->model.addTo(*command);
    options->input.addTo(*command);
    verbs::MapQuestion& question = options->question;
    question.method = "relevance";
    command->add_option("--inputs", options->inputs, "Ready tensors, as of trace");
    command->add_option("--method", question.method, "headlens-cli methods lists them")
        ->check(CLI::IsMember(methodIds()))
        ->capture_default_str();
    addMethodSettings(*command, question.settings);
    addScoreOptions(*command, question.score);
    command->add_option("--layer", question.layer, "Of maps of a layer or a head")->capture_default_str();
    command->add_option("--head", question.head, "Of maps of a head")->capture_default_str();
    command->add_option("--fusion", question.fusion, "single, or mean, max, min of all heads")
        ->check(CLI::IsMember({"single", "mean", "max", "min"}))
        ->capture_default_str();
    command->add_option("--query", question.token, "Of maps of one token; -1: the mean of all")->capture_default_str();
    command->add_option("--out", options->out, "A safetensors file with everything the method knows; printed without");
    command->callback([options] { attribute(*options); });
}

void addMethodsCommand(CLI::App& app)
{
    app.add_subcommand("methods", "List the methods of attribute and export with their settings")
        ->callback(listMethods);
}

} // namespace headlens
