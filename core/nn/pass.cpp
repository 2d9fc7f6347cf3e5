// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/pass.h"

#include <ATen/ATen.h>

namespace headlens {
namespace {

// Between the steps of a block, which no progress tells of. Throws Error(Cancelled).
void stopIfCancelled(const JobControl* control)
{
    if (control != nullptr) JobControl{control->cancelled, {}}.checkpoint({});
}

// The first of a batch, as a copy that does not keep the others alive.
at::Tensor firstOf(const at::Tensor& batch)
{
    return batch.defined() && batch.size(0) > 1 ? batch.narrow(0, 0, 1).clone() : batch;
}

} // namespace

void Pass::checkpoint(int block) const
{
    if (control != nullptr) control->checkpoint(block, total, "forward");
}

void Pass::takeHidden(const at::Tensor& x) const
{
    if (trace != nullptr && keep.hidden) trace->hidden[tower].push_back(keep.firstText ? firstOf(x) : x);
}

Hooks combined(const Hooks* first, const Hooks* then)
{
    if (first == nullptr || then == nullptr) return first != nullptr ? *first : then != nullptr ? *then : Hooks();
    Hooks both;
    const auto looks = [](const Hooks& hooks, HookPoint point, int block) {
        return hooks.activation && (!hooks.looks || hooks.looks(point, block));
    };
    both.looks = [=](HookPoint point, int block) { return looks(*first, point, block) || looks(*then, point, block); };
    both.activation = [=](HookPoint point, int block, const at::Tensor& x) {
        const at::Tensor changed = looks(*first, point, block) ? first->activation(point, block, x) : x;
        return looks(*then, point, block) ? then->activation(point, block, changed) : changed;
    };
    both.scores = [=](int block, AttentionRecord& record) {
        if (first->scores) first->scores(block, record);
        if (then->scores) then->scores(block, record);
    };
    return both;
}

at::Tensor Pass::hooked(HookPoint point, int block, const at::Tensor& x) const
{
    return isHooked(point, block) ? hooks->activation(point, block, x) : x;
}

at::Tensor Pass::added(const Added& to, const Linear& layer, const at::Tensor& x, const at::Tensor& scale) const
{
    stopIfCancelled(control);
    if (to.norm != nullptr || isHooked(to.point, to.block)) return added(to, layer(x, {.scale = scale}));
    at::Tensor sum = layer(x, {.scale = scale, .added = to.residual});
    stopIfCancelled(control);
    return sum;
}

at::Tensor Pass::added(const Added& to, at::Tensor made) const
{
    stopIfCancelled(control);
    if (to.norm != nullptr) made = (*to.norm)(made);
    return to.residual + hooked(to.point, to.block, made);
}

void Pass::hookScores(int block, AttentionRecord& record) const
{
    stopIfCancelled(control);
    if (hooks != nullptr && hooks->scores) hooks->scores(block, record);
}

at::Tensor Pass::entering(int block, const at::Tensor& x) const
{
    const bool resumes = resume.hidden.defined() && block == resume.block;
    return hooked(HookPoint::ResidualBefore, block, resumes ? resume.hidden : x);
}

void Pass::take(AttentionRecord record) const
{
    if (!keepsAttention()) return;
    if (keep.firstText)
        for (at::Tensor* batch : {&record.q, &record.k, &record.v, &record.mask}) *batch = firstOf(*batch);
    trace->blocks.push_back(std::move(record));
}

void Pass::take(ExpertRouting routing) const
{
    if (!keepsAttention()) return;
    if (keep.firstText)
        for (at::Tensor* batch : {&routing.logits, &routing.weights}) *batch = firstOf(*batch);
    trace->routing.push_back(std::move(routing));
}

} // namespace headlens
