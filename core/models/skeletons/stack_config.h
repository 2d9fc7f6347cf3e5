// SPDX-License-Identifier: GPL-3.0-or-later
// The shape of a stack of transformer layers over tokens of text: encoders, decoders, with and without a second text or
// a picture to read from. Every number is range-checked before anything is allocated.
#pragma once

#include "core/nn/rotary_config.h"

#include <cstdint>
#include <string>

namespace headlens {

enum class TextPositions : std::uint8_t {
    Learnt,   // a table [positions,D]
    Computed, // sines and cosines, stored as a table or not (Marian, DistilBERT's option)
    Relative, // a bias by distance in the attention instead (T5)
    Rotary,   // queries and keys are turned (Llama)
};

struct StackConfig {
    std::string name; // canonical names begin with it: "text", "encoder", "decoder"
    std::int64_t layers = 12, width = 768, heads = 12, headWidth = 64, mlpWidth = 3072;
    std::int64_t groups = 0; // heads of keys, each for several heads of queries in a row; 0: as many (Llama 3)
    double eps = 1e-12;
    std::string activation = "gelu";
    bool normFirst = false;      // the norm stands before attention and MLP, not behind the sum
    bool rmsNorm = false;        // no mean, no bias
    bool normBiases = true;      // of norms with a mean (nanoGPT may do without)
    bool finalNorm = false;      // behind the last layer
    bool biases = true;          // of the MLP
    bool readingBiases = true;   // of query, key and value (ViLT may do without)
    bool outputBias = true;      // of what joins the heads (Qwen2 does without)
    bool gated = false;          // MLP of two branches
    bool causal = false;         // nobody sees what comes later
    std::int64_t crossWidth = 0; // above 0: a second attention in every layer reads tokens of this width
    bool scaled = true;          // scores over sqrt(headWidth)
    bool scaledByLayer = false;  // scores over the number of the layer too (GPT-2's option)

    // Embeddings.
    std::int64_t vocabulary = 30522, positions = 512, segments = 0;
    TextPositions positionKind = TextPositions::Learnt;
    std::int64_t positionOffset = 0;   // rows of the table before the first position (BART 2)
    bool positionsSkipPadding = false; // positions count real tokens only (RoBERTa)
    std::int64_t padToken = 0;
    double embeddingScale = 1; // of the token embeddings before positions are added
    RotaryConfig rotary = {};
    bool embeddingNorm = false;
    // T5: rows of its table, and the distance from which everything counts the same.
    std::int64_t buckets = 0, farthest = 128;
    bool sharedBuckets = true; // the first layer's table serves all

    std::int64_t keyHeads() const { return groups > 0 ? groups : heads; }
    bool hasNormBiases() const { return !rmsNorm && normBiases; }
};

// Throws Error(BadConfig) when the numbers cannot belong together or are absurd.
void validate(const StackConfig& config, const std::string& subject);

} // namespace headlens
