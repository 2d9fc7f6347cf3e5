// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/data/emoji_boards.h"

#include "core/base/error.h"
#include "core/imaging/pil_resize.h"
#include "core/training/data/random.h"

#include <algorithm>

namespace headlens {
namespace {

constexpr std::array<const char*, kBoardSide> kRows{"top", "middle", "bottom"}, kColumns{"left", "center", "right"};
constexpr std::array<const char*, 3> kNumbers{"three", "four", "five"};

struct Direction {
    std::vector<std::string> words;
    int dx, dy;
};
const std::vector<Direction>& directions()
{
    static const std::vector<Direction> kDirections{
        {{"left", "of"}, -1, 0}, {{"right", "of"}, 1, 0}, {{"above"}, 0, -1}, {{"below"}, 0, 1}};
    return kDirections;
}

std::uint8_t byteOf(double value)
{
    return std::uint8_t(std::clamp(value + 0.5, 0.0, 255.0));
}

Image8 ground(Random& random, int side)
{
    Image8 image(side, side);
    std::array<double, 3> color{}, slope{};
    for (std::size_t c = 0; c < 3; ++c) {
        color[c] = random.real(110, 255);
        slope[c] = random.real(-50, 50) / side;
    }
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x)
            for (std::size_t c = 0; c < 3; ++c) image.at(x, y)[c] = byteOf(color[c] + slope[c] * (y - side / 2));
    return image;
}

struct Placing {
    int x, y, size; // of its upper left corner
    bool mirrored;
    std::array<double, 3> gain; // per channel
};

void put(Image8& image, const Image8& original, const Placing& to)
{
    const Image8 art = pilResize(original, to.size, to.size, Filter::Box);
    for (int v = 0; v < to.size; ++v)
        for (int u = 0; u < to.size; ++u) {
            const int x = to.x + u, y = to.y + v;
            if (x < 0 || y < 0 || x >= image.width || y >= image.height) continue;
            const std::uint8_t* from = art.at(to.mirrored ? to.size - 1 - u : u, v);
            const double share = from[3] / 255.0;
            for (std::size_t c = 0; c < 3; ++c) {
                std::uint8_t& target = image.at(x, y)[c];
                target = byteOf(from[c] * to.gain[c] * share + target * (1 - share));
            }
        }
}

std::vector<int> occupied(const EmojiBoard& board)
{
    std::vector<int> cells;
    for (int cell = 0; cell < kBoardCells; ++cell)
        if (board.cells[std::size_t(cell)] >= 0) cells.push_back(cell);
    return cells;
}

std::string thingAt(const EmojiBoard& board, int cell)
{
    const int thing = cell < 0 ? -1 : board.cells[std::size_t(cell)];
    return thing < 0 ? "nothing" : boardThings()[std::size_t(thing)];
}

std::vector<std::string> placeOf(int cell)
{
    return {kRows[std::size_t(cell / kBoardSide)], kColumns[std::size_t(cell % kBoardSide)]};
}

// The nearest thing in a direction; -1 without.
int nearest(const EmojiBoard& board, int cell, const Direction& way)
{
    int x = cell % kBoardSide + way.dx, y = cell / kBoardSide + way.dy;
    for (; x >= 0 && y >= 0 && x < kBoardSide && y < kBoardSide; x += way.dx, y += way.dy)
        if (board.cells[std::size_t(y * kBoardSide + x)] >= 0) return y * kBoardSide + x;
    return -1;
}

BoardTalk beside(const EmojiBoard& board, Random& random)
{
    constexpr double kNothing = 0.2; // of all questions, where the board allows
    const std::vector<int> cells = occupied(board);
    const bool wantsNothing = random.chance(kNothing);
    int cell = 0, found = 0;
    const Direction* way = nullptr;
    for (int tries = 0; tries < 40; ++tries) {
        cell = random.one(cells);
        way = &random.one(directions());
        found = nearest(board, cell, *way);
        if ((found < 0) == wantsNothing) break;
    }
    BoardTalk talk{{"what", "is"}, {thingAt(board, found)}};
    talk.question.insert(talk.question.end(), way->words.begin(), way->words.end());
    talk.question.insert(talk.question.end(), {"the", thingAt(board, cell), "?"});
    return talk;
}

BoardTalk at(const EmojiBoard& board, Random& random)
{
    constexpr double kNothing = 0.2;
    const bool wantsNothing = random.chance(kNothing);
    int cell = 0;
    do cell = random.whole(kBoardCells);
    while ((board.cells[std::size_t(cell)] < 0) != wantsNothing);
    BoardTalk talk{{"what", "is", "at", "the"}, {thingAt(board, cell)}};
    const std::vector<std::string> place = placeOf(cell);
    talk.question.insert(talk.question.end(), place.begin(), place.end());
    talk.question.emplace_back("?");
    return talk;
}

BoardTalk present(const EmojiBoard& board, Random& random)
{
    int thing = board.cells[std::size_t(random.one(occupied(board)))];
    const bool there = random.chance(0.5);
    while (!there && std::ranges::find(board.cells, thing) != board.cells.end())
        thing = random.whole(int(boardThings().size()));
    return {{"is", "there", "a", boardThings()[std::size_t(thing)], "?"}, {there ? "yes" : "no"}};
}

} // namespace

