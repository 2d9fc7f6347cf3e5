// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/block_map.h"

#include "core/base/error.h"
#include "core/trace/readers.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <functional>
#include <vector>

namespace headlens {
namespace {

at::Tensor indexTensor(const std::vector<std::int64_t>& index, const at::Tensor& like)
{
    return at::tensor(index, at::TensorOptions().dtype(at::kLong)).to(like.device());
}

// For every token of one window the patch it shows, or `none` for padding.
std::vector<std::int64_t> patchesOf(const WindowGrid& grid, int window, std::int64_t none)
{
    std::vector<std::int64_t> patches;
    for (int inner = 0; inner < grid.tokensPerWindow(); ++inner) {
        const Cell cell = grid.cellOf({window, inner});
        patches.push_back(grid.isReal(cell) ? std::int64_t(cell.y) * grid.width + cell.x : none);
    }
    return patches;
}

// values [...,n] to the places `index` of a last dimension of `length`; place `length` is thrown away.
at::Tensor scattered(const at::Tensor& values, const at::Tensor& index, std::int64_t length)
{
    std::vector<std::int64_t> shape = values.sizes().vec();
    shape.back() = length + 1;
    at::Tensor all = at::zeros(shape, values.options());
    all.index_copy_(-1, index, values);
    return all.slice(-1, 0, length);
}

// One head or the fused heads: [B,H,n,m] -> [B,n,m].
at::Tensor oneMap(const at::Tensor& probs, HeadFusion fusion, int head)
{
    switch (fusion) {
    case HeadFusion::Mean: return probs.mean(1);
    case HeadFusion::Max: return probs.amax(1);
    case HeadFusion::Min: return probs.amin(1);
    case HeadFusion::Single: break;
    }
    return probs.select(1, head);
}

// The patch (row-major, -1 for special tokens and padding) behind every key of a record or of one of its windows.
std::vector<std::int64_t> keyPatches(const AttentionRecord& record, const BlockMap& map, std::int64_t window)
{
    if (record.windows) return patchesOf(*record.windows, int(window), -1);
    std::vector<std::int64_t> patches;
    const at::Tensor tokens = record.tokens.defined() ? record.tokens.cpu() : at::arange(record.keys(), at::kLong);
    for (std::int64_t i = 0; i < tokens.size(0); ++i)
        patches.push_back(std::max<std::int64_t>(-1, tokens.data_ptr<std::int64_t>()[i] - map.prefix));
    return patches;
}

// Distances [n,m] in patches between queries [begin,end) and all keys; 0 where one of them is no patch.
at::Tensor distances(const std::vector<std::int64_t>& patches, std::int64_t begin, std::int64_t end, int width)
{
    std::vector<float> x, y, real;
    for (const std::int64_t patch : patches) {
        real.push_back(patch >= 0 ? 1.0F : 0.0F);
        y.push_back(float(std::max<std::int64_t>(0, patch) / width));
        x.push_back(float(std::max<std::int64_t>(0, patch) % width));
    }
    const at::Tensor tx = at::tensor(x), ty = at::tensor(y), exists = at::tensor(real);
    const auto between = [&](const at::Tensor& t) { return t.slice(0, begin, end).unsqueeze(1) - t.unsqueeze(0); };
    return (between(tx).square() + between(ty).square()).sqrt() * exists.slice(0, begin, end).unsqueeze(1) * exists;
}

// probs [n,m] of queries [begin,end) of one window (or of everything) -> the number of each query; of Received: of each
// key.
at::Tensor measured(const at::Tensor& probs, Overview what, const std::vector<std::int64_t>& patches,
                    std::int64_t begin, std::int64_t end, const BlockMap& map)
{
    if (what == Overview::Received) return probs.sum(0);
    if (what == Overview::Entropy) return -(probs * probs.clamp_min(1e-30).log()).sum(-1);
    std::vector<float> real;
    for (const std::int64_t patch : patches) real.push_back(patch >= 0 ? 1.0F : 0.0F);
    const at::Tensor mass = (probs * at::tensor(real).to(probs.device())).sum(-1).clamp_min(1e-12);
    return (probs * distances(patches, begin, end, map.grid.columns).to(probs.device())).sum(-1) / mass;
}

} // namespace

std::int64_t BlockMap::parentToken(std::int64_t token, const PictureGrid& first) const
{
    return token < prefix ? token : prefix + cellUnder(first, grid, int(token - prefix));
}

BlockMap blockMapOf(const AttentionRecord& record, const TokenStream& keys)
{
    if (!record.windows) return {int(keys.text + keys.prefix), keys.grid()};
    return {0, {record.windows->height, record.windows->width, int(record.cell)}};
}

AttentionRecord batchEntry(const AttentionRecord& record, std::int64_t entry)
{
    AttentionRecord one = record;
    const auto narrow = [&](at::Tensor& tensor) {
        if (tensor.defined() && tensor.size(0) > 1) tensor = tensor.narrow(0, entry, 1);
    };
    narrow(one.q);
    narrow(one.k);
    narrow(one.v);
    narrow(one.bias);
    narrow(one.mask);
    narrow(one.rowValid);
    narrow(one.through);
    return one;
}

at::Tensor tokenRow(const AttentionRecord& record, const BlockMap& map, std::int64_t token, bool reverse)
{
    if (token < 0 || token >= map.tokens())
        throw Error(ErrorCode::BadRequest, "token " + std::to_string(token),
                    "there are " + std::to_string(map.tokens()));
    std::int64_t entry = 0, place = token;
    at::Tensor targets;
    if (record.windows) {
        const WindowGrid& grid = *record.windows;
        const auto found = grid.placeOf({int(token / grid.width), int(token % grid.width)});
        entry = found.window;
        place = found.inner;
        targets = indexTensor(patchesOf(grid, found.window, map.tokens()), record.q);
    } else if (record.tokens.defined()) {
        const at::Tensor hit = record.tokens.eq(token).nonzero();
        if (hit.size(0) == 0) return at::zeros({record.heads(), map.tokens()}, record.q.options()); // it is hidden
        place = hit[0][0].item<std::int64_t>();
        targets = record.tokens;
    }
    const AttentionRecord one = batchEntry(record, entry);
    const at::Tensor row =
        reverse ? attentionColumn(one, place)[0] : attentionRows(one, place, place + 1)[0].squeeze(1); // [H,n]
    return targets.defined() ? scattered(row, targets, map.tokens()) : row;
}

Overview overviewFrom(std::string_view name)
{
    if (name == "received") return Overview::Received;
    if (name == "entropy") return Overview::Entropy;
    if (name == "distance") return Overview::Distance;
    throw Error(ErrorCode::BadRequest, std::string(name), "is not received, entropy, distance or effective");
}

at::Tensor overviewOf(const AttentionRecord& record, Overview what, HeadFusion fusion, int head)
{
    const bool oneLine = record.kind == AttentionKind::Self || record.kind == AttentionKind::Memory;
    if (oneLine && !record.windows && !record.tokens.defined())
        return overviewOf(record, {0, 1, int(record.keys()), 0}, what, fusion, head);
    if (what == Overview::Distance)
        throw Error(ErrorCode::BadRequest, "distance", "is not defined between different sequences",
                    "choose received attention or entropy");
    const AttentionRecord one = batchEntry(record, 0);
    std::vector<at::Tensor> parts;
    for (std::int64_t begin = 0; begin < record.queries(); begin += kQueryChunk) {
        const std::int64_t end = std::min(begin + kQueryChunk, record.queries());
        const at::Tensor probs = oneMap(attentionRows(one, begin, end), fusion, head)[0]; // [n,m]
        parts.push_back(measured(probs, what, {}, begin, end, {}));
    }
    return what == Overview::Received ? at::stack(parts).sum(0) : at::cat(parts);
}

at::Tensor overviewOf(const AttentionRecord& record, const BlockMap& map, Overview what, HeadFusion fusion, int head)
{
    const std::int64_t patches = std::int64_t(map.grid.rows) * map.grid.columns;
    const std::int64_t entries = record.windows ? record.windows->windows() : 1;
    at::Tensor total = at::zeros({patches + 1}, record.q.options().dtype(at::kFloat));
    for (std::int64_t entry = 0; entry < entries; ++entry) {
        const AttentionRecord one = batchEntry(record, entry);
        const std::vector<std::int64_t> keys = keyPatches(record, map, entry);
        std::vector<std::int64_t> targets = keys;
        for (std::int64_t& target : targets)
            if (target < 0) target = patches; // thrown away
        const at::Tensor places = indexTensor(targets, record.q);
        for (std::int64_t begin = 0; begin < record.queries(); begin += kQueryChunk) {
            const std::int64_t end = std::min(begin + kQueryChunk, record.queries());
            const at::Tensor probs = oneMap(attentionRows(one, begin, end), fusion, head)[0]; // [n,m]
            const at::Tensor values = measured(probs, what, keys, begin, end, map);
            total.index_add_(0, what == Overview::Received ? places : places.slice(0, begin, end), values);
        }
    }
    return total.slice(0, 0, patches);
}

} // namespace headlens
