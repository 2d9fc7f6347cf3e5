// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/describe_run.h"

#include "core/base/error.h"
#include "core/session/generation.h"
#include "core/session/run_tensors.h"
#include "core/session/text_output.h"
#include "core/tensors/bridge.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace headlens {
namespace {

constexpr int kShownGuesses = 8;

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
    grid.log2Downsampling = map.log2Downsampling;
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

// Which tokens are no words, and which words they resemble.
void nameKinds(verbs::Stream& stream, const Run& run)
{
    const std::map<int, std::string>& kinds = run.model().facts().tokenKinds;
    const Tokenizer* tokenizer = run.model().tokenizer.get();
    const auto& states = run.tensors().result.states;
    const auto near = states.find("near.id");
    for (std::size_t i = 0; i < stream.tokens.size() && !kinds.empty(); ++i) {
        verbs::TextToken& token = stream.tokens[i];
        const auto above = kinds.upper_bound(token.id);
        if (above == kinds.begin() || std::prev(above)->second.empty()) continue;
        token.kind = std::prev(above)->second;
        if (near == states.end() || tokenizer == nullptr) continue;
        const std::vector<float> ids = toFloats(near->second[std::int64_t(i)]),
                                 cosines = toFloats(states.at("near.cosine")[std::int64_t(i)]);
        for (std::size_t k = 0; k < ids.size(); ++k)
            if (ids[k] >= 0) token.near.push_back({tokenizer->piece(int(ids[k])), double(cosines[k])});
    }
}

// What the tokenizer cut, in the order in which the model took it.
void describeStreams(Run& run)
{
    const RunTensors& tensors = run.tensors();
    const std::vector<verbs::Stream> read = std::move(run.info.streams);
    run.info.streams.clear();
    for (const TokenStream& stream : tensors.result.trace.streams) {
        verbs::Stream shown;
        if (stream.text > 0) {
            const bool written = stream.name == "decoder";
            const auto hit = std::ranges::find_if(
                read, [&](const verbs::Stream& any) { return (any.name == "decoder") == written; });
            const at::Tensor& ids =
                written && tensors.in.decoderInputIds.defined() ? tensors.in.decoderInputIds : tensors.in.ids;
            const Tokenizers known = run.model().tokenizers();
            shown = hit != read.end() ? *hit : shownStream(stream.name, ids, written ? known.written : known.read);
        }
        nameKinds(shown, run);
        shown.name = stream.name;
        shown.prefix = int(stream.prefix);
        shown.gridHeight = int(stream.gridHeight);
        shown.gridWidth = int(stream.gridWidth);
        run.info.streams.push_back(std::move(shown));
    }
}

// Of the last token, and of gaps.
void describeGuesses(Run& run)
{
    const ModelFacts& facts = run.model().facts();
    const RunTensors& tensors = run.tensors();
    const at::Tensor features = lastFeatures(run);
    if (!features.defined() || holdsVocabularyScores(tensors.result)) return;
    const auto guess = [&](std::int64_t token) {
        const at::Tensor scores = run.model().transformer().vocabularyScores(features[0][token]);
        if (scores.defined())
            run.info.guesses.push_back(
                {int(token), bestOf(allowed(scores, facts.text), kShownGuesses, run.model().decoderTokenizer())});
    };
    if (facts.text.writes) guess(features.size(1) - 1);
    const Tokenizer* tokenizer = run.model().tokenizer.get();
    if (!facts.text.isMaskedLm || tokenizer == nullptr || tokenizer->special().mask < 0 || !tensors.in.ids.defined())
        return;
    const at::Tensor gaps = (tensors.in.ids[0] == tokenizer->special().mask).nonzero();
    constexpr std::int64_t kMostGaps = 64;
    for (std::int64_t i = 0; i < std::min(kMostGaps, gaps.size(0)); ++i) guess(gaps[i][0].item<std::int64_t>());
}

// Candidates against the picture.
void describeScores(verbs::InputInfo& info, const at::Tensor& logits, const TextFacts& facts)
{
    const at::Tensor line = logits[0].to(at::kCPU, at::kFloat);
    const at::Tensor shares = facts.padToMaxLength ? at::sigmoid(line) : at::softmax(line, 0);
    for (std::size_t i = 0; i < info.scores.size(); ++i) {
        info.scores[i].score = line[std::int64_t(i)].item<double>();
        info.scores[i].probability = shares[std::int64_t(i)].item<double>();
    }
}

void describeText(Run& run)
{
    const ModelFacts& facts = run.model().facts();
    verbs::InputInfo& info = run.info;
    describeStreams(run);
    if (!facts.text.reads) return;
    const ModelInput& in = run.tensors().in;
    const auto& outputs = run.tensors().result.outputs;
    if (const auto scores = outputs.find("logits_per_image"); scores != outputs.end() && !info.scores.empty())
        describeScores(info, scores->second, facts.text);
    if (facts.text.labelsTokens) info.tokenLabels = tokenLabels(outputs.at("logits")[0], facts.labels);
    if (facts.text.findsSpans && !info.streams.empty())
        info.spans = answerSpans(outputs.at("start_logits")[0], outputs.at("end_logits")[0], info.streams.front(),
                                 in.mask.defined() ? in.mask[0] : at::Tensor());
    describeGuesses(run);
}

void describeBlocks(Run& run)
{
    const Trace& trace = run.tensors().result.trace;
    for (std::size_t i = 0; i < trace.blocks.size(); ++i)
        run.info.blocks.push_back(gridOf(trace.blocks[i], mapOf(run, int(i))));
}

// What a masked autoencoder hid, and what it painted there.
void describeReconstruction(Run& run)
{
    const ForwardResult& result = run.tensors().result;
    if (result.hiddenPatches.defined()) {
        const at::Tensor hidden = result.hiddenPatches[0].nonzero().squeeze(1).cpu();
        for (std::int64_t i = 0; i < hidden.size(0); ++i)
            run.info.hiddenPatches.push_back(int(hidden.data_ptr<std::int64_t>()[i]));
    }
    if (result.reconstruction.defined() && run.model().facts().channels == 3)
        run.reconstruction = pictureOf(result.reconstruction[0], run.model().loaded.plan);
}

} // namespace

void completeStreams(ForwardResult& result, const ModelFacts& facts)
{
    if (!result.trace.streams.empty()) return;
    result.trace.streams.push_back(
        {"", 0, std::int64_t(facts.prefixTokens.size()), result.gridHeight, result.gridWidth});
}

void describeRun(Run& run)
{
    const LoadedModel& loaded = run.model().loaded;
    verbs::InputInfo& info = run.info;
    ForwardResult& result = run.tensors().result;
    completeStreams(result, run.model().facts());
    info.patchPixels = run.model().facts().patch;
    info.gridHeight = result.gridHeight;
    info.gridWidth = result.gridWidth;
    if (const at::Tensor& pixels = run.tensors().in.pixels; pixels.defined()) {
        info.seenHeight = int(pixels.size(2));
        info.seenWidth = int(pixels.size(3));
    }
    info.tokens = int(result.trace.streams[0].tokens());
    info.traceBytes = result.trace.bytes();
    info.hiddenBytes = result.trace.hiddenBytes();
    describeBlocks(run);
    describeText(run);
    describeReconstruction(run);
    for (const auto& [name, value] : result.states) info.states.push_back({name, value.sizes().vec()});
    const auto logits = result.outputs.find("logits");
    if (logits != result.outputs.end() && logits->second.dim() == 2)
        info.predictions = topClasses(logits->second[0], loaded.labels, loaded.answers);
}

} // namespace headlens
