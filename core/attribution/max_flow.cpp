// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/attribution/max_flow.h"

#include <algorithm>
#include <limits>

namespace headlens {
namespace {

constexpr double kNothing = 1e-14; // capacity below this is rounding

} // namespace

void FlowNetwork::connect(std::size_t from, std::size_t to, double capacity)
{
    m_edges[from].push_back({to, m_edges[to].size(), capacity, capacity});
    m_edges[to].push_back({from, m_edges[from].size() - 1, 0, 0});
}

double FlowNetwork::largestFlow(std::size_t source, std::size_t sink)
{
    clear();
    double flow = 0;
    while (findLevels(source, sink)) {
        m_next.assign(m_edges.size(), 0);
        for (double more = 1; more > kNothing; flow += more)
            more = push(source, sink, std::numeric_limits<double>::infinity());
    }
    return flow;
}

bool FlowNetwork::findLevels(std::size_t source, std::size_t sink)
{
    m_levels.assign(m_edges.size(), -1);
    m_levels[source] = 0;
    std::vector<std::size_t> queue{source};
    for (std::size_t i = 0; i < queue.size(); ++i)
        for (const Edge& edge : m_edges[queue[i]])
            if (edge.free > kNothing && m_levels[edge.to] < 0) {
                m_levels[edge.to] = m_levels[queue[i]] + 1;
                queue.push_back(edge.to);
            }
    return m_levels[sink] >= 0;
}

// As deep as there are blocks.
double FlowNetwork::push(std::size_t node, std::size_t sink, double most)
{
    if (node == sink) return most;
    double pushed = 0;
    for (std::size_t& i = m_next[node]; i < m_edges[node].size(); ++i) {
        Edge& edge = m_edges[node][i];
        if (edge.free <= kNothing || m_levels[edge.to] != m_levels[node] + 1) continue;
        const double passed = push(edge.to, sink, std::min(most - pushed, edge.free));
        edge.free -= passed;
        m_edges[edge.to][edge.back].free += passed;
        pushed += passed;
        if (most - pushed <= kNothing) return pushed; // the edge may have room left
    }
    return pushed;
}

void FlowNetwork::clear()
{
    for (auto& edges : m_edges)
        for (Edge& edge : edges) edge.free = edge.capacity;
}

} // namespace headlens
