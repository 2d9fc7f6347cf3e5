// SPDX-License-Identifier: GPL-3.0-or-later
// Edges of attention are cut: of one block and head, from one query to one key. They come as a tensor "edges" [n,4] of
// block, head, query and key beside the input.
#include "core/attribution/settings.h"
#include "core/base/error.h"
#include "core/interventions/effect.h"
#include "core/interventions/heads.h"
#include "core/interventions/interventions.h"
#include "core/session/run_tensors.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace headlens::interventions {
namespace {

MethodResult cutEdgesOf(const Run& run, const verbs::MapQuestion& asked, const JobControl& control)
{
    const Settings settings(cutEdges, asked);
    Changes changes;
    const auto given = run.tensors().extras.find("edges");
    if (given == run.tensors().extras.end() || given->second.dim() != 2 || given->second.size(1) != 4)
        throw Error(ErrorCode::BadRequest, "edges", "are missing or have not the shape [n, 4]",
                    "give a tensor \"edges\" of block, head, query and key with --inputs");
    const at::Tensor edges = given->second.to(at::kLong).contiguous();
    const auto row = edges.accessor<std::int64_t, 2>();
    const EdgeCut how = settings.value("mode") == "zero" ? EdgeCut::AfterSoftmax : EdgeCut::BeforeSoftmax;
    for (std::int64_t i = 0; i < edges.size(0); ++i)
        changes.cutEdge(existingHead({int(row[i][0]), int(row[i][1])}, run), row[i][2], row[i][3], how);
    return effectOf(ScoredModel(run, asked.score, control), changes);
}

} // namespace

const Method cutEdges{
    {.id = "cut-edges",
     .title = HEADLENS_TEXT("Methods", "edges cut"),
     .says = HEADLENS_TEXT("Methods", "What becomes of a score when some tokens may no longer look at others in "
                                      "one head of a block"),
     .unit = "score",
     .over = "run",
     .ofScore = true,
     .settings = {{"mode",
                   HEADLENS_TEXT("Methods", "Cut"),
                   {HEADLENS_TEXT("Methods", "mask"), HEADLENS_TEXT("Methods", "zero")},
                   0,
                   0,
                   "mask"}}},
    nullptr,
    cutEdgesOf};

} // namespace headlens::interventions
