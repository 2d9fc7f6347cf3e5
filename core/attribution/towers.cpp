// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/attribution/towers.h"

#include "core/base/error.h"
#include "core/base/window_text.h"
#include "core/session/run_tensors.h"
#include "core/trace/readers.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <map>

namespace headlens {
namespace {

// The second token is hidden from the first one and from no other: the future is masked.
bool isCausal(const AttentionRecord& block)
{
    const at::Tensor& mask = block.mask;
    if (!mask.defined() || mask.size(-2) < 2 || mask.size(-1) < 2) return false;
    const at::Tensor line = mask.select(0, 0).select(0, 0);
    return line[0][1].item<double>() < line[1][1].item<double>();
}

bool isWhole(const AttentionRecord& block)
{
    return !block.windows && !block.tokens.defined() && block.keyStream == block.queryStream;
}

// Of the blocks of one stream; nothing where some of them look elsewhere.
std::optional<SelfTower> towerOf(const Trace& trace, int stream)
{
    SelfTower tower{stream, {}, {}, false};
    for (std::size_t i = 0; i < trace.blocks.size(); ++i) {
        const AttentionRecord& block = trace.blocks[i];
        if (block.queryStream != stream) continue;
        if (block.kind == AttentionKind::Pool)
            tower.pool = i;
        else if (block.kind == AttentionKind::Self && isWhole(block))
            tower.blocks.push_back(i);
        else
            return {};
    }
    if (tower.blocks.empty()) return {};
    tower.isCausal = isCausal(trace.blocks[tower.blocks.front()]);
    return tower;
}

// As the model takes the features of a text that it compares: those of the end token.
std::int64_t endOf(const Run& run, std::int64_t tokens)
{
    const TextFacts& text = run.model().facts().text;
    const at::Tensor& ids = run.tensors().in.ids;
    if (text.padToMaxLength || !ids.defined()) return tokens - 1;
    return (text.endToken < 0 ? ids[0] : (ids[0] == text.endToken).to(at::kInt)).argmax().item<std::int64_t>();
}

} // namespace

std::vector<SelfTower> selfTowers(const Run& run)
{
    const Trace& trace = run.tensors().result.trace;
    std::vector<SelfTower> towers;
    for (int stream = 0; stream < int(trace.streams.size()); ++stream)
        if (auto tower = towerOf(trace, stream)) towers.push_back(std::move(*tower));
    return towers;
}

SelfTower mainTower(const Run& run)
{
    const std::vector<SelfTower> towers = selfTowers(run);
    if (towers.empty())
        throw Error(ErrorCode::BadRequest, "this method",
                    "follows a sequence that looks at itself alone, and this run has none", "choose another method");
    const auto seen = std::ranges::find_if(towers, [&](const SelfTower& tower) {
        return run.tensors().result.trace.streams[std::size_t(tower.stream)].gridHeight > 0;
    });
    return seen == towers.end() ? towers.front() : *seen;
}

std::int64_t usualRow(const Run& run, const SelfTower& tower)
{
    const TokenStream& stream = run.tensors().result.trace.streams[std::size_t(tower.stream)];
    if (run.model().facts().text.compares && stream.gridHeight == 0) return endOf(run, stream.tokens());
    return tower.isCausal ? stream.tokens() - 1 : 0;
}

at::Tensor mapsOf(const Run& run, std::size_t block)
{
    return attentionMap(batchEntry(run.tensors().result.trace.blocks[block], 0))[0];
}

std::string prefixOf(const Trace& trace, int stream)
{
    const std::string& name = trace.streams[std::size_t(stream)].name;
    return trace.streams.size() < 2 || name.empty() ? "" : name + ".";
}

std::string needsTower(const ModelFacts& model)
{
    std::map<std::string, bool> towers; // whether each looks at itself alone
    for (const BlockFacts& block : model.blocks) {
        const bool alone =
            block.windowTokens == 0 && (block.kind == AttentionKind::Self || block.kind == AttentionKind::Pool);
        const auto [tower, isNew] = towers.try_emplace(block.tower, alone);
        if (!isNew) tower->second = tower->second && alone;
    }
    const bool some = std::ranges::any_of(towers, [](const auto& tower) { return tower.second; });
    return some && !model.choosesTokens && model.maskRatio <= 0
               ? ""
               : HEADLENS_TEXT("Methods", "open a model with a sequence all of whose tokens look at each other and at "
                                          "nothing else: no windows, no memories");
}

} // namespace headlens
