// SPDX-License-Identifier: GPL-3.0-or-later
// A pass with gradients: the maps of all blocks and one score as nodes of a graph.
#pragma once

#include "core/attribution/method.h"

#include <string>
#include <vector>

namespace headlens {

struct GradientPass {
    ForwardResult result;
    std::vector<at::Tensor> maps; // [1,H,Nq,Nk] of every block, in the order of result.trace.blocks
    at::Tensor score;             // a scalar
    verbs::TokenMap said;         // what it is called and where it stands
    bool isDualEncoder = false;   // it is the similarity of a text and a picture
};

// Why there is no such pass through `model`, and what there is one through; empty: there is.
std::string refusesGradients(const ModelFacts& model);

// Outside inference mode: runs the input of `run` again, as it ran, with gradients of the chosen score; the graph is
// kept. Throws Error(BadRequest | NotEnoughMemory | Cancelled).
GradientPass passWithGradients(const Run& run, const verbs::ScoreChoice& asked, const JobControl& control);

} // namespace headlens
