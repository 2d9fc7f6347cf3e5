// SPDX-License-Identifier: GPL-3.0-or-later
// Small sums and comparisons over a live trace: what a lesson says in numbers, and what it claims. No loops, no
// variables, nothing that could reach anything else.
//
//   comparison := sum [("==" | "!=" | "<" | ">" | "<=" | ">=" | "~=") sum]      ~=: within 1 % or 0.005
//   sum        := product {("+" | "-") product}
//   product    := primary {("*" | "/") primary}
//   primary    := number | "text" | name "(" [comparison {"," comparison}] ")" | address | "(" comparison ")" | "-"
//   primary
//
// Functions: sum max mean entropy size (of a row); argmax(row) its strongest token; at(row, token) one weight; top(row)
// that token in words; share(row, "text" | "special" | "patches") of what it gives; piece(token); best() and guess()
// the most probable class or token; probability("label"); distance(block, head) in pixels; layers(); heads(block);
// abs(x). Of mechanisms: state("gate.0", 1) one number of what the run left ("gate" with layer and head ...);
// router(block, token) and takes(block, token) where blocks choose tokens; taking(block) how many take part;
// mass(row, token, token) of what a row gives to the tokens from one to the other; near(token, i) and likeness(token,
// i) the i-th nearest word of a token that is none, and its cosine. Of the model's card: measured(i), without(i),
// chance(i), line i from 1. Of explanations: map("grad-cam") a row by a method; agreement("rollout", "grad-cam") the
// correlation of the ranks of two of them; deletion("grad-cam") and insertion(...) the areas under its curves;
// effect(block, head) what the score loses without a head. Of its training history("curve", i), step i from 1 or -1 for
// the last. A token is a number (of the keys of the last row) or a name of core/lesson/address.h in quotes.
#pragma once

#include "core/wire/verbs.h"

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace headlens {

// What expressions look at.
struct EvaluationContext {
    const verbs::ModelInfo* model = nullptr;
    const verbs::InputInfo* input = nullptr;
    // [heads][keys] of one block for a token; empty where its stream asks nothing there.
    std::function<std::vector<std::vector<float>>(int block, int stream, int token)> rows;
    std::function<double(int block, int head)> distance; // mean over all patches, in pixels
    // One number of InputInfo.states; throws Error(BadRequest) for names and places that do not exist.
    std::function<double(const std::string& name, const std::vector<int>& place)> state = {};
    std::vector<verbs::MeasuredScore> measured = {}; // of the open model, as its card says
    std::function<verbs::History()> history = {};    // of its training; empty: it left none
    // One number for every token of the picture by a method (special tokens 0), what the explained score loses without
    // a head, and the areas under the deletion and insertion curves of a map. Throw Error(BadRequest) where the model
    // does not allow it.
    std::function<std::vector<float>(const std::string& method)> map = {};
    std::function<double(int block, int head)> effect = {};
    std::function<std::pair<double, double>(const std::string& method)> faithfulness = {};
};

using LessonValue = std::variant<double, std::string, std::vector<float>>;

// Throws Error(BadRequest) naming the expression for everything that is wrong with it, and for places that the input
// does not have.
LessonValue evaluate(std::string_view expression, const EvaluationContext& facts);

// The same as true or false. Throws Error(BadRequest) for expressions that compare nothing.
// `sides` gets the two numbers that were compared, "0.88 > 0.99".
bool holds(std::string_view expression, const EvaluationContext& facts, std::string* sides = nullptr);

// As a text: numbers with `format` "pct" (37 %), "0" to "6" (decimals) or empty (two significant decimals). Throws
// Error(BadRequest) for other formats, and for rows, which are no text.
std::string shown(const LessonValue& value, std::string_view format);

} // namespace headlens
