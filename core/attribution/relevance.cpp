// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/attribution/relevance.h"

#include "core/attribution/gradient_pass.h"
#include "core/attribution/methods.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>

#include <algorithm>
#include <utility>

namespace headlens {
namespace {

// Gradients of `score`; undefined where it does not depend on one.
std::vector<at::Tensor> gradientsOf(const at::Tensor& score, const std::vector<at::Tensor>& wanted)
{
    return torch::autograd::grad({score}, wanted, {}, /*retain_graph=*/true, /*create_graph=*/false,
                                 /*allow_unused=*/true);
}

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

// How much the score reads each token of a tower's last features [n], sum 1.
at::Tensor readingShares(const Trace& trace, const TokenStream& stream, const at::Tensor& score)
{
    const auto states = trace.hidden.find(stream.name);
    if (states == trace.hidden.end() || states->second.empty() || !states->second.back().requires_grad()) return {};
    const at::Tensor gradient = gradientsOf(score, {states->second.back()})[0];
    if (!gradient.defined()) return {};
    const at::Tensor norms = gradient[0].to(at::kFloat).norm(2, -1), sum = norms.sum();
    return sum.item<double>() > 0 ? norms / sum : at::Tensor();
}

bool isFollowed(const Trace& trace, std::size_t block)
{
    const AttentionRecord& own = trace.blocks[block];
    return std::any_of(
        trace.blocks.begin() + std::ptrdiff_t(block) + 1, trace.blocks.end(),
        [&](const AttentionRecord& other) { return other.tower == own.tower && other.kind == own.kind; });
}

} // namespace

at::Tensor weightedMap(const at::Tensor& map, const at::Tensor& gradient)
{
    return (map.detach() * gradient)[0].clamp_min(0).mean(0).to(at::kFloat);
}

std::vector<at::Tensor> relevance(const Trace& trace, const std::vector<at::Tensor>& maps, const at::Tensor& score,
                                  bool lastOnly)
{
    const std::vector<at::Tensor> gradients = gradientsOf(score, maps);
    Flow flow(trace, maps.at(0).options().dtype(at::kFloat).requires_grad(false));
    for (std::size_t i = 0; i < maps.size(); ++i)
        if (gradients[i].defined() && !(lastOnly && isFollowed(trace, i)))
            flow.pass(trace.blocks.at(i), weightedMap(maps[i], gradients[i]));
    std::vector<at::Tensor> result(trace.streams.size());
    for (std::size_t s = 0; s < trace.streams.size(); ++s) {
        const bool isRead = std::ranges::any_of(trace.blocks, [&](const AttentionRecord& block) {
            return block.kind == AttentionKind::Cross && block.keyStream == int(s); // another stream speaks for it
        });
        const at::Tensor shares = isRead ? at::Tensor() : readingShares(trace, trace.streams[s], score);
        if (shares.defined()) flow.collect(int(s), shares, result);
    }
    return result;
}

namespace {

MethodResult relevanceOf(const Run& run, const verbs::MapQuestion& asked, const JobControl& control)
{
    const GradientPass pass = passWithGradients(run, asked.score, control);
    MethodResult result;
    result.explained = pass.said;
    // The authors take the last layer alone for CLIP.
    result.streams = relevance(pass.result.trace, pass.maps, pass.score, /*lastOnly=*/pass.isDualEncoder);
    if (pass.isDualEncoder && asked.score.candidate > 0)
        result.streams.at(1) = at::Tensor(); // words of another text than shown
    return result;
}

} // namespace

const Method methods::relevance{
    {.id = "relevance",
     .title = HEADLENS_TEXT("Methods", "relevance for the answer"),
     .says = HEADLENS_TEXT("Methods", "Which tokens a score rests on: attention weighted by its gradient and carried "
                                      "through the layers (Chefer and others 2021)"),
     .caption =
         HEADLENS_TEXT("Methods", "What “%1” rests on: attention weighted by its gradient (Chefer and others 2021)"),
     .unit = "score",
     .over = "run",
     .ofScore = true,
     .needsGradients = true},
    refusesGradients,
    relevanceOf};

} // namespace headlens
