// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/block_map.h"

#include "core/base/error.h"
#include "core/trace/measured_rows.h"
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
        parts.push_back(measuredRows(probs, what, {}, begin, 0));
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
            const at::Tensor values = measuredRows(probs, what, keys, begin, map.grid.columns);
            total.index_add_(0, what == Overview::Received ? places : places.slice(0, begin, end), values);
        }
    }
    return total.slice(0, 0, patches);
}

} // namespace headlens
