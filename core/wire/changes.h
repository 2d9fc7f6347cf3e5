// SPDX-License-Identifier: GPL-3.0-or-later
// Interventions in words: a line of --change, of a session and of a figure. No torch, no Qt.
#pragma once

#include "core/wire/verbs_input.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace headlens {

// verbs::Change names its kinds. Beside those that are changed in the pass, three replace the pixels of patches `keys`
// before they are read, counted row by row from 0: cover-mean, cover-blur, cover-zero.
struct ChangeKind {
    std::string_view name;
    enum Takes : std::uint8_t { Head, Block, Tokens, Edges } takes;
};

const std::vector<ChangeKind>& changeKinds();
bool isFactor(double factor);                        // by which a change may multiply; false for nan
const ChangeKind* changeKind(std::string_view name); // null: there is none

// "head 3.1 x0.5", "mean 3.1", "attention 3 x0", "mlp 3 x2", "block 3 x0", "hide 12,13", "cut 3.1 5>7,8", "cut *.* >7",
// "cover-blur 12,13". Throws Error(Usage).
verbs::Change changeFrom(const std::string& text);
// The same line for a change.
std::string textOf(const verbs::Change& change);

} // namespace headlens
