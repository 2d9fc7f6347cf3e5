// SPDX-License-Identifier: GPL-3.0-or-later
// Opening a model: what it needs, on what it runs, in which precision.
#include "core/base/error.h"
#include "core/base/resources.h"
#include "core/checkpoint/file_bytes.h"
#include "core/imaging/codec.h"
#include "core/imaging/preprocess.h"
#include "core/session/contrast_record.h"
#include "core/session/embedded_models.h"
#include "core/session/inspection_state.h"
#include "core/session/memory.h"
#include "core/session/training_history.h"
#include "core/tensors/bridge.h"
#include "core/tensors/runtime.h"
#include "core/trace/readers.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <filesystem>
#include <functional>
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
    const TextFacts& text = facts.text;
    info.text.reads = text.reads;
    info.text.writes = text.writes;
    info.text.translates = text.translates;
    info.text.fillsGaps = text.fillsGaps;
    info.text.compares = facts.comparesTexts;
    const bool windowed =
        std::ranges::any_of(facts.blocks, [](const BlockFacts& block) { return block.windowTokens > 0; });
    const bool remembers =
        std::ranges::find(facts.blocks, AttentionKind::Memory, &BlockFacts::kind) != facts.blocks.end();
    info.explains = !windowed && !remembers && facts.maskRatio <= 0 && !facts.choosesTokens &&
                    (facts.classes > 0 || facts.comparesTexts || text.writes || text.fillsGaps || text.labelsTokens ||
                     text.findsSpans);
    info.text.alwaysFull = text.alwaysFull;
    info.text.labelsTokens = text.labelsTokens;
    info.text.findsSpans = text.findsSpans;
    info.text.longest = text.longest;
    info.text.longestWritten = text.longestWritten;
    info.text.vocabulary = text.vocabulary;
    for (const Switch& one : facts.switches)
        info.switches.push_back({one.name, one.title, one.choices, one.low, one.high, one.usual});
    for (const BlockFacts& block : facts.blocks)
        info.blocks.push_back({block.stage, block.heads, block.width, block.tower, nameOf(block.kind)});
}

Checkpoint openCheckpoint(const verbs::OpenModel& request)
{
    const auto weights = request.set.find("weights");
    return Checkpoint::open(resolveModel(request.path), weights == request.set.end() ? std::string() : weights->second);
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
    info.givesNumbers = loaded.answers == Answers::Numbers;
    for (const StoredTensor& tensor : checkpoint.tensors())
        info.tensors.push_back({tensor.name, std::string(nameOf(tensor.dtype)), tensor.shape});
    for (const std::string& file : checkpoint.files()) info.fileBytes += std::int64_t(std::filesystem::file_size(file));
    loaded.model->eachParameter([&](at::Tensor& weight) { info.parameters += weight.numel(); });
    return info;
}

// What loading would need, found by loading without values: every name and shape is checked before a byte is read.
struct Outline {
    LoadedModel loaded;
    verbs::ModelEstimate estimate;
};

Outline outlineOf(const Checkpoint& checkpoint, const std::map<std::string, std::string>& settings)
{
    const c10::NoGradGuard noGrad;
    Outline outline{loadModel(checkpoint.withoutValues(), settings), {}};
    const ModelFacts& facts = outline.loaded.model->facts();
    verbs::ModelEstimate& estimate = outline.estimate;
    estimate.name = checkpoint.name();
    estimate.architecture = facts.architecture;
    estimate.layout = checkpoint.layout().name;
    estimate.assumptions = checkpoint.assumptions();
    estimate.assumptions.insert(estimate.assumptions.end(), outline.loaded.assumptions.begin(),
                                outline.loaded.assumptions.end());
    estimate.unusedTensors = outline.loaded.unusedTensors;
    outline.loaded.model->eachParameter([&](at::Tensor& weight) { estimate.parameters += weight.numel(); });
    estimate.weightBytes = 4 * estimate.parameters + std::int64_t(largestTensorBytes(checkpoint));
    estimate.runBytes = std::int64_t(runBytes(facts, usualExtent(facts)));
    estimate.totalBytes = estimate.weightBytes + estimate.runBytes + std::int64_t(kProgramBytes);
    estimate.availableBytes = std::int64_t(availableMemory());
    estimate.fits =
        estimate.weightBytes + estimate.runBytes <= std::int64_t(kUsableShare * double(estimate.availableBytes));
    return outline;
}

