// SPDX-License-Identifier: GPL-3.0-or-later
// What every token of one block does, or what is done to it: received attention, entropy, distance.
#include "core/attribution/methods.h"
#include "core/session/questions/token_measure.h"

namespace headlens::methods {
namespace {

template <Overview what>
MethodResult measured(const Run& run, const verbs::MapQuestion& asked, const JobControl&)
{
    return {questions::tokenMeasure(run, what, asked.layer, asked.head, asked.fusion), {}, {}, {}};
}

} // namespace

const Method received{
    {.id = "received",
     .title = HEADLENS_TEXT("Methods", "received attention"),
     .says = HEADLENS_TEXT("Methods", "How much attention every token of the block receives from all others together"),
     .caption = HEADLENS_TEXT("Methods", "Attention each token receives in its block (1: as much as it gives)"),
     .formula = "r_j = Σ_i A_ij",
     .source = HEADLENS_TEXT("Methods", "Ours: the sum of a column"),
     .unit = "share",
     .over = "head"},
    nullptr,
    measured<Overview::Received>};

const Method entropy{
    {.id = "entropy",
     .title = HEADLENS_TEXT("Methods", "entropy"),
     .says =
         HEADLENS_TEXT("Methods", "How widely every token spreads its attention: 0 on a single one, the logarithm of "
                                  "their number on all alike"),
     .caption = HEADLENS_TEXT("Methods", "Entropy of each token's attention, in nats"),
     .formula = "E_i = − Σ_j A_ij ln A_ij",
     .source = HEADLENS_TEXT("Methods", "Shannon 1948; of heads: Clark and others 2019, arXiv 1906.04341"),
     .unit = "nats",
     .over = "head"},
    nullptr,
    measured<Overview::Entropy>};

const Method distance{{.id = "distance",
                       .title = HEADLENS_TEXT("Methods", "mean distance"),
                       .says = HEADLENS_TEXT("Methods", "How far away the patches lie that every token attends to"),
                       .caption = HEADLENS_TEXT("Methods", "Mean attention distance of each token, in pixels"),
                       .formula = "D_i = Σ_j A_ij |x_i − x_j| / Σ_j A_ij over patches",
                       .source = HEADLENS_TEXT("Methods", "Dosovitskiy and others 2021, arXiv 2010.11929, figure 7"),
                       .unit = "pixels",
                       .over = "head"},
                      nullptr,
                      measured<Overview::Distance>};

} // namespace headlens::methods
