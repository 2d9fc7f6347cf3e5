// SPDX-License-Identifier: GPL-3.0-or-later
// How a GGUF file of one architecture stands to the same model in safetensors: its type there, the names of its
// tensors, and which of their rows llama.cpp reorders.
#pragma once

#include "core/checkpoint/gguf_header.h"
#include "core/checkpoint/layouts.h"
#include "core/wire/json_fwd.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace headlens {

// In which order the rows of a tensor are stored, by head.
enum class RowOrder : std::uint8_t {
    Same,  // as in safetensors
    Pairs, // the halves of a head alternate: row 2j+s is row s*width/2+j there (llama.cpp turns neighbours)
    Parts, // all queries, all keys, all values; there the three of each head lie together
};

struct HeadRows {
    RowOrder order = RowOrder::Same;
    std::int64_t heads = 1;

    std::int64_t divisor() const; // of the number of rows
    // Where row `row` of `rows` is stored.
    std::int64_t stored(std::int64_t row, std::int64_t rows) const;
};

// A tensor of safetensors: a tensor of the file, or one slice of it along its first axis (experts are stacked).
struct GgufView {
    std::string name;
    std::size_t tensor = 0;          // in GgufHeader::tensors
    std::int64_t slice = -1;         // -1: the whole
    std::vector<std::int64_t> shape; // of the view
    HeadRows rows = {};
};

struct GgufArchitecture {
    std::string_view name, modelType; // general.architecture, and model_type of config.json
    std::string_view unsaid;          // what config.json holds and no file says, as JSON
    std::span<const Rename> names;    // of the whole network
    std::span<const Rename> parts;    // behind "blk.N.", before those that all share
    RowOrder order = RowOrder::Same;  // of queries and keys, or of what holds all three
};

// Nothing for those that are not known. "llama" is Llama, Mistral and Mixtral alike: the settings tell.
const GgufArchitecture* ggufArchitectureOf(const GgufSettings& settings);

// All tensors but the factors of the rotation, which are settings. `config`: as ggufConfig() gives it. Throws
// Error(BadWeights) where rows are no heads, Error(BadHeader) for absurd numbers of slices.
std::vector<GgufView> ggufViews(const GgufHeader& header, const GgufArchitecture* architecture, const Json& config,
                                const std::string& subject);

// "rope_freqs.weight" and the like.
bool isRotaryFactor(std::string_view name);

} // namespace headlens
