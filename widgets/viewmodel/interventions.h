// SPDX-License-Identifier: GPL-3.0-or-later
// What a person changes in the model while an input runs, as one list: the heads that are off, the words that are
// hidden, and RunRequest::changes. A place is changed in one way at a time. Plain.
#pragma once

#include "widgets/viewmodel/head_choice.h"
#include "widgets/viewmodel/run_request.h"

#include <QString>

#include <string>
#include <vector>

namespace headlens {

// Of the list alone: the hidden words of the text (TextRequest::hiddenTokens).
inline constexpr const char* kHiddenWords = "words";

// By layer, of a layer its parts before its heads; tokens last. The order does not change with a factor.
std::vector<verbs::Change> interventionsOf(const RunRequest& request);
bool isSamePlace(const verbs::Change& a, const verbs::Change& b);
bool isOfTokens(const verbs::Change& change); // void beside another text or grid

// In place of what is changed there; without `keys`, tokens are as trained again.
void setIntervention(RunRequest& request, const verbs::Change& change);
void removeIntervention(RunRequest& request, const verbs::Change& change);
void dropTokenChanges(RunRequest& request);

// Whether the engine hides tokens and cuts edges: a number is the same token in every block, and weights come from
// scores.
bool hidesTokens(const verbs::InputInfo& input);

// What is done to a head, by itself or with its layer; a factor of 1: nothing.
struct HeadChange {
    double factor = 1;
    bool isMean = false;
    bool isAsTrained() const { return factor == 1 && !isMean; }
};
HeadChange changeOfHead(const RunRequest& request, const HeadPlace& place);
HeadChange ownChangeOfHead(const RunRequest& request, const HeadPlace& place); // by itself alone
// 0 is off, 1 as trained.
void setHeadFactor(RunRequest& request, const HeadPlace& place, double factor);
// The change of the same place; null: it is as trained.
const verbs::Change* interventionAt(const RunRequest& request, const verbs::Change& place);
// Tokens or patches that a change of this kind is of; empty: none.
std::vector<int> keysOf(const RunRequest& request, const std::string& kind);
// "MLP of layer 4", "3 patches hidden": the place of a change, and what it comes to, "MLP of layer 4 × 0.5".
QString placeWords(const verbs::Change& change);
QString interventionWords(const verbs::Change& change);
QString setName(const std::string& path); // of a set of inputs: its last folder
// What the words leave out: the whole paths of sets, a line each; else empty.
QString interventionTip(const verbs::Change& change);

} // namespace headlens
