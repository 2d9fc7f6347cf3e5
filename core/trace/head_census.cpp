// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/head_census.h"

#include "core/trace/readers.h"
#include "core/trace/row_walk.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

namespace headlens {
namespace {

// The same block with one head that looks at every key alike that it may see: chance.
AttentionRecord uniformly(const AttentionRecord& one)
{
    AttentionRecord twin;
    twin.q = at::zeros({1, 1, one.queries(), 1}, one.q.options());
    twin.k = at::zeros({1, 1, one.keys(), 1}, one.q.options());
    if (!one.through.defined()) twin.mask = one.mask;
    twin.rowValid = one.rowValid;
    return twin;
}

// Which keys a number is the share of: weights [n,m] of the queries of a chunk, and whose queries count.
enum class Asking : std::uint8_t { All, Patches, WhoeverHasOne };
struct Share {
    HeadNumber number;
    at::Tensor of;
    Asking asking;
};

// Where the tokens of a picture, text or window stand.
class Places {
public:
    Places(const RowWalk& rows, const RowChunk& some, const TokenFacts& facts)
        : m_hasText(!facts.words.empty() && !some.record.windows)
    {
        const std::int64_t columns = rows.map().grid.columns, texts = std::int64_t(facts.words.size());
        const at::Tensor taken = some.record.tokens.defined() ? some.record.tokens.cpu() : at::Tensor();
        std::vector<std::int64_t> tokens, words;
        std::vector<double> x, y, real, inText, special;
        for (std::size_t i = 0; i < some.patches.size(); ++i) {
            const std::int64_t patch = std::max<std::int64_t>(0, some.patches[i]);
            const std::int64_t token = taken.defined()       ? taken.data_ptr<std::int64_t>()[i]
                                       : some.record.windows ? -2
                                                             : std::int64_t(i);
            const bool word = m_hasText && token < texts;
            tokens.push_back(token);
            words.push_back(word ? facts.words[std::size_t(token)] : -1);
            inText.push_back(word ? 1 : 0);
            real.push_back(some.patches[i] >= 0 ? 1 : 0);
            x.push_back(double(rows.isLine() ? patch : patch % columns));
            y.push_back(double(rows.isLine() ? 0 : patch / columns));
            const bool prefix = !rows.isLine() && token >= texts && token < rows.map().prefix;
            special.push_back(token == 0 || prefix ? 1 : 0);
        }
        m_tokens = at::tensor(tokens, at::kLong);
        m_words = at::tensor(words, at::kLong);
        m_before = placesBefore(tokens);
        const auto made = [](const std::vector<double>& t) { return at::tensor(t, at::kDouble); };
        m_x = made(x);
        m_y = made(y);
        m_real = made(real);
        m_inText = made(inText);
        m_special = made(special);
    }
    // Of the queries [begin,end).
    std::vector<Share> shares(const RowWalk& rows, const TokenFacts& facts, std::int64_t begin, std::int64_t end) const
    {
        std::vector<Share> all;
        const auto add = [&](HeadNumber number, const at::Tensor& of, Asking asking) {
            all.push_back({number, of.expand({end - begin, m_x.size(0)}), asking});
        };
        using enum HeadNumber;
        if (rows.hasDistance()) {
            const at::Tensor far = distances(begin, end);
            add(Near1, far.le(kReach) * m_real, Asking::Patches);
            add(Near2, far.le(1 + kReach) * m_real, Asking::Patches);
        }
        if (rows.first() >= 0) add(First, isToken(0), Asking::All);
        if (rows.sameTokens()) add(Itself, at::eye(m_x.size(0), at::kDouble).slice(0, begin, end), Asking::All);
        if (!rows.isShare()) return all;
        if (rows.first() >= 0) addOfSpecials(facts, add);
        if (m_hasText && rows.sameTokens()) addOfText(begin, end, add);
        return all;
    }
    at::Tensor distances(std::int64_t begin, std::int64_t end) const // [n,m] in patches or tokens
    {
        const auto apart = [&](const at::Tensor& t) { return t.slice(0, begin, end).unsqueeze(1) - t; };
        return (apart(m_x).square() + apart(m_y).square()).sqrt();
    }
    const at::Tensor& real() const { return m_real; } // [m]: 1 of patches, and of tokens of a line

private:
    static constexpr double kReach = 1.001; // of neighbours

