// SPDX-License-Identifier: GPL-3.0-or-later
// Studies: measures and interventions as matrices to look at. What each is called, takes and draws comes from its row
// in core/measures or core/interventions; window and wire know none by name.
#pragma once

#include "core/wire/verbs_maps.h"

namespace headlens::verbs {

// What the rows or columns of a matrix count.
struct StudyAxis {
    // "layer"; "state" (0: the embedding, i + 1: behind layer i), "other state" (of the held run); "head" (of a layer);
    // "any head" (of all layers, one layer after the other); "token" (of the first stream); "row" and "column" (of
    // patches); empty: everything has a name.
    std::string what;
    std::vector<std::string> named; // the last ones, which are something else; in English
};
HEADLENS_WIRE_TYPE(StudyAxis)

struct StudyMatrix {
    std::string title; // in English
    StudyAxis rows, columns;
    std::string unit;                    // as MethodInfo::unit
    bool isSigned = false;               // numbers below 0 mean the opposite
    bool isRank = false;                 // places from 1 on, of which the first are what matters
    std::vector<std::string> texts = {}; // [rows * columns]: what stands in a cell; empty: nothing
    std::vector<int> marked = {};        // cells that stand out, row by row
};
HEADLENS_WIRE_TYPE(StudyMatrix)

struct StudyInfo {
    MethodInfo method;       // with the refusal of the open model
    bool changes = false;    // it changes the model or its input: an intervention
    bool needsOther = false; // the held run beside the shown one
    bool readsOther = false; // its answer depends on the held run, where there is one
};
HEADLENS_WIRE_TYPE(StudyInfo)

// studies -> StudyList: of the open model.
struct StudyList {
    std::vector<StudyInfo> studies;
};
HEADLENS_WIRE_TYPE(StudyList)
inline constexpr Question<Nothing, StudyList> kStudies{"studies"};

// study {of} -> Study. Tells of progress, and can be cancelled.
struct StudyQuestion {
    MapQuestion of;
};
HEADLENS_WIRE_TYPE(StudyQuestion)
struct Study {
    StudyQuestion of;
    std::vector<StudyMatrix> matrices;
    std::vector<FloatArray> numbers; // [rows,columns] of each; nan: there is none
    std::string label;               // of the score that was explained; empty: none
    double score = 0;
    std::string remark; // in English; mostly empty
    HEADLENS_WIRE_TENSORS(TensorField{"numbers", &Study::numbers})
};
HEADLENS_WIRE_TYPE(Study)
inline constexpr Question<StudyQuestion, Study> kStudy{"study"};

// study_cost {of} -> MapCost.
inline constexpr Question<StudyQuestion, MapCost> kStudyCost{"study_cost"};

} // namespace headlens::verbs