const std::vector<std::string>& boardThings()
{
    static const std::vector<std::string> kThings{
        "cat",    "dog",   "horse",  "pig",   "rabbit", "monkey", "frog", "turtle", "fish", "penguin", "bee",  "tree",
        "flower", "apple", "banana", "pizza", "cake",   "car",    "bus",  "rocket", "house", "bell",   "heart", "fire"};
    return kThings;
}

std::vector<std::string> boardWords()
{
    std::vector<std::string> words{"what", "is",   "of",   "above", "below", "where", "the",     "at", "a",   "there",
                                   "how",  "many", "things", "are", "in", "picture", "nothing", "yes", "no",  "?"};
    words.insert(words.end(), kRows.begin(), kRows.end());
    words.insert(words.end(), kColumns.begin(), kColumns.end());
    words.insert(words.end(), kNumbers.begin(), kNumbers.end());
    words.insert(words.end(), boardThings().begin(), boardThings().end());
    std::ranges::sort(words);
    return words;
}

BoardMaker::BoardMaker(const ArtLibrary& library, const std::vector<std::string>& styles)
{
    for (const std::string& thing : boardThings()) {
        const auto hit = std::ranges::find(library.concepts(), thing, &Concept::name);
        std::vector<const Image8*> pictures;
        if (hit != library.concepts().end())
            for (const std::string& style : styles)
                for (const Image8& picture : library.pictures(style, std::size_t(hit - library.concepts().begin())))
                    pictures.push_back(&picture);
        if (pictures.empty())
            throw Error(ErrorCode::FileMissing, thing, "has no picture in the chosen styles",
                        "run tools/emoji_art.sh again");
        m_pictures.push_back(std::move(pictures));
    }
}

EmojiBoard BoardMaker::make(std::uint64_t seed, int side, bool hard) const
{
    Random random(seed);
    EmojiBoard board{ground(random, side), {}};
    board.cells.fill(-1);
    const int things = 3 + random.whole(int(kNumbers.size()));
    const double cellSide = double(side) / kBoardSide, freedom = hard ? 0.1 : 0.04;
    for (int placed = 0; placed < things;) {
        const int cell = random.whole(kBoardCells), thing = random.whole(int(m_pictures.size()));
        if (board.cells[std::size_t(cell)] >= 0 || std::ranges::find(board.cells, thing) != board.cells.end()) continue;
        board.cells[std::size_t(cell)] = thing;
        const double size = random.real(hard ? 0.75 : 0.85, 1) * cellSide;
        const auto corner = [&](int line) {
            return int(line * cellSide + (cellSide - size) / 2 + random.real(-freedom, freedom) * cellSide);
        };
        Placing to{corner(cell % kBoardSide), corner(cell / kBoardSide), int(size), random.chance(0.5), {}};
        const double strength = hard ? 0.2 : 0;
        for (double& gain : to.gain) gain = random.real(1 - strength, 1 + strength);
        put(board.picture, *random.one(m_pictures[std::size_t(thing)]), to);
        ++placed;
    }
    return board;
}

BoardTalk boardTalk(const EmojiBoard& board, BoardAsked asked, std::uint64_t seed)
{
    Random random(seed);
    const std::vector<int> cells = occupied(board);
    switch (asked) {
    case BoardAsked::Beside: return beside(board, random);
    case BoardAsked::Where: {
        const int cell = random.one(cells);
        return {{"where", "is", "the", thingAt(board, cell), "?"}, placeOf(cell)};
    }
    case BoardAsked::At: return at(board, random);
    case BoardAsked::Present: return present(board, random);
    case BoardAsked::Count: return {{"how", "many", "things", "are", "there", "?"}, {kNumbers.at(cells.size() - 3)}};
    case BoardAsked::All: break;
    }
    BoardTalk talk{{"what", "is", "in", "the", "picture", "?"}, {}};
    for (const int cell : cells) talk.answer.push_back(thingAt(board, cell));
    return talk;
}

} // namespace headlens
