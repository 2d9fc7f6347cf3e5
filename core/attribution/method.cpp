// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/attribution/method.h"

#include "core/attribution/methods.h"
#include "core/base/error.h"
#include "core/tensors/bridge.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>

namespace headlens {
namespace {

std::string refusalOf(const Method& method, const ModelFacts& model)
{
    return method.refuses == nullptr ? std::string() : method.refuses(model);
}

const Method* find(const std::string& id)
{
    const auto hit = std::ranges::find(allMethods(), id, [](const Method* method) { return method->info.id; });
    return hit == allMethods().end() ? nullptr : *hit;
}

const Method& methodOf(const std::string& id)
{
    if (const Method* known = find(id)) return *known;
    std::string names;
    for (const std::string& known : methodIds()) names += (names.empty() ? "" : ", ") + known;
    throw Error(ErrorCode::BadRequest, "method \"" + id + "\"", "does not exist", "choose one of " + names);
}

// The patches of the first stream that has some, out of one number a token; undefined where nothing was said of them.
at::Tensor patchesOf(const MethodResult& result, const Trace& trace)
{
    for (std::size_t i = 0; i < std::min(result.streams.size(), trace.streams.size()); ++i) {
        const TokenStream& stream = trace.streams[i];
        const std::int64_t patches = stream.gridHeight * stream.gridWidth;
        if (patches == 0) continue;
        if (!result.streams[i].defined() || result.streams[i].size(0) < patches) return {};
        return result.streams[i]
            .slice(0, result.streams[i].size(0) - patches)
            .reshape({stream.gridHeight, stream.gridWidth});
    }
    return {};
}

MethodResult computed(const Run& run, const verbs::MapQuestion& asked, const JobControl& control)
{
    const Method& method = methodOf(asked.method);
    requireSwitches(method.info.settings, asked.settings);
    const std::string refusal = refusalOf(method, run.model().facts());
    if (!refusal.empty())
        throw Error(ErrorCode::BadRequest, method.info.title, "is not defined for " + run.modelInfo().name, refusal);
    const c10::InferenceMode inference(!method.info.needsGradients);
    MethodResult result = method.compute(run, asked, control);
    if (!result.map.defined()) result.map = patchesOf(result, run.tensors().result.trace);
    return result;
}

} // namespace

const std::vector<const Method*>& allMethods()
{
#define HEADLENS_METHOD_ROW(name) &methods::name,
    static const std::vector<const Method*> kAll{HEADLENS_METHODS(HEADLENS_METHOD_ROW)};
#undef HEADLENS_METHOD_ROW
    return kAll;
}

std::vector<std::string> methodIds()
{
    std::vector<std::string> ids;
    for (const Method* method : allMethods()) ids.push_back(method->info.id);
    return ids;
}

bool isMethod(const std::string& id)
{
    return find(id) != nullptr;
}

const verbs::MethodInfo& methodInfo(const std::string& id)
{
    return methodOf(id).info;
}

std::vector<verbs::MethodInfo> methodsFor(const OpenedModel& model)
{
    std::vector<verbs::MethodInfo> all;
    for (const Method* method : allMethods()) {
        all.push_back(method->info);
        all.back().refusal = refusalOf(*method, model.facts());
    }
    return all;
}

verbs::TokenMap tokenMap(const Run& run, const verbs::MapQuestion& asked, const JobControl& control)
{
    const MethodResult result = computed(run, asked, control);
    verbs::TokenMap answer = result.explained;
    answer.of = asked;
    if (result.map.defined()) answer.map = toArray(result.map.dim() == 1 ? result.map.unsqueeze(0) : result.map);
    for (const at::Tensor& stream : result.streams)
        answer.streams.push_back(stream.defined() ? toArray(stream) : FloatArray());
    return answer;
}

std::vector<TensorBytes> methodTensors(const Run& run, const verbs::MapQuestion& asked, const JobControl& control)
{
    const MethodResult result = computed(run, asked, control);
    std::vector<TensorBytes> tensors;
    for (const auto& [name, value] : result.parts) tensors.push_back(toBytes(name, value));
    if (result.map.defined() && !result.parts.contains("map")) tensors.push_back(toBytes("map", result.map));
    if (methodInfo(asked.method).ofScore) tensors.push_back(toBytes("score", at::tensor({result.explained.score})));
    const auto& outputs = run.tensors().result.outputs;
    if (const auto logits = outputs.find("logits"); logits != outputs.end() && logits->second.dim() == 2)
        tensors.push_back(toBytes("logits", logits->second));
    const auto& streams = run.tensors().result.trace.streams;
    for (std::size_t i = 0; i < std::min(streams.size(), result.streams.size()); ++i)
        if (result.streams[i].defined())
            tensors.push_back(
                toBytes((streams[i].name.empty() ? "" : streams[i].name + ".") + "tokens", result.streams[i]));
    return tensors;
}

} // namespace headlens
