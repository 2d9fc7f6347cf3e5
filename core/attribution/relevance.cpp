// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/attribution/relevance.h"

#include "core/attribution/effective_map.h"
#include "core/attribution/grids.h"
#include "core/attribution/methods.h"
#include "core/attribution/needs.h"
#include "core/attribution/reduced_maps.h"
#include "core/attribution/settings.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <utility>

namespace headlens {
namespace {

// R without what stands for the token itself, rows of sum 1, and that again: (8) and (9). Rows without any stay empty.
at::Tensor normalised(const at::Tensor& r)
{
    const at::Tensor self = at::eye(r.size(0), r.options()), mixed = r - self, sums = mixed.sum(1, /*keepdim=*/true);
    return at::where(sums > 0, mixed / sums.clamp_min(1e-30), at::zeros_like(mixed)) + self;
}

// R of every pair of streams: how much the tokens of the second contribute to those of the first.
class Flow {
public:
    explicit Flow(const Trace& trace, const at::TensorOptions& like) : m_streams(trace.streams.size())
    {
        for (std::size_t s = 0; s < m_streams.size(); ++s) {
            m_streams[s].resize(m_streams.size());
            m_streams[s][s] = at::eye(trace.streams[s].tokens(), like);
        }
    }

    void pass(const AttentionRecord& block, const at::Tensor& weighted)
    {
        auto& asking = m_streams.at(std::size_t(block.queryStream));
        const auto& answering = m_streams.at(std::size_t(block.keyStream));
        std::vector<at::Tensor> spread;
        if (block.kind == AttentionKind::Cross) { // (10); what reached the keys from elsewhere comes along
            const at::Tensor carried = at::matmul(normalised(asking[std::size_t(block.queryStream)]).t(), weighted);
            for (std::size_t x = 0; x < answering.size(); ++x) {
                const bool own = int(x) == block.keyStream;
                const at::Tensor& from = answering[x];
                spread.push_back(!from.defined() ? at::Tensor() : at::matmul(carried, own ? normalised(from) : from));
            }
        } else { // (6), (7)
            for (const at::Tensor& from : answering)
                spread.push_back(from.defined() ? at::matmul(weighted, from) : at::Tensor());
        }
        if (block.kind == AttentionKind::Pool) { // a query of its own, without a past
            m_pooled[block.queryStream] = spread[std::size_t(block.keyStream)];
            return;
        }
        for (std::size_t x = 0; x < spread.size(); ++x)
            if (spread[x].defined()) asking[x] = asking[x].defined() ? asking[x] + spread[x] : spread[x];
    }