    static at::Tensor placesBefore(const std::vector<std::int64_t>& tokens)
    {
        std::map<std::int64_t, std::int64_t> places;
        for (std::size_t i = 0; i < tokens.size(); ++i) places[tokens[i]] = std::int64_t(i);
        std::vector<std::int64_t> before;
        for (const std::int64_t token : tokens) {
            const auto hit = places.find(token - 1);
            before.push_back(hit == places.end() ? -1 : hit->second);
        }
        return at::tensor(before, at::kLong);
    }
    at::Tensor isToken(std::int64_t token) const { return m_tokens.eq(token).to(at::kDouble); }
    template <class Add>
    void addOfSpecials(const TokenFacts& facts, const Add& add) const
    {
        using enum HeadNumber;
        add(Sink, m_special, Asking::All);
        if (facts.cls >= 0) add(Cls, isToken(facts.cls), Asking::All);
        at::Tensor registers = at::zeros_like(m_x);
        for (const std::int64_t one : facts.registers) registers = registers + isToken(one);
        if (!facts.registers.empty()) add(Registers, registers, Asking::All);
    }
    template <class Add>
    void addOfText(std::int64_t begin, std::int64_t end, const Add& add) const
    {
        const auto queries = [&](const at::Tensor& t) { return t.slice(0, begin, end).unsqueeze(1); };
        const at::Tensor token = queries(m_tokens), word = queries(m_words);
        const at::Tensor previous = m_tokens.eq(token - 1) * m_inText * queries(m_inText);
        const at::Tensor same = m_words.eq(word) * word.ge(0) * m_tokens.ne(token); // [n,m]
        const at::Tensor before = same * m_tokens.lt(token);
        // Behind each of them, and before the query.
        const at::Tensor behind =
            before.index_select(1, m_before.clamp_min(0)) * m_before.ge(0) * m_tokens.lt(token) * m_inText;
        using enum HeadNumber;
        add(Previous, previous, Asking::WhoeverHasOne);
        add(SameWord, same, Asking::WhoeverHasOne);
        add(Duplicate, before, Asking::WhoeverHasOne);
        add(Induction, behind, Asking::WhoeverHasOne);
    }

    bool m_hasText;
    at::Tensor m_tokens, m_words;           // [m]: -2 in windows; -1 without a word
    at::Tensor m_before;                    // [m]: the key that is the token before; -1: none is
    at::Tensor m_x, m_y;                    // [m] in patches
    at::Tensor m_real, m_inText, m_special; // [m]: 0 or 1
};

at::Tensor entropyOf(const at::Tensor& probs) // over the last dimension, in nats
{
    return -(probs * probs.clamp_min(1e-30).log()).sum(-1);
}

class Counter {
public:
    Counter(const RowWalk& rows, const TokenFacts& facts) : m_rows(rows), m_facts(facts) {}

