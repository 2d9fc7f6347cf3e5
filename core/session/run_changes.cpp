// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/run_changes.h"

#include "core/base/error.h"
#include "core/session/run_tensors.h"
#include "core/wire/changes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <string_view>

namespace headlens {
namespace {

using verbs::Change;

// The blocks that are meant.
std::vector<int> blocksOf(const Change& change, const ModelFacts& model)
{
    const auto count = int(model.blocks.size());
    if (change.block >= count || change.block < -1)
        throw Error(ErrorCode::BadRequest, fmt::format("block {}", change.block), "does not exist",
                    fmt::format("choose from 0 to {}", count - 1));
    std::vector<int> blocks;
    for (int block = 0; block < count; ++block)
        if (change.block < 0 || block == change.block) blocks.push_back(block);
    return blocks;
}

std::vector<HeadAddress> headsOf(const Change& change, const ModelFacts& model)
{
    std::vector<HeadAddress> heads;
    for (const int block : blocksOf(change, model)) {
        const int count = model.blocks[std::size_t(block)].heads;
        if (change.head < 0)
            for (int head = 0; head < count; ++head) heads.push_back({block, head});
        else if (change.head < count)
            heads.push_back({block, change.head});
        else if (change.block >= 0)
            throw Error(ErrorCode::BadRequest, fmt::format("head {}.{}", block, change.head), "does not exist",
                        fmt::format("choose from 0 to {}", count - 1));
    }
    return heads;
}

// A number is the same token in every block.
void requireOneSequence(const ModelFacts& model)
{
    const bool hasWindows =
        std::ranges::any_of(model.blocks, [](const BlockFacts& block) { return block.windowTokens > 0; });
    const bool isOne = std::ranges::all_of(model.blocks, [&](const BlockFacts& block) {
        return block.kind == AttentionKind::Self && block.tower == model.blocks.front().tower;
    });
    const char* const why = hasWindows ? "are not defined through windows"
                            : model.choosesTokens || model.maskRatio > 0
                                ? "are not defined where blocks leave tokens out"
                            : !isOne ? "are not defined over several sequences"
                                     : nullptr;
    if (why != nullptr)
        throw Error(ErrorCode::BadRequest, "hidden tokens and cut edges", why,
                    "scale heads or layers, or cover patches of the picture");
}

void requireFactor(double factor)
{
    if (!isFactor(factor))
        throw Error(ErrorCode::BadRequest, fmt::format("factor {}", factor), "is too large",
                    "choose one from -1000 to 1000");
}

// Any number of times, in any order: each once.
std::vector<std::int64_t> each(const std::vector<int>& tokens)
{
    std::vector<std::int64_t> once(tokens.begin(), tokens.end());
    std::ranges::sort(once);
    const auto rest = std::ranges::unique(once);
    once.erase(rest.begin(), rest.end());
    return once;
}

void cut(const Change& change, const ModelFacts& model, Changes& changes)
{
    requireOneSequence(model);
    for (const HeadAddress& head : headsOf(change, model))
        changes.cutEdges(head, each(change.queries), each(change.keys));
}

struct Kind {
    std::string_view name; // of core/wire/changes.h
    void (*apply)(const Change&, const ModelFacts&, Changes&);
};

const std::array<Kind, 10>& kinds()
{
    static const std::array<Kind, 10> kKinds{{
        {"head",
         [](const Change& asked, const ModelFacts& model, Changes& changes) {
             for (const HeadAddress& head : headsOf(asked, model)) changes.scaleHead(head, asked.factor);
         }},
        {"mean",
         [](const Change& asked, const ModelFacts& model, Changes& changes) {
             for (const HeadAddress& head : headsOf(asked, model)) changes.averageHead(head);
         }},
        {"attention",
         [](const Change& asked, const ModelFacts& model, Changes& changes) {
             for (const int block : blocksOf(asked, model)) changes.scaleAttention(block, asked.factor);
         }},
        {"mlp",
         [](const Change& asked, const ModelFacts& model, Changes& changes) {
             for (const int block : blocksOf(asked, model)) changes.scaleMlp(block, asked.factor);
         }},
        {"block",
         [](const Change& asked, const ModelFacts& model, Changes& changes) {
             for (const int block : blocksOf(asked, model)) {
                 changes.scaleAttention(block, asked.factor);
                 changes.scaleMlp(block, asked.factor);
             }
         }},
        {"hide",
         [](const Change& asked, const ModelFacts& model, Changes& changes) {
             requireOneSequence(model);
             changes.hideKeys(each(asked.keys));
         }},
        {"cut", cut},
        // Done before the pass (cover_patches.h).
        {"cover-mean", [](const Change&, const ModelFacts&, Changes&) {}},
        {"cover-blur", [](const Change&, const ModelFacts&, Changes&) {}},
        {"cover-zero", [](const Change&, const ModelFacts&, Changes&) {}},
    }};
    return kKinds;
}

const Kind* kindNamed(std::string_view name)
{
    const auto hit = std::ranges::find(kinds(), name, &Kind::name);
    return hit == kinds().end() ? nullptr : hit;
}

} // namespace

Changes changesFrom(const std::vector<verbs::Change>& asked, const ModelFacts& model)
{
    Changes changes;
    for (const Change& change : asked) {
        const Kind* kind = kindNamed(change.kind);
        if (kind == nullptr)
            throw Error(ErrorCode::BadRequest, "change \"" + change.kind + "\"", "is not known",
                        "choose head, mean, attention, mlp, block, hide, cut, cover-mean, cover-blur or cover-zero");
        requireFactor(change.factor);
        kind->apply(change, model, changes);
    }
    return changes;
}

Resume resumeAt(const Run& run, int block)
{
    const Trace& trace = run.tensors().result.trace;
    const bool oneTower = trace.hidden.size() == 1 && trace.streams.size() == 1;
    if (!oneTower || block < 0 || block >= int(trace.blocks.size())) return {};
    const auto& states = trace.hidden.begin()->second;
    const bool fits = states.size() == trace.blocks.size() + 1 && !trace.blocks[std::size_t(block)].windows;
    return fits ? Resume{block, states[std::size_t(block)].narrow(0, 0, 1)} : Resume{};
}

} // namespace headlens
