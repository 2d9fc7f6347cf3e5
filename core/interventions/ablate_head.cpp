// SPDX-License-Identifier: GPL-3.0-or-later
// A head is left out (zero), or says everywhere what it says on average over this input (mean).
#include "core/attribution/settings.h"
#include "core/interventions/effect.h"
#include "core/interventions/heads.h"
#include "core/interventions/interventions.h"
#include "core/session/run_tensors.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace headlens::interventions {
namespace {

MethodResult ablateHeadOf(const Run& run, const verbs::MapQuestion& asked, const JobControl& control)
{
    const Settings settings(ablateHead, asked);
    Changes changes;
    const bool mean = settings.value("mode") == "mean";
    for (const HeadAddress& head : headsFrom(settings.value("heads"), run))
        mean ? changes.averageHead(head) : changes.scaleHead(head, 0);
    return effectOf(ScoredModel(run, asked.score, control), changes);
}

} // namespace

const Method ablateHead{
    {.id = "ablate-head",
     .title = HEADLENS_TEXT("Methods", "heads off"),
     .says = HEADLENS_TEXT("Methods", "What becomes of a score without some heads: their output is 0, or its mean "
                                      "over the tokens of this input"),
     .unit = "score",
     .over = "run",
     .ofScore = true,
     .settings = {headsSetting(),
                  {"mode",
                   HEADLENS_TEXT("Methods", "Instead"),
                   {HEADLENS_TEXT("Methods", "zero"), HEADLENS_TEXT("Methods", "mean")},
                   0,
                   0,
                   "zero"}}},
    nullptr,
    ablateHeadOf};

} // namespace headlens::interventions