// Says what would fit instead: weights alone, or nothing.
void requireFit(const verbs::ModelEstimate& estimate, const ModelFacts& facts)
{
    if (estimate.fits) return;
    const double usable = kUsableShare * double(estimate.availableBytes);
    int side = facts.imageHeight / 2;
    const auto runs = [&] {
        RunExtent extent = usualExtent(facts);
        extent.height = extent.width = side;
        return double(runBytes(facts, extent));
    };
    while (facts.takesPictures() && side >= facts.patch && double(estimate.weightBytes) + runs() > usable) side /= 2;
    throw Error(ErrorCode::NotEnoughMemory, estimate.name,
                "needs " + sizeText(std::uint64_t(estimate.totalBytes)) + " with one picture, but only " +
                    sizeText(std::uint64_t(estimate.availableBytes)) + " are free",
                facts.takesPictures() && side >= facts.patch
                    ? "open it with --set image_size=" + std::to_string(side) + ", or close other programs"
                    : "close other programs, or choose a smaller variant of the model");
}

// The picture at hand, else the sample that comes with HeadLens; undefined where neither fits.
at::Tensor pictureProbe(const LoadedModel& loaded, const at::Tensor& atHand)
{
    const ModelFacts& facts = loaded.model->facts();
    if (atHand.defined() && atHand.size(1) == facts.channels && atHand.size(2) >= facts.patch &&
        atHand.size(3) >= facts.patch)
        return atHand.slice(0, 0, 1);
    const std::string sample = resourceFolder() + "/images/chelsea.jpg";
    if ((facts.channels != 3 && facts.channels != 1) || !std::filesystem::exists(sample)) return {};
    const std::string file = readWhole(sample, 16U << 20);
    const Image8 picture = decodePicture(std::as_bytes(std::span(file.data(), file.size())), sample).image;
    Preprocessed seen = preprocess(picture, loaded.plan, Fit::Trained, facts.patch);
    return at::from_blob(seen.pixels.data(), {1, facts.channels, seen.seen.height, seen.seen.width}).clone();
}

// Something to measure a precision with: a picture where there is one, else a ramp, and made-up tokens.
ModelInput probeFor(const LoadedModel& loaded, const at::Tensor& atHand)
{
    const ModelFacts& facts = loaded.model->facts();
    ModelInput probe = madeUpInput(facts, facts.imageHeight, facts.imageWidth);
    if (const at::Tensor picture = facts.takesPictures() ? pictureProbe(loaded, atHand) : at::Tensor();
        picture.defined())
        probe.pixels = picture;
    return probe;
}

// How far the weights of two traces of one picture are apart; streamed, never two whole maps.
void compare(const Trace& truth, const Trace& other, verbs::ModelInfo& info)
{
    constexpr std::int64_t kRows = 256;
    double sum = 0, count = 0;
    for (std::size_t layer = 0; layer < truth.blocks.size(); ++layer)
        for (std::int64_t begin = 0; begin < truth.blocks[layer].queries(); begin += kRows) {
            const std::int64_t end = std::min(begin + kRows, truth.blocks[layer].queries());
            const at::Tensor apart = (attentionRows(truth.blocks[layer], begin, end).cpu() -
                                      attentionRows(other.blocks[layer], begin, end).cpu())
                                         .abs();
            if (!apart.isfinite().all().item<bool>())
                throw Error(ErrorCode::BadWeights, info.name, "gives no finite weights in " + info.precision,
                            "choose float32");
            info.largestDifference = std::max(info.largestDifference, apart.max().item<double>());
            sum += apart.sum(at::kDouble).item<double>();
            count += double(apart.numel());
        }
    info.meanDifference = count > 0 ? sum / count : 0;
}

// Moves the weights to `device` and into `precision`. Reduced precision is measured on the way: the pass of reference
// needs the weights as they came, so it goes first.
void settle(LoadedModel& loaded, verbs::ModelInfo& info, const at::Tensor& atHand)
{
    TransformerModel& model = *loaded.model;
    const Precision precision = precisionFrom(info.precision, info.device);
    const auto moveTo = [&](at::ScalarType type) {
        model.eachParameter([&](at::Tensor& weight) { weight = weight.to(at::Device(info.device), type); });
    };
    moveTo(at::kFloat);
    ForwardResult truth;
    ModelInput probe;
    const auto probed = [&](at::ScalarType type) {
        ModelInput moved = probe;
        if (moved.pixels.defined()) moved.pixels = moved.pixels.to(at::Device(info.device), type);
        for (at::Tensor* ids : {&moved.ids, &moved.writtenIds})
            if (ids->defined()) *ids = ids->to(at::Device(info.device));
        ForwardOptions options;
        options.vocabularyScores = false;
        return model.run(moved, options, {});
    };
    if (precision != Precision::Float32) {
        const c10::InferenceMode inference;
        probe = probeFor(loaded, atHand);
        truth = probed(at::kFloat);
    }
    if (info.device == "cpu") {
        const LoadingMemory quiet;
        model.packWeights(precision);
    } else {
        moveTo(typeOf(precision));
    }
    if (precision == Precision::Float32) return;
    const c10::InferenceMode inference;
    const at::ScalarType type = info.device == "cpu" ? at::kFloat : typeOf(precision);
    compare(truth.trace, probed(type).trace, info);
}

