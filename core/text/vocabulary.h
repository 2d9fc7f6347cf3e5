// SPDX-License-Identifier: GPL-3.0-or-later
// Pieces and their ids, both ways.
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace headlens::text {

class Vocabulary {
public:
    static constexpr int largestId = (1 << 22) - 1; // the largest real vocabularies have about a million pieces

    Vocabulary() = default;
    Vocabulary(Vocabulary&&) = default;
    Vocabulary& operator=(Vocabulary&&) = default;
    Vocabulary(const Vocabulary&) = delete; // the views of a copy would point into the original
    Vocabulary& operator=(const Vocabulary&) = delete;

    // A piece given twice keeps its last id; an id given twice keeps its first piece. False for ids out of range.
    bool add(std::string_view piece, long long id);

    std::optional<int> idOf(std::string_view piece) const
    {
        const auto found = m_ids.find(piece);
        return found == m_ids.end() ? std::nullopt : std::optional<int>(found->second);
    }
    const std::string& piece(int id) const; // empty for ids outside and holes
    bool has(int id) const { return id >= 0 && std::size_t(id) < m_pieces.size() && m_pieces[std::size_t(id)]; }
    int size() const { return int(m_pieces.size()); } // largest id + 1
    int count() const { return int(m_ids.size()); }

private:
    std::deque<std::string> m_storage; // never moves its strings
    std::vector<const std::string*> m_pieces;
    std::unordered_map<std::string_view, int> m_ids;
};

} // namespace headlens::text
