// SPDX-License-Identifier: GPL-3.0-or-later
// One row of attention with every number on the way: query and keys, products, scale, bias, mask, softmax, values.
#include "core/session/questions/questions.h"

#include "core/base/error.h"
#include "core/session/forward_pass.h"
#include "core/session/questions/heads.h"
#include "core/tensors/bridge.h"
#include "core/tensors/layers.h"
#include "core/trace/map_rules.h"
#include "core/trace/readers.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <cmath>

namespace headlens::questions {
namespace {

// Where a query of the map stands in a record, and which token of the map every key of the record is.
struct Place {
    std::int64_t entry = 0, query = 0; // query -1: it takes no part
    at::Tensor targets;                // [keys] int64; undefined: keys are the tokens of the map
    std::int64_t tokens = 0;           // of the map
};

Place placeOf(const AttentionRecord& record, const BlockMap& map, std::int64_t query)
{
    Place place{0, query, {}, record.keys()};
    const bool onMap = record.windows || record.tokens.defined();
    const std::int64_t queries = onMap ? map.tokens() : record.queries();
    if (query < 0 || query >= queries)
        throw Error(ErrorCode::BadRequest, "token " + std::to_string(query), "there are " + std::to_string(queries));
    if (!onMap) return place;
    place.tokens = map.tokens();
    if (!record.windows) {
        const at::Tensor hit = record.tokens.eq(query).nonzero();
        place.query = hit.size(0) == 0 ? -1 : hit[0][0].item<std::int64_t>();
        place.targets = record.tokens;
        return place;
    }
    const WindowGrid& grid = *record.windows;
    const auto found = grid.placeOf({int(query / grid.width), int(query % grid.width)});
    place.entry = found.window;
    place.query = found.inner;
    std::vector<std::int64_t> targets;
    for (int inner = 0; inner < grid.tokensPerWindow(); ++inner) {
        const Cell cell = grid.cellOf({found.window, inner});
        targets.push_back(grid.isReal(cell) ? std::int64_t(cell.y) * grid.width + cell.x : map.tokens());
    }
    place.targets = at::tensor(targets, at::kLong).to(record.q.device());
    return place;
}

// Everything of one head [K] or [K,d] in the order of the record's keys.
struct Row {
    at::Tensor query, keys, values, dot, bias, mask, score, weight, forbidden;
    double highest = 0, sum = 0;
};

// Row `query` of `added` [1 or B,1 or H,1 or Nq,Nk] for one head, or zeros.
at::Tensor addedRow(const at::Tensor& added, std::int64_t head, std::int64_t query, std::int64_t keys)
{
    if (!added.defined()) return at::zeros({keys});
    const at::Tensor one = added[0][added.size(1) == 1 ? 0 : head];
    return one[one.size(0) == 1 ? 0 : query].to(at::kCPU, at::kFloat);
}

Row softmaxRow(const AttentionRecord& record, std::int64_t head, std::int64_t query)
{
    Row row;
    row.query = record.q[0][head][query].to(at::kCPU, at::kFloat);
    row.keys = record.k[0][record.keyHeadOf(head)].to(at::kCPU, at::kFloat);
    row.dot = at::mv(row.keys, row.query);
    row.bias = addedRow(record.bias, head, query, record.keys());
    row.mask = addedRow(record.mask, head, query, record.keys());
    row.score = capped(row.dot * record.scale, record.cap) + row.bias + row.mask;
    row.highest = row.score.max().item<double>();
    const at::Tensor raised = (row.score - row.highest).exp();
    row.sum = raised.sum().item<double>();
    row.weight = raised / row.sum;
    constexpr double kBarred = -90; // e^-90 is no longer a number in float32 beside 1
    row.forbidden = row.mask < kBarred;
    if (record.rowValid.defined() && !record.rowValid[0][query].item<bool>()) {
        row.sum = 0;
        row.weight = at::zeros_like(row.weight);
        row.forbidden = at::ones_like(row.forbidden);
    }
    return row;
}

// Of the kernels: products of features over their sum. What the memory has not got yet is forbidden.
Row kernelRow(const AttentionRecord& record, std::int64_t head, std::int64_t query)
{
    Row row;
    const bool favor = record.rule == MapRule::Favor;
    row.query = record.q[0][head][query].to(at::kCPU, at::kFloat);
    row.keys = record.k[0][record.keyHeadOf(head)].to(at::kCPU, at::kFloat);
    if (!favor) {
        row.query = kernelFeatures(row.query);
        row.keys = kernelFeatures(row.keys);
    }
    row.weight = attentionRows(record, query, query + 1)[0][head][0].to(at::kCPU, at::kFloat);
    row.bias = row.mask = at::zeros_like(row.weight);
    const at::Tensor products = at::mv(row.keys, row.query);
    row.forbidden = addedRow(record.mask, head, query, record.keys()) < 0;
    if (record.segment > 0) {
        const at::Tensor segments = at::arange(record.keys(), at::kLong).floor_divide(record.segment);
        row.forbidden = row.forbidden | (segments >= query / record.segment);
    }
    const bool empty = row.forbidden.all().item<bool>() || row.weight.abs().max().item<double>() == 0;
    // Of random features only the shares are meant: over a sum of 1.
    row.sum = empty ? 0 : favor ? 1 : products.masked_fill(row.forbidden, 0).sum().item<double>();
    row.dot = record.rule == MapRule::Linear ? products : row.weight * row.sum;
    row.score = row.dot;
    return row;
}

// [K] or [K,d] from the keys of the record to the tokens of the map; `rest` where none stands.
at::Tensor onMap(const at::Tensor& values, const Place& place, double rest)
{
    if (!place.targets.defined()) return values;
    std::vector<std::int64_t> shape = values.sizes().vec();
    shape[0] = place.tokens + 1; // the last one is thrown away: padding
    at::Tensor all = at::full(shape, rest, values.options());
    all.index_copy_(0, place.targets.to(at::kCPU), values);
    return all.slice(0, 0, place.tokens);
}

// Values [B,H,Nk,d] of a block, undefined where the model gives none. Ordinary passes do not keep them: the first
// question runs the input once more.
at::Tensor valuesOf(const Run& run, int layer, const JobControl& control)
{
    const RunTensors& tensors = run.tensors();
    if (tensors.values.empty()) {
        ForwardOptions options = optionsOf(run.request);
        options.keep.hidden = false;
        options.keep.values = true;
        options.vocabularyScores = false;
        const ForwardResult again = run.model().transformer().run(onDevice(run.model(), tensors.in), options, control);
        tensors.values.resize(tensors.result.trace.blocks.size());
        for (std::size_t i = 0; i < std::min(tensors.values.size(), again.trace.blocks.size()); ++i)
            tensors.values[i] = again.trace.blocks[i].v;
    }
    return tensors.values[std::size_t(layer)];
}

} // namespace

verbs::RowFormula rowFormula(const Run& run, const verbs::RowQuestion& asked, const JobControl& control)
{
    const c10::InferenceMode inference;
    AttentionRecord record = blockOf(run, asked.layer);
    record.v = valuesOf(run, asked.layer, control);
    if (record.through.defined())
        throw Error(ErrorCode::BadRequest, "formula", "is not shown for the product of two maps",
                    "look at the two maps it is made of");
    requireHead(record, asked.head);
    const Place place = placeOf(record, mapOf(run, asked.layer), asked.query);
    const AttentionRecord one = batchEntry(record, place.entry);
    const std::int64_t query = std::max<std::int64_t>(0, place.query);
    Row row = one.rule == MapRule::Softmax ? softmaxRow(one, asked.head, query) : kernelRow(one, asked.head, query);
    if (one.v.defined()) row.values = one.v[0][one.keyHeadOf(asked.head)].to(at::kCPU, at::kFloat);
    if (place.query < 0) { // it takes no part: nothing is read
        row.sum = 0;
        row.weight = at::zeros_like(row.weight);
        row.forbidden = at::ones_like(row.forbidden);
    }
    verbs::RowFormula answer;
    const bool softmax = one.rule == MapRule::Softmax;
    answer.layer = asked.layer;
    answer.head = asked.head;
    answer.query = asked.query;
    answer.rule = nameOf(one.rule);
    answer.scale = softmax ? one.scale : 1.0;
    answer.cap = one.cap;
    answer.highest = row.highest;
    answer.sum = row.sum;
    answer.queryVector = toFloats(row.query);
    answer.keys = toArray(onMap(row.keys, place, 0));
    if (row.values.defined()) answer.values = toArray(onMap(row.values, place, 0));
    for (const auto& [from, into] : {std::pair(&row.dot, &answer.dot),
                                     {&row.bias, &answer.bias},
                                     {&row.mask, &answer.mask},
                                     {&row.score, &answer.score},
                                     {&row.weight, &answer.weight}})
        *into = toFloats(onMap(*from, place, 0));
    for (const float barred : toFloats(onMap(row.forbidden.to(at::kFloat), place, 1)))
        answer.forbidden.push_back(barred > 0 ? 1 : 0);
    return answer;
}

} // namespace headlens::questions
