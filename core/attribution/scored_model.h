// SPDX-License-Identifier: GPL-3.0-or-later
// A model, an input and the one score of it that is explained, for methods that run the input again: with gradients,
// changed, in batches.
#pragma once

#include "core/attribution/method.h"
#include "core/attribution/way_back.h"

#include <functional>
#include <string>
#include <vector>

namespace headlens {

// Which scores of a result are explained: [B], a node of its graph.
using ScoreOf = std::function<at::Tensor(const ForwardResult&)>;

class ScoredModel {
public:
    // Settles which score, by what `run` gave. Throws Error(BadRequest) where the model has none, and for classes,
    // tokens and texts that do not exist.
    ScoredModel(const Run& run, const verbs::ScoreChoice& asked, const JobControl& control);

    const Run& run() const { return m_run; }
    // The input of the run [1,...] on the model's device, as tensors that may take part in a graph.
    const ModelInput& input() const { return m_input; }
    // The same score of another input of the same shape.
    ScoredModel withInput(const ModelInput& input) const;
    // Runs an input like input(), of any batch; streams are completed. Throws Error(Cancelled | NotEnoughMemory).
    ForwardResult pass(const ModelInput& input, const PassOptions& options) const;
    ForwardResult pass(const PassOptions& options) const { return pass(m_input, options); }
    at::Tensor score(const ForwardResult& result) const { return m_score(result); }
    // What the score is called and where it stands.
    const verbs::TokenMap& said() const { return m_said; }
    // It is the similarity of a text and a picture.
    bool isDualEncoder() const { return m_isDualEncoder; }
    // Between runs: throws Error(Cancelled).
    void checkpoint(int done, int total) const { m_control.checkpoint(done, total, "attribution"); }
    // Of passes and ways back, which stop where they are cancelled.
    const JobControl& control() const { return m_control; }

private:
    const Run& m_run;
    JobControl m_control;
    ModelInput m_input;
    ScoreOf m_score;
    verbs::TokenMap m_said;
    bool m_isDualEncoder = false;
};

// A pass that kept the map of every block as a node of the graph.
struct MappedPass {
    ForwardResult result;
    std::vector<at::Tensor> maps; // [B,H,Nq,Nk] by block of result.trace; of windows [B*windows,H,n,n]
    at::Tensor score;             // [B]
};
// What such a pass and its way back take.
MethodCost costOfMaps(const Run& run, const verbs::MapQuestion& asked);
// Throws as ScoredModel::pass(). The maps of all blocks must fit: requireMapsFit() first.
MappedPass passWithMaps(const ScoredModel& model);
// Throws Error(NotEnoughMemory) where they do not.
void requireMapsFit(const Run& run);

} // namespace headlens
