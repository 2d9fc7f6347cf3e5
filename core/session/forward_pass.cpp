// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/forward_pass.h"

#include "core/base/error.h"
#include "core/base/stopwatch.h"
#include "core/session/describe_run.h"
#include "core/session/memory.h"
#include "core/session/run_changes.h"
#include "core/session/run_tensors.h"
#include "core/tensors/packed_linear.h"
#include "core/tensors/runtime.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>
#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace headlens {
namespace {

constexpr std::int64_t kRowsOfPatches = 2; // dimensions of pixels that the model cuts no more

RunExtent extentOf(const ModelInput& input, const ModelFacts& facts)
{
    RunExtent extent{1, 0, 0, 0};
    if (input.pixels.defined() && input.pixels.dim() == kRowsOfPatches)
        extent = {1, input.pixels.size(0) * facts.patch, facts.patch, 0};
    else if (input.pixels.defined()) // [..,C,H,W]
        extent = {input.pixels.numel() / (input.pixels.size(-3) * input.pixels.size(-2) * input.pixels.size(-1)),
                  input.pixels.size(-2), input.pixels.size(-1), 0};
    for (const at::Tensor& ids : {input.ids, input.decoderInputIds})
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
    for (const at::Tensor& ids : {input.ids, input.decoderInputIds})
        require(!ids.defined() || (ids.dim() == 2 && ids.numel() > 0), "token ids", "need the shape [batch, tokens]");
    require(like(input.mask, input.ids), "attention_mask", "must have the shape of input_ids");
    require(like(input.segments, input.ids), "token_type_ids", "must have the shape of input_ids");
    require(like(input.decoderInputMask, input.decoderInputIds), "decoder_attention_mask",
            "must have the shape of decoder_input_ids");
}

void requirePixels(const at::Tensor& pixels, const ModelFacts& facts)
{
    constexpr std::int64_t kByText = 5; // [texts,pictures,..,C,H,W]
    if (facts.packsPictures && pixels.defined() && pixels.numel() > 0 &&
        (pixels.dim() == kRowsOfPatches || pixels.dim() >= kByText))
        return; // the model looks closer
    const bool fits = pixels.defined() && pixels.dim() == 4 && pixels.size(0) > 0 && pixels.size(1) == facts.channels &&
                      pixels.size(2) >= facts.patch && pixels.size(3) >= facts.patch;
    if (!fits)
        throw Error(ErrorCode::BadRequest, "pixel values",
                    "need the shape [batch, " + std::to_string(facts.channels) +
                        ", height, width] of at least one patch");
}

void requireHeads(const std::vector<HeadAddress>& heads, const std::vector<BlockFacts>& blocks)
{
    for (const HeadAddress& head : heads)
        if (head.block < 0 || head.block >= int(blocks.size()) || head.head < 0 ||
            head.head >= std::ranges::max(blocks, {}, &BlockFacts::heads).heads)
            throw Error(ErrorCode::BadRequest, fmt::format("head {}.{}", head.block, head.head), "does not exist",
                        "blocks and heads count from 0");
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

// Weights that were rounded for the device stay rounded: the precision keeps its name.
void moveToCpu(OpenedModel& opened)
{
    opened.loaded.model->eachParameter([](at::Tensor& weight) { weight = weight.to(at::kCPU, at::kFloat); });
    opened.info.device = "cpu";
    opened.loaded.model->packWeights(Precision::Float32);
}

// Fills the result; where memory is short with less than asked for. Answers what was left out (InputInfo.notice).
std::string forward(OpenedModel& opened, RunTensors& next, ForwardOptions options, const JobControl& control)
{
    const ModelFacts& facts = opened.facts();
    RunExtent extent = extentOf(next.in, facts);
    extent.keepsFirst = options.keep.firstText;
    options.vocabularyScores = false; // asked for token by token
    const auto pass = [&](bool keepHidden) {
        options.keep.hidden = keepHidden;
        if (opened.info.device == "cpu")
            requireMemory(runBytes(facts, extent, keepHidden), extent.batch > 1    ? "this batch"
                                                               : extent.height > 0 ? "this picture"
                                                                                   : "this text");
        next.result = {};
        next.result = compute(opened, next.in, options, control);
    };
    std::vector<SmallerMode> modes{{"", [&] { pass(true); }}, {"hidden", [&] { pass(false); }}};
    const bool alone = extent.batch == 1; // a batch can be made smaller before the device is given up
    if (alone && opened.info.device != "cpu")
        modes.push_back({"cpu", [&] {
                             moveToCpu(opened);
                             pass(true);
                         }});
    return runSmaller(modes);
}

void completeBatch(OpenedModel& opened, const std::vector<std::shared_ptr<Run>>& runs)
{
    const auto count = std::int64_t(runs.size());
    const c10::InferenceMode inference;
    RunTensors whole;
    std::vector<at::Tensor> pixels;
    for (const auto& run : runs) pixels.push_back(run->tensors().in.pixels);
    whole.in.pixels = at::cat(pixels);
    const Stopwatch clock;
    const std::string notice = forward(opened, whole, {}, {});
    const double ms = clock.milliseconds();
    for (std::int64_t i = 0; i < count; ++i) {
        Run& run = *runs[std::size_t(i)];
        run.tensors().result = shareOf(whole.result, i, count);
        run.info.notice = notice;
        run.info.forwardMs = ms / double(count);
        describeRun(run);
    }
}

} // namespace

ForwardOptions optionsOf(const verbs::SetInput& request)
{
    ForwardOptions options;
    options.maskRatio = request.maskRatio;
    options.seed = request.maskSeed;
    options.switches = request.switches;
    options.keep.firstText =
        !request.candidates.empty() && !request.keepsAllTexts; // the others are scored, not looked into
    for (const verbs::HeadAddress& head : request.ablated) options.ablated.push_back({head.layer, head.head});
    return options;
}

ModelInput onDevice(const OpenedModel& opened, const ModelInput& input)
{
    const verbs::ModelInfo& info = opened.info;
    const at::Device device(info.device);
    const bool reduced = info.device != "cpu" && info.precision != "float32";
    const at::ScalarType type = info.precision == "float64" ? at::kDouble
                                : reduced                   ? typeOf(precisionFrom(info.precision, info.device))
                                                            : at::kFloat;
    ModelInput moved = input;
    if (moved.pixels.defined()) moved.pixels = moved.pixels.to(device, type);
    for (at::Tensor* ids : {&moved.ids, &moved.mask, &moved.segments, &moved.decoderInputIds, &moved.decoderInputMask})
        if (ids->defined()) *ids = ids->to(device);
    return moved;
}

ForwardResult compute(const OpenedModel& opened, const ModelInput& in, const ForwardOptions& options,
                      const JobControl& control)
{
    const std::string& device = opened.info.device;
    std::optional<SerialOperators> serial;
    if (device == "cpu" && packs(Precision::Float32)) serial.emplace();
    ForwardResult result = opened.transformer().run(onDevice(opened, in), options, control);
    finishDevice(device);
    return result;
}

namespace {

// Where a pass with these changes may begin.
Resume resumeFrom(const Run* unchanged, const Changes& changes, const std::vector<HeadAddress>& ablated)
{
    int first = changes.firstBlock();
    for (const HeadAddress& head : ablated) first = std::min(first, head.block);
    return unchanged == nullptr ? Resume() : resumeAt(*unchanged, first);
}

// What the resumed pass left out stands in front of what it left behind.
void completeTrace(Trace& trace, const Trace& unchanged, int first)
{
    trace.blocks.insert(trace.blocks.begin(), unchanged.blocks.begin(), unchanged.blocks.begin() + first);
    for (auto& [tower, states] : trace.hidden) {
        if (states.empty()) continue;
        const auto& before = unchanged.hidden.at(tower);
        states.erase(states.begin()); // the embedding, once more
        states.insert(states.begin(), before.begin(), before.begin() + first + 1);
    }
}

} // namespace

void completeRun(OpenedModel& opened, Run& next, const ForwardOptions& asked, const JobControl& control,
                 const Run* unchanged)
{
    const ModelFacts& facts = opened.facts();
    RunTensors& tensors = next.tensors();
    ForwardOptions options = asked;
    if (facts.takesPictures() && (tensors.in.pixels.defined() || !facts.text.reads))
        requirePixels(tensors.in.pixels, facts);
    requireTexts(tensors.in, facts);
    requireSwitches(facts.switches, options.switches);
    requireHeads(options.ablated, facts.blocks);
    const Changes changes = changesFrom(next.request.changes, facts, tensors.sources.get());
    const Hooks hooks = changes.hooks();
    if (!changes.isEmpty()) options.hooks = &hooks;
    const c10::InferenceMode inference;
    options.resume = resumeFrom(unchanged, changes, options.ablated);
    const Stopwatch clock;
    next.info.notice = forward(opened, tensors, options, control);
    if (options.resume.hidden.defined())
        completeTrace(tensors.result.trace, unchanged->tensors().result.trace, options.resume.block);
    next.info.forwardMs = clock.milliseconds();
    describeRun(next);
}

Run runOn(std::shared_ptr<const OpenedModel> model, const Run& run, const JobControl& control)
{
    Run other(std::move(model));
    other.request = run.request;
    other.info = run.info;
    other.tensors().in = run.tensors().in;
    other.tensors().extras = run.tensors().extras;
    other.tensors().sources = run.tensors().sources;
    ForwardOptions options = optionsOf(run.request);
    options.vocabularyScores = false;
    other.tensors().result = compute(other.model(), other.tensors().in, options, control);
    completeStreams(other.tensors().result, other.model().facts());
    return other;
}

void completeTogether(OpenedModel& opened, const std::vector<std::shared_ptr<Run>>& runs, const RunFailed& failed)
{
    const bool alone = runs.size() == 1;
    const ModelFacts& facts = opened.facts();
    const bool differs = facts.maskRatio > 0 || facts.choosesTokens; // which patches take part, from picture to picture
    try {
        if (alone) return completeRun(opened, *runs[0], {}, {});
        if (!differs) return completeBatch(opened, runs);
    } catch (const Error& error) {
        if (alone) return failed(*runs[0], error);
        if (error.code() != ErrorCode::NotEnoughMemory) throw;
    }
    const auto middle = runs.begin() + std::ptrdiff_t(runs.size() / 2);
    completeTogether(opened, {runs.begin(), middle}, failed);
    completeTogether(opened, {middle, runs.end()}, failed);
}

} // namespace headlens
