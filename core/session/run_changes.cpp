// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/run_changes.h"

#include "core/base/error.h"
#include "core/session/change_sources.h"
#include "core/session/run_tensors.h"
#include "core/wire/changes.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
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
void requireOneSequence(const ModelFacts& model, const char* what, const char* instead)
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
    if (why != nullptr) throw Error(ErrorCode::BadRequest, what, why, instead);
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

// What a change is done to, and with.
struct Applying {
    const ModelFacts& model;
    const ChangeSources& sources;
    Changes& changes;
};

void scaleHeads(const Change& asked, const Applying& to)
{
    for (const HeadAddress& head : headsOf(asked, to.model)) to.changes.scaleHead(head, asked.factor);
}

void averageHeads(const Change& asked, const Applying& to)
{
    for (const HeadAddress& head : headsOf(asked, to.model)) to.changes.averageHead(head);
}

void scaleAttention(const Change& asked, const Applying& to)
{
    for (const int block : blocksOf(asked, to.model)) to.changes.scaleAttention(block, asked.factor);
}

void scaleMlp(const Change& asked, const Applying& to)
{
    for (const int block : blocksOf(asked, to.model)) to.changes.scaleMlp(block, asked.factor);
}

void scaleBlock(const Change& asked, const Applying& to)
{
    scaleAttention(asked, to);
    scaleMlp(asked, to);
}

void hide(const Change& asked, const Applying& to)
{
    requireOneSequence(to.model, "hidden tokens", "scale heads or layers, or cover patches of the picture");
    to.changes.hideKeys(each(asked.keys));
}

void cut(const Change& asked, const Applying& to)
{
    requireOneSequence(to.model, "cut edges", "scale heads or layers, or cover patches of the picture");
    for (const HeadAddress& head : headsOf(asked, to.model))
        to.changes.cutEdges(head, each(asked.queries), each(asked.keys));
}

const SetMeans& meansOf(const std::string& path, const ChangeSources& sources)
{
    const auto hit = sources.sets.find(path);
    if (hit == sources.sets.end())
        throw Error(ErrorCode::BadRequest, "set \"" + path + "\"", "was not run",
                    "choose a folder of pictures, or a text file with one text a line");
    return *hit->second;
}

// Of a block, which must have run for the inputs of the set.
const at::Tensor& meanAt(const std::vector<at::Tensor>& means, int block, const std::string& path)
{
    const at::Tensor& mean = means.at(std::size_t(block));
    if (!mean.defined())
        throw Error(ErrorCode::BadRequest, fmt::format("block {}", block), "does not run for the inputs of " + path,
                    "choose another block or another set");
    return mean;
}

void setHeads(const Change& asked, const Applying& to)
{
    const SetMeans& means = meansOf(asked.source, to.sources);
    for (const HeadAddress& head : headsOf(asked, to.model))
        to.changes.setHead(head, means.headsByPlace.at(std::size_t(head.block)),
                           meanAt(means.heads, head.block, asked.source));
}

void steer(const Change& asked, const Applying& to)
{
    const SetMeans &towards = meansOf(asked.source, to.sources), &away = meansOf(asked.against, to.sources);
    for (const int block : blocksOf(asked, to.model))
        to.changes.steer(block, asked.factor * (meanAt(towards.leaving, block, asked.source) -
                                                meanAt(away.leaving, block, asked.against)));
}

// What the baseline has at one place [1,N,D], and which of its tokens are meant [n]; undefined: all.
struct HeldPart {
    at::Tensor activation, tokens;
};

