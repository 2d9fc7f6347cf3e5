// SPDX-License-Identifier: GPL-3.0-or-later
// Every question about what happened inside; opening and running are in inspection.cpp.
#include "core/attribution/effective_map.h"
#include "core/base/attention_math.h"
#include "core/session/inspection_state.h"
#include "core/session/memory.h"
#include "core/tensors/bridge.h"
#include "core/trace/readers.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <map>

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

Grid2D gridFrom(const at::Tensor& values)
{
    return {int(values.size(0)), int(values.size(1)), toFloats(values)};
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
    const verbs::InputInfo& info = input().info;
    return blockMapOf(block(layer), int(model().info.prefixTokens.size()), info.gridHeight, info.gridWidth);
}

const at::Tensor& Inspection::State::behind(int layer) const
{
    const Trace& trace = input().result.trace;
    if (trace.hidden.empty())
        throw Error(ErrorCode::NotEnoughMemory, "hidden states", "were not kept, because memory was short",
                    "use a smaller picture or close other programs");
    if (block(layer).tower.empty()) return trace.hidden.at(std::size_t(layer) + 1);
    return trace.decoderHidden.at(std::size_t(layer) + 2 - trace.hidden.size());
}

std::vector<LayerRows> Inspection::rows(const verbs::Rows& request) const
{
    const c10::InferenceMode inference;
    if (request.token < 0 || request.token >= m_state->input().info.tokens)
        throw Error(ErrorCode::BadRequest, "token " + std::to_string(request.token),
                    "there are " + std::to_string(m_state->input().info.tokens));
    std::vector<LayerRows> all(m_state->input().result.trace.blocks.size());
    const auto ask = [&](std::int64_t begin, std::int64_t end) {
        const c10::InferenceMode inside; // belongs to the thread
        for (int layer = int(begin); layer < int(end); ++layer) {
            const BlockMap map = m_state->mapOf(layer);
            const at::Tensor found =
                tokenRow(m_state->block(layer), map, map.covering(request.token, m_state->input().info.gridWidth),
                         request.reverse); // [H,tokens]
            all[std::size_t(layer)] = {int(found.size(0)), int(found.size(1)), toFloats(found)};
        }
    };
    const auto layers = std::int64_t(all.size());
    if (request.reverse || m_state->model().info.device != "cpu")
        ask(0, layers); // each layer is work for all threads
    else
        at::parallel_for(0, layers, 1, ask);
    return all;
}

Grid2D Inspection::tile(const verbs::Tile& request) const
{
    const c10::InferenceMode inference;
    const AttentionRecord& block = m_state->block(request.layer);
    const HeadFusion fusion = fusionFrom(request.fusion);
    requireHead(block, request.head);
    if (request.window < 0 || (block.windows && request.window >= block.windows->windows()))
        throw Error(ErrorCode::BadRequest, "window " + std::to_string(request.window), "does not exist");
    AttentionRecord chosen = block.windows ? batchEntry(block, request.window) : block;
    if (fusion == HeadFusion::Single) {
        const auto narrow = [&](at::Tensor& t) {
            if (t.defined() && t.size(1) > 1) t = t.narrow(1, request.head, 1);
        };
        narrow(chosen.q);
        narrow(chosen.k);
        narrow(chosen.bias);
    }
    const auto clip = [](int value, std::int64_t count) { return std::clamp<std::int64_t>(value, 0, count); };
    const TileArea area{clip(request.queryBegin, block.queries()),
                        clip(request.queryEnd, block.queries()),
                        clip(request.keyBegin, block.keys()),
                        clip(request.keyEnd, block.keys()),
                        request.rows,
                        request.columns};
    return gridFrom(attentionTile(chosen, area, fusion)[0]);
}

Grid2D Inspection::map(int layer, int head, const std::string& fusion, int window) const
{
    const int tokens = int(m_state->block(layer).queries());
    requireMemory(std::uint64_t(tokens) * std::uint64_t(tokens) * 16,
                  "the whole map"); // pieces, their sum and the copy
    return tile({layer, head, fusion, window, 0, tokens, 0, tokens, tokens, tokens});
}

Grid2D Inspection::overview(const verbs::Overview& request) const
{
    const c10::InferenceMode inference;
    const AttentionRecord& block = m_state->block(request.layer);
    const BlockMap map = m_state->mapOf(request.layer);
    if (request.kind == "effective") {
        const int firstWidth = m_state->input().info.gridWidth;
        return gridFrom(effectiveMap(m_state->input().result.trace, request.layer,
                                     request.token < 0 ? -1 : map.covering(request.token, firstWidth)));
    }
    const Overview what = overviewFrom(request.kind);
    requireHead(block, request.head);
    at::Tensor found = overviewOf(block, map, what, fusionFrom(request.fusion), request.head);
    if (what == Overview::Distance) found = found * double(m_state->model().info.patch << map.halvings); // to pixels
    return gridFrom(found.view({map.gridHeight, map.gridWidth}));
}

LayerTables Inspection::positionBias(int layer) const
{
    const AttentionRecord& block = m_state->block(layer);
    if (!block.biasTable.defined()) return {};
    const at::Tensor& table = block.biasTable; // [H,2h-1,2w-1]
    return {int(table.size(0)), int(table.size(1)), int(table.size(2)), toFloats(table.contiguous())};
}

PcaAnswer Inspection::pca(const verbs::Pca& request)
{
    const c10::InferenceMode inference;
    const int layers = int(m_state->input().result.trace.blocks.size());
    const int layer = request.layer < 0 ? layers - 1 : request.layer;
    const BlockMap map = m_state->mapOf(layer);
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
    PcaAnswer answer{{layer, basis.layer, basis.explained, painted.foreground}, Image8(map.gridWidth, map.gridHeight)};
    const at::Tensor rgb = painted.rgb.contiguous();
    std::copy_n(rgb.data_ptr<std::uint8_t>(), answer.picture.pixels.size(), answer.picture.pixels.begin());
    return answer;
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
    std::map<std::string, int> counted; // blocks of each tower
    for (const AttentionRecord& block : trace.blocks) {
        const std::string tower = block.tower.empty() ? "" : block.tower + ".";
        tensors.push_back(toBytes(tower + "attentions." + std::to_string(counted[tower]++), attentionMap(block)));
    }
    const auto addStates = [&](const std::vector<at::Tensor>& states, const std::string& tower) {
        for (std::size_t i = 0; i < states.size(); ++i)
            tensors.push_back(toBytes(tower + "hidden_states." + std::to_string(i), states[i]));
    };
    addStates(trace.hidden, "");
    addStates(trace.decoderHidden, "decoder.");
    for (const auto& [name, value] : ran.result.outputs) tensors.push_back(toBytes(name, value));
    tensors.push_back(toBytes("pixel_values", ran.pixels));
    return tensors;
}

} // namespace headlens
