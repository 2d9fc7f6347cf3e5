// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/text/tiles.h"

#include <algorithm>
#include <utility>

namespace headlens {
namespace {

constexpr const char* kBlanks = " \t\r\n";

// Where the `ordinal`th occurrence of a word begins; npos: there are not so many.
std::size_t beginOf(const std::string& text, const std::string& word, int ordinal)
{
    for (std::size_t begin = text.find_first_not_of(kBlanks); begin != std::string::npos;) {
        const std::size_t end = std::min(text.find_first_of(kBlanks, begin), text.size());
        if (text.compare(begin, end - begin, word) == 0 && ordinal-- == 0) return begin;
        begin = text.find_first_not_of(kBlanks, end);
    }
    return std::string::npos;
}

// Bytes before a code point of UTF-8; npos: the text is shorter.
std::size_t bytesBefore(const std::string& text, int codePoint)
{
    std::size_t at = 0;
    for (; codePoint > 0 && at < text.size(); --codePoint) do
            ++at;
        while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U);
    return codePoint == 0 ? at : std::string::npos;
}

// Where the word of a token stands: as the piece says, or else between the code points it was read from.
std::pair<std::size_t, std::size_t> rangeOf(const std::string& text, const std::vector<verbs::TextToken>& tokens,
                                            int token)
{
    const verbs::TextToken& tile = tokens[std::size_t(token)];
    const auto ordinal =
        std::count_if(tokens.begin(), tokens.begin() + token, [&](const auto& one) { return one.piece == tile.piece; });
    const std::size_t begin = beginOf(text, tile.piece, int(ordinal));
    if (begin != std::string::npos) return {begin, begin + tile.piece.size()};
    const std::size_t from = bytesBefore(text, tile.begin), to = bytesBefore(text, tile.end);
    if (tile.begin < 0 || tile.begin >= tile.end || to == std::string::npos) return {std::string::npos, 0};
    return {from, to};
}

} // namespace

TileKind kindOf(const verbs::TextToken& token)
{
    if (token.kind == "image") return TileKind::Image;
    if (token.kind == "state") return TileKind::State;
    return token.kind == "object" ? TileKind::Object : TileKind::Word;
}

bool hasInjected(const std::vector<verbs::TextToken>& tokens)
{
    return std::ranges::any_of(tokens, [](const auto& token) { return kindOf(token) != TileKind::Word; });
}

int patchOf(const std::vector<verbs::TextToken>& tokens, int token)
{
    if (token < 0 || token >= int(tokens.size()) || kindOf(tokens[std::size_t(token)]) != TileKind::Image) return -1;
    int first = token;
    while (first > 0 && kindOf(tokens[std::size_t(first) - 1]) == TileKind::Image) --first;
    return (token - first) % (kPatchesASide * kPatchesASide);
}

std::vector<TilePlace> wrapTiles(const std::vector<double>& widths, double margin, double right, double gap,
                                 double step)
{
    std::vector<TilePlace> places;
    double left = margin, top = margin;
    for (const double width : widths) {
        if (left + width > right && left > margin) {
            left = margin;
            top += step;
        }
        places.push_back({left, top, width});
        left += width + gap;
    }
    return places;
}

std::optional<StateWord> stateWordOf(const std::string& word)
{
    const std::size_t at = word.find_first_of("@^");
    if (at == std::string::npos) return {};
    StateWord found{word.substr(0, at), word.substr(at + 1), word[at] == '^'};
    const auto isOne = [](const std::vector<std::string>& all, const std::string& one) {
        return std::ranges::find(all, one) != all.end();
    };
    if (!isOne(stateColours(), found.colour) || !isOne(stateCells(), found.cell)) return {};
    return found;
}

const std::vector<std::string>& stateColours()
{
    static const std::vector<std::string> kColours{"red", "green", "blue", "yellow"};
    return kColours;
}

const std::vector<std::string>& stateCells()
{
    static const std::vector<std::string> kCells = [] {
        std::vector<std::string> cells;
        for (const char column : {'a', 'b', 'c', 'd'})
            for (const char row : {'1', '2', '3', '4'}) cells.push_back({column, row});
        return cells;
    }();
    return kCells;
}

std::optional<std::string> withWordOf(const std::string& text, const std::vector<verbs::TextToken>& tokens, int token,
                                      const std::string& word)
{
    if (token < 0 || token >= int(tokens.size())) return {};
    const auto [begin, end] = rangeOf(text, tokens, token);
    if (begin == std::string::npos) return {};
    std::string changed = text;
    if (!word.empty()) return changed.replace(begin, end - begin, word);
    const std::size_t next = text.find_first_not_of(kBlanks, end);
    changed.erase(begin, std::min(next, text.size()) - begin);
    if (next == std::string::npos) changed.erase(changed.find_last_not_of(kBlanks) + 1); // it was the last one
    return changed;
}

} // namespace headlens
