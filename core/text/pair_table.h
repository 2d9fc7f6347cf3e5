// SPDX-License-Identifier: GPL-3.0-or-later
// The merges of a BPE model by the two ids they join: open addressing, for this look-up is most of BPE's time.
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

namespace headlens::text {

struct MergeOf {
    int rank = 0, id = 0;
};

class PairTable {
public:
    explicit PairTable(std::size_t count) : m_slots(std::bit_ceil(2 * count + 2)) {}

    // A pair given twice keeps its last merge. Never more than `count` pairs.
    void insert(int left, int right, MergeOf merge)
    {
        Slot& slot = m_slots[indexOf(keyOf(left, right))];
        slot = {keyOf(left, right), merge};
    }
    const MergeOf* find(int left, int right) const
    {
        const Slot& slot = m_slots[indexOf(keyOf(left, right))];
        return slot.key == empty ? nullptr : &slot.merge;
    }

private:
    static constexpr std::uint64_t empty = ~0ULL; // ids are below 2^31, so this is no key
    struct Slot {
        std::uint64_t key = empty;
        MergeOf merge;
    };
    static std::uint64_t keyOf(int left, int right) { return std::uint64_t(left) << 32 | std::uint32_t(right); }
    std::size_t indexOf(std::uint64_t key) const
    {
        std::uint64_t mixed = (key ^ (key >> 31)) * 0x9E3779B97F4A7C15ULL;
        mixed = (mixed ^ (mixed >> 29)) * 0xBF58476D1CE4E5B9ULL;
        std::size_t at = (mixed ^ (mixed >> 32)) & (m_slots.size() - 1);
        while (m_slots[at].key != empty && m_slots[at].key != key) at = (at + 1) & (m_slots.size() - 1);
        return at;
    }

    std::vector<Slot> m_slots;
};

} // namespace headlens::text
