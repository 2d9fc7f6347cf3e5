// SPDX-License-Identifier: GPL-3.0-or-later
// headlens-cli attribute, measure, intervene and methods: everything of the tables of core/attribution, core/measures
// and core/interventions, printed or as tensors.
#include "core/attribution/maps.h"
#include "core/attribution/method.h"
#include "core/checkpoint/file_bytes.h"
#include "core/engine/command_sheet.h"
#include "core/engine/commands.h"
#include "core/engine/input_options.h"
#include "core/engine/model_options.h"
#include "core/interventions/interventions.h"
#include "core/measures/measures.h"
#include "core/tensors/bridge.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <memory>

namespace headlens {
namespace {

struct AttributeOptions {
    ModelOptions model;
    InputOptions input;
    std::string inputs, out;
    verbs::MapQuestion question;
    bool isSheet = false;
    SheetOptions sheet;
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

// Every row of the three tables.
std::vector<const Method*> everything()
{
    std::vector<const Method*> all;
    for (const auto& table : {allMethods(), allMeasures(), allInterventions()})
        all.insert(all.end(), table.begin(), table.end());
    return all;
}

// Unlike for the window, a wrong name is one of the person who typed it.
const Method& methodFor(const std::string& name)
{
    const std::string id = isMethod(name) ? methodInfo(name).id : name; // as it is called today
    for (const Method* method : everything())
        if (method->info.id == id) return *method;
    throw Error(ErrorCode::Usage, "method \"" + name + "\"", "does not exist", "see headlens-cli methods");
}

// Where a map lies can be said by --layer and by a setting: those a method does not have are of the question.
void takePlaces(const Method& method, verbs::MapQuestion& question)
{
    const auto isSetting = [&](const std::string& name) {
        return std::ranges::find(method.info.settings, name, &verbs::Switch::name) != method.info.settings.end();
    };
    const auto number = [](const std::string& text) { return std::atoi(text.c_str()); };
    for (auto& [name, value] : std::map(question.settings)) {
        if (isSetting(name)) continue;
        if (name == "layer")
            question.layer = number(value);
        else if (name == "head")
            question.head = number(value);
        else if (name == "query")
            question.token = number(value);
        else if (name == "fusion")
            question.fusion = value;
        else
            continue;
        question.settings.erase(name);
    }
}

// What a method refuses of its settings was typed wrongly.
void asTyped(const std::function<void()>& work)
{
    try {
        work();
    } catch (const Error& error) {
        if (error.code() != ErrorCode::BadRequest) throw;
        const std::string& remedy = error.remedy();
        throw Error(ErrorCode::Usage, error.subject(), error.why(),
                    remedy.empty() ? "see headlens-cli methods" : remedy);
    }
}

// Numbers rather than a map: every tensor in a line or a table.
void print(const std::vector<TensorBytes>& tensors)
{
    constexpr std::size_t kMost = 64;
    for (const TensorBytes& one : tensors) {
        const at::Tensor t = fromBytes(one.data, one.dtype, one.shape, one.name);
        const std::vector<float> values = toFloats(t);
        std::printf("%s", one.name.c_str());
        for (std::size_t i = 0; i < std::min(kMost, values.size()); ++i) std::printf(" %.6g", double(values[i]));
        std::printf(values.size() > kMost ? " ... (%zu numbers)\n" : "\n", values.size());
    }
}

void attribute(AttributeOptions options)
{
    if (options.isSheet)
        return asTyped(
            [&] { writeSheets(options.model, options.input, options.question.score, options.sheet, options.out); });
    const Method& method = methodFor(options.question.method);
    options.question.method = method.info.id;
    takePlaces(method, options.question);
    asTyped([&] { requireSwitches(method.info.settings, options.question.settings); });
    if (!options.out.empty()) requireTarget(options.out, {options.input.image, options.inputs});
    Session session;
    const verbs::ModelInfo model = options.model.open(session);
    options.input.run(session, options.inputs.empty() ? std::vector<TensorBytes>() : readTensors(options.inputs));
    const Run& run = session.run();
    if (options.out.empty() && isMethod(method.info.id)) return asTyped([&] { print(run, options.question); });
    std::vector<TensorBytes> tensors;
    asTyped([&] { tensors = tensorsOf(method, run, options.question); });
    if (options.out.empty()) return print(tensors);
    writeSafetensors(options.out, tensors,
                     {{"program", "headlens-cli " HEADLENS_VERSION},
                      {"model", model.name},
                      {"sha256", model.sha256},
                      {"method", method.info.id}});
}

void describe(const verbs::Switch& setting)
{
    std::string choices;
    for (const std::string& choice : setting.choices) choices += (choices.empty() ? "" : ", ") + choice;
    const char* kind = setting.isText ? "text" : setting.isList ? "numbers" : "a number";
    std::printf("%22s --param %s=%s (%s)\n", "", setting.name.c_str(), setting.usual.c_str(),
                choices.empty() ? kind : choices.c_str());
}

// Every row with its settings, each with its usual value.
void listMethods()
{
    for (const Method* method : everything()) {
        std::printf("%-22s %s\n", method->info.id.c_str(), method->info.says.c_str());
        for (const verbs::Switch& setting : method->info.settings) describe(setting);
    }
}

} // namespace

namespace {

void addSheetOptions(CLI::App& command, AttributeOptions& options)
{
    SheetOptions& sheet = options.sheet;
    command.add_flag(
        "--sheet", options.isSheet,
        "Every method for a picture or a folder of them: figures, how faithful each is, averages; --out is a "
        "folder");
    command.add_option("--methods", sheet.methods, "Of a sheet: only these, with commas")->delimiter(',');
    command.add_option("--most-seconds", sheet.seconds, "Of a sheet: methods that take longer are left out")
        ->capture_default_str();
    command.add_option("--fill", sheet.fill, "Of a sheet: what covers patches")
        ->check(CLI::IsMember({"zero", "black", "white"}))
        ->capture_default_str();
    command.add_option("--shard", sheet.shard, "Of a sheet: only this part of the pictures, such as 2/5");
    command.add_flag("--resume", sheet.resume, "Of a sheet: take over what an earlier run wrote");
    addColormapOption(command, sheet.colormap);
}

void addCommand(CLI::App& app, const char* name, const char* says, const char* usual)
{
    auto* command = app.add_subcommand(name, says);
    auto options = std::make_shared<AttributeOptions>();
    if (std::string(name) == "attribute") addSheetOptions(*command, *options);
    options->model.addTo(*command);
    options->input.addTo(*command);
    verbs::MapQuestion& question = options->question;
    question.method = usual;
    command->add_option("--inputs", options->inputs, "Ready tensors, as of trace, and what the method asks for beside");
    command->add_option("--method", question.method, "headlens-cli methods lists them")->capture_default_str();
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

} // namespace

void addAttributeCommand(CLI::App& app)
{
    addCommand(app, "attribute",
               "One number for every token: which ones a class, a word or a similarity rests on, and other maps",
               "chefer-generic");
    addCommand(app, "measure", "Numbers of heads, layers and maps: entropy, distance, CKA, logit lens, faithfulness",
               "head-entropy");
    addCommand(app, "intervene", "What becomes of a score when heads, patches, edges or activations are changed",
               "ablate-head");
}

void addMethodsCommand(CLI::App& app)
{
    app.add_subcommand("methods", "List the methods of attribute, measure, intervene and export with their settings")
        ->callback(listMethods);
}

} // namespace headlens
