// SPDX-License-Identifier: GPL-3.0-or-later
// Interventions in a pass, as hooks: heads scaled or replaced by their mean, keys that nobody sees, edges that are cut,
// activations of another input, means of many, directions. Any number of them at once, in one set of hooks.
#pragma once

#include "core/nn/hooks.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <map>
#include <vector>

namespace headlens {

enum class EdgeCut : std::uint8_t {
    BeforeSoftmax, // the row is made up to 1 by the other keys
    AfterSoftmax,  // the row loses what it gave there
};

class Changes {
public:
    // What a head adds, times `factor` (0: nothing), before the output projection.
    void scaleHead(const HeadAddress& head, double factor)
    {
        m_heads[head.block].push_back({head.head, factor, false, {}, {}, {}});
    }
    // A head says everywhere what it says on average over all tokens of this input.
    void averageHead(const HeadAddress& head) { m_heads[head.block].push_back({head.head, 1, true, {}, {}, {}}); }
    // At `tokens` [n] int64 (undefined: everywhere) a head adds what it adds in `heads`, the output of all heads of
    // its block for another input of as many tokens.
    void patchHead(const HeadAddress& head, const at::Tensor& tokens, const at::Tensor& heads)
    {
        m_heads[head.block].push_back({head.head, 1, false, tokens, heads, {}});
    }
    // A head says what `byPlace` (as the output of all heads of its block) says at the same place; where that is
    // undefined or of another size, what `overall` [H*d] says.
    void setHead(const HeadAddress& head, const at::Tensor& byPlace, const at::Tensor& overall)
    {
        m_heads[head.block].push_back({head.head, 1, false, {}, byPlace, overall});
    }
    // What a block's attention or MLP adds to the residual, times `factor`; of both, the block does nothing.
    void scaleAttention(int block, double factor)
    {
        m_outputs[block].push_back({HookPoint::AttentionOutput, factor, {}, {}});
    }
    void scaleMlp(int block, double factor) { m_outputs[block].push_back({HookPoint::MlpOutput, factor, {}, {}}); }
    // What attention (AttentionOutput) or the MLP (MlpOutput) adds at `tokens` [n] int64 (undefined: everywhere) is
    // taken from `added` [1,N,D].
    void patchOutput(HookPoint point, int block, const at::Tensor& tokens, const at::Tensor& added)
    {
        m_outputs[block].push_back({point, 1, tokens, added});
    }
    // A direction [D] is added to what leaves a block, at every token; of several their sum.
    void steer(int block, const at::Tensor& direction);
    // No query of any block and head sees these keys any more. Of models with one sequence, without windows.
    void hideKeys(const std::vector<std::int64_t>& keys) { m_hidden.insert(m_hidden.end(), keys.begin(), keys.end()); }
    void cutEdge(const HeadAddress& head, std::int64_t query, std::int64_t key, EdgeCut how)
    {
        m_edges[head.block].push_back({head.head, {query}, {key}, how});
    }
    // From each of `queries` to each of `keys`; empty: all of them.
    void cutEdges(const HeadAddress& head, const std::vector<std::int64_t>& queries,
                  const std::vector<std::int64_t>& keys)
    {
        m_edges[head.block].push_back({head.head, queries, keys, EdgeCut::BeforeSoftmax});
    }
    // What enters `block` for `tokens` [n] int64 (undefined: everywhere) is taken from `hidden` [1,N,D].
    void patchResidual(int block, const at::Tensor& tokens, const at::Tensor& hidden)
    {
        m_residuals[block].push_back({tokens, hidden});
    }

    // Refers to this, which must outlive it and stays as it is. Throw Error(BadRequest) while the pass runs where heads
    // and tokens do not exist.
    Hooks hooks() const;
    int firstBlock() const; // nothing changes before it
    bool isEmpty() const;

private:
    struct Head {
        int head;
        double factor;
        bool isMean;
        at::Tensor tokens, from, otherwise; // undefined: it is scaled, or its own mean
    };
    struct Output {
        HookPoint point;
        double factor;
        at::Tensor tokens, from; // undefined: it is scaled
    };
    struct Edge {
        int head;
        std::vector<std::int64_t> queries, keys; // empty: all
        EdgeCut how;
    };
    struct Residual {
        at::Tensor tokens, hidden;
    };
    bool looks(HookPoint point, int block) const;
    at::Tensor changed(HookPoint point, int block, const at::Tensor& x, std::int64_t heads) const;
    void changeScores(int block, AttentionRecord& record) const;
    void cutIn(AttentionRecord& record, const std::vector<Edge>& edges) const;
    at::Tensor changedHeads(const std::vector<Head>& heads, const at::Tensor& mixed, std::int64_t count) const;
    at::Tensor changedResidual(const std::vector<Residual>& patches, const at::Tensor& x) const;
    at::Tensor changedOutput(const std::vector<Output>& outputs, HookPoint point, const at::Tensor& x) const;

    std::map<int, std::vector<Head>> m_heads; // by block
    std::map<int, std::vector<Edge>> m_edges;
    std::map<int, std::vector<Residual>> m_residuals;
    std::map<int, std::vector<Output>> m_outputs;
    std::map<int, at::Tensor> m_directions;
    std::vector<std::int64_t> m_hidden;
};

} // namespace headlens
