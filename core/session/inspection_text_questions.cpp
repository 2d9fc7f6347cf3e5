// SPDX-License-Identifier: GPL-3.0-or-later
// Questions about a text that ran: what every layer would say, one pair of tokens, positions, likeness to a picture.
#include "core/base/error.h"
#include "core/session/generation.h"
#include "core/session/inspection_state.h"
#include "core/tensors/bridge.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include <cmath>

namespace headlens {
verbs::Lens Inspection::lens(const verbs::LensQuestion& request) const
{
    const c10::InferenceMode inference;
    const TokenStream& stream = m_state->streamOf(request.stream);
    const auto states = m_state->input().result.trace.hidden.find(stream.name);
    const TransformerModel& model = *m_state->model().loaded.model;
    verbs::Lens lens;
    if (states == m_state->input().result.trace.hidden.end()) return lens;
    const std::int64_t token = request.token < 0 ? stream.tokens() - 1 : request.token;
    if (token >= stream.tokens())
        throw Error(ErrorCode::BadRequest, "token " + std::to_string(token),
                    "there are " + std::to_string(stream.tokens()));
    for (std::size_t layer = 0; layer < states->second.size(); ++layer) {
        const at::Tensor scores = model.vocabularyScores(states->second[layer][0][token]);
        if (!scores.defined()) return {};
        lens.layers.push_back({int(layer), bestOf(scores, request.shown, m_state->writtenTokenizer())});
    }
    return lens;
}

verbs::Pair Inspection::pair(const verbs::PairQuestion& request) const
{
    const c10::InferenceMode inference;
    const AttentionRecord one = batchEntry(m_state->block(request.layer), 0);
    if (request.head < 0 || request.head >= one.heads() || request.query < 0 || request.query >= one.queries() ||
        request.key < 0 || request.key >= one.keys())
        throw Error(ErrorCode::BadRequest, "pair", "head, query or key does not exist in this layer");
    if (one.through.defined())
        throw Error(ErrorCode::BadRequest, "pair", "is not shown for the product of two maps",
                    "look at the two maps it is made of");
    if (one.windows)
        throw Error(ErrorCode::BadRequest, "pair", "is not shown for windowed attention",
                    "choose a layer without windows");
    if (one.rule != MapRule::Softmax)
        throw Error(ErrorCode::BadRequest, "pair", "is shown for softmax attention, and this block weighs otherwise",
                    "open the dock Formula, which shows its row in numbers");
    const auto number = [&](const at::Tensor& t, std::int64_t key) {
        if (!t.defined()) return 0.0;
        const at::Tensor head = t[0][t.size(1) > 1 ? request.head : 0];
        return head[head.size(0) > 1 ? request.query : 0][key].item<double>();
    };
    const at::Tensor q = one.q[0][request.head][request.query].to(at::kCPU, at::kFloat);
    const at::Tensor keys = one.k[0][request.head].to(at::kCPU, at::kFloat); // [Nk,d]
    at::Tensor scores = at::mv(keys, q).to(at::kDouble) * one.scale;
    for (const at::Tensor& added : {one.bias, one.mask})
        if (added.defined()) {
            const at::Tensor head = added[0][added.size(1) > 1 ? request.head : 0].to(at::kCPU);
            scores = scores + head[head.size(0) > 1 ? request.query : 0].to(at::kDouble);
        }
    verbs::Pair pair;
    pair.of = request;
    pair.dot = at::dot(q, keys[request.key]).item<double>();
    pair.scale = one.scale;
    pair.bias = number(one.bias, request.key);
    pair.mask = number(one.mask, request.key);
    pair.masked = pair.mask < -1e4;
    pair.score = scores[request.key].item<double>();
    pair.highest = scores.max().item<double>();
    pair.sum = (scores - pair.highest).exp().sum().item<double>();
    pair.weight = std::exp(pair.score - pair.highest) / pair.sum;
    pair.query = toFloats(q);
    pair.key = toFloats(keys[request.key]);
    return pair;
}

verbs::Positions Inspection::positions(const verbs::PositionsQuestion& request) const
{
    const c10::InferenceMode inference;
    const TokenStream& stream = m_state->streamOf(request.stream);
    const PositionTable table = m_state->model().loaded.model->positionTable(stream);
    verbs::Positions answer;
    answer.kind = table.kind;
    if (table.rows.defined()) {
        const at::Tensor rows = table.rows.to(at::kCPU, at::kFloat).contiguous();
        answer.rows = int(rows.size(0));
        answer.width = int(rows.size(1));
        answer.table = toArray(rows);
        const at::Tensor unit = rows / rows.norm(2, -1, /*keepdim=*/true).clamp_min(1e-12);
        answer.similarity = toArray(at::matmul(unit, unit.t()));
    }
    const AttentionRecord& record = m_state->block(request.layer);
    if (record.bias.defined() && record.bias.size(0) == 1 && !record.windows && stream.gridHeight == 0 &&
        record.bias.size(2) == record.bias.size(3)) {
        const at::Tensor bias = record.bias[0].to(at::kCPU, at::kFloat); // [H,n,n]
        const std::int64_t n = bias.size(1);
        // The last row holds distances -(n-1)..0, the first one 0..n-1.
        answer.bias = toArray(at::cat({bias.select(1, n - 1), bias.select(1, 0).slice(1, 1)}, 1));
    }
    return answer;
}

namespace {

// One vector [D] of the tokens [N,D] of a text (sentence-transformers' pooling).
at::Tensor pooled(const at::Tensor& tokens, Pooling pooling)
{
    switch (pooling) {
    case Pooling::First: return tokens.select(0, 0);
    case Pooling::Largest: return std::get<0>(tokens.max(0));
    case Pooling::MeanBySqrt: return tokens.sum(0) / std::sqrt(double(tokens.size(0)));
    case Pooling::Mean: return tokens.mean(0);
    case Pooling::Unknown: break;
    }
    throw Error(ErrorCode::UnsupportedModel, "similarity",
                "this model pools its tokens in a way that this version does not know",
                "choose one that takes the first token, the mean or the maximum");
}

} // namespace

verbs::Cosines Inspection::similarity(const verbs::SimilarityQuestion& request, const JobControl& control) const
{
    const c10::InferenceMode inference;
    const ModelFacts& facts = m_state->model().loaded.model->facts();
    if (!facts.text.reads || request.texts.empty())
        throw Error(ErrorCode::BadRequest, "similarity", "needs a model that reads text, and texts to compare");
    tokenizer();
    std::vector<at::Tensor> features;
    for (std::size_t i = 0; i < request.texts.size(); ++i) {
        control.checkpoint(int(i), int(request.texts.size()), "forward");
        verbs::SetInput asked;
        asked.text = request.texts[i];
        ModelInput in = readText(asked, m_state->tokenizers(), facts, m_state->model().info.path).input;
        in.writtenIds = at::Tensor(); // the encoder alone
        ForwardOptions options;
        options.keep = {false, false};
        options.vocabularyScores = false;
        const auto outputs = m_state->compute(in, options, {}).outputs;
        at::Tensor feature;
        for (const char* name : {"encoder.last_hidden_state", "text.last_hidden_state", "last_hidden_state"})
            if (const auto hit = outputs.find(name); hit != outputs.end())
                feature = pooled(hit->second[0], m_state->model().loaded.pooling);
        if (const auto hit = outputs.find("text_embeds"); hit != outputs.end()) feature = hit->second[0];
        if (!feature.defined())
            throw Error(ErrorCode::BadRequest, "similarity", "this model gives no features of a text");
        feature = feature.to(at::kCPU, at::kFloat);
        features.push_back(feature / feature.norm().clamp_min(1e-12));
    }
    const at::Tensor all = at::stack(features);
    return {toArray(at::matmul(all, all.t()))};
}

verbs::PatchHeat Inspection::pictureHeat(const verbs::PictureHeat& request) const
{
    const c10::InferenceMode inference;
    const State::Ran& ran = m_state->input();
    const auto& outputs = ran.result.outputs;
    const auto texts = outputs.find("text_embeds");
    if (!ran.result.patchEmbeds.defined() || texts == outputs.end())
        throw Error(ErrorCode::BadRequest, "text on the picture", "needs a model that compares texts with pictures",
                    "open a CLIP or SigLIP model with a picture and a text");
    if (request.candidate < 0 || request.candidate >= texts->second.size(0))
        throw Error(ErrorCode::BadRequest, "text " + std::to_string(request.candidate),
                    "there are " + std::to_string(texts->second.size(0)));
    const verbs::InputInfo& info = ran.info;
    const at::Tensor cosine = at::mv(ran.result.patchEmbeds[0], texts->second[request.candidate]);
    return {toArray(cosine.view({info.gridHeight, info.gridWidth}))};
}

} // namespace headlens
