// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/inspection.h"

#include "core/base/attention_math.h"
#include "core/checkpoint/file_bytes.h"
#include "core/imaging/codec.h"
#include "core/imaging/preprocess.h"
#include "core/models/registry.h"
#include "core/session/embedded_models.h"
#include "core/session/memory.h"
#include "core/tensors/bridge.h"
#include "core/tensors/runtime.h"
#include "core/trace/readers.h"

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

std::uint64_t floatBytes(const Checkpoint& checkpoint)
{
    std::uint64_t total = 0;
    for (const StoredTensor& tensor : checkpoint.tensors()) total += bytesFor(tensor.shape, DType::F32).value_or(0);
    return total;
}

verbs::ModelInfo describe(const Checkpoint& checkpoint, const LoadedModel& loaded, const std::string& device)
{
    const ModelFacts& facts = loaded.model->facts();
    verbs::ModelInfo info;
    info.name = checkpoint.name();
    info.path = checkpoint.path();
    info.architecture = facts.architecture;
    info.layout = checkpoint.layout().name;
    info.device = device;
    info.layers = facts.layers;
    info.heads = facts.heads;
    info.width = facts.width;
    info.patch = facts.patch;
    info.imageHeight = facts.imageHeight;
    info.imageWidth = facts.imageWidth;
    info.classes = facts.classes;
    info.prefixTokens = facts.prefixTokens;
    info.preprocessing = loaded.plan.describe();
    info.assumptions = facts.assumptions;
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

struct Inspection::State {
    struct Open {
        LoadedModel loaded;
        verbs::ModelInfo info;
    };
    struct Ran {
        ForwardResult result;
        at::Tensor pixels; // [B,C,H,W] on the CPU
        verbs::InputInfo info;
        Image8 seen;
    };
    std::shared_ptr<Open> open;
    std::shared_ptr<Ran> ran;

    const Open& model() const
    {
        if (!open) throw Error(ErrorCode::NothingOpen, "model", "no model is open", "open a model first");
        return *open;
    }
    const Ran& input() const
    {
        if (!ran)
            throw Error(ErrorCode::NothingOpen, "picture", "no picture was inspected yet", "open a picture first");
        return *ran;
    }
    const AttentionRecord& block(int layer) const
    {
        const auto& blocks = input().result.trace.blocks;
        if (layer < 0 || layer >= int(blocks.size()))
            throw Error(ErrorCode::BadRequest, "layer " + std::to_string(layer),
                        "there are " + std::to_string(blocks.size()) + " layers");
        return blocks[std::size_t(layer)];
    }
    std::shared_ptr<Ran> run(const at::Tensor& pixels, const JobControl& control) const;
};

std::shared_ptr<Inspection::State::Ran> Inspection::State::run(const at::Tensor& pixels,
                                                               const JobControl& control) const
{
    const ModelFacts& facts = model().loaded.model->facts();
    if (pixels.dim() != 4 || pixels.size(1) != facts.channels || pixels.size(2) < facts.patch ||
        pixels.size(3) < facts.patch)
        throw Error(ErrorCode::BadRequest, "pixel values",
                    "need the shape [batch, " + std::to_string(facts.channels) +
                        ", height, width] of at least one patch");
    const std::int64_t tokens =
        (pixels.size(2) / facts.patch) * (pixels.size(3) / facts.patch) + std::int64_t(facts.prefixTokens.size());
    // Queries, keys and hidden states of every block, and about eight widths of working space in one.
    requireMemory(std::uint64_t(pixels.size(0) * tokens * facts.width * 4) * (3 * std::uint64_t(facts.layers) + 12),
                  "this picture");
    const c10::InferenceMode inference;
    auto next = std::make_shared<Ran>();
    const auto start = Clock::now();
    next->pixels = pixels;
    next->result = model().loaded.model->forward(pixels.to(model().info.device), control);
    next->info.forwardMs = millisecondsSince(start);
    next->info.tokens = int(tokens);
    next->info.patchPixels = facts.patch;
    next->info.gridHeight = int(pixels.size(2)) / facts.patch;
    next->info.gridWidth = int(pixels.size(3)) / facts.patch;
    next->info.seenHeight = int(pixels.size(2));
    next->info.seenWidth = int(pixels.size(3));
    next->info.traceBytes = next->result.trace.bytes();
    if (const auto logits = next->result.outputs.find("logits"); logits != next->result.outputs.end())
        next->info.predictions = topClasses(logits->second[0], facts.labels);
    return next;
}

Inspection::Inspection() : m_state(std::make_unique<State>())
{
    startRuntime();
}
Inspection::~Inspection() = default;
Inspection::Inspection(Inspection&&) noexcept = default;
Inspection& Inspection::operator=(Inspection&&) noexcept = default;

verbs::ModelInfo Inspection::openModel(const verbs::OpenModel& request, const JobControl& control)
{
    const std::string device = chooseDevice(request.device);
    control.checkpoint(0, 3, "open");
    const Checkpoint checkpoint = Checkpoint::open(resolveModel(request.path));
    requireMemory(floatBytes(checkpoint), checkpoint.name());
    auto hash = std::async(std::launch::async, [files = checkpoint.files()] { return hashOf(files); });
    control.checkpoint(1, 3, "open");
    auto next = std::make_shared<State::Open>();
    {
        const at::NoGradGuard noGrad; // not InferenceMode: gradient methods need ordinary weights
        next->loaded = loadModel(checkpoint, request.set);
        next->loaded.model->eachParameter([&](at::Tensor& weight) { weight = weight.to(device); });
    }
    control.checkpoint(2, 3, "open");
    next->info = describe(checkpoint, next->loaded, device);
    next->info.sha256 = hash.get();
    m_state->open = std::move(next);
    m_state->ran.reset();
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
    control.checkpoint(0, open.info.layers, "forward");
    const auto ready = Clock::now();
    Preprocessed prepared = preprocess(picture, open.loaded.plan, *fit, open.info.patch);
    const double preprocessMs = millisecondsSince(ready);
    const at::Tensor pixels =
        at::from_blob(prepared.pixels.data(), {1, 3, prepared.seen.height, prepared.seen.width}).clone();
    auto next = m_state->run(pixels, control);
    next->info.name = request.name;
    next->info.sha256 = sha256Of(file);
    next->info.originalWidth = picture.width;
    next->info.originalHeight = picture.height;
    next->info.region.assign(prepared.region.begin(), prepared.region.end());
    next->info.decodeMs = decodeMs;
    next->info.preprocessMs = preprocessMs;
    next->seen = std::move(prepared.seen);
    m_state->ran = std::move(next);
    return {m_state->ran->info, m_state->ran->seen, reducedTo(picture, kDisplaySide)};
}

void Inspection::setPixels(const std::vector<float>& pixels, const std::vector<std::int64_t>& shape,
                           const JobControl& control)
{
    const at::Tensor tensor = at::tensor(pixels).view(shape);
    m_state->ran = m_state->run(tensor, control);
}

std::vector<LayerRows> Inspection::rows(const verbs::Rows& request) const
{
    const c10::InferenceMode inference;
    std::vector<LayerRows> all;
    for (const AttentionRecord& block : m_state->input().result.trace.blocks) {
        const at::Tensor found = request.reverse
                                     ? attentionColumn(block, request.token)
                                     : attentionRows(block, request.token, request.token + std::int64_t(1)).squeeze(2);
        all.push_back({int(found.size(1)), int(found.size(2)), toFloats(found[0])});
    }
    return all;
}

Grid2D Inspection::tile(const verbs::Tile& request) const
{
    const c10::InferenceMode inference;
    const AttentionRecord& block = m_state->block(request.layer);
    const auto fusion = headFusionFrom(request.fusion);
    if (!fusion)
        throw Error(ErrorCode::BadRequest, "fusion", "\"" + request.fusion + "\" is not single, mean, max or min");
    if (request.head < 0 || request.head >= block.heads())
        throw Error(ErrorCode::BadRequest, "head " + std::to_string(request.head),
                    "there are " + std::to_string(block.heads()) + " heads");
    AttentionRecord chosen = block;
    if (*fusion == HeadFusion::Single) {
        chosen.q = block.q.narrow(1, request.head, 1);
        chosen.k = block.k.narrow(1, request.head, 1);
    }
    const auto clip = [](int value, std::int64_t count) { return std::clamp<std::int64_t>(value, 0, count); };
    const TileArea area{clip(request.queryBegin, block.queries()),
                        clip(request.queryEnd, block.queries()),
                        clip(request.keyBegin, block.keys()),
                        clip(request.keyEnd, block.keys()),
                        request.rows,
                        request.columns};
    const at::Tensor found = attentionTile(chosen, area, *fusion)[0];
    return {int(found.size(0)), int(found.size(1)), toFloats(found)};
}

Grid2D Inspection::map(int layer, int head, const std::string& fusion) const
{
    const int tokens = int(m_state->block(layer).queries());
    requireMemory(std::uint64_t(tokens) * std::uint64_t(tokens) * 16,
                  "the whole map"); // pieces, their sum and the copy
    return tile({layer, head, fusion, 0, tokens, 0, tokens, tokens, tokens});
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

std::vector<TensorBytes> Inspection::traceTensors() const
{
    const c10::InferenceMode inference;
    const State::Ran& ran = m_state->input();
    std::uint64_t bytes = 0;
    for (const AttentionRecord& block : ran.result.trace.blocks)
        bytes += std::uint64_t(block.q.size(0) * block.heads() * block.queries() * block.keys()) * 4;
    requireMemory(bytes, "writing every attention map");
    std::vector<TensorBytes> tensors;
    const auto& trace = ran.result.trace;
    for (std::size_t i = 0; i < trace.blocks.size(); ++i)
        tensors.push_back(toBytes("attentions." + std::to_string(i), attentionMap(trace.blocks[i])));
    for (std::size_t i = 0; i < trace.hidden.size(); ++i)
        tensors.push_back(toBytes("hidden_states." + std::to_string(i), trace.hidden[i]));
    for (const auto& [name, value] : ran.result.outputs) tensors.push_back(toBytes(name, value));
    tensors.push_back(toBytes("pixel_values", ran.pixels));
    return tensors;
}

} // namespace headlens
