// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/readers.h"

#include "core/base/error.h"
#include "core/kernels/row_kernels.h"
#include "core/kernels/workers.h"
#include "core/tensors/layers.h"
#include "core/trace/block_map.h"
#include "core/trace/map_rules.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <vector>

namespace headlens {
namespace {

void requireRange(std::int64_t begin, std::int64_t end, std::int64_t count)
{
    if (begin < 0 || end < begin || end > count)
        throw Error(ErrorCode::BadRequest, "attention",
                    "tokens " + std::to_string(begin) + " to " + std::to_string(end) + " do not exist, there are " +
                        std::to_string(count));
}

// float32 even where queries and keys were kept in less: what is shown is exact for what is kept.
at::ScalarType typeOf(const AttentionRecord& record)
{
    return record.q.scalar_type() == at::kDouble ? at::kDouble : at::kFloat;
}

at::Tensor scores(const AttentionRecord& record, std::int64_t begin, std::int64_t end)
{
    const at::ScalarType type = typeOf(record);
    const at::Tensor q = record.q.slice(2, begin, end).to(type), k = record.k.to(type);
    // Heads that share their keys become one long list of queries, so that no key is copied.
    const std::int64_t batch = q.size(0), groups = k.size(1), n = q.size(2), keys = k.size(2);
    const at::Tensor together = groups == q.size(1) ? q : q.reshape({batch, groups, -1, q.size(3)});
    at::Tensor s = at::matmul(together, k.transpose(-2, -1)) * record.scale;
    if (groups != q.size(1)) s = s.view({batch, q.size(1), n, keys});
    s = capped(s, record.cap);
    for (const at::Tensor& added : {record.bias, record.mask})
        if (added.defined()) s = s + (added.size(-2) == 1 ? added : added.slice(-2, begin, end)).to(type);
    return s;
}

// Whether single rows can be read straight from memory.
bool isPlain(const AttentionRecord& record)
{
    const auto fits = [](const at::Tensor& t) {
        return t.device().is_cpu() && t.scalar_type() == at::kFloat && t.stride(-1) == 1;
    };
    return fits(record.q) && fits(record.k) && record.k.size(1) == record.heads() && record.cap == 0 &&
           !record.bias.defined() && !record.mask.defined() && !record.edges.defined() &&
           record.rule == MapRule::Softmax && !record.rowValid.defined() && !record.through.defined();
}

// Row `query` of every head [B,H,1,Nk]: what the mouse asks for, in every layer at once. Key by key, because the heads
// of a key lie side by side: going head by head would touch another page of memory for every number.
at::Tensor singleRow(const AttentionRecord& record, std::int64_t query)
{
    const std::int64_t batch = record.q.size(0), heads = record.heads(), keys = record.keys(), size = record.q.size(3);
    at::Tensor rows = at::empty({batch, heads, 1, keys}, record.q.options());
    const at::Tensor &q = record.q, &k = record.k;
    for (std::int64_t b = 0; b < batch; ++b) {
        float* const row = rows.data_ptr<float>() + b * heads * keys;
        scoreKeys({q.data_ptr<float>() + b * q.stride(0) + query * q.stride(2), k.data_ptr<float>() + b * k.stride(0),
                   heads, keys, size, q.stride(1), k.stride(1), k.stride(2)},
                  row);
        std::vector<float> sums(static_cast<std::size_t>(heads));
        exponentiateRows({row, heads, keys, keys, float(record.scale)}, sums.data());
        divideRows({row, heads, keys, keys, sums.data(), keys}, row);
    }
    return rows;
}

// Where an even cut of `length` into `parts` begins and ends: parts + 1 numbers from 0 to length.
std::vector<std::int64_t> evenCut(std::int64_t length, std::int64_t parts)
{
    std::vector<std::int64_t> edges;
    for (std::int64_t i = 0; i <= parts; ++i) edges.push_back(i * length / parts);
    return edges;
}

// The mean of `values` [H,n,m] over every cell of a cut of the rows and columns: [H,rows,columns] on the CPU.
at::Tensor cellMeans(const at::Tensor& values, const std::vector<std::int64_t>& rowCut,
                     const std::vector<std::int64_t>& columnCut)
{
    const at::Tensor from = values.to(at::kCPU, at::kFloat).contiguous();
    const auto rows = std::int64_t(rowCut.size()) - 1, columns = std::int64_t(columnCut.size()) - 1;
    at::Tensor means = at::zeros({from.size(0), rows, columns}, from.options());
    parallelFor(from.size(0) * rows, 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i) {
            float* const cells = means.data_ptr<float>() + i * columns;
            const auto part = std::size_t(i % rows);
            for (std::int64_t row = rowCut[part]; row < rowCut[part + 1]; ++row) {
                const float* line = from.data_ptr<float>() + (i / rows * from.size(1) + row) * from.size(2);
                for (std::size_t c = 0; c < std::size_t(columns); ++c) {
                    float sum = 0;
                    for (std::int64_t k = columnCut[c]; k < columnCut[c + 1]; ++k) sum += line[k];
                    cells[c] += sum;
                }
            }
            for (std::size_t c = 0; c < std::size_t(columns); ++c)
                cells[c] /= float((rowCut[part + 1] - rowCut[part]) * (columnCut[c + 1] - columnCut[c]));
        }
    });
    return means;
}

