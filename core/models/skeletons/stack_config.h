// SPDX-License-Identifier: GPL-3.0-or-later
// The shape of a stack of transformer layers over tokens of text: encoders, decoders, with and without a second text or
// a picture to read from. Every number is range-checked before anything is allocated.
#pragma once

#include "core/nn/experts_config.h"
#include "core/nn/rotary_config.h"

#include <cstdint>
#include <string>
#include <vector>

namespace headlens {

enum class TextPositions : std::uint8_t {
    Learnt,   // a table [positions,D]
    Computed, // sines and cosines, stored as a table or not (Marian, DistilBERT's option)
    Relative, // a bias by distance in the attention instead (T5)
    Rotary,   // queries and keys are turned (Llama)
    Linear,   // scores fall by a slope of every head's own for every token in between (ALiBi: Press et al. 2022)
};

// Norms of queries and keys before they are turned (Attention::queryNorm).
enum class HeadNorms : std::uint8_t { None, Shared, Own, Whole };

// How query, key and value are stored: apart, or their rows in one tensor.
enum class FusedReading : std::uint8_t {
    Apart,
    InTurn, // all queries, all keys, all values (Phi-3)
    ByHead, // query, key and value of the first head, of the second ... (GPT-NeoX)
};

// In what single layers differ from each other.
struct LayerKind {
    std::int64_t reach = 0;   // above 0: a token sees only this many, itself and those right before it; of a stack that
                              // is not causal as many on each side, beside itself
    bool localPlaces = false; // turned by `localRotary`
    bool experts = false;     // in the place of the MLP
    bool firstNorm = true;    // false: attention reads what enters as it is (ModernBERT's first layer)
};

struct StackConfig {
    std::string name; // canonical names begin with it: "text", "encoder", "decoder"
    std::int64_t layers = 12, width = 768, heads = 12, headWidth = 64, mlpWidth = 3072;
    std::int64_t groups = 0; // heads of keys, each for several heads of queries in a row; 0: as many (Llama 3)
    double eps = 1e-12;
    std::string activation = "gelu";
    bool normFirst = false;      // the norm stands before attention and MLP, not behind the sum
    bool normsOutput = false;    // what they add is normed (OLMo 2); with normFirst both sides are (Gemma 2)
    bool parallel = false;       // attention and MLP read the same tokens, and both are added (GPT-NeoX)
    bool sharedNorm = false;     // of both (Phi)
    bool rmsNorm = false;        // no mean, no bias
    bool normBiases = true;      // of norms with a mean (nanoGPT may do without)
    bool finalNorm = false;      // behind the last layer
    bool biases = true;          // of the MLP
    bool readingBiases = true;   // of query, key and value (ViLT may do without)
    bool outputBias = true;      // of what joins the heads (Qwen2 does without)
    bool gated = false;          // MLP of two branches
    bool causal = false;         // nobody sees what comes later
    std::int64_t crossWidth = 0; // above 0: a second attention in every layer reads tokens of this width
    HeadNorms headNorms = HeadNorms::None;
    FusedReading fusedReading = FusedReading::Apart;
    ExpertsConfig experts = {};
    std::vector<LayerKind> kinds = {}; // of every layer; empty: all alike
    bool scaled = true;                // scores over sqrt(headWidth)
    double scale = 0;                  // of the scores; 0: as `scaled` says
    double scoreCap = 0;               // AttentionRecord::cap
    double answerCap = 0;              // the same for the scores of the vocabulary
    bool scaledByLayer = false;        // scores over the number of the layer too (GPT-2's option)

    // Embeddings.
    std::int64_t vocabulary = 30522, positions = 512, segments = 0;
    TextPositions positionKind = TextPositions::Learnt;
    std::int64_t positionOffset = 0;   // rows of the table before the first position (BART 2)
    bool positionsSkipPadding = false; // positions count real tokens only (RoBERTa)
    std::int64_t padToken = 0;
    double embeddingScale = 1;       // of the token embeddings before positions are added
    std::int64_t embeddingWidth = 0; // of the table, where a layer brings it to `width` (OPT-350m); 0: `width`
    RotaryConfig rotary = {}, localRotary = {};
    double steepest = 8;   // of Linear positions: the exponent of the last head's slope, 2^-steepest
    bool tiedHead = false; // words are scored by the token table even where the file has a head
    bool embeddingNorm = false;
    // T5: rows of its table, and the distance from which everything counts the same.
    std::int64_t buckets = 0, farthest = 128;
    bool sharedBuckets = true; // the first layer's table serves all

    LayerKind kindOf(std::size_t layer) const { return kinds.empty() ? LayerKind() : kinds.at(layer); }
    std::int64_t tableWidth() const { return embeddingWidth > 0 ? embeddingWidth : width; }
    // Of a norm's place: before attention and MLP, or behind the sum.
    bool normsSum() const { return !normFirst && !normsOutput; }
    // Bias by distance alone has no last position.
    bool hasMostPositions() const
    {
        return positionKind != TextPositions::Relative && positionKind != TextPositions::Linear;
    }
    std::int64_t keyHeads() const { return groups > 0 ? groups : heads; }
    bool hasNormBiases() const { return !rmsNorm && normBiases; }
};

// Throws Error(BadConfig) when the numbers cannot belong together or are absurd.
void validate(const StackConfig& config, const std::string& subject);

} // namespace headlens