// As settle(), but a device without enough memory gives way to the CPU, once.
void settleSomewhere(LoadedModel& loaded, verbs::ModelInfo& info, const at::Tensor& atHand,
                     const std::function<LoadedModel()>& load)
{
    try {
        guarded([&] { settle(loaded, info, atHand); });
    } catch (const Error& problem) {
        if (problem.code() != ErrorCode::NotEnoughMemory || info.device == "cpu") throw;
        info.device = "cpu";
        info.precision = "float32";
        info.notice = "cpu";
        info.largestDifference = info.meanDifference = 0;
        loaded = {}; // its weights may be rounded already
        loaded = load();
        settle(loaded, info, atHand);
    }
}

void addTokenizer(Inspection::State::Open& open, const Checkpoint& checkpoint)
{
    open.tokenizer = Tokenizer::open(homeOf(checkpoint.path()));
    if (open.tokenizer == nullptr) return;
    open.written = Tokenizer::openWritten(homeOf(checkpoint.path()));
    open.info.text.tokenizer = open.tokenizer->describe();
    if (const int mask = open.tokenizer->special().mask; mask >= 0)
        open.info.text.maskPiece = open.tokenizer->piece(mask);
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
    else if (text.fillsGaps && !text.maskPiece.empty())
        text.example = "The capital of France is " + text.maskPiece + ".";
    else if (text.translates)
        text.example = "The house is wonderful.";
    else
        text.example =
            text.writes ? "Once upon a time" : "The animal did not cross the street because it was too tired.";
}

} // namespace

verbs::Contrast Inspection::contrast() const
{
    return readContrast(contrastFileOf(model().path));
}

verbs::History Inspection::history() const
{
    return readHistory(historyFileOf(model().path));
}

verbs::ModelEstimate Inspection::estimateModel(const verbs::OpenModel& request) const
{
    return outlineOf(openCheckpoint(request), request.set).estimate;
}

verbs::ModelInfo Inspection::openModel(const verbs::OpenModel& request, const JobControl& control)
{
    const std::string device = chooseDevice(request.device);
    precisionFrom(request.precision, device);
    control.checkpoint(0, 3, "open");
    const Checkpoint checkpoint = openCheckpoint(request);
    const Outline outline = outlineOf(checkpoint, request.set);
    control.checkpoint({1, 3, "open", {}, outline.estimate.totalBytes, outline.estimate.availableBytes});
    requireFit(outline.estimate, outline.loaded.model->facts());
    auto hash = std::async(std::launch::async, [files = checkpoint.files()] { return hashOf(files); });
    auto next = std::make_shared<State::Open>();
    const auto load = [&] {
        const LoadingMemory quiet;
        const c10::NoGradGuard noGrad; // not InferenceMode: gradient methods need ordinary weights
        return loadModel(checkpoint, request.set);
    };
    next->loaded = load();
    next->info = describe(checkpoint, next->loaded, device);
    next->info.precision = request.precision;
    control.checkpoint(2, 3, "open");
    {
        const c10::NoGradGuard noGrad;
        settleSomewhere(next->loaded, next->info, m_state->ran ? m_state->ran->in.pixels : at::Tensor(), load);
    }
    if (next->info.text.reads) {
        addTokenizer(*next, checkpoint);
        addExample(next->info.text, checkpoint);
    }
    next->info.remembersContrast = next->info.text.compares && std::filesystem::exists(contrastFileOf(next->info.path));
    next->info.remembersTraining = std::filesystem::exists(historyFileOf(next->info.path));
    next->info.predictedBytes = outline.estimate.totalBytes;
    next->info.sha256 = hash.get();
    m_state->open = std::move(next);
    m_state->ran.reset();
    m_state->lastRequest = {}; // what was said about another model's words is void
    m_state->pca = {};
    return m_state->open->info;
}

} // namespace headlens
