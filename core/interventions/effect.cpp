// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interventions/effect.h"

#include "core/interventions/sweep.h"
#include "core/session/run_tensors.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace headlens {
namespace {

ForwardResult changedPass(const ScoredModel& model, const Changes& changes)
{
    const Hooks hooks = changes.hooks();
    PassOptions options;
    options.keep = {.attention = false, .hidden = true, .values = false, .firstText = false};
    options.hooks = &hooks;
    options.resume = resumeAt(model.run(), changes.firstBlock());
    return model.pass(options);
}

} // namespace

double changedScore(const ScoredModel& model, const Changes& changes)
{
    return model.score(changedPass(model, changes))[0].item<double>();
}

MethodResult effectOf(const ScoredModel& model, const Changes& changes)
{
    const ForwardResult changed = changedPass(model, changes);
    MethodResult result;
    result.explained = model.said();
    const auto& before = model.run().tensors().result.outputs;
    for (const char* name : {"logits", "logits_per_image"})
        if (const auto hit = changed.outputs.find(name); hit != changed.outputs.end() && before.contains(name)) {
            result.parts["logits"] = hit->second;
            result.parts["logits.original"] = before.at(name);
        }
    result.parts["effect"] = at::tensor({model.said().score - model.score(changed)[0].item<double>()}, at::kDouble);
    return result;
}

} // namespace headlens
