// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/map_rules.h"

#include "core/base/error.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace headlens {
namespace {

// 1 where query begin+i may see key j, as far as segments say [n,Nk].
at::Tensor earlierSegments(const AttentionRecord& record, std::int64_t begin, std::int64_t end)
{
    const at::TensorOptions counting = at::TensorOptions().dtype(at::kLong).device(record.q.device());
    const at::Tensor own = at::arange(begin, end, counting).floor_divide(record.segment).unsqueeze(1);
    const at::Tensor theirs = at::arange(record.keys(), counting).floor_divide(record.segment).unsqueeze(0);
    return (theirs < own).to(at::kFloat);
}

// phi(k), 0 for keys that nobody may see [B,H,Nk,d].
at::Tensor writtenKeys(const AttentionRecord& record)
{
    const at::Tensor features = kernelFeatures(record.k.to(at::kFloat));
    const bool hides = record.mask.defined() && record.mask.size(-2) == 1;
    return hides ? features * (record.mask >= 0).to(at::kFloat).transpose(-2, -1) : features;
}

// Rows [B,H,n,Nk] of the queries of one segment, by walking back through the writes of all segments before it.
at::Tensor deltaRowsOf(const at::Tensor& queries, const at::Tensor& keys, std::int64_t segment, std::int64_t size)
{
    at::Tensor rows = at::zeros({queries.size(0), queries.size(1), queries.size(2), keys.size(2)}, queries.options());
    if (segment == 0) return rows;
    std::vector<at::Tensor> sums; // z before every segment [B,H,d,1]
    at::Tensor z = at::zeros({keys.size(0), keys.size(1), keys.size(3), 1}, keys.options());
    for (std::int64_t s = 0; s < segment; ++s) {
        sums.push_back(z);
        z = z + keys.slice(2, s * size, (s + 1) * size).sum(2).unsqueeze(-1);
    }
    at::Tensor reading = queries / at::matmul(queries, z).clamp_min(kLeastSum); // [B,H,n,d], to be multiplied with M
    for (std::int64_t s = segment - 1; s >= 0; --s) {
        const at::Tensor written = keys.slice(2, s * size, (s + 1) * size);      // [B,H,N,d]
        const at::Tensor share = at::matmul(reading, written.transpose(-2, -1)); // [B,H,n,N]
        rows.slice(-1, s * size, s * size + written.size(2)).copy_(share);
        if (s == 0) break; // an empty memory gives nothing back that would have to be taken off
        const at::Tensor there = at::matmul(written, sums[std::size_t(s)]).clamp_min(kLeastSum).transpose(-2, -1);
        reading = reading - at::matmul(share / there, written);
    }
    return rows;
}

} // namespace

at::Tensor kernelFeatures(const at::Tensor& x)
{
    return at::elu(x) + 1;
}

at::Tensor linearRows(const AttentionRecord& record, std::int64_t begin, std::int64_t end)
{
    const at::Tensor q = kernelFeatures(record.q.slice(2, begin, end).to(at::kFloat));
    at::Tensor weights = at::matmul(q, writtenKeys(record).transpose(-2, -1)); // [B,H,n,Nk]
    if (record.mask.defined() && record.mask.size(-2) > 1)
        weights = weights * (record.mask.slice(-2, begin, end) >= 0).to(at::kFloat);
    if (record.segment > 0) weights = weights * earlierSegments(record, begin, end);
    return weights / weights.sum(-1, /*keepdim=*/true).clamp_min(kLeastSum);
}

at::Tensor favorRows(const AttentionRecord& record, std::int64_t begin, std::int64_t end)
{
    const double root = std::sqrt(record.scale);
    const at::Tensor directions = record.features.to(at::kFloat).t(); // [d,m]
    const auto exponents = [&](const at::Tensor& x) {
        const at::Tensor scaled = x.to(at::kFloat) * root;
        return at::matmul(scaled, directions) - scaled.square().sum(-1, /*keepdim=*/true) / 2;
    };
    const at::Tensor q = exponents(record.q.slice(2, begin, end)), k = exponents(record.k);
    const at::Tensor weights = at::matmul((q - q.amax(-1, /*keepdim=*/true)).exp(),
                                          (k - k.amax({-2, -1}, /*keepdim=*/true)).exp().transpose(-2, -1));
    return weights / weights.sum(-1, /*keepdim=*/true).clamp_min(kLeastSum);
}

at::Tensor deltaRows(const AttentionRecord& record, std::int64_t begin, std::int64_t end)
{
    if (record.segment < 1) throw Error(ErrorCode::Internal, "delta rule", "needs segments");
    const at::Tensor q = kernelFeatures(record.q.to(at::kFloat)), keys = writtenKeys(record);
    std::vector<at::Tensor> parts;
    for (std::int64_t from = begin; from < end;) {
        const std::int64_t segment = from / record.segment, to = std::min(end, (segment + 1) * record.segment);
        parts.push_back(deltaRowsOf(q.slice(2, from, to), keys, segment, record.segment));
        from = to;
    }
    return parts.empty() ? at::zeros({q.size(0), q.size(1), 0, keys.size(2)}, q.options()) : at::cat(parts, 2);
}

} // namespace headlens
