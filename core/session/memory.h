// SPDX-License-Identifier: GPL-3.0-or-later
// How much memory is free, asked before anything large is allocated.
#pragma once

#include "core/checkpoint/checkpoint.h"
#include "core/models/transformer_model.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace headlens {

// MemAvailable of /proc/meminfo in bytes; a large number where that does not exist.
std::uint64_t availableMemory();

// The share of the free memory that one thing beside the model and its run may take.
inline constexpr double kOneShare = 0.6;

// Throws Error(NotEnoughMemory) naming `what` when `bytes` exceed `share` of the free memory.
void requireMemory(std::uint64_t bytes, const std::string& what, double share = kOneShare);

// The share of the free memory that a model and one picture may take.
inline constexpr double kUsableShare = 0.8;
// What the program takes before it opens anything: libraries and their working memory.
inline constexpr std::uint64_t kProgramBytes = 220'000'000;

// How much goes in: lines of a batch, pixels of a picture (0: none), tokens of the longest text.
struct RunExtent {
    std::int64_t batch = 1, height = 0, width = 0, text = 0;
    bool keepsFirst = false; // of a batch only the first line is kept
};
// One picture of the trained size and the longest text.
RunExtent usualExtent(const ModelFacts& facts);

// What a forward pass keeps and needs at once: queries, keys and hidden states of every block, working space of the
// largest one.
std::uint64_t runBytes(const ModelFacts& facts, const RunExtent& extent, bool keepHidden = true);

// An input of that size with made-up contents, for measuring; fewer tokens where the model reads no more.
ModelInput madeUpInput(const ModelFacts& facts, std::int64_t height, std::int64_t width, std::int64_t tokens = 128);

// Ways to do the same with less and less memory, best first.
struct SmallerMode {
    std::string name;
    std::function<void()> run;
};
// Runs the first; each that ends in NotEnoughMemory gives way to the next. Answers the name of the one that came
// through; throws what the last one threw.
std::string runSmaller(const std::vector<SmallerMode>& modes);

// The largest stored tensor as it is and widened: both live for a moment while it is read.
std::uint64_t largestTensorBytes(const Checkpoint& checkpoint);

// "3.7 GB", "12 MB".
std::string sizeText(std::uint64_t bytes);

} // namespace headlens
