// SPDX-License-Identifier: GPL-3.0-or-later
// Coloured blocks on a table of 4 x 4 cells, told as a picture, as numbers or in words, with questions about them.
#pragma once

#include "core/base/image8.h"
#include "core/models/zoo/table_state.h"

#include <cstdint>
#include <string>
#include <vector>

namespace headlens {

struct TableScene {
    std::vector<TableBlock> blocks; // in the order of kTableColours; one may stand on another
    Image8 picture;                 // square, RGB
};

// Determined by its seed: in six of ten scenes of several blocks one stands on another.
TableScene tableScene(std::uint64_t seed, int side, int blocks = kMostObjects);

// Every pixel eight times as wide and high, to look at. Drawn larger instead, a model would see other edges than it
// learnt.
Image8 largeTable(const TableScene& scene);

enum class Told : std::uint8_t { Picture, State, Objects, Words }; // how a sentence says what is on the table
enum class Asked : std::uint8_t { Where, LeftOf, On, Grasp };

struct TableQuestion {
    std::vector<std::string> prompt, answer; // "given <image> q : where is red ? a :", "red b3 ."
};
TableQuestion tableQuestion(const TableScene& scene, Told told, Asked asked, std::uint64_t seed);

std::string cellWord(int x, int y);             // "b3"
std::string stateWord(const TableBlock& block); // "red@b3", "red^b3" for a block on another
std::vector<std::string> tableWords();          // without state words
std::vector<std::string> tableStateWords();     // in the order of stateNumber()

} // namespace headlens
