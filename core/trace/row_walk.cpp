// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/row_walk.h"

#include "core/trace/measured_rows.h"
#include "core/trace/readers.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

// Weights at a time: some milliseconds on one core.
constexpr std::int64_t kWeights = 1 << 20;

at::Tensor realTokens(const AttentionRecord& record)
{
    constexpr double kForbidden = -1e4;
    if (!record.mask.defined() || record.windows) return {};
    return (record.mask[0].amax({0, 1}) > kForbidden).to(at::kFloat);
}

} // namespace

void RunningMean::add(const at::Tensor& values, const at::Tensor& counts)
{
    const at::Tensor sum = (values * counts).sum(-1, false, at::kDouble), count = counts.sum(-1, false, at::kDouble);
    m_sum = m_sum.defined() ? m_sum + sum : sum;
    m_count = m_count.defined() ? m_count + count : count;
}

at::Tensor RunningMean::mean(std::int64_t heads) const
{
    return m_sum.defined() ? m_sum / m_count : at::full({heads}, std::nan(""), at::kDouble);
}

at::Tensor patchesIn(const std::vector<std::int64_t>& patches, std::int64_t begin, std::int64_t end)
{
    std::vector<float> real;
    for (std::int64_t i = begin; i < end; ++i) real.push_back(patches[std::size_t(i)] >= 0 ? 1.0F : 0.0F);
    return at::tensor(real);
}

RowWalk::RowWalk(const AttentionRecord& record, const BlockMap& map)
    : m_record(record), m_map(map), m_isLine(map.grid.rows == 0),
      m_sameTokens((record.kind == AttentionKind::Self || record.kind == AttentionKind::Memory) &&
                   record.queryStream == record.keyStream && record.queries() == record.keys()),
      m_isShare(record.rule != MapRule::Delta),
      m_hasDistance(m_isShare && m_sameTokens &&
                    (m_isLine ? !record.windows && !record.tokens.defined() : record.kind == AttentionKind::Self)),
      m_first(firstKey())
{
    if (m_isLine) m_map = {0, {1, int(record.keys()), 0}};
    if (m_sameTokens) m_real = realTokens(record);
}

std::int64_t RowWalk::firstKey() const
{
    const int before = m_isLine ? int(m_record.keys()) : m_map.prefix;
    if (before == 0 || m_record.windows || m_record.kind == AttentionKind::LowRank) return -1; // mixtures
    if (!m_record.tokens.defined()) return 0;
    const at::Tensor hit = m_record.tokens.eq(0).nonzero();
    return hit.size(0) == 0 ? -1 : hit[0][0].item<std::int64_t>();
}

at::Tensor RowWalk::countedOf(const at::Tensor& probs, const std::vector<std::int64_t>& patches, std::int64_t begin,
                              std::int64_t end) const
{
    at::Tensor all = (probs.abs().sum(-1) > 0).to(at::kFloat); // [H,n]: who reads nothing does not count
    if (m_real.defined()) all = all * m_real.slice(0, begin, end).to(all.device());
    if (m_record.windows) all = all * patchesIn(patches, begin, end).to(all.device());
    return all;
}

void RowWalk::walk(const std::function<void()>& between, const std::function<void(const RowChunk&)>& visit) const
{
    const std::int64_t rows = std::clamp<std::int64_t>(kWeights / (m_record.heads() * m_record.keys()), 1, kQueryChunk);
    const std::int64_t entries = m_record.windows ? m_record.windows->windows() : 1;
    for (std::int64_t entry = 0; entry < entries; ++entry) {
        const AttentionRecord one = batchEntry(m_record, entry);
        const std::vector<std::int64_t> patches = keyPatches(m_record, m_map, entry);
        for (std::int64_t begin = 0; begin < one.queries(); begin += rows) {
            between();
            const std::int64_t end = std::min(begin + rows, one.queries());
            const at::Tensor probs = attentionRows(one, begin, end)[0];
            visit({one, patches, entry, begin, end, probs, countedOf(probs, patches, begin, end)});
        }
    }
}

} // namespace headlens
