// SPDX-License-Identifier: GPL-3.0-or-later
// The tensors of a run, for the functions that answer questions about it. Private to core/session.
#pragma once

#include "core/session/opened_model.h"
#include "core/session/run.h"
#include "core/trace/block_map.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace headlens {

struct ChangeSources;

struct RunTensors {
    ModelInput in; // on the CPU
    // What else was given beside it, by name, for methods and interventions that ask for more: "noise", "saliency",
    // "edges", "other.hidden_states.4" ...
    std::map<std::string, at::Tensor> extras = {};
    ForwardResult result;
    // Values of every block [B,H,Nk,d], which ordinary passes do not keep: valuesOf() fills them at the first question.
    mutable std::vector<at::Tensor> values = {};
    std::shared_ptr<const ChangeSources> sources = {}; // of the changes of its request; null: they take nothing
};

// Throw Error(BadRequest) where there is no such block or stream.
const AttentionRecord& blockOf(const Run& run, int layer);
const TokenStream& streamOf(const Run& run, int stream);
BlockMap mapOf(const Run& run, int layer);

// The hidden state behind `layer` [B,N,D]. Throws Error(BadRequest | NotEnoughMemory).
at::Tensor hiddenBehind(const Run& run, int layer);

// Features behind the last layer of the tower that predicts tokens [B,T,D]; undefined without.
at::Tensor lastFeatures(const Run& run);

// Scores over the vocabulary were asked for and lie among the outputs already [B,T,V]; classes [B,C] are something
// else.
bool holdsVocabularyScores(const ForwardResult& result);

// The first entry of a batch.
ModelInput firstOfBatch(const ModelInput& input);

} // namespace headlens
