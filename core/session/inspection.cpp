// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/inspection.h"

#include "core/checkpoint/file_bytes.h"
#include "core/imaging/codec.h"
#include "core/imaging/preprocess.h"
#include "core/session/inspection_state.h"
#include "core/session/memory.h"
#include "core/tensors/bridge.h"
#include "core/tensors/runtime.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <chrono>

namespace headlens {
namespace {

using Clock = std::chrono::steady_clock;

double millisecondsSince(Clock::time_point start)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
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

std::string Inspection::State::forward(Ran& next, ForwardOptions options, const JobControl& control)
{
    const ModelFacts& facts = model().loaded.model->facts();
    const auto pass = [&](bool keepHidden) {
        options.keep.hidden = keepHidden;
        const std::string& device = model().info.device;
        if (device == "cpu")
            requireMemory(runBytes(facts, next.pixels.size(0), next.pixels.size(2), next.pixels.size(3), keepHidden),
                          "this picture");
        next.result = {};
        next.result = model().loaded.model->forward(ready(next.pixels), options, control);
        finishDevice(device);
    };
    std::vector<SmallerMode> modes{{"", [&] { pass(true); }}, {"hidden", [&] { pass(false); }}};
    if (model().info.device != "cpu")
        modes.push_back({"cpu", [&] {
                             moveToCpu();
                             pass(true);
                         }});
    return runSmaller(modes);
}

at::Tensor Inspection::State::ready(const at::Tensor& pixels) const
{
    const verbs::ModelInfo& info = model().info;
    const bool reduced = info.device != "cpu" && info.precision != "float32";
    return pixels.to(at::Device(info.device),
                     reduced ? typeOf(precisionFrom(info.precision, info.device)) : at::kFloat);
}

void Inspection::State::moveToCpu()
{
    open->info.device = "cpu";
    open->info.precision = "float32";
    open->loaded.model->eachParameter([](at::Tensor& weight) { weight = weight.to(at::kCPU, at::kFloat); });
    open->loaded.model->packWeights(Precision::Float32);
}

std::shared_ptr<Inspection::State::Ran> Inspection::State::run(const at::Tensor& pixels, const ForwardOptions& options,
                                                               const JobControl& control)
{
    const ModelFacts& facts = model().loaded.model->facts();
    if (pixels.dim() != 4 || pixels.size(0) < 1 || pixels.size(1) != facts.channels || pixels.size(2) < facts.patch ||
        pixels.size(3) < facts.patch)
        throw Error(ErrorCode::BadRequest, "pixel values",
                    "need the shape [batch, " + std::to_string(facts.channels) +
                        ", height, width] of at least one patch");
    const c10::InferenceMode inference;
    auto next = std::make_shared<Ran>();
    const auto start = Clock::now();
    next->pixels = pixels;
    verbs::InputInfo& info = next->info;
    info.notice = forward(*next, options, control);
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
    const at::Tensor pixels = at::linspace(-1, 1, channels * height * width).view({1, channels, height, width});
    ForwardOptions options;
    if (!keepTrace) options.keep = {false, false};
    auto next = std::make_shared<State::Ran>(); // kept until the next one is there, as a picture's is
    const auto start = Clock::now();
    next->result = open.loaded.model->forward(m_state->ready(pixels), options, {});
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
