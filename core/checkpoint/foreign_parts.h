// SPDX-License-Identifier: GPL-3.0-or-later
// Parts of checkpoints that belong to another network than those we compute, known by the names of their tensors: a
// model without them would show numbers of a network that nobody trained.
#pragma once

#include "core/checkpoint/container.h"
#include "core/checkpoint/layouts.h"

#include <optional>
#include <string>
#include <vector>

namespace headlens {

struct ForeignPart {
    std::string tensor; // as stored
    std::string what;   // "is quantised (bitsandbytes, 8 bits)"
    std::string remedy;
};

// The first of them; nothing where there is none.
std::optional<ForeignPart> foreignPartOf(const std::vector<StoredTensor>& tensors);

// Of the stored names in `unused` the first that stands inside a block of the network, by its canonical name.
std::optional<std::string> unusedInBlock(const Layout& layout, const std::vector<StoredTensor>& tensors,
                                         const std::vector<std::string>& unused);

} // namespace headlens
