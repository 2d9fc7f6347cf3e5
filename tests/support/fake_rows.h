// SPDX-License-Identifier: GPL-3.0-or-later
// Rows, tiles and the formula of a row in the made-up engine: queries and keys from a hash, weights computed of them.
#pragma once

#include "core/wire/message.h"
#include "core/wire/verbs.h"
#include "tests/support/fake_models.h"
#include "tests/support/fake_numbers.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

namespace headlens::fake {

struct MadeUpMaps {
    std::vector<verbs::BlockGrid> blocks;
    bool remembers = true; // blocks of kind memory are not switched off
};

// Scores, exponentials and weights of one row.
struct MadeUpRow {
    std::vector<float> query, keys, values, dot, score, weight;
    std::vector<std::uint8_t> forbidden;
    double scale = 1, highest = 0, sum = 0;
};

// All tokens of the stream: rows are told for everybody, 0 for those that take no part.
inline int tokensOf(const verbs::BlockGrid& grid)
{
    return grid.router.empty() ? grid.keys : int(grid.router.size());
}

inline bool allowed(const verbs::BlockGrid& grid, bool remembers, int query, int key)
{
    const auto takes = [&](int token) {
        return grid.taking.empty() || std::ranges::find(grid.taking, token) != grid.taking.end();
    };
    if (grid.kind == "memory") return remembers && key / kSegment < query / kSegment;
    if (grid.segment > 0) return key / kSegment == query / kSegment && key <= query;
    return takes(query) && takes(key);
}

// Softmax of the scores, or their share of the sum.
inline void weigh(MadeUpRow& row, bool isLinear)
{
    for (std::size_t key = 0; key < row.dot.size(); ++key) {
        const double part = isLinear ? double(row.dot[key]) : std::exp(double(row.score[key]) - row.highest);
        row.weight.push_back(row.forbidden[key] != 0 ? 0 : float(part));
        row.sum += double(row.weight.back());
    }
    if (row.sum > 0)
        for (float& weight : row.weight) weight = float(double(weight) / row.sum);
    if (isLinear || row.sum == 0) row.highest = 0;
}

inline MadeUpRow rowOf(const MadeUpMaps& maps, int layer, int head, int query)
{
    using test::noise, test::phi;
    const verbs::BlockGrid& grid = maps.blocks.at(std::size_t(layer));
    const bool isLinear = grid.rule != "softmax";
    MadeUpRow row;
    row.scale = isLinear ? 1 : 1 / std::sqrt(double(kWidth));
    row.highest = -1e30;
    for (int i = 0; i < kWidth; ++i) row.query.push_back(2 * noise(layer, head, query, i));
    if (isLinear)
        for (float& value : row.query) value = phi(value);
    for (int key = 0; key < tokensOf(grid); ++key) {
        double dot = 0;
        for (int i = 0; i < kWidth; ++i) {
            const float k = 2 * noise(layer + 50, head, key, i);
            row.keys.push_back(isLinear ? phi(k) : k);
            row.values.push_back(noise(layer + 90, head, key, i));
            dot += double(row.query[std::size_t(i)]) * double(row.keys.back());
        }
        row.dot.push_back(float(dot));
        row.score.push_back(float(dot * row.scale));
        row.forbidden.push_back(allowed(grid, maps.remembers, query, key) ? 0 : 1);
        if (row.forbidden.back() == 0) row.highest = std::max(row.highest, double(row.score.back()));
    }
    weigh(row, isLinear);
    return row;
}

inline Message rows(const Message& asked, const MadeUpMaps& maps)
{
    const auto request = verbs::read<verbs::Rows>(asked.body);
    Message answer;
    answer.body = request;
    for (int layer = 0; layer < int(maps.blocks.size()); ++layer) {
        std::vector<float> all;
        for (int head = 0; head < kHeads; ++head) {
            const std::vector<float> weights = rowOf(maps, layer, head, request.token).weight;
            all.insert(all.end(), weights.begin(), weights.end());
        }
        const int tokens = tokensOf(maps.blocks[std::size_t(layer)]);
        answer.tensors.push_back(test::tensor("rows." + std::to_string(layer), {kHeads, tokens}, all));
    }
    return answer;
}

// One weight a cell, not their mean.
inline Message tile(const Message& asked, const MadeUpMaps& maps)
{
    const auto request = verbs::read<verbs::Tile>(asked.body);
    std::vector<float> values;
    for (int y = 0; y < request.rows; ++y) {
        const int query = request.queryBegin + y * (request.queryEnd - request.queryBegin) / request.rows;
        const std::vector<float> weights = rowOf(maps, request.layer, request.head, query).weight;
        for (int x = 0; x < request.columns; ++x)
            values.push_back(
                weights[std::size_t(request.keyBegin + x * (request.keyEnd - request.keyBegin) / request.columns)]);
    }
    Message answer;
    answer.body = request;
    answer.tensors = {test::tensor("tile", {request.rows, request.columns}, values)};
    return answer;
}

inline Message rowFormula(const Message& asked, const MadeUpMaps& maps)
{
    using test::tensor;
    const auto request = verbs::read<verbs::RowQuestion>(asked.body);
    const MadeUpRow made = rowOf(maps, request.layer, request.head, request.query);
    verbs::RowFormula said;
    said.layer = request.layer;
    said.head = request.head;
    said.query = request.query;
    said.rule = maps.blocks[std::size_t(request.layer)].rule;
    said.scale = made.scale;
    said.highest = made.highest;
    said.sum = made.sum;
    Message answer;
    answer.body = said;
    const auto keys = std::int64_t(made.weight.size());
    const std::vector<float> none(made.weight.size(), 0.0F);
    answer.tensors = {tensor("query", {kWidth}, made.query),
                      tensor("keys", {keys, kWidth}, made.keys),
                      tensor("values", {keys, kWidth}, made.values),
                      tensor("dot", {keys}, made.dot),
                      tensor("bias", {keys}, none),
                      tensor("mask", {keys}, none),
                      test::bytes("forbidden", {keys}, made.forbidden),
                      tensor("score", {keys}, made.score),
                      tensor("weight", {keys}, made.weight)};
    return answer;
}

} // namespace headlens::fake
