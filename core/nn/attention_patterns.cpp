// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/attention_patterns.h"

#include "core/base/error.h"
#include "core/trace/map_rules.h"
#include "core/trace/readers.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>

#include <algorithm>
#include <limits>
#include <utility>

namespace headlens {
namespace {

constexpr std::uint64_t kSeed = 1; // of what is random: the same in every run, so that pictures can be compared

const std::vector<std::pair<std::string, AttentionPattern>>& table()
{
    static const std::vector<std::pair<std::string, AttentionPattern>> kTable{
        {"dense", {AttentionPattern::Dense, 0, true}},
        {"window 1", {AttentionPattern::Window, 1, true}},
        {"window 2", {AttentionPattern::Window, 2, true}},
        {"window 1 alone", {AttentionPattern::Window, 1, false}},
        {"window 1 and 3 random", {AttentionPattern::Random, 3, true}},
        {"coarse 2", {AttentionPattern::Coarse, 2, true}},
        {"coarse 4", {AttentionPattern::Coarse, 4, true}},
        {"low rank", {AttentionPattern::LowRank, 0, true}},
        {"linear", {AttentionPattern::Linear, 0, true}},
        {"16 random features", {AttentionPattern::Favor, 16, true}},
        {"64 random features", {AttentionPattern::Favor, 64, true}},
        {"256 random features", {AttentionPattern::Favor, 256, true}},
    };
    return kTable;
}

// Special tokens stay; the grid becomes means of cells of `side` x `side`. [B,H,N,d] -> [B,H,n,d]
at::Tensor coarsened(const at::Tensor& x, const PictureTokens& tokens, std::int64_t side)
{
    const at::Tensor grid = x.slice(2, tokens.prefix)
                                .transpose(-2, -1)
                                .reshape({-1, x.size(3), tokens.gridHeight, tokens.gridWidth}); // [B*H,d,gh,gw]
    const at::Tensor means = at::avg_pool2d(grid, side, side, 0, /*ceil_mode=*/true, /*count_include_pad=*/false);
    const at::Tensor cells = means.flatten(2).transpose(-2, -1).reshape({x.size(0), x.size(1), -1, x.size(3)});
    return at::cat({x.slice(2, 0, tokens.prefix), cells}, 2);
}

at::Tensor forbidding(const at::Tensor& allowed, const at::Tensor& like)
{
    return at::zeros_like(allowed)
        .masked_fill(allowed == 0, std::numeric_limits<float>::lowest())
        .view({1, 1, allowed.size(0), allowed.size(1)})
        .to(like.device());
}

// `count` other patches for every patch, as ones [P,P].
at::Tensor someOthers(std::int64_t patches, std::int64_t count)
{
    const at::Tensor lot =
        at::rand({patches, patches}, at::make_generator<at::CPUGeneratorImpl>(kSeed), at::TensorOptions(at::kFloat));
    const at::Tensor chosen = std::get<1>(lot.topk(std::min(count, patches), -1));
    return at::zeros({patches, patches}).scatter(1, chosen, 1.0);
}

} // namespace

const std::vector<std::string>& patternNames()
{
    static const std::vector<std::string> kNames = [] {
        std::vector<std::string> names;
        for (const auto& [name, pattern] : table()) names.push_back(name);
        return names;
    }();
    return kNames;
}

AttentionPattern patternFrom(const std::string& name)
{
    for (const auto& [known, pattern] : table())
        if (known == name) return pattern;
    throw Error(ErrorCode::BadConfig, "attention_pattern", "\"" + name + "\" is not known");
}

at::Tensor allowedPairs(const AttentionPattern& pattern, const PictureTokens& tokens)
{
    if (pattern.kind != AttentionPattern::Window && pattern.kind != AttentionPattern::Random) return {};
    const std::int64_t patches = tokens.gridHeight * tokens.gridWidth,
                       radius = pattern.kind == AttentionPattern::Window ? pattern.radius : 1;
    const at::Tensor place = at::arange(patches, at::kLong), row = place.floor_divide(tokens.gridWidth),
                     column = place.remainder(tokens.gridWidth);
    const auto near = [&](const at::Tensor& at) { return (at.unsqueeze(0) - at.unsqueeze(1)).abs() <= radius; };
    at::Tensor grid = (near(row) & near(column)).to(at::kFloat);
    if (pattern.kind == AttentionPattern::Random) grid = at::maximum(grid, someOthers(patches, pattern.radius));
    at::Tensor all = pattern.global ? at::ones({tokens.count(), tokens.count()}) : at::eye(tokens.count());
    all.slice(0, tokens.prefix).slice(1, tokens.prefix).copy_(grid);
    return all;
}

at::Tensor randomDirections(std::int64_t features, std::int64_t width, std::uint64_t seed)
{
    auto generator = at::make_generator<at::CPUGeneratorImpl>(seed);
    std::vector<at::Tensor> blocks;
    for (std::int64_t made = 0; made < features; made += width)
        blocks.push_back(std::get<0>(at::linalg_qr(at::randn({width, width}, generator))));
    const at::Tensor lengths = at::randn({features, width}, generator).norm(2, -1, /*keepdim=*/true);
    return at::cat(blocks).slice(0, 0, features) * lengths;
}

namespace {

// Linear rows have no scores that could be forbidden, and a coarse or low-rank key is no token.
void requireNoTerms(const AttentionPattern& pattern, const AttentionRecord& record)
{
    using enum AttentionPattern::Kind;
    const bool hasScores = pattern.kind != Linear && pattern.kind != Favor;
    const bool keepsKeys = pattern.kind != Coarse && pattern.kind != LowRank;
    if ((hasScores && keepsKeys) || !(record.mask.defined() || record.bias.defined() || record.edges.defined())) return;
    throw Error(ErrorCode::BadRequest, "hidden tokens and cut edges", "are not defined under this attention pattern",
                "choose full attention, or scale heads or layers");
}

void addMask(AttentionRecord& record, const at::Tensor& mask)
{
    record.mask = record.mask.defined() ? record.mask + mask : mask;
}

} // namespace

at::Tensor attendBy(const AttentionPattern& pattern, const PictureTokens& tokens, AttentionRecord& record,
                    const at::Tensor& value, const at::Tensor& recipe)
{
    at::Tensor values = value;
    requireNoTerms(pattern, record);
    switch (pattern.kind) {
    case AttentionPattern::Coarse:
        record.k = coarsened(record.k, tokens, pattern.radius);
        values = coarsened(value, tokens, pattern.radius);
        record.kind = AttentionKind::Coarse;
        record.keyStream = 1;
        break;
    case AttentionPattern::LowRank:
        record.k = at::matmul(recipe, record.k);
        values = at::matmul(recipe, value);
        record.kind = AttentionKind::LowRank;
        record.keyStream = 1;
        break;
    case AttentionPattern::Linear: record.rule = MapRule::Linear; break;
    case AttentionPattern::Favor:
        record.rule = MapRule::Favor;
        record.features = randomDirections(pattern.radius, record.q.size(3), kSeed).to(record.q.device());
        break;
    default:
        if (const at::Tensor allowed = allowedPairs(pattern, tokens); allowed.defined())
            addMask(record, forbidding(allowed, record.q));
    }
    if (record.v.defined()) record.v = values; // as they are mixed
    std::vector<at::Tensor> parts;             // in chunks, so that large pictures do not need the whole map
    for (std::int64_t begin = 0; begin < record.queries(); begin += kQueryChunk) {
        const std::int64_t end = std::min(begin + kQueryChunk, record.queries());
        parts.push_back(at::matmul(attentionRows(record, begin, end), values));
    }
    const at::Tensor mixed = at::cat(parts, 2); // [B,H,N,d]
    return mixed.transpose(1, 2).reshape({mixed.size(0), mixed.size(2), -1});
}

std::vector<TokenStream> streamsBy(const AttentionPattern& pattern, const PictureTokens& tokens, std::int64_t recipes)
{
    std::vector<TokenStream> streams{{"", 0, tokens.prefix, tokens.gridHeight, tokens.gridWidth, tokens.cell}};
    const auto cells = [&](std::int64_t side) { return (side + pattern.radius - 1) / pattern.radius; };
    if (pattern.kind == AttentionPattern::Coarse)
        streams.push_back({"coarse", 0, tokens.prefix, cells(tokens.gridHeight), cells(tokens.gridWidth),
                           tokens.cell * pattern.radius});
    if (pattern.kind == AttentionPattern::LowRank) streams.push_back({"recipes", 0, recipes, 0, 0});
    return streams;
}

} // namespace headlens
