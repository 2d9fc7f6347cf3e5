// SPDX-License-Identifier: GPL-3.0-or-later
// Boards of three by three cells with three to five different emoji on them, and questions about who stands where.
// Everything is determined by its seed alone.
#pragma once

#include "core/training/data/art_library.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace headlens {

inline constexpr int kBoardSide = 3, kBoardCells = kBoardSide * kBoardSide;

struct EmojiBoard {
    Image8 picture;
    std::array<int, kBoardCells> cells{}; // row by row: the number of a thing, or -1 where nothing is
};

const std::vector<std::string>& boardThings(); // "cat", "dog" ...: one word each
std::vector<std::string> boardWords();         // of all questions and answers, sorted

class BoardMaker {
public:
    // Draws from `styles` only. The library must outlive the maker. Throws Error(FileMissing) for a thing without art.
    BoardMaker(const ArtLibrary& library, const std::vector<std::string>& styles);
    // Thread safe. `hard` moves, mirrors and tints more than a clean board does.
    EmojiBoard make(std::uint64_t seed, int side, bool hard) const;

private:
    std::vector<std::vector<const Image8*>> m_pictures; // thing -> pictures of all styles
};

enum class BoardAsked : std::uint8_t {
    Beside,  // "what is left of the dog ?": the nearest one in its row or column, or "nothing"
    Where,   // "where is the dog ?": "top left"
    At,      // "what is at the top left ?"
    Present, // "is there a dog ?"
    Count,   // "how many things are there ?"
    All,     // "what is in the picture ?": everything in reading order
};
inline constexpr int kBoardAsked = 5; // kinds with a short answer: all but the last

struct BoardTalk {
    std::vector<std::string> question, answer;
};
BoardTalk boardTalk(const EmojiBoard& board, BoardAsked asked, std::uint64_t seed);

} // namespace headlens
