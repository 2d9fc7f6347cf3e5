// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/inspection.h"

#include "core/checkpoint/file_bytes.h"
#include "core/imaging/codec.h"
#include "core/imaging/preprocess.h"
#include "core/session/embedded_models.h"
#include "core/session/inspection_state.h"
#include "core/session/memory.h"
#include "core/tensors/bridge.h"
#include "core/tensors/runtime.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <future>

namespace headlens {
namespace {

using Clock = std::chrono::steady_clock;

double millisecondsSince(Clock::time_point start)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

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
    info.assumptions = facts.assumptions;
    info.maskRatio = facts.maskRatio;
    for (const BlockFacts& block : facts.blocks)
        info.blocks.push_back({block.stage, block.heads, block.width, block.tower});
}

verbs::ModelInfo describe(const Checkpoint& checkpoint, const LoadedModel& loaded, const std::string& device)
{
    verbs::ModelInfo info;
    info.name = checkpoint.name();
    info.path = checkpoint.path();
    info.layout = checkpoint.layout().name;
    info.device = device;
    fill(info, loaded.model->facts());
    info.preprocessing = loaded.plan.describe();
    info.unusedTensors = loaded.unusedTensors;
    for (const StoredTensor& tensor : checkpoint.tensors())
        info.tensors.push_back({tensor.name, std::string(nameOf(tensor.dtype)), tensor.shape});
    for (const std::string& file : checkpoint.files()) info.fileBytes += std::int64_t(std::filesystem::file_size(file));
    loaded.model->eachParameter([&](at::Tensor& weight) { info.parameters += weight.numel(); });
    return info;
}

constexpr int kDisplaySide = 2048; // of the original that travels to the window

Image8 reducedTo(const Image8& picture, int side)
{
    const int longest = std::max(picture.width, picture.height);
    if (longest <= side) return picture;
    const double scale = double(side) / longest;
    return pilResize(picture, std::max(1, int(picture.width * scale)), std::max(1, int(picture.height * scale)),
                     Filter::Box);
}

std::vector<verbs::Prediction> topClasses(const at::Tensor& logits, const std::vector<std::string>& labels)
{
    constexpr std::int64_t kShown = 20;
    const at::Tensor probabilities = at::softmax(logits.to(at::kCPU, at::kFloat), -1);
    const auto [values, indices] = probabilities.topk(std::min(kShown, probabilities.size(0)));
    std::vector<verbs::Prediction> top;
    for (std::int64_t i = 0; i < values.size(0); ++i) {
        const auto index = indices.data_ptr<std::int64_t>()[i];
        const bool named = index < std::int64_t(labels.size());
        top.push_back({int(index), named ? labels[std::size_t(index)] : "class " + std::to_string(index),
                       values.data_ptr<float>()[i]});
    }
    return top;
}

} // namespace

Image8 thumbnailOf(std::span<const std::byte> file, int side)
{
    return reducedTo(decodePicture(file, "picture"), std::clamp(side, 1, kDisplaySide));
}

const Inspection::State::Open& Inspection::State::model() const
{
    if (!open) throw Error(ErrorCode::NothingOpen, "model", "no model is open", "open a model first");
    return *open;
}

const Inspection::State::Ran& Inspection::State::input() const
{
    if (!ran) throw Error(ErrorCode::NothingOpen, "picture", "no picture was inspected yet", "open a picture first");
    return *ran;
}

namespace {

verbs::BlockGrid gridOf(const AttentionRecord& record, const BlockMap& map)
{
    verbs::BlockGrid grid{map.gridHeight, map.gridWidth, map.halvings};
    grid.hidesPatches = record.tokens.defined();
    if (!record.windows) return grid;
    grid.windowHeight = record.windows->windowHeight;
    grid.windowWidth = record.windows->windowWidth;
    grid.shiftY = record.windows->shiftY;
    grid.shiftX = record.windows->shiftX;
    grid.padAfterRoll = record.windows->padAfterRoll;
    return grid;
}

// The decoder's picture in the colours it stands for: normalisation undone.
Image8 pictureOf(const at::Tensor& pixels, const PreprocessPlan& plan)
{
    const at::Tensor values = pixels.to(at::kCPU, at::kFloat).contiguous(); // [3,h,w]
    Image8 picture(int(values.size(2)), int(values.size(1)));
    const std::size_t area = std::size_t(picture.width) * std::size_t(picture.height);
    const float* from = values.data_ptr<float>();
    for (std::size_t c = 0; c < 3; ++c)
        for (std::size_t i = 0; i < area; ++i) {
            double value = double(from[c * area + i]);
            if (plan.normalize)
                value = value * plan.deviation[plan.deviation.size() == 1 ? 0 : c] +
                        plan.mean[plan.mean.size() == 1 ? 0 : c];
            if (plan.rescale && plan.rescaleFactor != 0) value /= plan.rescaleFactor;
            picture.pixels[i * 3 + c] = std::uint8_t(std::clamp(value + 0.5, 0.0, 255.0));
        }
    return picture;
}

} // namespace

