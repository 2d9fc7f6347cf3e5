// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/added_tokens.h"

#include <array>

namespace headlens::text {
namespace {

std::string normalizedContent(const AddedToken& token, const Normalizer* normalizer)
{
    Aligned text(decodeUtf8(token.content), 0);
    if (normalizer) normalizer->apply(text);
    return toUtf8(text.text());
}

std::uint32_t step(const Trie& trie, std::uint32_t node, char32_t c)
{
    if (c < 0x80) return trie.step(node, static_cast<unsigned char>(c));
    std::string bytes;
    appendUtf8(bytes, c);
    for (std::size_t i = 0; i < bytes.size() && node != Trie::nowhere; ++i)
        node = trie.step(node, static_cast<unsigned char>(bytes[i]));
    return node;
}

bool standsAlone(std::u32string_view text, std::size_t begin, std::size_t end)
{
    return (begin == 0 || !isWordCharacter(text[begin - 1])) && (end == text.size() || !isWordCharacter(text[end]));
}

} // namespace

AddedTokens::AddedTokens(const std::vector<AddedToken>& tokens, const Normalizer* normalizer)
{
    for (const AddedToken& token : tokens) {
        if (token.content.empty() || token.id < 0) continue;
        if (const auto old = m_byContent.find(token.content); old != m_byContent.end()) m_byId.erase(old->second);
        m_byId.insert_or_assign(token.id, token);
        m_byContent.insert_or_assign(token.content, token.id);
        if (token.special) m_special.insert(token.content);
    }
    std::array<std::vector<std::pair<std::string_view, int>>, 2> entries;
    for (const auto& [id, token] : m_byId) {
        if (token.normalized) m_normalizedContent[id] = normalizedContent(token, normalizer);
        if (token.found) entries[token.normalized ? 1 : 0].emplace_back(written(token), id);
    }
    m_anyRaw = !entries[0].empty();
    m_anyNormalized = !entries[1].empty();
    m_raw = Trie(entries[0]);
    m_normalized = Trie(entries[1]);
}

AddedTokens::Found AddedTokens::longestAt(const Trie& trie, std::u32string_view text, std::size_t begin)
{
    Found found;
    std::uint32_t node = Trie::root;
    for (std::size_t at = begin; at < text.size(); ++at) {
        node = step(trie, node, text[at]);
        if (node == Trie::nowhere) break;
        if (trie.value(node) != Trie::none) found = {at + 1, trie.value(node)};
    }
    return found;
}

std::vector<Word> AddedTokens::cut(std::u32string_view text, bool normalized) const
{
    std::vector<Word> words;
    const Trie& trie = normalized ? m_normalized : m_raw;
    std::size_t last = 0; // everything before is in a word
    for (std::size_t at = 0; (normalized ? m_anyNormalized : m_anyRaw) && at < text.size();) {
        const Found found = longestAt(trie, text, at);
        if (found.id < 0) {
            ++at;
            continue;
        }
        const AddedToken& token = m_byId.at(found.id);
        std::size_t begin = at, end = found.end;
        at = found.end;
        if (begin < last || (token.singleWord && !standsAlone(text, begin, end))) continue;
        while (token.lstrip && begin > last && isWhitespace(text[begin - 1])) --begin;
        while (token.rstrip && end < text.size() && isWhitespace(text[end])) ++end;
        if (last < begin) words.push_back({last, begin});
        words.push_back({begin, end, token.id});
        last = end;
    }
    if (last < text.size()) words.push_back({last, text.size()});
    return words;
}

const std::string& AddedTokens::written(const AddedToken& token) const
{
    const auto found = m_normalizedContent.find(token.id);
    return found == m_normalizedContent.end() ? token.content : found->second;
}

const AddedToken* AddedTokens::byId(int id) const
{
    const auto found = m_byId.find(id);
    return found == m_byId.end() ? nullptr : &found->second;
}

const AddedToken* AddedTokens::byContent(std::string_view content) const
{
    const auto found = m_byContent.find(content);
    return found == m_byContent.end() ? nullptr : byId(found->second);
}

} // namespace headlens::text
