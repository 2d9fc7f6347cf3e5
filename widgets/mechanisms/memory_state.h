// SPDX-License-Identifier: GPL-3.0-or-later
// What Infini-attention holds of one layer, and the arithmetic of its size. Values only, any thread.
#pragma once

#include "widgets/viewmodel/inspection_model.h"

#include <span>
#include <vector>

namespace headlens {

// `layer` counts model layers (depthOf()), not blocks: a layer has a local block and one of memory.
struct MemoryState {
    int layer = 0, layers = 0, heads = 0;
    int segments = 0, width = 0;    // of a head: d
    std::vector<float> gates;       // [layers,H], 0: only the own segment, 1: only the memory
    std::vector<float> memory;      // M after each segment [segments,H,d,d], keys x values
    std::vector<float> normaliser;  // z after each segment [segments,H,d]
    std::vector<float> read, local; // norm of what each branch adds to a token [H,T]
    int tokens = 0;                 // T of read and local

    // Each takes one answer of verb `state`; false for shapes that do not fit together.
    bool take(const verbs::StateTensor& state);
    // M and z of a head after `after` segments; empty before the first one and where nothing is known.
    std::span<const float> memoryAfter(int after, int head) const;
    std::span<const float> normaliserAfter(int after, int head) const;
    // Largest magnitude of M, of z, of a head over all segments: one scale, so that it is seen to fill.
    float highestMemory(int head) const;
    float highestNormaliser(int head) const;
    float gate(int head) const; // of the layer; -1: not known
    float readOf(int head, int token) const;
    float localOf(int head, int token) const;
};

QString gateName(int layer, int head); // of the switch: "gate.1.2"

// Tokens of each segment; the last one may be shorter. One of all tokens where `segment` is 0.
std::vector<int> segmentLengths(int tokens, int segment);

// Float32 bytes of M and z, and of the keys and values that ordinary attention keeps of `tokens` tokens.
double memoryBytes(int layers, int heads, int width);
double cacheBytes(int layers, int heads, int width, double tokens);

} // namespace headlens
