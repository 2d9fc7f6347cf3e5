// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensors/head_attention.h"

#include "core/tensors/row_kernels.h"
#include "core/tensors/small_product.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <vector>

namespace headlens {

namespace {

// What the calls of one attention have in common.
struct Extents {
    std::int64_t queries, keys, size, valueSize; // Nq, Nk, d, e
    std::int64_t queryStride, valueStride;       // between tokens
    auto operator<=>(const Extents&) const = default;
};

// The two products for a number of queries: query [rows,d] x keys [d,Nk], weights [rows,Nk] x values [Nk,e].
struct QueryKernel {
    SmallProduct scores, values;
    QueryKernel(const Extents& x, std::int64_t rows)
        : scores({rows, x.size, x.keys, x.queryStride, x.keys}),
          values({rows, x.keys, x.valueSize, x.keys, x.valueStride})
    {
    }
};

QueryKernel& kernelFor(const Extents& extents, std::int64_t rows)
{
    constexpr std::size_t kMost = 64;
    thread_local std::map<std::tuple<Extents, std::int64_t>, QueryKernel> kernels;
    const auto hit = kernels.find({extents, rows});
    if (hit != kernels.end()) return hit->second;
    if (kernels.size() >= kMost) kernels.clear();
    return kernels.emplace(std::tuple(extents, rows), QueryKernel(extents, rows)).first->second;
}

// Queries at a time: their scores fit a quarter of the second cache, and all threads get equally many turns.
std::int64_t rowsAtATime(const Extents& x, std::int64_t heads)
{
    constexpr std::int64_t kScores = 64'000, kFewest = 16;
    const std::int64_t threads = at::get_num_threads();
    const std::int64_t fits = std::max(kFewest, kScores / x.keys);
    std::int64_t turns = (x.queries + fits - 1) / fits;
    while (heads * turns % threads != 0 && heads * turns < 8 * threads) ++turns;
    return (x.queries + turns - 1) / turns;
}

// The part of a bias or mask [1 or B,1 or H,Nq,Nk] that belongs to a head.
struct Added {
    at::Tensor values;
    std::int64_t perBatch = 0, perHead = 0;

    explicit Added(const at::Tensor& tensor)
    {
        if (!tensor.defined()) return;
        values = tensor.to(at::kFloat).contiguous();
        const std::int64_t area = values.size(2) * values.size(3);
        perHead = values.size(1) > 1 ? area : 0;
        perBatch = values.size(0) > 1 ? area * values.size(1) : 0;
    }
    const float* at(std::int64_t batch, std::int64_t head, std::int64_t row) const
    {
        return values.defined() ? values.data_ptr<float>() + batch * perBatch + head * perHead + row * values.size(3)
                                : nullptr;
    }
};

// k [B,H,N,d] of every head as [d,N], which oneDNN 2 multiplies twice as fast: [B*H,d,N].
at::Tensor transposedKeys(const at::Tensor& k)
{
    const std::int64_t heads = k.size(1), keys = k.size(2), size = k.size(3);
    at::Tensor turned = at::empty({k.size(0) * heads, size, keys}, k.options());
    at::parallel_for(0, turned.size(0), 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i)
            transposeRows(k.data_ptr<float>() + (i / heads) * k.stride(0) + (i % heads) * k.stride(1), keys, size,
                          k.stride(2), turned.data_ptr<float>() + i * size * keys);
    });
    return turned;
}

float* headOf(const at::Tensor& x, std::int64_t batch, std::int64_t head)
{
    return x.data_ptr<float>() + batch * x.stride(0) + head * x.stride(1);
}

} // namespace

bool canAttendHeads(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v)
{
    for (const at::Tensor& t : {q, k, v})
        if (!t.device().is_cpu() || t.scalar_type() != at::kFloat || t.requires_grad() || t.stride(-1) != 1 ||
            t.numel() == 0)
            return false;
    return true;
}

at::Tensor attendHeads(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, double scale,
                       const at::Tensor& bias, const at::Tensor& mask, at::ScalarType result)
{
    const std::int64_t batch = q.size(0), heads = q.size(1), width = heads * v.size(3);
    const Extents extents{q.size(2), k.size(2), q.size(3), v.size(3), q.stride(2), v.stride(2)};
    at::Tensor mixed = at::empty({batch, extents.queries, width}, q.options().dtype(result));
    const Added biases(bias), masks(mask);
    const at::Tensor keys = transposedKeys(k);
    const std::int64_t rows = rowsAtATime(extents, batch * heads);
    const std::int64_t turns = (extents.queries + rows - 1) / rows;
    at::parallel_for(0, batch * heads * turns, 1, [&](std::int64_t begin, std::int64_t end) {
        const at::Tensor room = at::empty({rows * (extents.keys + extents.valueSize + 1)}, q.options());
        float *const scores = room.data_ptr<float>(), *const values = scores + rows * extents.keys;
        float* const sums = values + rows * extents.valueSize;
        for (std::int64_t i = begin; i < end; ++i) {
            const std::int64_t b = i / turns / heads, h = i / turns % heads, first = i % turns * rows;
            const std::int64_t count = std::min(rows, extents.queries - first);
            const std::int64_t place = (b * extents.queries + first) * width + h * extents.valueSize;
            QueryKernel& kernel = kernelFor(extents, count);
            kernel.scores.run(headOf(q, b, h) + first * q.stride(2), headOf(keys, i / turns, 0), scores);
            exponentiateRows({scores, count, extents.keys, float(scale), biases.at(b, h, first), masks.at(b, h, first)},
                             sums);
            kernel.values.run(scores, headOf(v, b, h), values);
            const DividedRows divided{values, count, extents.valueSize, sums, width};
            if (result == at::kBFloat16)
                divideRowsRounded(divided, static_cast<std::uint16_t*>(mixed.data_ptr()) + place);
            else
                divideRows(divided, mixed.data_ptr<float>() + place);
        }
    });
    return mixed;
}

} // namespace headlens
