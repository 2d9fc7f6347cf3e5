// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/attribution/method.h"

#include "core/attribution/methods.h"
#include "core/base/error.h"
#include "core/base/method_names.h"
#include "core/session/forward_pass.h"
#include "core/session/memory.h"
#include "core/tensors/bridge.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <optional>

namespace headlens {
namespace {

// Of every method, beside its own settings.
const Switch kPrecision{"precision", HEADLENS_TEXT("Methods", "Computed in"), {"float32", "float64"}, 0, 0, "float32"};

const Method* find(const std::string& asked)
{
    const std::string id = currentMethodName(asked);
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
at::Tensor patchesIn(const MethodResult& result, const Trace& trace)
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

} // namespace

MethodTable::MethodTable(std::vector<Method> rows) : m_rows(std::move(rows))
{
    for (Method& row : m_rows) {
        auto& settings = row.info.settings; // some know their own
        if (std::ranges::find(settings, kPrecision.name, &Switch::name) == settings.end())
            settings.push_back(kPrecision);
        m_pointers.push_back(&row);
    }
}

std::string refusalOf(const Method& method, const ModelFacts& model)
{
    return method.refuses == nullptr ? std::string() : method.refuses(model);
}

const std::vector<const Method*>& allMethods()
{
#define HEADLENS_METHOD_ROW(name) methods::name,
    static const MethodTable kTable({HEADLENS_METHODS(HEADLENS_METHOD_ROW)});
#undef HEADLENS_METHOD_ROW
    return kTable.rows();
}

MethodResult computed(const Method& method, const Run& run, const verbs::MapQuestion& asked, const JobControl& control)
{
    requireSwitches(method.info.settings, asked.settings);
    const std::string refusal = refusalOf(method, run.model().facts());
    if (!refusal.empty())
        throw Error(ErrorCode::BadRequest, method.info.title, "is not defined for " + run.modelInfo().name, refusal);
    const bool isExact = switchValue(method.info.settings, asked.settings, kPrecision.name) == "float64";
    const std::optional<Run> exact =
        isExact ? std::optional(runOn(inFloat64(run.model()), run, control)) : std::nullopt;
    const c10::InferenceMode inference(!method.info.needsGradients);
    MethodResult result = method.compute(exact ? *exact : run, asked, control);
    if (!result.map.defined()) result.map = patchesIn(result, run.tensors().result.trace);
    return result;
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
    const MethodResult result = computed(methodOf(asked.method), run, asked, control);
    verbs::TokenMap answer = result.explained;
    answer.of = asked;
    if (result.map.defined()) answer.map = toArray(result.map.dim() == 1 ? result.map.unsqueeze(0) : result.map);
    for (const at::Tensor& stream : result.streams)
        answer.streams.push_back(stream.defined() ? toArray(stream) : FloatArray());
    return answer;
}

verbs::MapCost mapCost(const Run& run, const verbs::MapQuestion& asked)
{
    return costOf(methodOf(asked.method), run, asked);
}

verbs::MapCost costOf(const Method& method, const Run& run, const verbs::MapQuestion& asked)
{
    constexpr double kExact = 2.5; // float64 takes as many times as long, without our kernels; measured on DeiT-Tiny
    constexpr double kMilli = 1000;
    MethodCost cost = method.cost == nullptr ? MethodCost() : method.cost(run, asked);
    if (switchValue(method.info.settings, asked.settings, kPrecision.name) == "float64") {
        cost.passes = kExact * (cost.passes + 1);
        cost.bytes = 2 * cost.bytes + run.modelInfo().parameters * std::int64_t(sizeof(double));
    }
    return {cost.passes, cost.passes * run.info.forwardMs / kMilli, cost.bytes, std::int64_t(availableMemory())};
}

std::vector<TensorBytes> tensorsOf(const Method& method, const Run& run, const verbs::MapQuestion& asked,
                                   const JobControl& control)
{
    const MethodResult result = computed(method, run, asked, control);
    std::vector<TensorBytes> tensors;
    for (const auto& [name, value] : result.parts) tensors.push_back(toBytes(name, value));
    const auto isTaken = [&](const std::string& name) {
        return result.parts.contains(name);
    }; // under that name already
    if (result.map.defined() && !isTaken("map")) tensors.push_back(toBytes("map", result.map));
    if (method.info.ofScore && !isTaken("score"))
        tensors.push_back(toBytes("score", at::tensor({result.explained.score})));
    const auto& outputs = run.tensors().result.outputs;
    for (const char* name : {"logits", "logits_per_image"}) // of classes, or of texts
        if (const auto hit = outputs.find(name); hit != outputs.end() && hit->second.dim() == 2 && !isTaken("logits"))
            tensors.push_back(toBytes("logits", hit->second));
    const auto& streams = run.tensors().result.trace.streams;
    for (std::size_t i = 0; i < std::min(streams.size(), result.streams.size()); ++i)
        if (const std::string name = (streams[i].name.empty() ? "" : streams[i].name + ".") + "tokens";
            result.streams[i].defined() && !isTaken(name))
            tensors.push_back(toBytes(name, result.streams[i]));
    return tensors;
}

std::vector<TensorBytes> methodTensors(const Run& run, const verbs::MapQuestion& asked, const JobControl& control)
{
    return tensorsOf(methodOf(asked.method), run, asked, control);
}

} // namespace headlens
