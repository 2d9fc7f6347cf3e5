// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/data/table_scenes.h"

#include "core/training/data/random.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace headlens {
namespace {

constexpr std::array<const char*, kTableColours> kNames{"red", "green", "blue", "yellow"};

const TableBlock* blockOn(const TableScene& scene, const TableBlock& lower)
{
    if (lower.upper) return nullptr;
    const auto hit = std::ranges::find_if(
        scene.blocks, [&](const TableBlock& any) { return any.upper && any.x == lower.x && any.y == lower.y; });
    return hit == scene.blocks.end() ? nullptr : &*hit;
}

const TableBlock& blockBelow(const TableScene& scene, const TableBlock& upper)
{
    return *std::ranges::find_if(
        scene.blocks, [&](const TableBlock& any) { return !any.upper && any.x == upper.x && any.y == upper.y; });
}

// The number of the block on which another stands, `otherwise` where none does.
int coveredOr(const TableScene& scene, int otherwise)
{
    const auto hit = std::ranges::find_if(scene.blocks, [&](const TableBlock& any) { return blockOn(scene, any); });
    return hit == scene.blocks.end() ? otherwise : int(hit - scene.blocks.begin());
}

void paint(Image8& picture, const TableBlock& block, Random& random)
{
    const double cell = double(picture.width) / kTableSide, half = cell * (block.upper ? 0.19 : 0.4);
    const double middleX = (block.x + 0.5) * cell, middleY = (block.y + 0.5) * cell;
    for (int y = int(middleY - half + 0.5); y < int(middleY + half + 0.5); ++y)
        for (int x = int(middleX - half + 0.5); x < int(middleX + half + 0.5); ++x)
            for (std::size_t c = 0; c < 3; ++c) {
                const double level = (double(kTablePalette.at(std::size_t(block.colour)).at(c)) + 1) * 127.5;
                picture.at(x, y)[c] = std::uint8_t(std::clamp(level + random.real(-6, 6), 0.0, 255.0));
            }
}

std::vector<std::string> given(const TableScene& scene, Told told)
{
    std::vector<std::string> words{"given"};
    const auto add = [&](std::initializer_list<std::string> more) { words.insert(words.end(), more); };
    if (told == Told::Picture) add({"<image>"});
    for (std::size_t i = 0; i < scene.blocks.size(); ++i) {
        const TableBlock& block = scene.blocks[i];
        const std::string name = kNames.at(std::size_t(block.colour));
        if (told == Told::State) add({stateWord(block)});
        if (told == Told::Objects) add({"<obj" + std::to_string(i + 1) + ">"});
        if (told != Told::Words) continue;
        if (i > 0) add({","});
        if (block.upper)
            add({name, "on", kNames.at(std::size_t(blockBelow(scene, block).colour))});
        else
            add({name, cellWord(block.x, block.y)});
    }
    return words;
}

} // namespace

std::string cellWord(int x, int y)
{
    return std::string(1, char('a' + x)) + std::to_string(y + 1);
}

std::string stateWord(const TableBlock& block)
{
    return kNames.at(std::size_t(block.colour)) + std::string(block.upper ? "^" : "@") + cellWord(block.x, block.y);
}

std::vector<std::string> tableWords()
{
    // "at" and "under" are said by nobody now; they belong to the vocabulary of the shipped model.
    std::vector<std::string> words{"given", "q",    "a",   ":",    "?",       ".",   ",",    "where",
                                   "is",    "left", "of",  "what", "on",      "how", "to",   "grasp",
                                   "move",  "grab", "yes", "no",   "nothing", "at",  "under"};
    words.insert(words.end(), kNames.begin(), kNames.end());
    for (int y = 0; y < kTableSide; ++y)
        for (int x = 0; x < kTableSide; ++x) words.push_back(cellWord(x, y));
    return words;
}

std::vector<std::string> tableStateWords()
{
    std::vector<std::string> words;
    for (int number = 0; number < kTableStates; ++number) words.push_back(stateWord(blockFromState(number)));
    return words;
}

