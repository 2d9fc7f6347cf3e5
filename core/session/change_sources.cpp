// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/change_sources.h"

#include "core/base/error.h"
#include "core/session/forward_pass.h"
#include "core/session/run_changes.h"
#include "core/session/run_tensors.h"
#include "core/wire/changes.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <limits>
#include <set>

namespace headlens {
namespace {

constexpr std::size_t kMostSets = 4; // two to steer by, two to come back to

using Place = ChangeSources::Place;

void requireSameModel(const Run* held, const OpenedModel& model)
{
    if (held == nullptr)
        throw Error(ErrorCode::BadRequest, "a patch", "takes activations of the baseline, and no run is held",
                    "hold the run of one input and open the other, or name it with --baseline-image");
    if (held->modelInfo().sha256 != model.info.sha256)
        throw Error(ErrorCode::BadRequest, "the baseline", "is of another model",
                    "hold a run of this model, then open the other input");
}

// What passes by at these places when the input of the baseline runs with the changes of the baseline.
std::map<Place, at::Tensor> activationsOf(const Run& held, const OpenedModel& model, const std::set<Place>& wanted,
                                          const JobControl& control)
{
    std::map<Place, at::Tensor> found;
    int first = std::numeric_limits<int>::max(), last = 0;
    for (const auto& [point, block] : wanted) {
        first = std::min(first, block);
        last = std::max(last, block);
    }
    Hooks reads;
    reads.looks = [&wanted](HookPoint point, int block) { return wanted.contains({point, block}); };
    reads.activation = [&found](HookPoint point, int block, const at::Tensor& x) {
        found[{point, block}] = x.clone();
        return x;
    };
    const Changes changes = changesFrom(held.request.changes, model.facts(), held.tensors().sources.get());
    const Hooks own = changes.hooks(), both = combined(changes.isEmpty() ? nullptr : &own, &reads);
    ForwardOptions options = optionsOf(held.request);
    options.keep = {.attention = false, .hidden = false, .values = false, .firstText = options.keep.firstText};
    options.vocabularyScores = false;
    options.hooks = &both;
    options.lastBlock = last;
    const bool isPlain = changes.isEmpty() && options.ablated.empty() && &held.model() == &model;
    if (isPlain) options.resume = resumeAt(held, first);
    compute(model, held.tensors().in, options, {control.cancelled, {}});
    return found;
}

} // namespace

void ChangeSupply::forget()
{
    m_held.clear();
    m_sets.clear();
}

ChangeSupply::Kept& ChangeSupply::keptOf(const OpenedModel& model, const std::string& path,
                                         const verbs::SetInput& beside)
{
    const std::string key = InputSet::keyOf(model, path, beside);
    const auto hit = std::ranges::find_if(m_sets, [&](const Kept& one) { return one.set.key() == key; });
    if (hit != m_sets.end()) {
        m_sets.splice(m_sets.begin(), m_sets, hit);
        return m_sets.front();
    }
    m_sets.push_front({InputSet(model, path, beside), nullptr});
    if (m_sets.size() > kMostSets) m_sets.pop_back();
    return m_sets.front();
}

void ChangeSupply::work(Kept& kept, const std::shared_ptr<OpenedModel>& model, int most, const JobControl& control)
{
    try {
        for (int i = 0; i < most && !kept.set.isDone(); ++i) {
            const verbs::AveragedSet now = kept.set.state();
            control.checkpoint(now.done, now.total, "set");
            kept.set.runNext(model, control);
        }
    } catch (const Error& error) {
        if (error.code() == ErrorCode::Cancelled) throw;
        m_sets.remove_if([&kept](const Kept& one) { return &one == &kept; }); // read anew the next time
        throw;
    }
    if (kept.set.isDone() && kept.means == nullptr) kept.means = std::make_shared<const SetMeans>(kept.set.means());
}

verbs::AveragedSet ChangeSupply::average(const std::shared_ptr<OpenedModel>& model, const verbs::AverageSet& asked,
                                         const JobControl& control)
{
    Kept& kept = keptOf(*model, asked.path, asked.with);
    work(kept, model, std::max(1, asked.most), control);
    return kept.set.state();
}

void ChangeSupply::supply(const std::shared_ptr<OpenedModel>& model, Run& next, const Run* held,
                          const JobControl& control)
{
    const std::vector<verbs::Change>& changes = next.request.changes;
    const std::vector<Place> places = heldPlacesOf(changes, model->facts());
    ChangeSources sources;
    if (!places.empty()) {
        requireSameModel(held, *model);
        std::set<Place> missing;
        for (const Place& place : places)
            if (!m_held.contains(place)) missing.insert(place);
        const c10::InferenceMode inference;
        if (!missing.empty()) m_held.merge(activationsOf(*held, *model, missing, control));
        for (const Place& place : places)
            if (const auto hit = m_held.find(place); hit != m_held.end()) sources.held.insert(*hit);
    }
    for (const verbs::Change& change : changes) {
        if (!takesSets(change)) continue;
        for (const std::string* path : {&change.source, &change.against}) {
            if (path->empty() || sources.sets.contains(*path)) continue;
            Kept& kept = keptOf(*model, *path, next.request);
            work(kept, model, std::numeric_limits<int>::max(), control);
            sources.sets[*path] = kept.means;
        }
    }
    if (!sources.held.empty() || !sources.sets.empty())
        next.tensors().sources = std::make_shared<const ChangeSources>(std::move(sources));
}

} // namespace headlens
