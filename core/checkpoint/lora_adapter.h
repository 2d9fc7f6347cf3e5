// SPDX-License-Identifier: GPL-3.0-or-later
// A LoRA adapter of PEFT on top of a base model: the base's tensors, where the adapter changes one as
// W + strength * scaling * B A, so that whoever reads them needs not know of it.
#pragma once

#include "core/checkpoint/container.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace headlens {

// Which adapter is wanted, and how much of it.
struct AdapterWish {
    std::string folder;  // or its weight file; empty: none
    double strength = 1; // 0 is the base, 1 what was trained
};

struct AdapterFacts {
    std::string name, folder, base; // of the folder; of whose model, as it says itself (may be empty)
    double strength = 1;
    std::int64_t rank = 0;            // the largest of its products
    std::int64_t matrices = 0;        // of the base that get a product
    std::int64_t parameters = 0;      // numbers of the adapter
    std::vector<std::string> modules; // what these matrices are called: "q_proj", "v_proj"; sorted
    std::vector<std::string> saved;   // tensors that it brings whole, by the names of the base
    std::string describe() const;     // one line
};

// The folder that an adapter lies in, for the path of the folder, of its weights or of its config; nothing for what is
// none, or holds a whole model as well.
std::optional<std::filesystem::path> adapterFolder(const std::string& path);
// The base that an adapter says it was trained on; empty where it says none. Throws as parseAdapterConfig().
std::string baseOfAdapter(const std::filesystem::path& folder);

// `base` with the adapter on it; changed tensors are float32. Throws Error for damaged adapters, and Error(BadWeights)
// for one that belongs to another base. `facts` gets what it is.
std::unique_ptr<Container> withAdapter(std::shared_ptr<const Container> base, const AdapterWish& wish,
                                       AdapterFacts& facts);

} // namespace headlens