    // Adds what the rows of stream `s`, weighted by `shares` [n], got from every stream.
    void collect(int s, const at::Tensor& shares, std::vector<at::Tensor>& result) const
    {
        if (const auto pooled = m_pooled.find(s); pooled != m_pooled.end()) {
            result[std::size_t(s)] = pooled->second[0];
            return;
        }
        for (std::size_t x = 0; x < m_streams.size(); ++x) {
            at::Tensor r = m_streams[std::size_t(s)][x];
            if (!r.defined()) continue;
            if (int(x) == s) r = r - at::eye(r.size(0), r.options());
            const at::Tensor row = at::mv(r.t(), shares);
            result[x] = result[x].defined() ? result[x] + row : row;
        }
    }

private:
    std::vector<std::vector<at::Tensor>> m_streams; // [to][from] of [n,m]; undefined: nothing
    std::map<int, at::Tensor> m_pooled;             // [1,n] by stream
};

// How much the score reads each token of a tower's last features [n], sum 1; undefined where it reads none.
at::Tensor readingShares(const Trace& trace, const TokenStream& stream, const at::Tensor& score)
{
    const auto states = trace.hidden.find(stream.name);
    if (states == trace.hidden.end() || states->second.empty() || !states->second.back().requires_grad()) return {};
    const at::Tensor gradient = gradientsOf(score, {states->second.back()})[0];
    if (!gradient.defined()) return {};
    const at::Tensor norms = gradient[0].norm(2, -1), sum = norms.sum();
    return sum.item<double>() > 0 ? norms / sum : at::Tensor();
}

// The same as the published code has it: the row of the class token where the score reads that.
at::Tensor rowsOf(const at::Tensor& shares, const TokenStream& stream, GenericRules::Rows rows)
{
    const bool readsClass = shares[0].item<double>() > 0 && (stream.prefix > 0 || stream.gridHeight == 0);
    if (rows == GenericRules::Rows::AsRead || !readsClass) return shares;
    at::Tensor chosen = at::zeros_like(shares);
    if (rows == GenericRules::Rows::Class)
        chosen[0].fill_(1);
    else // of every special token that is read: the class token and that of distillation
        chosen.slice(0, 0, std::max<std::int64_t>(1, stream.prefix))
            .copy_((shares.slice(0, 0, std::max<std::int64_t>(1, stream.prefix)) > 0).to(shares.options()));
    return chosen / chosen.sum();
}

// The number of a block among those of its tower and kind, and how many there are.
std::pair<int, int> depthOf(const Trace& trace, std::size_t block)
{
    const AttentionRecord& own = trace.blocks[block];
    int depth = 0, count = 0;
    for (std::size_t i = 0; i < trace.blocks.size(); ++i) {
        const bool alike = trace.blocks[i].tower == own.tower && trace.blocks[i].kind == own.kind;
        count += alike ? 1 : 0;
        depth += alike && i < block ? 1 : 0;
    }
    return {depth, count};
}

bool isCarried(const Trace& trace, std::size_t block, const GenericRules& rules)
{
    const auto [depth, count] = depthOf(trace, block);
    const int start = trace.blocks[block].tower == "text" ? rules.textStart : rules.start;
    return depth >= (start < 0 ? count + start : start);
}

} // namespace

at::Tensor weightedMap(const at::Tensor& map, const at::Tensor& gradient)
{
    return gradient.defined() ? (map.detach() * gradient).clamp_min(0).mean(1) : at::Tensor();
}

std::vector<StreamRelevance> relevance(const Trace& trace, const std::vector<at::Tensor>& weighted,
                                       const at::Tensor& score, const GenericRules& rules)
{
    Flow flow(trace, score.options().requires_grad(false));
    for (std::size_t i = 0; i < weighted.size(); ++i)
        if (weighted[i].defined() && isCarried(trace, i, rules)) flow.pass(trace.blocks.at(i), weighted[i][0]);
    std::vector<StreamRelevance> found(trace.streams.size());
    std::vector<at::Tensor> rows(trace.streams.size());
    for (std::size_t s = 0; s < trace.streams.size(); ++s) {
        const bool isRead = std::ranges::any_of(trace.blocks, [&](const AttentionRecord& block) {
            return block.kind == AttentionKind::Cross && block.keyStream == int(s); // another stream speaks for it
        });
        const at::Tensor shares = isRead ? at::Tensor() : readingShares(trace, trace.streams[s], score);
        if (!shares.defined()) continue;
        found[s].shares = rowsOf(shares, trace.streams[s], rules.rows);
        flow.collect(int(s), found[s].shares, rows);
    }
    for (std::size_t s = 0; s < rows.size(); ++s) found[s].relevance = rows[s];
    return found;
}

namespace {

GenericRules rulesFrom(const Settings& settings, bool isDualEncoder)
{
    const std::string query = settings.value("query");
    GenericRules rules;
    rules.rows = query == "cls"     ? GenericRules::Rows::Class
                 : query == "heads" ? GenericRules::Rows::Specials
                                    : GenericRules::Rows::AsRead;
    rules.start = int(settings.whole("start"));
    if (isDualEncoder) { // the authors take the last layer alone for CLIP
        if (!settings.isGiven("start")) rules.start = -1;
        rules.textStart = int(settings.whole("text_start"));
    } else {
        rules.textStart = rules.start;
    }
    return rules;
}

// Through windows and stages: nothing is halved, and the mean of the last tokens, which the classifier takes.
MethodResult throughWindows(const ReducedMaps& maps, const GenericRules& rules)
{
    if (rules.start != 0)
        throw Error(ErrorCode::BadRequest, "start", "is not defined through windows", "leave it at 0");
    MethodResult result;
    result.map = effectiveMap(maps.trace, int(maps.trace.blocks.size()) - 1, -1, [&](std::size_t block) {
        return StageMixing{maps.of[block], 1, true};
    });
    result.streams = {result.map.flatten()};
    result.parts["display"] = stretched(result.map);
    return result;
}

// Words between the first and the last special token, as a share of what they have together.
at::Tensor wordShares(const at::Tensor& tokens, const at::Tensor& shares)
{
    const std::int64_t end = shares.argmax().item<std::int64_t>();
    const at::Tensor words = tokens.slice(0, 1, std::max<std::int64_t>(1, end));
    return words / words.sum();
}

void addStream(MethodResult& result, const TokenStream& stream, const StreamRelevance& found)
{
    const std::string prefix = stream.name.empty() ? "" : stream.name + ".";
    if (!found.relevance.defined()) return;
    const at::Tensor tokens = found.shares.defined() ? found.relevance + found.shares : found.relevance;
    result.parts[prefix + "tokens"] = tokens;
    result.parts[prefix + "relevance"] = found.relevance;
    if (const at::Tensor map = patchesOf(found.relevance, stream); map.defined()) {
        result.parts[prefix + "map"] = map;
        result.parts[prefix + "display"] = stretched(map);
    } else if (stream.name == "text" && found.shares.defined()) {
        result.parts[prefix + "display"] = wordShares(tokens, found.shares);
    }
}

MethodResult relevanceOf(const Run& run, const verbs::MapQuestion& asked, const JobControl& control)
{
    const Settings settings(methods::relevance, asked);
    const ScoredModel model(run, asked.score, control);
    const ReducedMaps maps = reducedMaps(model, {weightedMap, kWeightedBytes});
    const GenericRules rules = rulesFrom(settings, model.isDualEncoder());
    const Trace& trace = maps.trace;
    MethodResult result;
    if (trace.blocks.front().windows) {
        result = throughWindows(maps, rules);
    } else {
        const std::vector<StreamRelevance> found = relevance(trace, maps.of, maps.score, rules);
        for (std::size_t s = 0; s < found.size(); ++s) {
            addStream(result, trace.streams[s], found[s]);
            result.streams.push_back(found[s].relevance);
        }
        if (model.isDualEncoder() && model.said().target > 0)
            result.streams.at(1) = at::Tensor(); // words of another text than shown
    }
    result.explained = model.said();
    result.explained.remark = maps.remark;
    return result;
}

} // namespace

const Method methods::relevance{
    {.id = "chefer-generic",
     .title = HEADLENS_TEXT("Methods", "relevance for the answer"),
     .says = HEADLENS_TEXT("Methods", "Which tokens a score rests on: attention weighted by its gradient and carried "
                                      "through the layers (Chefer and others 2021)"),
     .caption =
         HEADLENS_TEXT("Methods", "What “%1” rests on: attention weighted by its gradient (Chefer and others 2021)"),
     .formula = "R ← R + E_h[(A ⊙ ∂y/∂A)⁺] R",
     .source = HEADLENS_TEXT("Methods", "Chefer, Gur and Wolf 2021 (ICCV), arXiv 2103.15679"),
     .unit = "score",
     .over = "run",
     .ofScore = true,
     .needsGradients = true,
     .settings = {kStartSetting,
                  {"text_start", HEADLENS_TEXT("Methods", "First block of the text"), {}, -999, 999, "-1"},
                  {"query",
                   HEADLENS_TEXT("Methods", "Row"),
                   {HEADLENS_TEXT("Methods", "cls"), HEADLENS_TEXT("Methods", "heads"),
                    HEADLENS_TEXT("Methods", "as read")},
                   0,
                   0,
                   "cls"}}},
    needsGradient,
    relevanceOf,
    costOfReducedMaps};

} // namespace headlens
