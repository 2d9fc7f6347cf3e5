// SPDX-License-Identifier: GPL-3.0-or-later
// All prefixes of a text that are in a list of byte strings, in one walk.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace headlens::text {

class Trie {
public:
    // Longer strings would make every walk long: a text of n bytes takes up to n times this many steps.
    static constexpr std::size_t longestKey = 1024;

    // The last of several equal keys counts. Keys that are empty or too long are left out.
    explicit Trie(std::vector<std::pair<std::string_view, int>> entries = {});

    static constexpr int none = -1;
    static constexpr std::uint32_t root = 0;
    static constexpr std::uint32_t nowhere = ~0U;
    std::uint32_t step(std::uint32_t node, unsigned char byte) const
    {
        if (node == root) return m_first[byte];
        const Node& from = m_nodes[node];
        for (std::uint32_t child = from.children; child < from.children + from.count; ++child)
            if (m_nodes[child].label == byte) return child;
        return nowhere;
    }
    int value(std::uint32_t node) const { return m_nodes[node].value; }
    // The node behind all of `prefix`, or nowhere.
    std::uint32_t walk(std::string_view prefix) const;

private:
    struct Node {
        std::uint32_t children = 0;
        int value = none;
        std::uint16_t count = 0;
        std::uint8_t label = 0;
    };
    std::vector<Node> m_nodes;
    std::array<std::uint32_t, 256> m_first{};
};

} // namespace headlens::text
