// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/attribution/reduced_maps.h"

#include "core/base/error.h"
#include "core/session/memory.h"
#include "core/session/run_changes.h"
#include "core/session/run_tensors.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace headlens {

const char* const kBlockByBlock =
    HEADLENS_TEXT("Methods", "Computed block by block: the maps of all blocks do not fit into memory.");

namespace {

// The graph of one block beside that of the last one, which the score hangs on, and what is kept of each.
std::int64_t bytesBlockByBlock(const Trace& trace, std::int64_t made)
{
    constexpr std::int64_t kGraph = 16; // of a weight, as costOfMaps()
    constexpr std::int64_t kKept = 8;   // of a pair of tokens, all heads together
    std::int64_t largest = 0, last = 0, kept = 0;
    for (const AttentionRecord& block : trace.blocks) {
        const std::int64_t pairs = block.q.size(0) * block.queries() * block.keys();
        last = pairs * block.heads();
        largest = std::max(largest, last);
        kept += pairs * kKept;
    }
    return last * kGraph + largest * (kGraph + made) + kept;
}

ReducedMaps atOnce(const ScoredModel& model, const MapReduction& reduction)
{
    const MappedPass pass = passWithMaps(model);
    const std::vector<at::Tensor> gradients = gradientsOf(pass.score, pass.maps, model.control());
    ReducedMaps found{pass.result.trace, pass.score, {}, {}};
    for (std::size_t i = 0; i < pass.maps.size(); ++i)
        found.of.push_back(reduction.of(pass.maps[i].detach(), gradients[i]));
    return found;
}

// One block of the model with gradients, and behind the last one all that follows.
struct OneBlock {
    at::Tensor entering, leaving; // [1,N,D]; `leaving` not of the last one
    at::Tensor map;
    ForwardResult result;
};

OneBlock passOf(const ScoredModel& model, int block, bool isLast)
{
    OneBlock one;
    one.entering = resumeAt(model.run(), block).hidden.detach().clone().requires_grad_();
    std::vector<at::Tensor> maps;
    Hooks hooks;
    hooks.looks = [=](HookPoint point, int at) { return point == HookPoint::ResidualAfter && at == block && !isLast; };
    hooks.activation = [&](HookPoint, int, const at::Tensor& x) { return one.leaving = x; };
    PassOptions options;
    options.maps = &maps;
    options.hooks = &hooks;
    options.resume = {block, one.entering};
    if (!isLast) options.lastBlock = block;
    one.result = model.pass(options);
    if (maps.size() != 1)
        throw Error(ErrorCode::Internal, model.run().modelInfo().name, "does not run one block alone");
    one.map = maps.front();
    return one;
}

ReducedMaps blockByBlock(const ScoredModel& model, const MapReduction& reduction)
{
    ReducedMaps found;
    const Trace& whole = model.run().tensors().result.trace;
    found.of.resize(whole.blocks.size());
    BlockWalk walk(model);
    while (!walk.isDone()) {
        const BlockWalk::Block block = walk.next();
        found.of[std::size_t(block.number)] = reduction.of(block.map, block.gradient);
    }
    found.score = walk.score();
    found.trace = walk.last().trace;
    found.trace.blocks = whole.blocks;
    found.remark = kBlockByBlock;
    return found;
}

} // namespace

bool goesBlockByBlock(const Run& run)
{
    const int blocks = int(run.tensors().result.trace.blocks.size());
    for (int block = 0; block < blocks; ++block)
        if (!resumeAt(run, block).hidden.defined()) return false;
    return blocks > 0;
}

BlockWalk::BlockWalk(const ScoredModel& model)
    : m_model(model), m_left(int(model.run().tensors().result.trace.blocks.size()))
{
}

BlockWalk::Block BlockWalk::next()
{
    const int blocks = int(m_model.run().tensors().result.trace.blocks.size()), block = m_left - 1;
    m_model.checkpoint(blocks - m_left, blocks);
    const bool isLast = m_left == blocks;
    const OneBlock one = passOf(m_model, block, isLast);
    if (isLast) {
        m_last = one.result;
        m_score = m_model.score(one.result);
    }
    const at::Tensor end = isLast ? m_score : m_arriving.defined() ? (one.leaving * m_arriving).sum() : at::Tensor();
    std::vector<at::Tensor> gradients(2);
    if (end.defined()) gradients = gradientsOf(end, {one.map, one.entering}, m_model.control());
    m_arriving = gradients[1];
    --m_left;
    return {block, one.map.detach(), gradients[0]};
}

ReducedMaps reducedMaps(const ScoredModel& model, const MapReduction& reduction, std::uint64_t bytes)
{
    const auto fits = [bytes](std::int64_t needed) { return double(needed) <= kOneShare * double(bytes); };
    if (fits(costOfMaps(model.run(), {}).bytes)) return atOnce(model, reduction);
    const bool canSplit = goesBlockByBlock(model.run());
    const std::int64_t needed = canSplit ? bytesBlockByBlock(model.run().tensors().result.trace, reduction.bytes)
                                         : costOfMaps(model.run(), {}).bytes;
    if (canSplit && fits(needed)) return blockByBlock(model, reduction);
    throw Error(ErrorCode::NotEnoughMemory, "running the model with gradients",
                "needs " + sizeText(std::uint64_t(needed)) + ", but only " + sizeText(bytes) + " are free",
                "close other programs or choose a smaller model or picture");
}

ReducedMaps reducedMaps(const ScoredModel& model, const MapReduction& reduction)
{
    return reducedMaps(model, reduction, availableMemory());
}

MethodCost costOfReducedMaps(const Run& run, const verbs::MapQuestion& asked)
{
    constexpr std::int64_t kDearest = 24; // of the reductions: that of gradient roll-out
    MethodCost cost = costOfMaps(run, asked);
    const bool fits = double(cost.bytes) <= kOneShare * double(availableMemory());
    if (!fits && goesBlockByBlock(run)) cost.bytes = bytesBlockByBlock(run.tensors().result.trace, kDearest);
    return cost;
}

} // namespace headlens
