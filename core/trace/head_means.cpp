// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/head_means.h"

#include "core/trace/measured_rows.h"
#include "core/trace/readers.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace headlens {
namespace {

// Weights at a time: some milliseconds on one core.
constexpr std::int64_t kWeights = 1 << 20;

// The mean of numbers that come in parts, each with a weight of 1 or 0.
class RunningMean {
public:
    void add(const at::Tensor& values, const at::Tensor& counts) // [H,n] both
    {
        const at::Tensor sum = (values * counts).sum(-1, false, at::kDouble),
                         count = counts.sum(-1, false, at::kDouble);
        m_sum = m_sum.defined() ? m_sum + sum : sum;
        m_count = m_count.defined() ? m_count + count : count;
    }
    at::Tensor mean(std::int64_t heads) const // [H]; nothing of nothing is nan
    {
        return m_sum.defined() ? m_sum / m_count : at::full({heads}, std::nan(""), at::kDouble);
    }

private:
    at::Tensor m_sum, m_count; // [H]
};

// The heads of one block, window by window and chunk by chunk.
class HeadCount {
public:
    HeadCount(const AttentionRecord& record, const BlockMap& map) : m_record(record), m_map(map)
    {
        const bool line = map.grid.rows == 0;
        m_sameTokens = (record.kind == AttentionKind::Self || record.kind == AttentionKind::Memory) &&
                       record.queryStream == record.keyStream && record.queries() == record.keys();
        m_isShare = record.rule != MapRule::Delta;
        m_hasDistance = m_isShare && m_sameTokens &&
                        (line ? !record.windows && !record.tokens.defined() : record.kind == AttentionKind::Self);
        if (line) m_map = {0, {1, int(record.keys()), 0}};
        if (m_sameTokens) m_real = realTokens(record);
        m_first = firstToken(line ? int(record.keys()) : map.prefix);
    }
    HeadMeans count(const std::function<void()>& between)
    {
        const std::int64_t rows =
            std::clamp<std::int64_t>(kWeights / (m_record.heads() * m_record.keys()), 1, kQueryChunk);
        const std::int64_t entries = m_record.windows ? m_record.windows->windows() : 1;
        for (std::int64_t entry = 0; entry < entries; ++entry) {
            const AttentionRecord one = batchEntry(m_record, entry);
            const std::vector<std::int64_t> patches = keyPatches(m_record, m_map, entry);
            for (std::int64_t begin = 0; begin < one.queries(); begin += rows) {
                between();
                addRows(one, patches, begin, std::min(begin + rows, one.queries()));
            }
        }
        const std::int64_t heads = m_record.heads();
        return {m_entropy.mean(heads), m_distance.mean(heads), m_toFirst.mean(heads), m_toItself.mean(heads)};
    }

private:
    // Where the first special token (or word) stands among the keys; -1: there is none.
    std::int64_t firstToken(int before) const
    {
        if (before == 0 || m_record.windows || m_record.kind == AttentionKind::LowRank) return -1; // mixtures
        if (!m_record.tokens.defined()) return 0;
        const at::Tensor hit = m_record.tokens.eq(0).nonzero();
        return hit.size(0) == 0 ? -1 : hit[0][0].item<std::int64_t>();
    }
    // [N]: 0 for the padding of a text, which no query sees, 1 for others; undefined where there is no mask.
    static at::Tensor realTokens(const AttentionRecord& record)
    {
        constexpr double kForbidden = -1e4;
        if (!record.mask.defined() || record.windows) return {};
        return (record.mask[0].amax({0, 1}) > kForbidden).to(at::kFloat);
    }
    // [n]: 1 for the queries that are patches, 0 for special tokens and padding.
    static at::Tensor patchesIn(const std::vector<std::int64_t>& patches, std::int64_t begin, std::int64_t end)
    {
        std::vector<float> real;
        for (std::int64_t i = begin; i < end; ++i) real.push_back(patches[std::size_t(i)] >= 0 ? 1.0F : 0.0F);
        return at::tensor(real);
    }
    void addRows(const AttentionRecord& one, const std::vector<std::int64_t>& patches, std::int64_t begin,
                 std::int64_t end)
    {
        const at::Tensor probs = attentionRows(one, begin, end)[0]; // [H,n,m]
        at::Tensor all = (probs.abs().sum(-1) > 0).to(at::kFloat);  // [H,n]: who reads nothing does not count
        if (m_real.defined()) all = all * m_real.slice(0, begin, end).to(all.device());
        if (m_record.windows) all = all * patchesIn(patches, begin, end).to(all.device());
        if (m_isShare) m_entropy.add(measuredRows(probs, Overview::Entropy, {}, begin, 0), all);
        if (m_hasDistance)
            m_distance.add(measuredRows(probs, Overview::Distance, patches, begin, m_map.grid.columns),
                           all * patchesIn(patches, begin, end).to(all.device()));
        if (m_first >= 0) m_toFirst.add(probs.select(-1, m_first), all);
        if (m_sameTokens) m_toItself.add(probs.diagonal(begin, 1, 2), all);
    }

    const AttentionRecord& m_record;
    BlockMap m_map;
    bool m_sameTokens = false, m_isShare = true, m_hasDistance = false;
    std::int64_t m_first = -1;
    at::Tensor m_real; // [N]: as realTokens()
    RunningMean m_entropy, m_distance, m_toFirst, m_toItself;
};

} // namespace

HeadMeans headMeans(const AttentionRecord& record, const BlockMap& map, const std::function<void()>& between)
{
    return HeadCount(record, map).count(between);
}

} // namespace headlens
