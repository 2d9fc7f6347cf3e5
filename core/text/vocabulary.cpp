// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/vocabulary.h"

namespace headlens::text {

bool Vocabulary::add(std::string_view piece, long long id)
{
    if (id < 0 || id > largestId) return false;
    const std::string& kept = m_storage.emplace_back(piece);
    m_ids.insert_or_assign(std::string_view(kept), int(id));
    const auto index = std::size_t(id);
    if (index >= m_pieces.size()) m_pieces.resize(index + 1, nullptr);
    if (!m_pieces[index]) m_pieces[index] = &kept;
    return true;
}

const std::string& Vocabulary::piece(int id) const
{
    static const std::string none;
    return has(id) ? *m_pieces[std::size_t(id)] : none;
}

} // namespace headlens::text
