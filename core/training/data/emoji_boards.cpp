// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/data/emoji_boards.h"

#include "core/imaging/pil_resize.h"
#include "core/training/data/random.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace headlens {
namespace {

constexpr int kCells = kBoardSide * kBoardSide, kMostConcepts = 24;

struct Direction {
    std::vector<std::string> words;
    int dx, dy;
};
const std::vector<Direction>& directions()
{
    static const std::vector<Direction> kAll{
        {{"left", "of"}, -1, 0}, {{"right", "of"}, 1, 0}, {{"above"}, 0, -1}, {{"below"}, 0, 1}};
    return kAll;
}

struct Ground {
    const char* name;
    std::array<std::uint8_t, 3> color;
};
constexpr std::array<Ground, 6> kGrounds{{{"white", {245, 245, 245}},
                                          {"blue", {150, 190, 240}},
                                          {"green", {165, 215, 160}},
                                          {"yellow", {248, 230, 140}},
                                          {"pink", {248, 190, 205}},
                                          {"gray", {150, 150, 155}}}};
constexpr std::array<const char*, 6> kNumbers{"zero", "one", "two", "three", "four", "five"};

// "top", "left"; the middle cell is "middle" alone.
std::vector<std::string> placeOf(int cell)
{
    static const std::array<const char*, kBoardSide> kRows{"top", "middle", "bottom"},
        kColumns{"left", "middle", "right"};
    const std::string row = kRows[std::size_t(cell / kBoardSide)], column = kColumns[std::size_t(cell % kBoardSide)];
    if (row == column) return {row};
    return {row, column};
}

int neighbour(int cell, const Direction& to)
{
    const int x = cell % kBoardSide + to.dx, y = cell / kBoardSide + to.dy;
    return x < 0 || y < 0 || x >= kBoardSide || y >= kBoardSide ? -1 : y * kBoardSide + x;
}

std::vector<int> filledCells(const Board& board)
{
    std::vector<int> filled;
    for (int i = 0; i < kCells; ++i)
        if (board.cells[std::size_t(i)] >= 0) filled.push_back(i);
    return filled;
}

// RGBA `art` over the picture, its upper left corner at (left, top), every channel by its own gain.
void lay(Image8& picture, const Image8& art, int left, int top, const std::array<double, 3>& gain)
{
    for (int y = 0; y < art.height; ++y)
        for (int x = 0; x < art.width; ++x) {
            if (left + x < 0 || top + y < 0 || left + x >= picture.width || top + y >= picture.height) continue;
            const std::uint8_t* from = art.at(x, y);
            std::uint8_t* to = picture.at(left + x, top + y);
            const double alpha = from[3] / 255.0;
            for (std::size_t c = 0; c < 3; ++c)
                to[c] = std::uint8_t(std::clamp(alpha * from[c] * gain[c] + (1 - alpha) * to[c] + 0.5, 0.0, 255.0));
        }
}

void fill(Image8& picture, const Ground& ground, double grain, Random& random)
{
    for (int y = 0; y < picture.height; ++y)
        for (int x = 0; x < picture.width; ++x)
            for (std::size_t c = 0; c < 3; ++c)
                picture.at(x, y)[c] =
                    std::uint8_t(std::clamp(ground.color[c] + random.real(-grain, grain), 0.0, 255.0));
}

void append(std::vector<std::string>& to, const std::vector<std::string>& words)
{
    to.insert(to.end(), words.begin(), words.end());
}

} // namespace

BoardMaker::BoardMaker(const ArtLibrary& library, std::vector<std::string> styles)
{
    for (std::size_t i = 0; i < library.concepts().size() && m_concepts.size() < std::size_t(kMostConcepts); ++i) {
        Drawn drawn{library.concepts()[i].name, {}};
        for (const std::string& style : styles)
            for (const Image8& picture : library.pictures(style, i)) drawn.pictures.push_back(&picture);
        if (drawn.name.find(' ') == std::string::npos && !drawn.pictures.empty())
            m_concepts.push_back(std::move(drawn));
    }
}

