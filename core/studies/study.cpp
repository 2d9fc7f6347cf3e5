// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/studies/study.h"

#include "core/base/error.h"
#include "core/interventions/interventions.h"
#include "core/measures/measures.h"
#include "core/session/run_tensors.h"
#include "core/studies/study_matrix.h"
#include "core/tensors/bridge.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <utility>

namespace headlens {
namespace {

const Method& methodNamed(const std::string& id)
{
    for (const auto& table : {allMeasures(), allInterventions()})
        for (const Method* one : table)
            if (one->info.id == id && !one->drawn.empty()) return *one;
    throw Error(ErrorCode::BadRequest, "study \"" + id + "\"", "does not exist",
                "use window and engine of the same version");
}

// What the tensors "other.*" are at the command line: the input of the held run where it is of the same model, and its
// features in any case; of pictures without special tokens, so that models with other ones can be compared.
std::map<std::string, at::Tensor> extrasOf(const Run& other, const OpenedModel& model)
{
    std::map<std::string, at::Tensor> extras;
    const ModelInput& in = other.tensors().in;
    if (other.sharedModel().get() == &model)
        for (const auto& [name, value] :
             {std::pair("pixel_values", in.pixels), std::pair("input_ids", in.ids),
              std::pair("attention_mask", in.mask), std::pair("token_type_ids", in.segments)})
            if (value.defined()) extras[std::string("other.") + name] = value;
    const Trace& trace = other.tensors().result.trace;
    if (trace.streams.empty()) return extras;
    const TokenStream& stream = trace.streams.front();
    const auto states = trace.hidden.find(stream.name);
    for (std::size_t i = 0; states != trace.hidden.end() && i < states->second.size(); ++i) {
        const at::Tensor& state = states->second[i];
        const bool hasPrefix = stream.gridHeight > 0 && state.size(1) == stream.tokens();
        extras["other.hidden_states." + std::to_string(i)] =
            state.slice(0, 0, 1).slice(1, hasPrefix ? stream.text + stream.prefix : 0);
    }
    return extras;
}

bool readsOther(const Method& method)
{
    return method.needsOther || std::ranges::find(method.drawn, "other state", &Drawn::columns) != method.drawn.end();
}

// The shown run with the held one beside it. Shares all tensors.
Run beside(const Run& shown, const Run& held)
{
    Run both(shown.sharedModel());
    both.request = shown.request;
    both.info = shown.info;
    both.tensors() = shown.tensors();
    both.tensors().extras.merge(extrasOf(held, shown.model()));
    return both;
}

// Of the study alone: every pass in it tells of its own blocks, too.
JobControl ofWhole(const JobControl& control)
{
    JobControl whole = control;
    if (control.progress)
        whole.progress = [told = control.progress](const JobStep& step) {
            if (step.stage != "forward") told(step);
        };
    return whole;
}

} // namespace

verbs::StudyList studiesOf(const OpenedModel& model)
{
    verbs::StudyList all;
    const auto add = [&](const std::vector<const Method*>& table, bool changes) {
        for (const Method* one : table) {
            if (one->drawn.empty()) continue;
            all.studies.push_back({one->info, changes, one->needsOther, readsOther(*one)});
            all.studies.back().method.refusal = refusalOf(*one, model.facts());
        }
    };
    add(allInterventions(), true);
    add(allMeasures(), false);
    return all;
}

verbs::Study study(const Session& session, const verbs::StudyQuestion& asked, const JobControl& control)
{
    const Method& method = methodNamed(asked.of.method);
    const Run &shown = session.run(), *held = session.held();
    if (method.needsOther && held == nullptr)
        throw Error(ErrorCode::BadRequest, "the other input", "is missing: no run is held",
                    "hold the run of one input, then open the other");
    if (method.needsOther && held == &shown)
        throw Error(ErrorCode::BadRequest, "the other input", "is missing: the baseline is the shown run",
                    "open the other input");
    const std::optional<Run> both =
        held != nullptr && held != &shown ? std::optional(beside(shown, *held)) : std::nullopt;
    const Run& run = both ? *both : shown;
    const MethodResult result = computed(method, run, asked.of, ofWhole(control));
    verbs::Study found;
    found.of = asked;
    found.label = result.explained.label;
    found.score = result.explained.score;
    found.remark = result.explained.remark;
    for (const Drawn& drawn : method.drawn)
        if (std::optional<MadeMatrix> made = matrixOf(drawn, method, result, run)) {
            found.matrices.push_back(std::move(made->said));
            found.numbers.push_back(toArray(made->numbers));
        }
    return found;
}

verbs::MapCost studyCost(const Run& run, const verbs::StudyQuestion& asked)
{
    return costOf(methodNamed(asked.of.method), run, asked.of);
}

} // namespace headlens
