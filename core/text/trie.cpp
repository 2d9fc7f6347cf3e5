// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/trie.h"

#include <algorithm>

namespace headlens::text {

Trie::Trie(std::vector<std::pair<std::string_view, int>> entries)
{
    std::erase_if(entries, [](const auto& entry) { return entry.first.empty() || entry.first.size() > longestKey; });
    std::stable_sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    struct Range {
        std::size_t begin, end, depth;
    };
    // Breadth first, so that the children of a node stand together.
    std::vector<Range> ranges{{0, entries.size(), 0}};
    m_nodes.emplace_back();
    for (std::size_t node = 0; node < m_nodes.size(); ++node) {
        auto [begin, end, depth] = ranges[node];
        for (; begin < end && entries[begin].first.size() == depth; ++begin)
            m_nodes[node].value = entries[begin].second;
        m_nodes[node].children = std::uint32_t(m_nodes.size());
        while (begin < end) {
            const char label = entries[begin].first[depth];
            std::size_t next = begin;
            while (next < end && entries[next].first[depth] == label) ++next;
            m_nodes.emplace_back().label = std::uint8_t(label);
            ranges.push_back({begin, next, depth + 1});
            ++m_nodes[node].count;
            begin = next;
        }
    }
    m_first.fill(nowhere);
    for (std::uint32_t child = m_nodes[0].children; child < m_nodes[0].children + m_nodes[0].count; ++child)
        m_first[m_nodes[child].label] = child;
}

std::uint32_t Trie::walk(std::string_view prefix) const
{
    std::uint32_t node = root;
    for (const char c : prefix) {
        if (node == nowhere) return nowhere;
        node = step(node, static_cast<unsigned char>(c));
    }
    return node;
}

} // namespace headlens::text
