// SPDX-License-Identifier: GPL-3.0-or-later
// What one block of attention costs by the pattern in which tokens look at each other, counted without running it. The
// patterns and their names are those of the switch "attention" (core/nn/attention_patterns.h). Engine and window
// count alike.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace headlens {

// The tokens of a block and its heads. A text has no grid: all of its tokens are special ones.
struct AttentionShape {
    int special = 1;                   // c, before the patches
    int gridHeight = 0, gridWidth = 0; // patches
    int headWidth = 64, heads = 12;    // d and H
    int recipes = 8;                   // k, the learnt mixtures of "low rank" in our models that were trained with it

    bool hasGrid() const { return gridHeight > 0 && gridWidth > 0; }
    double patches() const { return hasGrid() ? double(gridHeight) * gridWidth : 0; }
    double tokens() const { return special + patches(); } // N
};

// Numbers are whole; as doubles they are exact up to 2^53.
//
// Multiply-adds are those that a program needs which makes use of the pattern: queries with keys, weights with values,
// and what the pattern itself needs. One head of width d over N tokens, P of them patches; a block has H heads:
//   dense              2 N^2 d                            Vaswani et al. 2017, table 1: O(n^2 d)
//   window, random     2 E d                              E pairs are allowed; Longformer: O(n (2w+1+g)), BigBird
//   coarse r > 1       2 N n d + 2 P d                    n = c + cells; PVT: O(n^2/r^2), and the means
//   low rank k         2 N k d + 2 N k d                  Linformer: O(n k); mixing, then looking at the mixtures
//   linear             2 N d (d+1)                        Katharopoulos et al. 2020: O(n d^2); sums of phi(k) v and
//                                                         of phi(k), which phi(q) reads
//   m random features  2 N d (m+1) + 2 N m (d+1)          Performer: O(n m d); features (m products and a length),
//                                                         then as linear
// Not counted, in any pattern: exp, divisions, the sum under a softmax, and the projections before and after, which are
// the same for all. HeadLens draws every weight,
// so its own runs do not get faster by a pattern.
struct AttentionCost {
    double pairs = 0;        // of a query and a key (or cell, or mixture) with a weight, in one head
    bool average = false;    // pairs depend on chance: their mean over all draws, rounded
    double multiplyAdds = 0; // of the block
    double own = 0;          // those of them that dense attention has nothing like: means, mixtures, features
    double mapBytes = 0;     // the weights of all heads as float32
    bool holdsMap = true;    // false: the weights are never needed, only when somebody wants to look at them
};

// Every pattern of the switch in its order, "dense" first.
const std::vector<std::string>& costedPatterns();
// Whether a pattern is about neighbours in a picture, so that a text cannot be read in it.
bool needsGrid(const std::string& pattern);
// Also "window 3", "coarse 8", "32 random features" ...; nothing for names that are no pattern, and where needsGrid()
// but the shape has none.
std::optional<AttentionCost> attentionCost(const std::string& pattern, const AttentionShape& shape);
// With more tokens than this the pattern needs fewer multiply-adds than dense attention. Nothing for patterns whose
// cost does not grow in proportion to the tokens (dense, coarse, windows).
std::optional<double> breakEvenTokens(const std::string& pattern, const AttentionShape& shape);

} // namespace headlens
