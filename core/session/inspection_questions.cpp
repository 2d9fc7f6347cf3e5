// SPDX-License-Identifier: GPL-3.0-or-later
// Every question about what happened inside; opening and running are in inspection.cpp.
#include "core/attribution/effective_map.h"
#include "core/base/attention_math.h"
#include "core/kernels/workers.h"
#include "core/session/inspection_state.h"
#include "core/session/memory.h"
#include "core/tensors/bridge.h"
#include "core/trace/readers.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>

namespace headlens {
namespace {

HeadFusion fusionFrom(const std::string& name)
{
    const auto fusion = headFusionFrom(name);
    if (!fusion) throw Error(ErrorCode::BadRequest, "fusion", "\"" + name + "\" is not single, mean, max or min");
    return *fusion;
}

void requireHead(const AttentionRecord& block, int head)
{
    if (head < 0 || head >= block.heads())
        throw Error(ErrorCode::BadRequest, "head " + std::to_string(head),
                    "there are " + std::to_string(block.heads()) + " heads");
}

} // namespace

const AttentionRecord& Inspection::State::block(int layer) const
{
    const auto& blocks = input().result.trace.blocks;
    if (layer < 0 || layer >= int(blocks.size()))
        throw Error(ErrorCode::BadRequest, "layer " + std::to_string(layer),
                    "there are " + std::to_string(blocks.size()) + " layers");
    return blocks[std::size_t(layer)];
}

BlockMap Inspection::State::mapOf(int layer) const
{
    const AttentionRecord& record = block(layer);
    const TokenStream& stream = streamOf(record.keyStream);
    return blockMapOf(record, int(stream.text + stream.prefix), int(stream.gridHeight), int(stream.gridWidth));
}

const TokenStream& Inspection::State::streamOf(int stream) const
{
    const auto& streams = input().result.trace.streams;
    if (stream < 0 || stream >= int(streams.size()))
        throw Error(ErrorCode::BadRequest, "stream " + std::to_string(stream),
                    "there are " + std::to_string(streams.size()));
    return streams[std::size_t(stream)];
}

at::Tensor Inspection::State::behind(int layer) const
{
    block(layer);
    const at::Tensor state = input().result.trace.behind(std::size_t(layer));
    if (!state.defined())
        throw Error(ErrorCode::NotEnoughMemory, "hidden states", "were not kept, because memory was short",
                    "use a smaller picture or close other programs");
    return state;
}

namespace {

// The row or column of `token` in one block; undefined where its stream takes no part on that side.
at::Tensor rowOf(const AttentionRecord& record, const BlockMap& map, const verbs::Rows& request, int firstWidth)
{
    if ((request.reverse ? record.keyStream : record.queryStream) != request.stream) return {};
    if (record.kind == AttentionKind::Self)
        return tokenRow(record, map, map.covering(request.token, firstWidth), request.reverse);
    if (record.kind == AttentionKind::Pool && request.reverse) return {}; // it gathers; no token asks through it
    const AttentionRecord one = batchEntry(record, 0);
    if (request.reverse) return attentionColumn(one, request.token)[0];
    const std::int64_t query = record.kind == AttentionKind::Pool ? 0 : request.token; // one learnt query for all
    return attentionRows(one, query, query + 1)[0].squeeze(1);
}

// Asks twice where the difference to the held run is wanted; `ask` answers for the run that is looked at.
template <class Request, class Ask>
auto compared(Inspection::State& state, Request request, const Ask& ask)
{
    if (!request.difference) return ask(request);
    state.requireComparable();
    request.difference = false;
    auto now = ask(request);
    const Inspection::State::LookAtHeld held(state);
    now = minus(std::move(now), ask(request));
    now.of.difference = true;
    return now;
}

} // namespace

verbs::RowsOfLayers Inspection::rows(const verbs::Rows& asked) const
{
    return compared(*m_state, asked, [this](const verbs::Rows& request) { return m_state->rows(request); });
}

namespace {

// The same for one grid, the member `values` of the answer: of several heads their differences are fused, as those of
// rows() are by whoever shows them.
template <class Answer, class Request, class Ask>
Answer comparedGrid(Inspection::State& state, const Request& request, FloatArray Answer::*values, const Ask& ask)
{
    const auto fusion = headFusionFrom(request.fusion);
    const bool apart = request.difference && (fusion == HeadFusion::Max || fusion == HeadFusion::Min);
    if (!apart) return compared(state, request, ask);
    Request one = request;
    one.fusion = "single";
    Answer answer;
    FloatArray& fused = answer.*values;
    for (one.head = 0; one.head < int(state.block(request.layer).heads()); ++one.head) {
        FloatArray found = compared(state, one, ask).*values;
        if (fused.empty()) fused = found;
        for (std::size_t i = 0; i < std::min(fused.values.size(), found.values.size()); ++i)
            fused.values[i] = fusion == HeadFusion::Max ? std::max(fused.values[i], found.values[i])
                                                        : std::min(fused.values[i], found.values[i]);
    }
    answer.of = request;
    return answer;
}

} // namespace

verbs::TileMeans Inspection::tile(const verbs::Tile& asked) const
{
    return comparedGrid(*m_state, asked, &verbs::TileMeans::means,
                        [this](const verbs::Tile& request) { return m_state->tile(request); });
}

verbs::OverviewMap Inspection::overview(const verbs::Overview& asked) const
{
    return comparedGrid(*m_state, asked, &verbs::OverviewMap::map,
                        [this](const verbs::Overview& request) { return m_state->overview(request); });
}

verbs::RowsOfLayers Inspection::State::rows(const verbs::Rows& request) const
{
    const c10::InferenceMode inference;
    const TokenStream& stream = streamOf(request.stream);
    if (request.token < 0 || request.token >= stream.tokens())
        throw Error(ErrorCode::BadRequest, "token " + std::to_string(request.token),
                    "there are " + std::to_string(stream.tokens()));
    std::vector<FloatArray> all(input().result.trace.blocks.size(), FloatArray({0, 0}, {}));
    const auto ask = [&](std::int64_t begin, std::int64_t end) {
        const c10::InferenceMode inside; // belongs to the thread
        for (int layer = int(begin); layer < int(end); ++layer) {
            const at::Tensor found = rowOf(block(layer), mapOf(layer), request, int(stream.gridWidth)); // [H,tokens]
            if (found.defined()) all[std::size_t(layer)] = toArray(found);
        }
    };
    const auto layers = std::int64_t(all.size());
    if (request.reverse || model().info.device != "cpu")
        ask(0, layers); // each layer is work for all threads
    else
        parallelFor(layers, 1, ask);
    return {request, std::move(all)};
}

verbs::TileMeans Inspection::State::tile(const verbs::Tile& request) const
{
    const c10::InferenceMode inference;
    const AttentionRecord& record = block(request.layer);
    const HeadFusion fusion = fusionFrom(request.fusion);
    requireHead(record, request.head);
    if (request.window < 0 || (record.windows && request.window >= record.windows->windows()))
        throw Error(ErrorCode::BadRequest, "window " + std::to_string(request.window), "does not exist");
    AttentionRecord chosen = record.windows ? batchEntry(record, request.window) : record;
    if (fusion == HeadFusion::Single) {
        const auto narrow = [&](at::Tensor& t) {
            if (t.defined() && t.size(1) > 1) t = t.narrow(1, request.head, 1);
        };
        narrow(chosen.q);
        narrow(chosen.k);
        narrow(chosen.bias);
    }
    const auto clip = [](int value, std::int64_t count) { return std::clamp<std::int64_t>(value, 0, count); };
    const TileArea area{clip(request.queryBegin, record.queries()),
                        clip(request.queryEnd, record.queries()),
                        clip(request.keyBegin, record.keys()),
                        clip(request.keyEnd, record.keys()),
                        request.rows,
                        request.columns};
    return {request, toArray(attentionTile(chosen, area, fusion)[0])};
}

FloatArray Inspection::map(int layer, int head, const std::string& fusion, int window) const
{
    const AttentionRecord& block = m_state->block(layer);
    const int queries = int(block.queries()), keys = int(block.keys());
    requireMemory(std::uint64_t(queries) * std::uint64_t(keys) * 16,
                  "the whole map"); // pieces, their sum and the copy
    return tile({layer, head, fusion, window, 0, queries, 0, keys, queries, keys}).means;
}

verbs::OverviewMap Inspection::State::overview(const verbs::Overview& request) const
{
    const c10::InferenceMode inference;
    const AttentionRecord& record = block(request.layer);
    const BlockMap map = mapOf(request.layer);
    if (request.kind == "effective") {
        const int firstWidth = input().info.gridWidth;
        return {request, toArray(effectiveMap(input().result.trace, request.layer,
                                              request.token < 0 ? -1 : map.covering(request.token, firstWidth)))};
    }
    const headlens::Overview what = overviewFrom(request.kind);
    requireHead(record, request.head);
    if (map.gridHeight == 0 || record.kind != AttentionKind::Self) // one number a token, in a line
        return {request, toArray(overviewOf(record, what, fusionFrom(request.fusion), request.head).unsqueeze(0))};
    at::Tensor found = overviewOf(record, map, what, fusionFrom(request.fusion), request.head);
    if (what == headlens::Overview::Distance) found = found * double(model().info.patch << map.halvings); // to pixels
    return {request, toArray(found.view({map.gridHeight, map.gridWidth}))};
}

verbs::BiasTables Inspection::positionBias(const verbs::PositionBias& request) const
{
    const AttentionRecord& block = m_state->block(request.layer);
    return {request.layer, block.biasTable.defined() ? toArray(block.biasTable) : FloatArray()};
}

verbs::StateTensor Inspection::state(const verbs::State& request) const
{
    const auto& states = m_state->input().result.states;
    const auto hit = states.find(request.name);
    if (hit == states.end())
        throw Error(ErrorCode::BadRequest, "state \"" + request.name + "\"", "was not left by this run",
                    states.empty() ? "the model keeps none" : "it left " + states.begin()->first + " and others");
    return {request.name, toArray(hit->second)};
}

verbs::PcaResult Inspection::pca(const verbs::Pca& request)
{
    const c10::InferenceMode inference;
    const int layers = int(m_state->input().result.trace.blocks.size());
    const int layer = request.layer < 0 ? layers - 1 : request.layer;
    const BlockMap map = m_state->mapOf(layer);
    if (map.gridHeight == 0 || m_state->block(layer).kind != AttentionKind::Self)
        throw Error(ErrorCode::BadRequest, "principal components", "need a layer with patches of a picture",
                    "choose a layer of the vision tower");
    if (m_state->block(layer).tokens.defined())
        throw Error(ErrorCode::BadRequest, "principal components", "need all patches, and this block hides some",
                    "choose a layer of the decoder");
    if (request.recipe != "v2" && request.recipe != "v3")
        throw Error(ErrorCode::BadRequest, "recipe", "\"" + request.recipe + "\" is not v2 or v3");
    const PcaRecipe recipe = request.recipe == "v3" ? PcaRecipe::V3 : PcaRecipe::V2;
    const at::Tensor features =
        m_state->model().loaded.model->finalNorm(m_state->behind(layer)[0].slice(0, map.prefix)); // [N,D]
    PcaBasis& basis = m_state->pca;
    const bool fits = basis.defined() && basis.width() == features.size(1) && basis.recipe == recipe;
    if (!fits || request.refit || request.flip) {
        basis = fitPca(features, map.gridHeight, map.gridWidth, recipe, request.flip);
        basis.layer = layer;
    }
    const PcaPicture painted = paintPca(basis, features, map.gridHeight, map.gridWidth);
    verbs::PcaResult answer{layer, basis.layer, basis.explained, painted.foreground,
                            Image8(map.gridWidth, map.gridHeight)};
    const at::Tensor rgb = painted.rgb.contiguous();
    std::copy_n(rgb.data_ptr<std::uint8_t>(), answer.picture.pixels.size(), answer.picture.pixels.begin());
    return answer;
}

namespace {

// "attentions.3", "decoder.cross_attentions.1".
std::string traceName(const Trace& trace, std::size_t block)
{
    const AttentionRecord& record = trace.blocks[block];
    return (record.tower.empty() ? "" : record.tower + ".") +
           (record.kind == AttentionKind::Cross    ? "cross_attentions."
            : record.kind == AttentionKind::Memory ? "memory_attentions."
                                                   : "attentions.") +
           std::to_string(trace.depthOf(block));
}

} // namespace

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
        if (trace.blocks[i].kind != AttentionKind::Pool) // is among the outputs
            tensors.push_back(toBytes(traceName(trace, i), attentionMap(trace.blocks[i])));
    for (const auto& [tower, states] : trace.hidden)
        for (std::size_t i = 0; i < states.size(); ++i)
            tensors.push_back(
                toBytes((tower.empty() ? "" : tower + ".") + "hidden_states." + std::to_string(i), states[i]));
    for (const auto& [name, value] : ran.result.outputs) tensors.push_back(toBytes(name, value));
    for (const auto& [name, value] : ran.result.states) tensors.push_back(toBytes("states." + name, value));
    if (const at::Tensor scores = m_state->allScores(); scores.defined()) tensors.push_back(toBytes("logits", scores));
    if (ran.in.pixels.defined()) tensors.push_back(toBytes("pixel_values", ran.in.pixels));
    if (ran.in.ids.defined()) tensors.push_back(toBytes("input_ids", ran.in.ids));
    return tensors;
}

} // namespace headlens
