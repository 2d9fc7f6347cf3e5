// SPDX-License-Identifier: GPL-3.0-or-later
// One pass through the open model: alone or several pictures together, with less kept where memory is short.
#pragma once

#include "core/session/opened_model.h"
#include "core/session/run.h"

#include <functional>
#include <memory>
#include <vector>

namespace headlens {

ForwardOptions optionsOf(const verbs::SetInput& request);

// On the device and in the type that the model computes in.
ModelInput onDevice(const OpenedModel& opened, const ModelInput& input);

// One pass with all threads, until the device has done it.
ForwardResult compute(const OpenedModel& opened, const ModelInput& in, const ForwardOptions& options,
                      const JobControl& control);

// Runs the inputs of `next` and fills in the rest. A GPU without enough memory gives way to the CPU, from here on:
// that is why `opened` is not const. Throws Error(BadRequest | NotEnoughMemory | Cancelled).
// `unchanged`: a run of the same input through the same model without interventions, or null: what stands before the
// first intervention is taken from it.
void completeRun(OpenedModel& opened, Run& next, const ForwardOptions& options, const JobControl& control,
                 const Run* unchanged = nullptr);

// The same input through another model of the same shape: inFloat64() or withWeights(). What was said of the run
// stays. Throws Error(NotEnoughMemory | Cancelled).
Run runOn(std::shared_ptr<const OpenedModel> model, const Run& run, const JobControl& control);

// As completeRun() for pictures of one size, in one pass, or in halves where memory is short; `failed` hears of those
// that cannot run at all.
using RunFailed = std::function<void(const Run&, const Error&)>;
void completeTogether(OpenedModel& opened, const std::vector<std::shared_ptr<Run>>& runs, const RunFailed& failed);

} // namespace headlens
