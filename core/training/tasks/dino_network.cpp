// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/tasks/dino_network.h"

#include "core/training/tasks/small_stacks.h"
#include "core/training/tasks/stack_names.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <cmath>
#include <numbers>

namespace headlens {
namespace {

constexpr const char* kTeacher = "teacher.";

at::Tensor ofLengthOne(const at::Tensor& x)
{
    return x / x.norm(2, -1, true).clamp_min(1e-8);
}

} // namespace

DinoNetwork::DinoNetwork(const DinoShape& shape) : m_shape(shape), m_own(shape.vision), m_taught(shape.vision) {}

void DinoNetwork::visitHalf(Half& half, const std::string& at, const Visit& visit)
{
    half.vision.visit(prefixed(visit, at + "vit."));
    const auto linear = [&](const char* name, Linear& layer, std::int64_t out, std::int64_t in) {
        visit(at + "head." + name + ".weight", layer.weight, {out, in});
        visit(at + "head." + name + ".bias", layer.bias, {out});
    };
    linear("first", half.first, m_shape.hidden, m_shape.vision.width);
    linear("second", half.second, m_shape.hidden, m_shape.hidden);
    linear("narrow", half.narrow, m_shape.bottleneck, m_shape.hidden);
    visit(at + "head.last", half.last, {m_shape.prototypes, m_shape.bottleneck});
}

void DinoNetwork::visit(const Visit& visit)
{
    visitHalf(m_own, "", visit);
    visitHalf(m_taught, kTeacher, visit);
    visit("centre", m_centre, {1, m_shape.prototypes});
}

at::Tensor DinoNetwork::firstValue(const std::string& name, const std::vector<std::int64_t>& shape) const
{
    return name == "centre" ? at::zeros(shape) : byFanIn(shape);
}

void DinoNetwork::finish(std::map<std::string, at::Tensor>& weights) const
{
    std::map<std::string, at::Tensor> kept;
    const std::string from = std::string(kTeacher) + "vit.";
    for (const auto& [name, weight] : weights)
        if (name.starts_with(from)) kept[name.substr(std::string(kTeacher).size())] = weight;
    weights = std::move(kept);
}

Json DinoNetwork::config() const
{
    return vitJson(m_shape.vision);
}

at::Tensor DinoNetwork::said(const Half& half, const at::Tensor& pixels) const
{
    const at::Tensor cls = half.vision.encode(pixels, {}, {{false, false}}).normed.select(1, 0);
    const at::Tensor x =
        half.second(half.first(cls, {.activation = Activation::Gelu}), {.activation = Activation::Gelu});
    return at::linear(ofLengthOne(half.narrow(x)), ofLengthOne(half.last));
}

at::Tensor DinoNetwork::student(const at::Tensor& pixels) const
{
    return said(m_own, pixels);
}

Taught DinoNetwork::teacher(const at::Tensor& pixels) const
{
    const c10::NoGradGuard noGrad;
    const at::Tensor logits = said(m_taught, pixels);
    const at::Tensor centred = m_shape.centres ? logits - m_centre : logits;
    return {at::softmax(centred / m_shape.teacherHeat, -1), logits};
}

at::Tensor DinoNetwork::loss(const at::Tensor& student, const at::Tensor& taught) const
{
    return -(taught * at::log_softmax(student / m_shape.studentHeat, -1)).sum(-1).mean();
}

void DinoNetwork::recentre(const at::Tensor& logits)
{
    const c10::NoGradGuard noGrad;
    m_centre.mul_(m_shape.centreMomentum).add_(logits.mean(0, true), 1 - m_shape.centreMomentum);
}

void DinoNetwork::follow(double done)
{
    mixTeacher(1 - (1 - m_shape.momentum) * 0.5 * (1 + std::cos(std::numbers::pi * done)));
}

void DinoNetwork::mixTeacher(double keep)
{
    const c10::NoGradGuard noGrad;
    std::vector<at::Tensor> own;
    visitHalf(m_own, "", [&](const std::string&, at::Tensor& weight, const auto&) { own.push_back(weight); });
    std::size_t place = 0;
    visitHalf(m_taught, kTeacher, [&](const std::string&, at::Tensor& weight, const auto&) {
        weight.set_requires_grad(false);
        weight.mul_(keep).add_(own.at(place++).detach(), 1 - keep);
    });
    m_centre.set_requires_grad(false);
}

} // namespace headlens
