// SPDX-License-Identifier: GPL-3.0-or-later
// One pass through the model: alone or several pictures together, with less kept where memory is short.
#include "core/base/error.h"
#include "core/session/inspection_state.h"
#include "core/session/memory.h"
#include "core/tensors/bridge.h"
#include "core/tensors/packed_linear.h"
#include "core/tensors/runtime.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <chrono>
#include <optional>

namespace headlens {
namespace {

using Clock = std::chrono::steady_clock;

// The most probable classes first; numbers (`answers`) as they are, in the order of the model.
std::vector<verbs::Prediction> topClasses(const at::Tensor& logits, const std::vector<std::string>& labels,
                                          Answers answers)
{
    constexpr std::int64_t kShown = 20;
    const at::Tensor scores = logits.to(at::kCPU, at::kFloat);
    const auto name = [&](std::int64_t index) {
        return index < std::int64_t(labels.size()) ? labels[std::size_t(index)] : "class " + std::to_string(index);
    };
    if (answers == Answers::Numbers) {
        std::vector<verbs::Prediction> numbers;
        for (std::int64_t i = 0; i < std::min(kShown, scores.size(0)); ++i)
            numbers.push_back({int(i), name(i), scores[i].item<double>()});
        return numbers;
    }
    // A single score is a yes or no by itself.
    const bool each = answers == Answers::EachClass || scores.size(0) == 1;
    const at::Tensor probabilities = each ? at::sigmoid(scores) : at::softmax(scores, -1);
    const auto [values, indices] = probabilities.topk(std::min(kShown, probabilities.size(0)));
    std::vector<verbs::Prediction> top;
    for (std::int64_t i = 0; i < values.size(0); ++i) {
        const auto index = indices.data_ptr<std::int64_t>()[i];
        top.push_back({int(index), name(index), values.data_ptr<float>()[i]});
    }
    return top;
}

verbs::BlockGrid gridOf(const AttentionRecord& record, const BlockMap& map)
{
    verbs::BlockGrid grid;
    grid.gridHeight = map.gridHeight;
    grid.gridWidth = map.gridWidth;
    grid.halvings = map.halvings;
    grid.hidesPatches = record.tokens.defined();
    grid.tower = record.tower;
    grid.kind = nameOf(record.kind);
    grid.queryStream = record.queryStream;
    grid.keyStream = record.keyStream;
    grid.queries = int(record.queries());
    grid.keys = int(record.keys());
    grid.heads = int(record.heads());
    grid.rule = nameOf(record.rule);
    grid.segment = int(record.segment);
    if (record.router.defined()) {
        if (record.tokens.defined())
            for (const float token : toFloats(record.tokens)) grid.taking.push_back(int(token));
        for (const float score : toFloats(record.router)) grid.router.push_back(double(score));
    }
    if (!record.windows) return grid;
    grid.windowHeight = record.windows->windowHeight;
    grid.windowWidth = record.windows->windowWidth;
    grid.shiftY = record.windows->shiftY;
    grid.shiftX = record.windows->shiftX;
    grid.padAfterRoll = record.windows->padAfterRoll;
    return grid;
}

RunExtent extentOf(const ModelInput& input)
{
    RunExtent extent{1, 0, 0, 0};
    if (input.pixels.defined()) extent = {input.pixels.size(0), input.pixels.size(2), input.pixels.size(3), 0};
    for (const at::Tensor& ids : {input.ids, input.writtenIds})
        if (ids.defined()) extent.text = std::max(extent.text, ids.size(1));
    if (input.ids.defined()) extent.batch = std::max(extent.batch, input.ids.size(0));
    return extent;
}

// Ids and what goes with them must be of one shape.
void requireTexts(const ModelInput& input, const ModelFacts& facts)
{
    const auto require = [&](bool good, const char* what, const char* why) {
        if (!good) throw Error(ErrorCode::BadRequest, what, why);
    };
    const auto like = [](const at::Tensor& t, const at::Tensor& ids) {
        return !t.defined() || (ids.defined() && t.sizes() == ids.sizes());
    };
    if (facts.text.reads && !facts.takesPictures()) require(input.ids.defined(), "text", "was not given");
    for (const at::Tensor& ids : {input.ids, input.writtenIds})
        require(!ids.defined() || (ids.dim() == 2 && ids.numel() > 0), "token ids", "need the shape [batch, tokens]");
    require(like(input.mask, input.ids), "attention_mask", "must have the shape of input_ids");
    require(like(input.segments, input.ids), "token_type_ids", "must have the shape of input_ids");
    require(like(input.writtenMask, input.writtenIds), "decoder_attention_mask",
            "must have the shape of decoder_input_ids");
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

// The share of picture `index` of `count` in what came of a batch: views, nothing is copied.
ForwardResult shareOf(const ForwardResult& whole, std::int64_t index, std::int64_t count)
{
    const auto share = [&](const at::Tensor& t) {
        if (!t.defined() || t.size(0) < count || t.size(0) % count != 0) return t; // the same for all
        return t.narrow(0, index * (t.size(0) / count), t.size(0) / count);
    };
    ForwardResult own = whole;
    for (AttentionRecord& block : own.trace.blocks) {
        block.q = share(block.q);
        block.k = share(block.k);
        if (block.mask.defined() && block.mask.size(0) > 1) block.mask = share(block.mask);
    }
    for (auto& [tower, states] : own.trace.hidden)
        for (at::Tensor& state : states) state = share(state);
    for (auto& [name, value] : own.outputs) value = share(value);
    return own;
}

} // namespace

ForwardResult Inspection::State::compute(const ModelInput& in, const ForwardOptions& options,
                                         const JobControl& control) const
{
    const std::string& device = model().info.device;
    std::optional<SerialOperators> serial;
    if (device == "cpu" && packs(Precision::Float32)) serial.emplace();
    ForwardResult result = model().loaded.model->run(ready(in), options, control);
    finishDevice(device);
    return result;
}

std::string Inspection::State::forward(Ran& next, ForwardOptions options, const JobControl& control)
{
    const ModelFacts& facts = model().loaded.model->facts();
    RunExtent extent = extentOf(next.in);
    extent.keepsFirst = options.keep.firstText;
    options.vocabularyScores = false; // asked for token by token
    const auto pass = [&](bool keepHidden) {
        options.keep.hidden = keepHidden;
        const std::string& device = model().info.device;
        if (device == "cpu")
            requireMemory(runBytes(facts, extent, keepHidden), extent.batch > 1    ? "this batch"
                                                               : extent.height > 0 ? "this picture"
                                                                                   : "this text");
        next.result = {};
        next.result = compute(next.in, options, control);
    };
    std::vector<SmallerMode> modes{{"", [&] { pass(true); }}, {"hidden", [&] { pass(false); }}};
    const bool alone = extent.batch == 1; // a batch can be made smaller before the device is given up
    if (alone && model().info.device != "cpu")
        modes.push_back({"cpu", [&] {
                             moveToCpu();
                             pass(true);
                         }});
    return runSmaller(modes);
}

ModelInput Inspection::State::ready(const ModelInput& input) const
{
    const verbs::ModelInfo& info = model().info;
    const at::Device device(info.device);
    const bool reduced = info.device != "cpu" && info.precision != "float32";
    ModelInput moved = input;
    if (moved.pixels.defined())
        moved.pixels =
            moved.pixels.to(device, reduced ? typeOf(precisionFrom(info.precision, info.device)) : at::kFloat);
    for (at::Tensor* ids : {&moved.ids, &moved.mask, &moved.segments, &moved.writtenIds, &moved.writtenMask})
        if (ids->defined()) *ids = ids->to(device);
    return moved;
}

// Weights that were rounded for the device stay rounded: the precision keeps its name.
void Inspection::State::moveToCpu()
{
    open->loaded.model->eachParameter([](at::Tensor& weight) { weight = weight.to(at::kCPU, at::kFloat); });
    open->info.device = "cpu";
    open->loaded.model->packWeights(Precision::Float32);
}

void Inspection::State::completeStreams(ForwardResult& result, const ModelFacts& facts)
{
    if (!result.trace.streams.empty()) return;
    result.trace.streams.push_back(
        {"", 0, std::int64_t(facts.prefixTokens.size()), result.gridHeight, result.gridWidth});
}

void Inspection::State::describe(Ran& done) const
{
    const ModelFacts& facts = model().loaded.model->facts();
    verbs::InputInfo& info = done.info;
    info.patchPixels = facts.patch;
    info.gridHeight = done.result.gridHeight;
    info.gridWidth = done.result.gridWidth;
    if (done.in.pixels.defined()) {
        info.seenHeight = int(done.in.pixels.size(2));
        info.seenWidth = int(done.in.pixels.size(3));
    }
    Trace& trace = done.result.trace;
    completeStreams(done.result, facts);
    info.tokens = int(trace.streams[0].tokens());
    info.traceBytes = done.result.trace.bytes();
    info.hiddenBytes = done.result.trace.hiddenBytes();
    for (const AttentionRecord& block : trace.blocks) {
        const TokenStream& stream = trace.streams.at(std::size_t(block.keyStream));
        info.blocks.push_back(gridOf(
            block, blockMapOf(block, int(stream.text + stream.prefix), int(stream.gridHeight), int(stream.gridWidth))));
    }
    describeText(done);
    if (done.result.hiddenPatches.defined()) {
        const at::Tensor hidden = done.result.hiddenPatches[0].nonzero().squeeze(1).cpu();
        for (std::int64_t i = 0; i < hidden.size(0); ++i)
            info.hiddenPatches.push_back(int(hidden.data_ptr<std::int64_t>()[i]));
    }
    for (const auto& [name, value] : done.result.states) info.states.push_back({name, value.sizes().vec()});
    if (done.result.reconstruction.defined() && facts.channels == 3)
        done.reconstruction = pictureOf(done.result.reconstruction[0], model().loaded.plan);
    const auto logits = done.result.outputs.find("logits");
    if (logits != done.result.outputs.end() && logits->second.dim() == 2)
        info.predictions = topClasses(logits->second[0], model().loaded.labels, model().loaded.answers);
}

void Inspection::State::complete(Ran& next, const ForwardOptions& options, const JobControl& control)
{
    const ModelFacts& facts = model().loaded.model->facts();
    const at::Tensor& pixels = next.in.pixels;
    const bool looks = facts.takesPictures() && (pixels.defined() || !facts.text.reads);
    const auto fits = [&] {
        return pixels.defined() && pixels.dim() == 4 && pixels.size(0) > 0 && pixels.size(1) == facts.channels &&
               pixels.size(2) >= facts.patch && pixels.size(3) >= facts.patch;
    };
    if (looks && !fits())
        throw Error(ErrorCode::BadRequest, "pixel values",
                    "need the shape [batch, " + std::to_string(facts.channels) +
                        ", height, width] of at least one patch");
    requireTexts(next.in, facts);
    requireSwitches(facts.switches, options.switches);
    for (const HeadAddress& head : options.silenced)
        if (head.block < 0 || head.block >= int(facts.blocks.size()) || head.head < 0 ||
            head.head >= std::ranges::max(facts.blocks, {}, &BlockFacts::heads).heads)
            throw Error(ErrorCode::BadRequest, "head " + std::to_string(head.block) + "." + std::to_string(head.head),
                        "does not exist", "blocks and heads count from 0");
    const c10::InferenceMode inference;
    const auto start = Clock::now();
    next.info.notice = forward(next, options, control);
    next.info.forwardMs = std::chrono::duration<double, std::milli>(Clock::now() - start).count();
    describe(next);
}

void Inspection::State::completeTogether(const std::vector<std::shared_ptr<Ran>>& pictures, const Fail& fail)
{
    const bool alone = pictures.size() == 1;
    const ModelFacts& facts = model().loaded.model->facts();
    const bool differs = facts.maskRatio > 0 || facts.choosesTokens; // which patches take part, from picture to picture
    try {
        if (alone) return complete(*pictures[0], {}, {});
        if (!differs) return completeBatch(pictures);
    } catch (const Error& error) {
        if (alone) return fail(pictures[0].get(), error);
        if (error.code() != ErrorCode::NotEnoughMemory) throw;
    }
    const auto middle = pictures.begin() + std::ptrdiff_t(pictures.size() / 2);
    completeTogether({pictures.begin(), middle}, fail);
    completeTogether({middle, pictures.end()}, fail);
}

void Inspection::State::completeBatch(const std::vector<std::shared_ptr<Ran>>& pictures)
{
    const auto count = std::int64_t(pictures.size());
    const c10::InferenceMode inference;
    Ran whole;
    std::vector<at::Tensor> pixels;
    for (const auto& picture : pictures) pixels.push_back(picture->in.pixels);
    whole.in.pixels = at::cat(pixels);
    const auto start = Clock::now();
    const std::string notice = forward(whole, {}, {});
    const double ms = std::chrono::duration<double, std::milli>(Clock::now() - start).count();
    for (std::int64_t i = 0; i < count; ++i) {
        Ran& picture = *pictures[std::size_t(i)];
        picture.result = shareOf(whole.result, i, count);
        picture.info.notice = notice;
        picture.info.forwardMs = ms / double(count);
        describe(picture);
    }
}

} // namespace headlens
