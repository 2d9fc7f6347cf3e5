// SPDX-License-Identifier: GPL-3.0-or-later
// Boards of three by three cells with a few emoji on them, and questions about what stands where. Every board and
// every question is determined by its seed alone.
#pragma once

#include "core/training/data/art_library.h"

#include <cstdint>
#include <string>
#include <vector>

namespace headlens {

inline constexpr int kBoardSide = 3; // cells

enum class BoardAsked : std::uint8_t { Beside, What, HowMany, Color, Everything };
inline constexpr int kBoardQuestions = 5; // kinds

struct BoardQuestion {
    std::vector<std::string> question, answer; // words: "what", "is", "left", "of", "the", "dog", "?"; "the", "cat"
};

struct Board {
    Image8 picture;
    std::vector<int> cells; // of every cell the number of its concept, row by row; -1: empty
    int color = 0;          // of the background
};

class BoardMaker {
public:
    // Draws from `styles` only, and concepts of one word. The library must outlive the maker.
    BoardMaker(const ArtLibrary& library, std::vector<std::string> styles);

    // `side` pixels, a multiple of 3, with `fewest` to `most` emoji. `hard`: larger changes of place, size and tint,
    // for training. Thread safe.
    Board make(std::uint64_t seed, int side, bool hard, int fewest = 2, int most = 4) const;
    BoardQuestion ask(const Board& board, BoardAsked kind, std::uint64_t seed) const;
    std::vector<std::string> words() const; // of all questions and answers, sorted

private:
    struct Drawn {
        std::string name;
        std::vector<const Image8*> pictures; // of all styles
    };
    BoardQuestion beside(const Board& board, std::uint64_t seed) const;
    const std::string& nameOf(int concept_) const { return m_concepts[std::size_t(concept_)].name; }
    std::vector<std::string> the(int concept_) const; // "the", "dog"; of an empty cell "nothing"

    std::vector<Drawn> m_concepts;
};

} // namespace headlens
