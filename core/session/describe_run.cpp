// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/describe_run.h"

#include "core/session/outputs.h"
#include "core/session/run_tensors.h"
#include "core/tensors/bridge.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace headlens {
namespace {

verbs::BlockGrid gridOf(const AttentionRecord& record, const BlockMap& map)
{
    verbs::BlockGrid grid;
    grid.gridHeight = map.grid.rows;
    grid.gridWidth = map.grid.columns;
    grid.cell = map.grid.cell;
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
        shown.cell = int(stream.cell);
        for (const PictureSpan& picture : stream.pictures)
            shown.pictures.push_back({picture.begin, picture.rows, picture.columns});
        run.info.streams.push_back(std::move(shown));
    }
}

void describeBlocks(Run& run)
{
    const Trace& trace = run.tensors().result.trace;
    for (std::size_t i = 0; i < trace.blocks.size(); ++i)
        run.info.blocks.push_back(gridOf(trace.blocks[i], mapOf(run, int(i))));
}

void describeHiddenPatches(Run& run)
{
    const at::Tensor& patches = run.tensors().result.hiddenPatches;
    if (!patches.defined()) return;
    const at::Tensor hidden = patches[0].nonzero().squeeze(1).cpu();
    for (std::int64_t i = 0; i < hidden.size(0); ++i)
        run.info.hiddenPatches.push_back(int(hidden.data_ptr<std::int64_t>()[i]));
}

// State "experts.<block>" [T,E]: the weights of the experts, of the first of a batch. A language model's tower is the
// last one that runs.
void nameRouting(ForwardResult& result)
{
    const std::vector<AttentionRecord>& blocks = result.trace.blocks;
    std::vector<std::size_t> layers; // of the tower: the number of their attention block
    for (std::size_t i = 0; i < blocks.size(); ++i)
        if (blocks[i].tower == blocks.back().tower && blocks[i].queryStream == blocks[i].keyStream) layers.push_back(i);
    for (const ExpertRouting& routing : result.trace.routing)
        if (routing.weights.dim() == 3 && std::size_t(routing.layer) < layers.size())
            result.states["experts." + std::to_string(layers[std::size_t(routing.layer)])] = routing.weights[0];
}

} // namespace

void completeStreams(ForwardResult& result, const ModelFacts& facts)
{
    if (!result.trace.streams.empty()) return;
    result.trace.streams.push_back(
        {"", 0, std::int64_t(facts.prefixTokens.size()), result.gridHeight, result.gridWidth, facts.patch});
}

void describeRun(Run& run)
{
    verbs::InputInfo& info = run.info;
    ForwardResult& result = run.tensors().result;
    completeStreams(result, run.model().facts());
    info.patchPixels = run.model().facts().patch;
    info.gridHeight = result.gridHeight;
    info.gridWidth = result.gridWidth;
    if (const at::Tensor& pixels = run.tensors().in.pixels; pixels.defined()) {
        const bool rows = pixels.dim() == 2; // of patches
        info.seenHeight = rows ? info.gridHeight * info.patchPixels : int(pixels.size(-2));
        info.seenWidth = rows ? info.gridWidth * info.patchPixels : int(pixels.size(-1));
    }
    info.tokens = int(result.trace.streams[0].tokens());
    info.traceBytes = result.trace.bytes();
    info.hiddenBytes = result.trace.hiddenBytes();
    describeBlocks(run);
    describeStreams(run);
    describeHiddenPatches(run);
    nameRouting(result);
    for (const auto& [name, value] : result.states) info.states.push_back({name, value.sizes().vec()});
    describeOutputs(run);
}

} // namespace headlens
