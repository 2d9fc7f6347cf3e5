// SPDX-License-Identifier: GPL-3.0-or-later
// The largest flow through a network of capacities, by Dinic's method with real numbers.
#pragma once

#include <cstddef>
#include <vector>

namespace headlens {

class FlowNetwork {
public:
    explicit FlowNetwork(std::size_t nodes) : m_edges(nodes) {}

    void connect(std::size_t from, std::size_t to, double capacity);
    // From an empty network; what an earlier call left is taken away first.
    double largestFlow(std::size_t source, std::size_t sink);

private:
    struct Edge {
        std::size_t to, back; // its counterpart among the edges of `to`
        double free, capacity;
    };
    bool findLevels(std::size_t source, std::size_t sink);
    double push(std::size_t node, std::size_t sink, double most);
    void clear();

    std::vector<std::vector<Edge>> m_edges; // by node
    std::vector<int> m_levels;              // steps from the source; -1: not reached
    std::vector<std::size_t> m_next;        // the edge of a node that is tried next
};

} // namespace headlens