TableScene tableScene(std::uint64_t seed, int side, int blocks)
{
    Random random(seed);
    TableScene scene{{}, Image8(side, side)};
    for (std::uint8_t& value : scene.picture.pixels)
        value = std::uint8_t(std::clamp(217 + random.real(-6, 6), 0.0, 255.0));
    std::array<int, kTableColours> colours{0, 1, 2, 3};
    for (int i = 0; i < blocks; ++i)
        std::swap(colours.at(std::size_t(i)), colours.at(std::size_t(i + random.whole(kTableColours - i))));
    std::sort(colours.begin(), colours.begin() + blocks);
    const auto taken = [&](int x, int y) {
        return std::ranges::any_of(scene.blocks, [&](const TableBlock& any) { return any.x == x && any.y == y; });
    };
    for (int i = 0; i < blocks; ++i) {
        TableBlock block{colours.at(std::size_t(i)), random.whole(kTableSide), random.whole(kTableSide), false};
        while (taken(block.x, block.y)) {
            block.x = random.whole(kTableSide);
            block.y = random.whole(kTableSide);
        }
        scene.blocks.push_back(block);
    }
    if (blocks > 1 && random.chance(0.6)) { // one moves onto another
        const int upper = random.whole(int(scene.blocks.size()));
        const int lower = (upper + 1 + random.whole(int(scene.blocks.size()) - 1)) % int(scene.blocks.size());
        scene.blocks[std::size_t(upper)].x = scene.blocks[std::size_t(lower)].x;
        scene.blocks[std::size_t(upper)].y = scene.blocks[std::size_t(lower)].y;
        scene.blocks[std::size_t(upper)].upper = true;
    }
    for (const bool upper : {false, true})
        for (const TableBlock& block : scene.blocks)
            if (block.upper == upper) paint(scene.picture, block, random);
    return scene;
}

Image8 largeTable(const TableScene& scene)
{
    constexpr int kTimes = 8;
    const Image8& small = scene.picture;
    Image8 large(small.width * kTimes, small.height * kTimes);
    for (int y = 0; y < large.height; ++y)
        for (int x = 0; x < large.width; ++x) std::copy_n(small.at(x / kTimes, y / kTimes), 3, large.at(x, y));
    return large;
}

TableQuestion tableQuestion(const TableScene& scene, Told told, Asked asked, std::uint64_t seed)
{
    Random random(seed);
    const int count = int(scene.blocks.size());
    int first = random.whole(count);
    // What stands on a block is asked where something does, or "nothing" would nearly always be right.
    if ((asked == Asked::On || asked == Asked::Grasp) && random.chance(0.6)) first = coveredOr(scene, first);
    const TableBlock& block = scene.blocks[std::size_t(first)];
    const TableBlock& other =
        count == 1 ? block : scene.blocks[std::size_t((first + 1 + random.whole(count - 1)) % count)];
    const std::string name = kNames.at(std::size_t(block.colour)), otherName = kNames.at(std::size_t(other.colour));
    const TableBlock* const above = blockOn(scene, block);
    const std::string aboveName = above == nullptr ? "" : kNames.at(std::size_t(above->colour));
    TableQuestion question{given(scene, told), {}};
    std::vector<std::string> words;
    // Answers say what is seen before what follows from it.
    const auto say = [&](std::initializer_list<std::string> more) {
        question.answer.insert(question.answer.end(), more);
    };
    switch (asked) {
    case Asked::Where:
        words = {"where", "is", name};
        say({name, cellWord(block.x, block.y)});
        break;
    case Asked::LeftOf:
        words = {"is", name, "left", "of", otherName};
        say({name, cellWord(block.x, block.y), ",", otherName, cellWord(other.x, other.y), ",",
             block.x < other.x ? "yes" : "no"});
        break;
    case Asked::On:
        words = {"what", "is", "on", name};
        say({"on", name, above == nullptr ? "nothing" : aboveName});
        break;
    case Asked::Grasp:
        words = {"how", "to", "grasp", name};
        say({"on", name, above == nullptr ? "nothing" : aboveName, ","});
        if (above != nullptr) say({"move", aboveName, "."});
        say({"grab", name});
    }
    question.answer.emplace_back(".");
    question.prompt.insert(question.prompt.end(), {"q", ":"});
    question.prompt.insert(question.prompt.end(), words.begin(), words.end());
    question.prompt.insert(question.prompt.end(), {"?", "a", ":"});
    return question;
}

} // namespace headlens