    void add(const RowChunk& some)
    {
        if (some.entry != m_entry) endEntry();
        m_entry = some.entry;
        if (!m_places) m_places.emplace(m_rows, some, m_facts);
        // The twin goes along as one head more.
        const at::Tensor twin = attentionRows(uniformly(some.record), some.begin, some.end)[0].to(some.probs.options());
        const at::Tensor probs = at::cat({some.probs, twin}), visible = twin[0].gt(0); // [H+1,n,m], [n,m]
        const at::Tensor all = at::cat({some.counted, some.counted.slice(0, 0, 1)});
        if (m_rows.isShare()) mean(HeadNumber::Entropy).add(entropyOf(probs), all);
        addShares(some, probs, all, visible);
        const at::Tensor row = (probs * all.unsqueeze(-1)).sum(1, false, at::kDouble); // [H+1,m]
        m_received = m_received.defined() ? m_received + row : row;
        m_queries += some.end - some.begin;
    }
    HeadCensus census(std::int64_t heads, double cell)
    {
        endEntry();
        std::vector<at::Tensor> columns;
        for (const RunningMean& one : m_means) columns.push_back(one.mean(heads + 1).cpu());
        const auto column = [&](HeadNumber number) -> at::Tensor& { return columns[std::size_t(number)]; };
        const at::Tensor& entropy = column(HeadNumber::Entropy);
        column(HeadNumber::Normalised) = entropy / entropy[heads];
        column(HeadNumber::Distance) = column(HeadNumber::Distance) * cell;
        const at::Tensor all = at::stack(columns, 1);
        return {all.slice(0, 0, heads), all[heads]};
    }

private:
    RunningMean& mean(HeadNumber number) { return m_means[std::size_t(number)]; }
    // All shares are one product of the rows with what they are shares of.
    void addShares(const RowChunk& some, const at::Tensor& probs, const at::Tensor& all, const at::Tensor& visible)
    {
        const std::vector<Share> shares = m_places->shares(m_rows, m_facts, some.begin, some.end);
        std::vector<at::Tensor> kernels;
        for (const Share& one : shares) kernels.push_back(one.of.to(probs.options()));
        if (m_rows.hasDistance()) {
            const at::Tensor real = m_places->real().expand({some.end - some.begin, probs.size(2)});
            kernels.push_back((m_places->distances(some.begin, some.end) * real).to(probs.options()));
            kernels.push_back(real.to(probs.options()));
        }
        if (kernels.empty()) return;
        const at::Tensor sums = at::bmm(probs.transpose(0, 1), at::stack(kernels, -1)).permute({2, 1, 0}); // [K,H+1,n]
        // Keys of another sequence have no patches of queries.
        const at::Tensor patches =
            m_rows.hasDistance() ? all * patchesIn(some.patches, some.begin, some.end).to(all.device()) : all;
        for (std::size_t i = 0; i < shares.size(); ++i) {
            const at::Tensor hasOne = (kernels[i].gt(0) * visible).any(-1).to(all.scalar_type()); // [n]
            const Asking asking = shares[i].asking;
            const at::Tensor counted = asking == Asking::All ? all : asking == Asking::Patches ? patches : all * hasOne;
            mean(shares[i].number).add(sums[std::int64_t(i)], counted);
        }
        if (!m_rows.hasDistance()) return;
        const auto last = std::int64_t(shares.size());
        mean(HeadNumber::Distance).add(sums[last] / sums[last + 1].clamp_min(1e-12), patches);
    }
    // How much the queries of one picture, text or window look at the same keys.
    void endEntry()
    {
        m_places.reset();
        if (!m_received.defined()) return;
        const at::Tensor row = std::exchange(m_received, {});
        const std::int64_t queries = std::exchange(m_queries, 0);
        const at::Tensor twin = row.select(0, row.size(0) - 1);
        const double keys = twin.gt(0).sum().item<double>();
        if (!m_rows.isShare() || queries < 2 || keys < 2) return;
        const at::Tensor shares = row / row.sum(-1, /*keepdim=*/true);
        const at::Tensor vertical = (1 - entropyOf(shares) / std::log(keys)).unsqueeze(1);
        mean(HeadNumber::Vertical).add(vertical, at::ones_like(vertical));
    }

    const RowWalk& m_rows;
    const TokenFacts& m_facts;
    std::array<RunningMean, kHeadNumbers> m_means;
    std::int64_t m_entry = 0, m_queries = 0;
    std::optional<Places> m_places; // of this entry
    at::Tensor m_received;          // [H+1,m]: sums of the rows of this entry
};

} // namespace

HeadCensus headCensus(const AttentionRecord& record, const BlockMap& map, const TokenFacts& facts,
                      const std::function<void()>& between)
{
    const RowWalk rows(record, map);
    Counter counter(rows, facts);
    rows.walk(between, [&](const RowChunk& some) { counter.add(some); });
    return counter.census(record.heads(), rows.isLine() || map.grid.cell == 0 ? 1 : double(map.grid.cell));
}

} // namespace headlens