std::shared_ptr<Inspection::State::Ran> Inspection::State::run(const at::Tensor& pixels, const ForwardOptions& options,
                                                               const JobControl& control) const
{
    const ModelFacts& facts = model().loaded.model->facts();
    if (pixels.dim() != 4 || pixels.size(0) < 1 || pixels.size(1) != facts.channels || pixels.size(2) < facts.patch ||
        pixels.size(3) < facts.patch)
        throw Error(ErrorCode::BadRequest, "pixel values",
                    "need the shape [batch, " + std::to_string(facts.channels) +
                        ", height, width] of at least one patch");
    requireMemory(runBytes(facts, pixels.size(0), pixels.size(2), pixels.size(3)), "this picture");
    const c10::InferenceMode inference;
    auto next = std::make_shared<Ran>();
    const auto start = Clock::now();
    next->pixels = pixels;
    next->result = model().loaded.model->forward(pixels.to(model().info.device), options, control);
    finishDevice(model().info.device);
    verbs::InputInfo& info = next->info;
    info.forwardMs = millisecondsSince(start);
    info.patchPixels = facts.patch;
    info.gridHeight = next->result.gridHeight;
    info.gridWidth = next->result.gridWidth;
    info.tokens = int(facts.prefixTokens.size()) + info.gridHeight * info.gridWidth;
    info.seenHeight = int(pixels.size(2));
    info.seenWidth = int(pixels.size(3));
    info.traceBytes = next->result.trace.bytes();
    info.hiddenBytes = next->result.trace.hiddenBytes();
    for (const AttentionRecord& block : next->result.trace.blocks)
        info.blocks.push_back(
            gridOf(block, blockMapOf(block, int(facts.prefixTokens.size()), info.gridHeight, info.gridWidth)));
    if (next->result.hiddenPatches.defined()) {
        const at::Tensor hidden = next->result.hiddenPatches[0].nonzero().squeeze(1).cpu();
        for (std::int64_t i = 0; i < hidden.size(0); ++i)
            info.hiddenPatches.push_back(int(hidden.data_ptr<std::int64_t>()[i]));
    }
    if (next->result.reconstruction.defined() && facts.channels == 3)
        next->reconstruction = pictureOf(next->result.reconstruction[0], model().loaded.plan);
    if (const auto logits = next->result.outputs.find("logits"); logits != next->result.outputs.end())
        info.predictions = topClasses(logits->second[0], facts.labels);
    return next;
}

Inspection::Inspection() : m_state(std::make_unique<State>())
{
    startRuntime();
}
Inspection::~Inspection() = default;
Inspection::Inspection(Inspection&&) noexcept = default;
Inspection& Inspection::operator=(Inspection&&) noexcept = default;

namespace {

// What loading would need, found by loading without values: every name and shape is checked before a byte is read.
struct Outline {
    LoadedModel loaded;
    verbs::ModelEstimate estimate;
};

Outline outlineOf(const Checkpoint& checkpoint, const std::map<std::string, std::string>& settings)
{
    const at::NoGradGuard noGrad;
    Outline outline{loadModel(checkpoint.withoutValues(), settings), {}};
    const ModelFacts& facts = outline.loaded.model->facts();
    verbs::ModelEstimate& estimate = outline.estimate;
    estimate.name = checkpoint.name();
    estimate.architecture = facts.architecture;
    estimate.layout = checkpoint.layout().name;
    estimate.assumptions = facts.assumptions;
    outline.loaded.model->eachParameter([&](at::Tensor& weight) { estimate.parameters += weight.numel(); });
    estimate.weightBytes = 4 * estimate.parameters + std::int64_t(largestTensorBytes(checkpoint));
    estimate.runBytes = std::int64_t(runBytes(facts, 1, facts.imageHeight, facts.imageWidth));
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
    while (side >= facts.patch && double(estimate.weightBytes) + double(runBytes(facts, 1, side, side)) > usable)
        side /= 2;
    throw Error(ErrorCode::NotEnoughMemory, estimate.name,
                "needs " + sizeText(std::uint64_t(estimate.totalBytes)) + " with one picture, but only " +
                    sizeText(std::uint64_t(estimate.availableBytes)) + " are free",
                side >= facts.patch
                    ? "open it with --set image_size=" + std::to_string(side) + ", or close other programs"
                    : "close other programs, or choose a smaller variant of the model");
}

} // namespace

verbs::ModelEstimate Inspection::estimateModel(const verbs::OpenModel& request) const
{
    return outlineOf(Checkpoint::open(resolveModel(request.path)), request.set).estimate;
}

