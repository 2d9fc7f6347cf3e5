// SPDX-License-Identifier: GPL-3.0-or-later
// The questions about a run (maps by a method are in core/attribution): each is a function of it and of what was asked
// (core/wire/verbs_*.h says what is asked and answered). Each is in the file of its name; the engine's table
// (core/engine/handlers.cpp) calls them. `difference` in what is asked is not looked at (difference.h). All throw
// Error(BadRequest) for layers, heads and tokens that do not exist.
#pragma once

#include "core/base/job_control.h"
#include "core/session/run.h"
#include "core/wire/safetensors.h"
#include "core/wire/verbs.h"
#include "core/wire/verbs_heads.h"
#include "core/wire/verbs_lens.h"

#include <string>
#include <vector>

namespace headlens {
struct EvaluationContext;
struct PcaBasis;
} // namespace headlens

namespace headlens::questions {

// Attention. One entry per layer in rows(), each in the map of its own layer.
verbs::RowsOfLayers rows(const Run& run, const verbs::Rows& asked);
// Of every head of a layer on the whole. Tells of no progress.
verbs::HeadNumbers headStatistics(const Run& run, const verbs::HeadQuestion& asked, const JobControl& control = {});
verbs::TileMeans tile(const Run& run, const verbs::Tile& asked);
// The whole map of one head or a fusion [Nq,Nk], of one window in a windowed block; for export. Throws
// Error(NotEnoughMemory).
FloatArray wholeMap(const Run& run, int layer, int head, const std::string& fusion, int window);
verbs::BiasTables positionBias(const Run& run, const verbs::PositionBias& asked);
verbs::Pair pair(const Run& run, const verbs::PairQuestion& asked);
// Runs the input once more for the values, at the first of these questions.
verbs::RowFormula rowFormula(const Run& run, const verbs::RowQuestion& asked, const JobControl& control = {});

// Features and what mechanisms hold beside queries and keys.
// Throws Error(NotEnoughMemory) where hidden states were not kept.
verbs::HiddenStates hidden(const Run& run, const verbs::HiddenQuestion& asked);
verbs::StateTensor state(const Run& run, const verbs::State& asked);
verbs::Positions positions(const Run& run, const verbs::PositionsQuestion& asked);
// Fits `basis` where it does not fit or where that is asked for; without one, always.
verbs::PcaResult pca(const Run& run, const verbs::Pca& asked, PcaBasis& basis);
verbs::PcaResult pca(const Run& run, const verbs::Pca& asked);

// Text.
verbs::Lens lens(const Run& run, const verbs::LensQuestion& asked);
// Of a run without hidden states, or a model without a vocabulary, an empty one.
verbs::LensTable lensTable(const Run& run, const verbs::LensTableQuestion& asked);
// Lets the model write on. `control` hears the text after every token. Throws Error(BadRequest) for models that do not
// write.
verbs::Written generate(const Run& run, const verbs::Generate& asked, const JobControl& control = {});
// Of an open model; needs no run.
verbs::Cosines similarity(const OpenedModel& model, const verbs::SimilarityQuestion& asked,
                          const JobControl& control = {});

// Lessons. An expression that cannot be computed says why in its own place.
verbs::Evaluation evaluate(const EvaluationContext& facts, const verbs::Evaluate& asked);
EvaluationContext evaluationContext(const Run& run); // refers to `run`

// How a contrastive training went, from contrast.json beside the weights; how any did, from history.json. Throw
// Error(FileMissing | BadConfig).
verbs::Contrast contrast(const OpenedModel& model);
verbs::History history(const OpenedModel& model);

// Everything check.py compares: attentions.{i}, hidden_states.{i}, outputs, pixel_values. Throws
// Error(NotEnoughMemory) with the size when the maps would not fit.
std::vector<TensorBytes> traceTensors(const Run& run);

} // namespace headlens::questions