HeldPart heldAt(const Change& asked, HookPoint point, int block, const Applying& to)
{
    const auto hit = to.sources.held.find({point, block});
    if (hit == to.sources.held.end())
        throw Error(ErrorCode::BadRequest, fmt::format("block {}", block),
                    "has nothing in the baseline that could be taken", "choose another block");
    HeldPart part{hit->second, {}};
    if (asked.keys.empty()) return part;
    requireOneSequence(to.model, "single patched tokens", "patch all of them: *");
    const std::int64_t tokens = part.activation.size(1);
    for (const int token : asked.keys)
        if (token < 0 || token >= tokens)
            throw Error(ErrorCode::BadRequest, fmt::format("token {}", token), "does not exist in the baseline",
                        fmt::format("choose from 0 to {}", tokens - 1));
    part.tokens = at::tensor(each(asked.keys), at::kLong);
    return part;
}

void patchResidual(const Change& asked, const Applying& to)
{
    for (const int block : blocksOf(asked, to.model)) {
        const HeldPart part = heldAt(asked, HookPoint::ResidualBefore, block, to);
        to.changes.patchResidual(block, part.tokens, part.activation);
    }
}

template <HookPoint point>
void patchOutput(const Change& asked, const Applying& to)
{
    for (const int block : blocksOf(asked, to.model)) {
        const HeldPart part = heldAt(asked, point, block, to);
        to.changes.patchOutput(point, block, part.tokens, part.activation);
    }
}

void patchHeads(const Change& asked, const Applying& to)
{
    for (const HeadAddress& head : headsOf(asked, to.model)) {
        const HeldPart part = heldAt(asked, HookPoint::HeadOutputs, head.block, to);
        to.changes.patchHead(head, part.tokens, part.activation);
    }
}

void beforeThePass(const Change&, const Applying&) {} // cover_patches.h

struct Apply {
    std::string_view name;
    void (*apply)(const Change&, const Applying&);
    HookPoint heldFrom = HookPoint::WordEmbedding; // of what is taken from the baseline
};

constexpr std::array kApply{
    Apply{"head", scaleHeads},
    Apply{"mean", averageHeads},
    Apply{"folder-mean", setHeads},
    Apply{"attention", scaleAttention},
    Apply{"mlp", scaleMlp},
    Apply{"block", scaleBlock},
    Apply{"steer", steer},
    Apply{"patch", patchResidual, HookPoint::ResidualBefore},
    Apply{"patch-attention", patchOutput<HookPoint::AttentionOutput>, HookPoint::AttentionOutput},
    Apply{"patch-mlp", patchOutput<HookPoint::MlpOutput>, HookPoint::MlpOutput},
    Apply{"patch-head", patchHeads, HookPoint::HeadOutputs},
    Apply{"hide", hide},
    Apply{"cut", cut},
    Apply{"cover-mean", beforeThePass},
    Apply{"cover-blur", beforeThePass},
    Apply{"cover-zero", beforeThePass},
};
static_assert(std::ranges::equal(kApply, kChangeKinds, {}, &Apply::name, &ChangeKind::name),
              "every kind of change has its function here");

const Apply& applyOf(const Change& change)
{
    const auto hit = std::ranges::find(kApply, change.kind, &Apply::name);
    if (hit == kApply.end())
        throw Error(ErrorCode::BadRequest, "change \"" + change.kind + "\"", "is not known", "choose " + changeNames());
    return *hit;
}

} // namespace

Changes changesFrom(const std::vector<verbs::Change>& asked, const ModelFacts& model, const ChangeSources* sources)
{
    static const ChangeSources kNone;
    Changes changes;
    for (const Change& change : asked) {
        const Apply& kind = applyOf(change);
        requireFactor(change.factor);
        kind.apply(change, {model, sources != nullptr ? *sources : kNone, changes});
    }
    return changes;
}

std::vector<std::pair<HookPoint, int>> heldPlacesOf(const std::vector<verbs::Change>& asked, const ModelFacts& model)
{
    std::vector<std::pair<HookPoint, int>> places;
    for (const Change& change : asked)
        if (takesHeld(change))
            for (const int block : blocksOf(change, model)) places.emplace_back(applyOf(change).heldFrom, block);
    return places;
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
