// SPDX-License-Identifier: GPL-3.0-or-later
// The heart of BPE: neighbouring symbols of a word are joined pair by pair, the pair of the lowest rank first.
#pragma once

#include "core/text/pair_table.h"

#include <cstdint>
#include <vector>

namespace headlens::text {

struct Symbol {
    int id;              // negative: joins with nothing
    int previous, next;  // neighbours in the word, -1 at its ends
    std::uint32_t bytes; // of the word; 0: joined into its left neighbour
};

// Appends a symbol behind the last one.
void addSymbol(std::vector<Symbol>& symbols, int id, std::uint32_t bytes);

// Joins until no merge fits, of equal ranks the leftmost first: O(n log n), so a word may be as long as a text. Nothing
// is joined to the id `except`.
void joinSymbols(std::vector<Symbol>& symbols, const PairTable& merges, int except = -1);

} // namespace headlens::text
