// SPDX-License-Identifier: GPL-3.0-or-later
// What a head adds is made larger or smaller.
#include "core/attribution/settings.h"
#include "core/interventions/effect.h"
#include "core/interventions/heads.h"
#include "core/interventions/interventions.h"
#include "core/session/run_tensors.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace headlens::interventions {
namespace {

MethodResult scaleHeadOf(const Run& run, const verbs::MapQuestion& asked, const JobControl& control)
{
    const Settings settings(scaleHead, asked);
    Changes changes;
    for (const HeadAddress& head : headsFrom(settings.value("heads"), run))
        changes.scaleHead(head, settings.number("factor"));
    return effectOf(ScoredModel(run, asked.score, control), changes);
}

} // namespace

const Method scaleHead{
    {.id = "scale-head",
     .title = HEADLENS_TEXT("Methods", "heads scaled"),
     .says = HEADLENS_TEXT("Methods", "What becomes of a score when what some heads add is multiplied by a factor"),
     .unit = "score",
     .over = "run",
     .ofScore = true,
     .settings = {headsSetting(), {"factor", HEADLENS_TEXT("Methods", "Factor"), {}, -1000, 1000, "0"}}},
    nullptr,
    scaleHeadOf};

} // namespace headlens::interventions
