// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensors/relevance_rules.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

#include <utility>

namespace headlens {
namespace {

thread_local int t_depth = 0;
thread_local const std::function<void()>* t_between = nullptr;

void callBetween()
{
    if (t_between != nullptr && *t_between) (*t_between)();
}

using torch::autograd::AutogradContext;
using torch::autograd::Function;
using torch::autograd::variable_list;

// a / b with the published guard: 1e-9 away from zero, and 0 where b is exactly 0.
at::Tensor divided(const at::Tensor& a, const at::Tensor& b)
{
    constexpr double kGuard = 1e-9;
    const at::Tensor kept = b.clamp_min(kGuard) + b.clamp_max(kGuard);
    const at::Tensor safe = kept + (kept == 0).to(kept.scalar_type()) * kGuard;
    return a / safe * (b != 0).to(b.scalar_type());
}

struct LinearRule : Function<LinearRule> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x, const at::Tensor& weight)
    {
        context->save_for_backward({x, weight});
        return at::linear(x, weight);
    }
    static variable_list backward(AutogradContext* context, const variable_list& relevance)
    {
        const variable_list saved = context->get_saved_variables();
        const at::Tensor up = saved[0].clamp_min(0), down = saved[0].clamp_max(0);
        const at::Tensor plus = saved[1].clamp_min(0), minus = saved[1].clamp_max(0);
        callBetween();
        at::Tensor parts = at::linear(up, plus);
        callBetween();
        parts += at::linear(down, minus);
        callBetween();
        const at::Tensor share = divided(relevance[0], parts);
        at::Tensor handed = up * at::matmul(share, plus);
        callBetween();
        handed += down * at::matmul(share, minus);
        return {handed, at::Tensor()};
    }
};

struct MatmulRule : Function<MatmulRule> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& a, const at::Tensor& b)
    {
        at::Tensor y = at::matmul(a, b);
        context->save_for_backward({a, b, y});
        return y;
    }
    static variable_list backward(AutogradContext* context, const variable_list& relevance)
    {
        const variable_list saved = context->get_saved_variables();
        const at::Tensor &a = saved[0], &b = saved[1], share = divided(relevance[0], saved[2]);
        return {a * at::matmul(share, b.transpose(-2, -1)) / 2, b * at::matmul(a.transpose(-2, -1), share) / 2};
    }
};

struct SumRule : Function<SumRule> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& a, const at::Tensor& b)
    {
        context->save_for_backward({a, b});
        return a + b;
    }
    static variable_list backward(AutogradContext* context, const variable_list& relevance)
    {
        const variable_list saved = context->get_saved_variables();
        const at::Tensor share = divided(relevance[0], saved[0] + saved[1]);
        const at::Tensor a = saved[0] * share, b = saved[1] * share, ofA = a.sum(), ofB = b.sum(),
                         both = ofA.abs() + ofB.abs(), all = relevance[0].sum();
        return {a * divided(divided(ofA.abs(), both) * all, ofA), b * divided(divided(ofB.abs(), both) * all, ofB)};
    }
};

struct ProductRule : Function<ProductRule> {
    static at::Tensor forward(AutogradContext*, const at::Tensor& a, const at::Tensor& b) { return a * b; }
    static variable_list backward(AutogradContext*, const variable_list& relevance)
    {
        return {relevance[0] / 2, relevance[0] / 2};
    }
};

struct PassedRule : Function<PassedRule> {
    static at::Tensor forward(AutogradContext*, const at::Tensor&, const at::Tensor& y) { return y.clone(); }
    static variable_list backward(AutogradContext*, const variable_list& relevance)
    {
        return {relevance[0], at::Tensor()};
    }
};

struct MeanRule : Function<MeanRule> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x, std::int64_t dim)
    {
        context->save_for_backward({x});
        context->saved_data["dim"] = dim;
        return x.mean(dim);
    }
    static variable_list backward(AutogradContext* context, const variable_list& relevance)
    {
        const at::Tensor x = context->get_saved_variables()[0];
        const std::int64_t dim = context->saved_data["dim"].toInt();
        return {x * divided(relevance[0], x.sum(dim)).unsqueeze(dim), at::Tensor()};
    }
};

} // namespace

RelevanceRules::RelevanceRules(std::function<void()> between) : m_between(std::move(between)), m_outer(t_between)
{
    t_between = &m_between;
    ++t_depth;
}
RelevanceRules::~RelevanceRules()
{
    --t_depth;
    t_between = m_outer;
}
bool RelevanceRules::areOn()
{
    return t_depth > 0;
}

at::Tensor relevant::linear(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias)
{
    const at::Tensor y = LinearRule::apply(x, weight);
    return bias.defined() ? passed(y, y + bias) : y;
}
at::Tensor relevant::matmul(const at::Tensor& a, const at::Tensor& b)
{
    return MatmulRule::apply(a, b);
}
at::Tensor relevant::sum(const at::Tensor& a, const at::Tensor& b)
{
    return SumRule::apply(a, b);
}
at::Tensor relevant::product(const at::Tensor& a, const at::Tensor& b)
{
    return ProductRule::apply(a, b);
}
at::Tensor relevant::passed(const at::Tensor& x, const at::Tensor& y)
{
    return PassedRule::apply(x, y.detach());
}
at::Tensor relevant::mean(const at::Tensor& x, std::int64_t dim)
{
    return MeanRule::apply(x, dim);
}

} // namespace headlens
