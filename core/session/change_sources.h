// SPDX-License-Identifier: GPL-3.0-or-later
// What changes take from elsewhere than the run itself: activations of the baseline, means over sets of inputs. Kept
// with the session, so that the next change costs nothing.
#pragma once

#include "core/nn/hooks.h"
#include "core/session/input_sets.h"

#include <list>
#include <map>
#include <memory>
#include <string>
#include <utility>

namespace headlens {

// With a run, for as long as its request is computed again (RunTensors::sources).
struct ChangeSources {
    using Place = std::pair<HookPoint, int>;                     // of a block
    std::map<Place, at::Tensor> held;                            // what passed by there in the baseline
    std::map<std::string, std::shared_ptr<const SetMeans>> sets; // by path
};

class ChangeSupply {
public:
    void forget();                        // another model
    void forgetHeld() { m_held.clear(); } // another baseline
    // Gives a run what its changes take, with passes over the baseline's input and over sets that are not known yet.
    // `held`: the baseline, or null. Throws Error(BadRequest) without a baseline, for one of another model, and for
    // sets that cannot be run; Error(Cancelled), whereupon sets go on where they stood.
    void supply(const std::shared_ptr<OpenedModel>& model, Run& next, const Run* held, const JobControl& control);
    // Works a set off, some inputs at a time.
    verbs::AveragedSet average(const std::shared_ptr<OpenedModel>& model, const verbs::AverageSet& asked,
                               const JobControl& control);

private:
    struct Kept {
        InputSet set;
        std::shared_ptr<const SetMeans> means; // once it is done
    };
    Kept& keptOf(const OpenedModel& model, const std::string& path, const verbs::SetInput& beside);
    void work(Kept& kept, const std::shared_ptr<OpenedModel>& model, int most, const JobControl& control);

    std::map<ChangeSources::Place, at::Tensor> m_held;
    std::list<Kept> m_sets; // the one that was asked for last stands first
};

} // namespace headlens
