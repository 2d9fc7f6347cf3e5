// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/bpe_words.h"

#include <algorithm>

namespace headlens::text {
namespace {

// The first space mark at or behind `at` that stands behind another character.
std::size_t nextWord(std::string_view text, std::size_t at, std::string_view mark)
{
    while (text.substr(at).starts_with(mark)) at += mark.size();
    return std::min(text.find(mark, at), text.size());
}

} // namespace

std::size_t nextCharacter(std::string_view word, std::size_t at)
{
    do ++at;
    while (at < word.size() && (word[at] & 0xC0) == 0x80);
    return at;
}

void BpeWords::noteWhole(std::string_view piece)
{
    if (nextWord(piece, 0, spaceMark) < piece.size()) forbidCuts();
}

std::size_t BpeWords::partEnd(std::string_view word, std::size_t begin) const
{
    return m_cutsAtSpaces ? nextWord(word, begin, spaceMark) : word.size();
}

void BpeWords::pieces(std::string_view word, std::vector<Piece>& target, Scratch& scratch) const
{
    std::vector<Piece> fresh;
    for (std::size_t begin = 0; begin < word.size();) {
        const std::size_t end = partEnd(word, begin);
        const std::string_view part = word.substr(begin, end - begin);
        const std::vector<Piece>* found = &fresh;
        if (part.size() > Scratch::longestWord) {
            fresh.clear();
            merge(part, fresh);
        } else if (const auto known = scratch.words.find(part); known != scratch.words.end()) {
            found = &known->second;
        } else {
            if (scratch.words.size() >= Scratch::mostWords) scratch.words.clear();
            std::vector<Piece>& kept = scratch.words[std::string(part)];
            merge(part, kept);
            found = &kept;
        }
        for (Piece piece : *found) {
            piece.begin += std::uint32_t(begin);
            piece.end += std::uint32_t(begin);
            target.push_back(piece);
        }
        begin = end;
    }
}

} // namespace headlens::text
