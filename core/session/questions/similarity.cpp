// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/questions/questions.h"

#include "core/base/error.h"
#include "core/session/forward_pass.h"
#include "core/tensors/bridge.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include <cmath>

namespace headlens::questions {

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

verbs::Cosines similarity(const OpenedModel& model, const verbs::SimilarityQuestion& asked, const JobControl& control)
{
    const c10::InferenceMode inference;
    const ModelFacts& facts = model.facts();
    if (!facts.text.reads || asked.texts.empty())
        throw Error(ErrorCode::BadRequest, "similarity", "needs a model that reads text, and texts to compare");
    model.requireTokenizer();
    std::vector<at::Tensor> features;
    for (std::size_t i = 0; i < asked.texts.size(); ++i) {
        control.checkpoint(int(i), int(asked.texts.size()), "forward");
        verbs::SetInput text;
        text.text = asked.texts[i];
        ModelInput in = readText(text, model.tokenizers(), facts, model.info.path).input;
        in.decoderInputIds = at::Tensor(); // the encoder alone
        ForwardOptions options;
        options.keep = {false, false};
        options.vocabularyScores = false;
        const auto outputs = compute(model, in, options, {}).outputs;
        at::Tensor feature;
        for (const char* name : {"encoder.last_hidden_state", "text.last_hidden_state", "last_hidden_state"})
            if (const auto hit = outputs.find(name); hit != outputs.end())
                feature = pooled(hit->second[0], model.loaded.pooling);
        if (const auto hit = outputs.find("text_embeds"); hit != outputs.end()) feature = hit->second[0];
        if (!feature.defined())
            throw Error(ErrorCode::BadRequest, "similarity", "this model gives no features of a text");
        feature = feature.to(at::kCPU, at::kFloat);
        features.push_back(feature / feature.norm().clamp_min(1e-12));
    }
    const at::Tensor all = at::stack(features);
    return {toArray(at::matmul(all, all.t()))};
}

} // namespace headlens::questions
