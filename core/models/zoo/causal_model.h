// SPDX-License-Identifier: GPL-3.0-or-later
// A causal language model of ours around one stack of layers: everything but what its stack is told.
#pragma once

#include "core/models/loading.h"
#include "core/models/skeletons/uncached_decoder.h"

#include <functional>
#include <memory>
#include <utility>

namespace headlens {

// `Stack` visits its weights, runs ids [B,T] to features [B,T,D], and has a final norm and scores; `StackPass` is a
// Pass with `mask` and `states`.
template <class Stack, class StackPass>
class CausalModel : public TransformerModel {
public:
    template <class Config>
    CausalModel(const Config& config, ModelFacts facts) : m_stack(config), m_facts(std::move(facts))
    {
        m_facts.patch = m_facts.channels = 0;
        m_facts.outputs = {verbs::OutputKind::VocabularyScores};
    }

    void load(WeightBinder& binder)
    {
        m_stack.visit([&](const std::string& name, at::Tensor& weight, const Shape& shape) {
            weight = binder.take(name, shape);
        });
        binder.finish();
    }

    const ModelFacts& facts() const override { return m_facts; }

    ForwardResult run(const ModelInput& input, const ForwardOptions& options, const JobControl& control) const override
    {
        ForwardResult result;
        StackPass pass = passOf(options);
        pass.mask = input.mask;
        pass.trace = &result.trace;
        pass.states = &result.states;
        pass.keep = options.keep;
        pass.control = &control;
        pass.total = int(m_stack.config().layers);
        const at::Tensor x = m_stack.run(input.ids, pass);
        result.trace.streams.push_back({"", input.ids.size(1), 0, 0, 0});
        result.outputs["last_hidden_state"] = m_stack.finalNorm(x);
        if (options.vocabularyScores) result.outputs["logits"] = m_stack.scores(x);
        return result;
    }

    at::Tensor finalNorm(const at::Tensor& hidden) const override { return m_stack.finalNorm(hidden); }
    at::Tensor vocabularyScores(const at::Tensor& hidden) const override { return m_stack.scores(hidden); }

    std::unique_ptr<Writer> startGeneration(const ModelInput& input, const ForwardOptions& options) const override
    {
        const auto scores = [this, pass = passOf(options)](const at::Tensor& ids, const at::Tensor& mask) {
            return nextScores(ids, mask, pass);
        };
        return std::make_unique<UncachedDecoder>(scores, input.mask);
    }

    void eachParameter(const std::function<void(at::Tensor&)>& visit) override
    {
        m_stack.visit([&](const std::string&, at::Tensor& weight, const Shape&) { visit(weight); });
    }
    void packWeights(Precision) override {} // too small to gain from it

protected:
    // Switches and ablated heads, as the stack takes them.
    virtual StackPass passOf(const ForwardOptions& options) const = 0;

    // What comes behind ids [B,T]: scores [B,V]. `mask` [B,T] may be undefined.
    virtual at::Tensor nextScores(const at::Tensor& ids, const at::Tensor& mask, StackPass pass) const
    {
        pass.mask = mask;
        const at::Tensor x = m_stack.run(ids, pass);
        return m_stack.scores(x.select(1, x.size(1) - 1));
    }

    Stack m_stack;
    ModelFacts m_facts;
};

} // namespace headlens