// [H,n,Nk] -> [1,n,Nk], or unchanged for Single.
at::Tensor fused(const at::Tensor& probs, HeadFusion fusion)
{
    switch (fusion) {
    case HeadFusion::Mean: return probs.mean(0, /*keepdim=*/true);
    case HeadFusion::Max: return probs.amax(0, /*keepdim=*/true);
    case HeadFusion::Min: return probs.amin(0, /*keepdim=*/true);
    case HeadFusion::Single: break;
    }
    return probs;
}

} // namespace

at::Tensor attentionRows(const AttentionRecord& record, std::int64_t begin, std::int64_t end)
{
    requireRange(begin, end, record.queries());
    if (end == begin + 1 && isPlain(record)) return singleRow(record, begin);
    at::Tensor rows = record.rule == MapRule::Linear  ? linearRows(record, begin, end)
                      : record.rule == MapRule::Favor ? favorRows(record, begin, end)
                      : record.rule == MapRule::Delta ? deltaRows(record, begin, end)
                                                      : at::softmax(scores(record, begin, end), -1);
    if (record.edges.defined())
        rows = rows * (record.edges.size(-2) == 1 ? record.edges : record.edges.slice(-2, begin, end));
    if (record.through.defined()) rows = at::matmul(rows, record.through.unsqueeze(1));
    if (!record.rowValid.defined()) return rows;
    return rows * record.rowValid.slice(1, begin, end).unsqueeze(1).unsqueeze(-1).to(rows.scalar_type());
}

at::Tensor attentionColumn(const AttentionRecord& record, std::int64_t key)
{
    requireRange(key, key + 1, record.keys());
    std::vector<at::Tensor> parts;
    for (std::int64_t begin = 0; begin < record.queries(); begin += kQueryChunk) {
        const std::int64_t end = std::min(begin + kQueryChunk, record.queries());
        parts.push_back(attentionRows(record, begin, end).select(-1, key)); // [B,H,n]
    }
    return at::cat(parts, -1);
}

at::Tensor attentionMap(const AttentionRecord& record)
{
    std::vector<at::Tensor> parts;
    for (std::int64_t begin = 0; begin < record.queries(); begin += kQueryChunk)
        parts.push_back(attentionRows(record, begin, std::min(begin + kQueryChunk, record.queries())));
    return at::cat(parts, 2);
}

at::Tensor attentionTile(const AttentionRecord& record, const TileArea& area, HeadFusion fusion)
{
    requireRange(area.queryBegin, area.queryEnd, record.queries());
    requireRange(area.keyBegin, area.keyEnd, record.keys());
    const std::int64_t queries = area.queryEnd - area.queryBegin, keys = area.keyEnd - area.keyBegin;
    if (queries < 1 || keys < 1 || area.rows < 1 || area.columns < 1)
        throw Error(ErrorCode::BadRequest, "attention", "an empty tile was asked for");
    const std::int64_t rows = std::min(area.rows, queries), columns = std::min(area.columns, keys);
    const AttentionRecord first = batchEntry(record, 0);
    const std::vector<std::int64_t> rowCut = evenCut(queries, rows), columnCut = evenCut(keys, columns);
    std::vector<at::Tensor> parts;
    // Whole output rows at a time, so that the means of a chunk need no neighbour.
    const std::int64_t rowsPerChunk = std::max<std::int64_t>(1, kQueryChunk * rows / queries);
    for (std::int64_t row = 0; row < rows; row += rowsPerChunk) {
        const std::int64_t last = std::min(row + rowsPerChunk, rows);
        std::vector<std::int64_t> cut(rowCut.begin() + row, rowCut.begin() + last + 1);
        const std::int64_t begin = cut.front();
        const at::Tensor probs =
            fused(attentionRows(first, area.queryBegin + begin, area.queryBegin + cut.back())[0], fusion);
        for (std::int64_t& edge : cut) edge -= begin;
        parts.push_back(cellMeans(probs.slice(-1, area.keyBegin, area.keyEnd), cut, columnCut));
    }
    return at::cat(parts, 1);
}

} // namespace headlens