verbs::ModelInfo Inspection::openModel(const verbs::OpenModel& request, const JobControl& control)
{
    const std::string device = chooseDevice(request.device);
    control.checkpoint(0, 3, "open");
    const Checkpoint checkpoint = Checkpoint::open(resolveModel(request.path));
    const Outline outline = outlineOf(checkpoint, request.set);
    const std::string needs = "needs " + sizeText(std::uint64_t(outline.estimate.totalBytes)) + " of " +
                              sizeText(std::uint64_t(outline.estimate.availableBytes));
    control.checkpoint(1, 3, needs.c_str());
    requireFit(outline.estimate, outline.loaded.model->facts());
    auto hash = std::async(std::launch::async, [files = checkpoint.files()] { return hashOf(files); });
    auto next = std::make_shared<State::Open>();
    {
        const LoadingMemory quiet;
        const at::NoGradGuard noGrad; // not InferenceMode: gradient methods need ordinary weights
        next->loaded = loadModel(checkpoint, request.set);
        next->loaded.model->eachParameter([&](at::Tensor& weight) { weight = weight.to(device); });
    }
    control.checkpoint(2, 3, "open");
    next->info = describe(checkpoint, next->loaded, device);
    if (device == "cpu") {
        const LoadingMemory quiet;
        next->loaded.model->packWeights(Precision::Float32);
    }
    next->info.predictedBytes = outline.estimate.totalBytes;
    next->info.sha256 = hash.get();
    m_state->open = std::move(next);
    m_state->ran.reset();
    m_state->pca = {};
    return m_state->open->info;
}

InputResult Inspection::setPicture(const verbs::SetInput& request, std::span<const std::byte> file,
                                   const JobControl& control)
{
    const State::Open& open = m_state->model();
    const auto fit = fitFrom(request.fit);
    if (!fit) throw Error(ErrorCode::BadRequest, "fit", "\"" + request.fit + "\" is not trained, squash or native");
    if (open.loaded.model->facts().channels != 3)
        throw Error(ErrorCode::UnsupportedModel, open.info.name, "does not take colour pictures",
                    "give pixel values with --inputs");
    const auto start = Clock::now();
    const Image8 picture = decodePicture(file, request.name);
    const double decodeMs = millisecondsSince(start);
    control.checkpoint(0, int(open.info.blocks.size()), "forward");
    const auto ready = Clock::now();
    Preprocessed prepared = preprocess(picture, open.loaded.plan, *fit, open.info.patch);
    const double preprocessMs = millisecondsSince(ready);
    const at::Tensor pixels =
        at::from_blob(prepared.pixels.data(), {1, 3, prepared.seen.height, prepared.seen.width}).clone();
    auto next = m_state->run(pixels, {request.maskRatio, request.maskSeed}, control);
    next->info.name = request.name;
    next->info.sha256 = sha256Of(file);
    next->info.originalWidth = picture.width;
    next->info.originalHeight = picture.height;
    next->info.region.assign(prepared.region.begin(), prepared.region.end());
    next->info.decodeMs = decodeMs;
    next->info.preprocessMs = preprocessMs;
    next->seen = std::move(prepared.seen);
    m_state->ran = std::move(next);
    return {m_state->ran->info, m_state->ran->seen, reducedTo(picture, kDisplaySide), m_state->ran->reconstruction};
}

void Inspection::setPixels(const std::vector<float>& pixels, const std::vector<std::int64_t>& shape,
                           const std::vector<float>& noise, const JobControl& control)
{
    ForwardOptions options;
    if (!noise.empty() && !shape.empty() && shape[0] > 0) options.noise = at::tensor(noise).view({shape[0], -1});
    m_state->ran = m_state->run(at::tensor(pixels).view(shape), options, control);
}

Inspection::Timing Inspection::timeForward(std::int64_t height, std::int64_t width, bool keepTrace)
{
    const c10::InferenceMode inference;
    const State::Open& open = m_state->model();
    const std::int64_t channels = open.loaded.model->facts().channels;
    const at::Tensor pixels =
        at::linspace(-1, 1, channels * height * width).view({1, channels, height, width}).to(open.info.device);
    ForwardOptions options;
    options.keepTrace = keepTrace;
    auto next = std::make_shared<State::Ran>(); // kept until the next one is there, as a picture's is
    const auto start = Clock::now();
    next->result = open.loaded.model->forward(pixels, options, {});
    finishDevice(open.info.device);
    const double ms = millisecondsSince(start);
    m_state->ran = next;
    return {ms, next->result.trace.bytes(), next->result.trace.hiddenBytes()};
}

const verbs::ModelInfo& Inspection::model() const
{
    return m_state->model().info;
}

const verbs::InputInfo& Inspection::input() const
{
    return m_state->input().info;
}

const Image8& Inspection::seen() const
{
    return m_state->input().seen;
}

const Image8& Inspection::reconstruction() const
{
    return m_state->input().reconstruction;
}

} // namespace headlens
