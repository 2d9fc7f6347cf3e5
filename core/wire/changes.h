// SPDX-License-Identifier: GPL-3.0-or-later
// Interventions in words: a line of --change, of a session and of a figure; and the table of their kinds. No torch, no
// Qt.
#pragma once

#include "core/wire/verbs_input.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace headlens {

// A kind of verbs::Change. What it does in the pass is the function of the same place in core/session/run_changes.cpp,
// what it is called in the window stands in widgets/viewmodel/interventions.cpp.
struct ChangeKind {
    std::string_view name;
    enum Takes : std::uint8_t { Head, Block, Tokens, Edges } takes; // where
    enum With : std::uint8_t {
        Nothing,
        Factor,        // what is there times `factor`
        HeldTokens,    // at `keys` what the baseline has there
        Mean,          // the mean over the set `source`
        SteeringFactor // `factor` times the mean over `source` less that over `against`
    } with;
    bool isOfPixels; // done to the picture before it is read (core/session/cover_patches.h)
    std::string_view example;
};

inline constexpr std::array kChangeKinds{
    ChangeKind{"head", ChangeKind::Head, ChangeKind::Factor, false, "head 3.1 x0.5"},
    ChangeKind{"mean", ChangeKind::Head, ChangeKind::Nothing, false, "mean 3.1"}, // over the tokens of this input
    ChangeKind{"folder-mean", ChangeKind::Head, ChangeKind::Mean, false, "folder-mean 3.1 FOLDER"},
    ChangeKind{"attention", ChangeKind::Block, ChangeKind::Factor, false, "attention 3 x0"},
    ChangeKind{"mlp", ChangeKind::Block, ChangeKind::Factor, false, "mlp 3 x0"},
    ChangeKind{"block", ChangeKind::Block, ChangeKind::Factor, false, "block 3 x0"},
    ChangeKind{"steer", ChangeKind::Block, ChangeKind::SteeringFactor, false, "steer 5 x2 FOLDER FOLDER"},
    ChangeKind{"patch", ChangeKind::Block, ChangeKind::HeldTokens, false, "patch 3 5,7"}, // what enters the block
    ChangeKind{"patch-attention", ChangeKind::Block, ChangeKind::HeldTokens, false, "patch-attention 3 5,7"},
    ChangeKind{"patch-mlp", ChangeKind::Block, ChangeKind::HeldTokens, false, "patch-mlp 3 5,7"},
    ChangeKind{"patch-head", ChangeKind::Head, ChangeKind::HeldTokens, false, "patch-head 3.1 *"},
    ChangeKind{"hide", ChangeKind::Tokens, ChangeKind::Nothing, false, "hide 12,13"},  // nobody sees `keys`
    ChangeKind{"cut", ChangeKind::Edges, ChangeKind::Nothing, false, "cut 3.1 5>7,8"}, // `queries` no longer see `keys`
    // Patches `keys`, counted row by row from 0.
    ChangeKind{"cover-mean", ChangeKind::Tokens, ChangeKind::Nothing, true, "cover-mean 12,13"},
    ChangeKind{"cover-blur", ChangeKind::Tokens, ChangeKind::Nothing, true, "cover-blur 12,13"},
    ChangeKind{"cover-zero", ChangeKind::Tokens, ChangeKind::Nothing, true, "cover-zero 12,13"},
};

bool isFactor(double factor);                        // by which a change may multiply; false for nan
const ChangeKind* changeKind(std::string_view name); // null: there is none
std::string changeNames();                           // of all kinds: "head, mean ... or cover-zero"
std::string changeExamples();                        // "head 3.1 x0.5", "mean 3.1" ... in quotes
bool hasFactor(const verbs::Change& change);
bool takesHeld(const verbs::Change& change); // something of the baseline
bool takesSets(const verbs::Change& change); // means over sets of inputs

// The line of a change, as in the examples; "*" is all, paths with spaces stand in double quotes. Throws Error(Usage).
verbs::Change changeFrom(const std::string& text);
// The same line for a change.
std::string textOf(const verbs::Change& change);

} // namespace headlens
