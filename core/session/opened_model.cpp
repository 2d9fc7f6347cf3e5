// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/opened_model.h"

#include "core/base/error.h"
#include "core/checkpoint/file_bytes.h"
#include "core/session/chat_prompt.h"
#include "core/session/contrast_record.h"
#include "core/session/memory.h"
#include "core/session/model_estimate.h"
#include "core/session/placement.h"
#include "core/session/training_history.h"
#include "core/tensors/runtime.h"

#include <c10/core/GradMode.h>

#include <algorithm>
#include <filesystem>
#include <future>

namespace headlens {
namespace {

std::string hashOf(const std::vector<std::string>& files)
{
    if (files.size() == 1) return sha256OfFile(files[0]);
    std::string all;
    for (const std::string& file : files) all += sha256OfFile(file);
    return sha256Of(std::as_bytes(std::span(all.data(), all.size())));
}

void fill(verbs::ModelInfo& info, const ModelFacts& facts)
{
    info.architecture = facts.architecture;
    info.patch = facts.patch;
    info.imageHeight = facts.imageHeight;
    info.imageWidth = facts.imageWidth;
    info.classes = facts.classes;
    info.prefixTokens = facts.prefixTokens;
    info.maskRatio = facts.maskRatio;
    info.takesPictures = facts.takesPictures();
    info.text = facts.text;
    info.switches = facts.switches;
    for (const BlockFacts& block : facts.blocks)
        info.blocks.push_back({block.stage, block.heads, block.width, block.tower, nameOf(block.kind)});
}

verbs::ModelInfo describe(const Checkpoint& checkpoint, const LoadedModel& loaded, const std::string& device)
{
    verbs::ModelInfo info;
    info.name = checkpoint.name();
    info.path = checkpoint.path();
    info.layout = checkpoint.layout().name;
    info.device = device;
    fill(info, loaded.model->facts());
    info.assumptions = checkpoint.assumptions();
    info.assumptions.insert(info.assumptions.end(), loaded.assumptions.begin(), loaded.assumptions.end());
    if (info.takesPictures) info.preprocessing = loaded.plan.describe();
    info.unusedTensors = loaded.unusedTensors;
    for (const StoredTensor& tensor : checkpoint.tensors())
        info.tensors.push_back({tensor.name, std::string(nameOf(tensor.dtype)), tensor.shape});
    for (const std::string& file : checkpoint.files()) info.fileBytes += std::int64_t(std::filesystem::file_size(file));
    return info;
}

// What is told of an adapter on the weights.
void addAdapter(verbs::ModelInfo& info, const Checkpoint& checkpoint)
{
    if (!checkpoint.adapter()) return;
    const AdapterFacts& facts = *checkpoint.adapter();
    info.adapter = {facts.name,     facts.folder,     facts.base,    facts.strength, int(facts.rank),
                    facts.matrices, facts.parameters, facts.modules, facts.saved};
}

void addTokenizer(OpenedModel& open, const Checkpoint& checkpoint)
{
    open.tokenizer = Tokenizer::open(checkpoint.path());
    if (open.tokenizer == nullptr) return;
    open.written = Tokenizer::openWritten(checkpoint.path());
    open.info.text.tokenizer = open.tokenizer->describe();
    if (const int mask = open.tokenizer->special().mask; mask >= 0)
        open.info.text.maskPiece = open.tokenizer->piece(mask);
}

// Of a model that goes on with what it reads. A template that is damaged is told of, and the model opens without.
void addChat(OpenedModel& open, const Checkpoint& checkpoint)
{
    const TextFacts& facts = open.facts().text;
    if (open.tokenizer == nullptr || !facts.writes || facts.isEncoderDecoder) return;
    try {
        const auto chat = chatOf(checkpoint.path(), facts);
        if (!chat) return;
        open.chat = std::make_shared<const ModelChat>(*chat);
        open.info.text.chat = chat->subject;
    } catch (const Error& error) {
        open.info.assumptions.push_back(std::string("no chat template: ") + error.what());
    }
}

// What config.json of an embedded model offers to begin with, else a sentence for what the model does.
void addExample(verbs::TextAbilities& text, const Checkpoint& checkpoint)
{
    constexpr std::size_t kLongest = 1000;
    const auto& config = checkpoint.config();
    const Json own = config && config->contains("headlens_example") ? (*config)["headlens_example"] : Json();
    const auto textOf = [](const Json& json) {
        return json.is_string() ? json.get<std::string>().substr(0, kLongest) : std::string();
    };
    if (own.is_object()) {
        if (own.contains("text")) text.example = textOf(own["text"]);
        if (own.contains("candidates") && own["candidates"].is_array())
            for (const Json& candidate : own["candidates"])
                if (text.exampleCandidates.size() < 64) text.exampleCandidates.push_back(textOf(candidate));
        return;
    }
    if (text.compares)
        text.exampleCandidates = {"a photo of a cat", "a photo of a dog", "a photo of a car"};
    else if (text.isMaskedLm && !text.maskPiece.empty())
        text.example = "The capital of France is " + text.maskPiece + ".";
    else if (text.isEncoderDecoder)
        text.example = "The house is wonderful.";
    else
        text.example =
            text.writes ? "Once upon a time" : "The animal did not cross the street because it was too tired.";
}

} // namespace

const TransformerModel& OpenedModel::transformer() const
{
    if (loaded.model == nullptr)
        throw Error(ErrorCode::NothingOpen, info.name, "is no longer open", "open it again and run the input again");
    return *loaded.model;
}

const Tokenizer& OpenedModel::requireTokenizer() const
{
    if (tokenizer == nullptr)
        throw Error(ErrorCode::PartMissing, info.name, "brings no tokenizer",
                    "put tokenizer.json, vocab.txt, vocab.json with merges.txt, or spiece.model beside the weights");
    return *tokenizer;
}

namespace {

// The weights of `opened` once more, on the CPU, as `change` and `type` make them.
std::shared_ptr<OpenedModel> loadedAgain(const OpenedModel& opened, at::ScalarType type,
                                         const Checkpoint::WeightChange& change, const char* what)
{
    requireMemory(std::uint64_t(opened.info.parameters) * 2 * c10::elementSize(type), what);
    const Checkpoint checkpoint = checkpointOf(opened.request);
    const c10::NoGradGuard noGrad;
    auto again = std::make_shared<OpenedModel>();
    again->loaded = loadModel(change ? checkpoint.changed(change) : checkpoint, opened.request.set);
    again->loaded.model->eachParameter([type](at::Tensor& weight) {
        if (weight.is_floating_point()) weight = weight.to(at::kCPU, type);
    });
    again->info = opened.info;
    again->info.device = "cpu";
    again->tokenizer = opened.tokenizer;
    again->written = opened.written;
    again->chat = opened.chat;
    again->request = opened.request;
    return again;
}

} // namespace

std::shared_ptr<const OpenedModel> inFloat64(const OpenedModel& opened)
{
    if (opened.exact != nullptr) return opened.exact;
    auto exact = loadedAgain(opened, at::kDouble, {}, "the model in float64");
    exact->info.precision = "float64";
    return opened.exact = std::move(exact);
}

std::shared_ptr<const OpenedModel> withWeights(const OpenedModel& opened, const Checkpoint::WeightChange& change)
{
    auto other = loadedAgain(opened, at::kFloat, change, "the model once more");
    other->info.precision = "float32";
    other->loaded.model->packWeights(Precision::Float32);
    return other;
}

std::shared_ptr<OpenedModel> openModel(const verbs::OpenModel& request, const at::Tensor& picture,
                                       const JobControl& control)
{
    const std::string device = chooseDevice(request.device);
    precisionFrom(request.precision, device);
    control.checkpoint(0, 3, "open");
    const OpeningPlan plan = planOf(request, device, availableMemory());
    const Checkpoint& checkpoint = plan.checkpoint;
    const Outline& outline = plan.outline;
    control.checkpoint({1, 3, "open", {}, outline.estimate.totalBytes, outline.estimate.availableBytes});
    requireFit(outline.estimate, outline.loaded.model->facts());
    auto hash = std::async(std::launch::async, [files = checkpoint.files()] { return hashOf(files); });
    auto next = std::make_shared<OpenedModel>();
    const auto load = [&] {
        const LoadingMemory quiet;
        const c10::NoGradGuard noGrad; // not InferenceMode: gradient methods need ordinary weights
        return loadModel(checkpoint, request.set);
    };
    next->loaded = load();
    next->info = describe(checkpoint, next->loaded, device);
    addAdapter(next->info, checkpoint);
    next->info.precision = plan.precision;
    next->info.parameters = outline.estimate.parameters;
    if (!plan.remark.empty()) next->info.assumptions.push_back(plan.remark);
    next->request = request;
    control.checkpoint(2, 3, "open");
    {
        const c10::NoGradGuard noGrad;
        placeWithFallback(next->loaded, next->info, picture, load);
    }
    if (next->info.text.reads) {
        addTokenizer(*next, checkpoint);
        addChat(*next, checkpoint);
        addExample(next->info.text, checkpoint);
    }
    next->info.remembersContrast = next->info.text.compares && std::filesystem::exists(contrastFileOf(next->info.path));
    next->info.remembersTraining = std::filesystem::exists(historyFileOf(next->info.path));
    next->info.predictedBytes = outline.estimate.totalBytes;
    next->info.sha256 = hash.get();
    return next;
}

} // namespace headlens
