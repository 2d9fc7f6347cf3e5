// SPDX-License-Identifier: GPL-3.0-or-later
// Places that a person types into the command palette: "5.3" or "L5H3", "layer 5", "head 3", "token 7", "patch 3,5",
// "class 2", and the same in Chinese.
#pragma once

#include <QString>

#include <cstdint>
#include <optional>

namespace headlens {

struct TypedPlace {
    enum class Kind : std::uint8_t { Layer, Head, Token, Patch, Class };
    Kind kind = Kind::Layer;
    std::optional<int> number;   // of the layer, head, token, class, or of the patch's row; none: not typed yet
    std::optional<int> layer;    // of a head; none: the chosen one
    std::optional<int> column{}; // of a patch
    bool operator==(const TypedPlace&) const = default;
    bool isWhole() const { return number && (kind != Kind::Patch || column); }
};

// Null: what was typed is no place. Numbers too large for an int are as large as it gets.
std::optional<TypedPlace> typedPlace(const QString& typed);

} // namespace headlens
