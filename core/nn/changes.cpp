// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/changes.h"

#include "core/base/error.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <string>
#include <utility>

namespace headlens {
namespace {

constexpr double kForbidden = -std::numeric_limits<double>::infinity();

void requirePlace(const char* what, std::int64_t place, std::int64_t count)
{
    if (place < 0 || place >= count)
        throw Error(ErrorCode::BadRequest, what + (" " + std::to_string(place)), "does not exist",
                    "choose from 0 to " + std::to_string(count - 1));
}

// [n] int64 of places that exist; all of them where none is named.
at::Tensor placesFrom(const std::vector<std::int64_t>& places, std::int64_t count)
{
    if (places.empty()) return at::arange(count, at::kLong);
    for (const std::int64_t place : places) requirePlace("token", place, count);
    return at::tensor(places, at::kLong);
}

// `terms` or zeros, as a tensor [B,H,Nq,Nk] of its own.
at::Tensor ownTerms(const at::Tensor& terms, const AttentionRecord& record, double usual)
{
    const std::vector<std::int64_t> shape{record.q.size(0), record.heads(), record.queries(), record.keys()};
    return terms.defined() ? terms.expand(shape).clone() : at::full(shape, usual, record.q.options());
}

// Of as many tokens; one for all of a batch, or one for each.
bool isLike(const at::Tensor& other, const at::Tensor& x)
{
    return other.dim() == x.dim() && other.sizes().slice(1) == x.sizes().slice(1) &&
           (other.size(0) == 1 || other.size(0) == x.size(0));
}

// `x` with the rows `tokens` (undefined: all) of `other`.
at::Tensor withRows(const at::Tensor& x, const at::Tensor& tokens, const at::Tensor& other)
{
    if (!isLike(other, x))
        throw Error(ErrorCode::BadRequest, "the other input", "has another number of tokens",
                    "choose one of the same size or length");
    const at::Tensor there = other.to(x.options());
    if (!tokens.defined()) return there.expand_as(x).clone(); // the pass may write into it
    const at::Tensor rows = tokens.to(x.device());
    return x.index_copy(1, rows, there.expand_as(x).index_select(1, rows));
}

} // namespace

void Changes::steer(int block, const at::Tensor& direction)
{
    at::Tensor& all = m_directions[block];
    all = all.defined() ? all + direction : direction;
}

bool Changes::looks(HookPoint point, int block) const
{
    switch (point) {
    case HookPoint::HeadOutputs: return m_heads.contains(block);
    case HookPoint::ResidualBefore: return m_residuals.contains(block);
    case HookPoint::ResidualAfter: return m_directions.contains(block);
    case HookPoint::AttentionOutput:
    case HookPoint::MlpOutput: return m_outputs.contains(block);
    default: return false;
    }
}

at::Tensor Changes::changed(HookPoint point, int block, const at::Tensor& x, std::int64_t heads) const
{
    if (point == HookPoint::HeadOutputs) return changedHeads(m_heads.at(block), x, heads);
    if (point == HookPoint::ResidualBefore) return changedResidual(m_residuals.at(block), x);
    if (point == HookPoint::ResidualAfter) return x + m_directions.at(block).to(x.options());
    return changedOutput(m_outputs.at(block), point, x);
}

Hooks Changes::hooks() const
{
    Hooks hooks;
    const auto heads = std::make_shared<std::map<int, std::int64_t>>(); // of every block, once its scores were seen
    if (!m_hidden.empty() || !m_edges.empty() || !m_heads.empty())
        hooks.scores = [this, heads](int block, AttentionRecord& record) {
            (*heads)[block] = record.heads();
            changeScores(block, record);
        };
    hooks.looks = [this](HookPoint point, int block) { return looks(point, block); };
    if (!m_heads.empty() || !m_residuals.empty() || !m_outputs.empty() || !m_directions.empty())
        hooks.activation = [this, heads](HookPoint point, int block, const at::Tensor& x) {
            return changed(point, block, x, point == HookPoint::HeadOutputs ? heads->at(block) : 0);
        };
    return hooks;
}

bool Changes::isEmpty() const
{
    return m_heads.empty() && m_edges.empty() && m_residuals.empty() && m_outputs.empty() && m_directions.empty() &&
           m_hidden.empty();
}

int Changes::firstBlock() const
{
    if (!m_hidden.empty()) return 0;
    int first = std::numeric_limits<int>::max();
    const auto look = [&first](const auto& byBlock) {
        if (!byBlock.empty()) first = std::min(first, byBlock.begin()->first);
    };
    look(m_heads);
    look(m_edges);
    look(m_residuals);
    look(m_outputs);
    look(m_directions);
    return first;
}

void Changes::changeScores(int block, AttentionRecord& record) const
{
    if (!m_hidden.empty()) {
        const at::Tensor keys = placesFrom(m_hidden, record.keys()).to(record.q.device());
        const at::Tensor hidden =
            at::zeros({1, 1, 1, record.keys()}, record.q.options()).index_fill(3, keys, kForbidden);
        const at::Tensor all = hidden.expand({record.q.size(0), 1, record.queries(), record.keys()});
        record.mask = record.mask.defined() ? record.mask + all : all.contiguous();
    }
    if (const auto hit = m_edges.find(block); hit != m_edges.end()) cutIn(record, hit->second);
}

void Changes::cutIn(AttentionRecord& record, const std::vector<Edge>& edges) const
{
    bool ownsBias = false, ownsEdges = false;
    for (const Edge& edge : edges) {
        requirePlace("head", edge.head, record.heads());
        const bool before = edge.how == EdgeCut::BeforeSoftmax;
        at::Tensor& terms = before ? record.bias : record.edges;
        if (bool& owned = before ? ownsBias : ownsEdges; !std::exchange(owned, true))
            terms = ownTerms(terms, record, before ? 0 : 1);
        const at::Tensor queries = placesFrom(edge.queries, record.queries()),
                         keys = placesFrom(edge.keys, record.keys());
        const at::Tensor cut = at::zeros({record.queries(), record.keys()}, at::kBool);
        cut.index_put_({queries.unsqueeze(1), keys.unsqueeze(0)}, at::ones({}, at::kBool));
        terms.select(1, edge.head).masked_fill_(cut.to(terms.device()), before ? kForbidden : 0.0);
    }
}

at::Tensor Changes::changedHeads(const std::vector<Head>& heads, const at::Tensor& mixed, std::int64_t count) const
{
    at::Tensor changed = mixed.clone();
    const std::int64_t size = mixed.size(-1) / count;
    for (const Head& head : heads) {
        requirePlace("head", head.head, count);
        const auto its = [&](const at::Tensor& all) { return all.narrow(-1, head.head * size, size); };
        const at::Tensor own = its(changed);
        const bool fits = head.from.defined() && isLike(head.from, mixed);
        if (head.isMean) // over all windows as well
            own.copy_(own.mean(std::vector<std::int64_t>{0, 1}, /*keepdim=*/true).expand_as(own).clone());
        else if (head.otherwise.defined() && !fits)
            own.copy_(its(head.otherwise).to(own.options()).expand_as(own));
        else if (head.from.defined())
            own.copy_(withRows(own, head.tokens, its(head.from)));
        else
            own.mul_(head.factor);
    }
    return changed;
}

at::Tensor Changes::changedResidual(const std::vector<Residual>& patches, const at::Tensor& x) const
{
    at::Tensor changed = x;
    for (const Residual& patch : patches) changed = withRows(changed, patch.tokens, patch.hidden);
    return changed;
}

at::Tensor Changes::changedOutput(const std::vector<Output>& outputs, HookPoint point, const at::Tensor& x) const
{
    at::Tensor changed = x;
    for (const Output& output : outputs) {
        if (output.point != point) continue;
        changed = output.from.defined() ? withRows(changed, output.tokens, output.from) : changed * output.factor;
    }
    return changed;
}

} // namespace headlens
