// SPDX-License-Identifier: GPL-3.0-or-later
// Maps of a run: one number for every token. A new method is one file in this folder (copy token_measures.cpp or
// rollout.cpp) and one row in methods.h; the window's list, captions, exports, the command line and lessons read the
// rest from its MethodInfo.
#pragma once

#include "core/attribution/maps.h"
#include "core/base/window_text.h"
#include "core/session/run_tensors.h"
#include "core/wire/verbs_maps.h"

#include <ATen/core/Tensor.h>

#include <map>
#include <string>
#include <vector>

namespace headlens {

// What a method computed. Undefined tensors are absent.
struct MethodResult {
    at::Tensor map;                          // [gh,gw] of the patches, or [N] of tokens in a line
    std::vector<at::Tensor> streams;         // [tokens] of every stream; where `map` is undefined it is taken from here
    std::map<std::string, at::Tensor> parts; // what else is worth writing: "matrix" [T,T], "display" [gh,gw] ...
    verbs::TokenMap explained;               // which score: label, score, stream, token, target; no tensors
    std::map<std::string, at::Tensor> shown = {}; // parts of what is drawn that are not written
};

// What computing a map takes.
struct MethodCost {
    double passes = 0;      // as many forward passes of this input would take as long
    std::int64_t bytes = 0; // beside what the run kept
};

// A matrix of what a method found, for the window's studies (core/studies).
struct Drawn {
    std::string title; // in English; HEADLENS_TEXT("Methods", ...)
    // Of MethodResult.parts or shown, side by side. "name.*": "name.0", "name.1" ... are its rows; [n] stands upright.
    std::vector<std::string> parts;
    std::string rows = {}, columns = {};   // what they count, as verbs::StudyAxis::what
    std::vector<std::string> named = {};   // the last columns, where they are something else; as title
    std::string unit = {};                 // empty: that of the method
    std::string texts = {}, outliers = {}; // parts: which class or piece to write into a cell; "name.*" columns to mark
    bool isRank = false;
};

struct Method {
    verbs::MethodInfo info; // without refusal
    // Why a model does not allow it, and what does; empty: it does. Null: every model allows it.
    std::string (*refuses)(const ModelFacts&);
    // In inference mode unless it needs gradients. Settings are known and in their range, and the model allows it.
    // Throws Error(BadRequest | NotEnoughMemory | Cancelled).
    MethodResult (*compute)(const Run&, const verbs::MapQuestion&, const JobControl&);
    // Null: it reads what the run kept, at once.
    MethodCost (*cost)(const Run&, const verbs::MapQuestion&) = nullptr;
    std::vector<Drawn> drawn = {}; // empty: it is no study of the window
    bool needsOther = false;       // another input beside the run's: tensors "other.pixel_values" ...
};

// Rows as they are listed, each with the setting "precision" beside its own.
class MethodTable {
public:
    explicit MethodTable(std::vector<Method> rows);
    const std::vector<const Method*>& rows() const { return m_pointers; }

private:
    std::vector<Method> m_rows;
    std::vector<const Method*> m_pointers;
};

// The maps (methods.h), in the order in which they are listed. Numbers rather than maps: allMeasures(); what changes
// the model: allInterventions().
const std::vector<const Method*>& allMethods();

// Checks what is asked, and computes it in the precision that is asked for. Throws Error(BadRequest) for unknown
// settings and where the model refuses; and whatever the method throws.
MethodResult computed(const Method& method, const Run& run, const verbs::MapQuestion& asked,
                      const JobControl& control = {});

// Why the open model does not allow it; empty: it does.
std::string refusalOf(const Method& method, const ModelFacts& model);
// Before it is computed.
verbs::MapCost costOf(const Method& method, const Run& run, const verbs::MapQuestion& asked);

// Everything that a method found, as maps.h says of methodTensors().
std::vector<TensorBytes> tensorsOf(const Method& method, const Run& run, const verbs::MapQuestion& asked,
                                   const JobControl& control = {});

} // namespace headlens
