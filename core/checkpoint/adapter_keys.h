// SPDX-License-Identifier: GPL-3.0-or-later
// The names that PEFT gives the tensors of an adapter, and which tensor of the base each of them is about.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace headlens {

// "base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight" is the half Down of the module
// "model.layers.0.self_attn.q_proj".
struct AdapterKey {
    enum class Half : std::uint8_t {
        Down,          // A [rank,in]
        Up,            // B [out,rank]
        EmbeddingDown, // A [rank,vocabulary]
        EmbeddingUp,   // B [width,rank]
        Whole,         // a tensor of its own in the place of the base's
        Ignored,       // what was there before
        Unknown        // of a kind of LoRA that is not computed here
    };
    std::string module; // of Whole the name of a tensor ("score.weight")
    Half half = Half::Whole;
};
AdapterKey adapterKeyOf(const std::string& name);

// Finds tensors of a base by the names that an adapter has for them. Both may stand in other surroundings:
// "transformer.h.0.attn.c_attn.weight" is "h.0.attn.c_attn.weight" in the files of GPT-2.
class BaseNames {
public:
    explicit BaseNames(const std::vector<std::string>& names);
    // Nothing where no name fits, or several do alike.
    std::optional<std::size_t> find(const std::string& name) const;

private:
    std::vector<std::string> m_names;
    std::unordered_map<std::string, std::size_t> m_whole;
    std::unordered_map<std::string, std::vector<std::size_t>> m_ends; // from the first numbered layer on
};

} // namespace headlens