Board BoardMaker::make(std::uint64_t seed, int side, bool hard, int fewest, int most) const
{
    Random random(seed);
    Board board{Image8(side, side), std::vector<int>(kCells, -1), random.whole(int(kGrounds.size()))};
    fill(board.picture, kGrounds[std::size_t(board.color)], hard ? 12 : 0, random);
    const int cell = side / kBoardSide, count = fewest + random.whole(most - fewest + 1);
    for (int placed = 0; placed < count;) {
        const int at = random.whole(kCells), concept_ = random.whole(int(m_concepts.size()));
        if (board.cells[std::size_t(at)] >= 0 || std::ranges::find(board.cells, concept_) != board.cells.end())
            continue;
        board.cells[std::size_t(at)] = concept_;
        ++placed;
        const auto& pictures = m_concepts[std::size_t(concept_)].pictures;
        const Image8& art = *pictures[std::size_t(random.whole(int(pictures.size())))];
        const int size = int(cell * random.real(hard ? 0.72 : 0.86, 0.98));
        const int room = cell - size;
        const int left = at % kBoardSide * cell + random.whole(room + 1),
                  top = at / kBoardSide * cell + random.whole(room + 1);
        const double tint = hard ? 0.15 : 0;
        const std::array<double, 3> gain{random.real(1 - tint, 1 + tint), random.real(1 - tint, 1 + tint),
                                         random.real(1 - tint, 1 + tint)};
        lay(board.picture, pilResize(art, size, size, Filter::Bicubic), left, top, gain);
    }
    return board;
}

std::vector<std::string> BoardMaker::the(int concept_) const
{
    if (concept_ < 0) return {"nothing"};
    return {"the", nameOf(concept_)};
}

// Three of four times about something that has a neighbour there, where there is one.
BoardQuestion BoardMaker::beside(const Board& board, std::uint64_t seed) const
{
    Random random(seed);
    std::vector<std::pair<int, const Direction*>> taken, open; // cell and direction
    for (const int cell : filledCells(board))
        for (const Direction& to : directions()) {
            const int there = neighbour(cell, to);
            (there >= 0 && board.cells[std::size_t(there)] >= 0 ? taken : open).emplace_back(cell, &to);
        }
    const bool hasAnswer = !taken.empty() && (open.empty() || random.chance(0.75));
    const auto& from = hasAnswer ? taken : open;
    const auto& [cell, to] = from[std::size_t(random.whole(int(from.size())))];
    const int there = neighbour(cell, *to);
    BoardQuestion asked{{"what", "is"}, the(there < 0 ? -1 : board.cells[std::size_t(there)])};
    append(asked.question, to->words);
    append(asked.question, the(board.cells[std::size_t(cell)]));
    asked.question.emplace_back("?");
    return asked;
}

BoardQuestion BoardMaker::ask(const Board& board, BoardAsked kind, std::uint64_t seed) const
{
    Random random(seed);
    const std::vector<int> filled = filledCells(board);
    const int cell = filled[std::size_t(random.whole(int(filled.size())))];
    BoardQuestion asked;
    switch (kind) {
    case BoardAsked::Beside: return beside(board, seed);
    case BoardAsked::What: {
        const int any = random.chance(0.8) ? cell : random.whole(kCells);
        asked = {{"what", "is", "at", "the"}, the(board.cells[std::size_t(any)])};
        append(asked.question, placeOf(any));
        break;
    }
    case BoardAsked::HowMany: asked = {{"how", "many", "emoji", "are", "there"}, {kNumbers.at(filled.size())}}; break;
    case BoardAsked::Color:
        asked = {{"what", "color", "is", "the", "background"}, {kGrounds[std::size_t(board.color)].name}};
        break;
    case BoardAsked::Everything: // cell by cell, row by row
        asked.question = {"what", "is", "on", "the", "board"};
        for (const int concept_ : board.cells) asked.answer.push_back(concept_ < 0 ? "nothing" : nameOf(concept_));
        break;
    }
    asked.question.emplace_back("?");
    return asked;
}

std::vector<std::string> BoardMaker::words() const
{
    std::set<std::string> words{"what", "is",    "at",         "the", "there", "how", "many",   "emoji",
                                "are",  "color", "background", "on",  "board", "?",   "nothing"};
    for (const Direction& to : directions()) words.insert(to.words.begin(), to.words.end());
    for (const Ground& ground : kGrounds) words.insert(ground.name);
    for (const char* number : kNumbers) words.insert(number);
    for (int cell = 0; cell < kCells; ++cell)
        for (const std::string& word : placeOf(cell)) words.insert(word);
    for (const Drawn& drawn : m_concepts) words.insert(drawn.name);
    return {words.begin(), words.end()};
}

} // namespace headlens
