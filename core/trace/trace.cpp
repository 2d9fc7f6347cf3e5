// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/trace.h"

#include <ATen/ATen.h>

namespace headlens {

at::Tensor withoutHeads(const at::Tensor& mixed, std::int64_t heads, int block, const std::vector<HeadAddress>& ablated)
{
    at::Tensor kept;
    const std::int64_t width = mixed.size(-1) / heads;
    for (const HeadAddress& address : ablated) {
        if (address.block != block || address.head < 0 || address.head >= heads) continue;
        if (!kept.defined()) kept = mixed.clone();
        kept.narrow(-1, address.head * width, width).zero_();
    }
    return kept.defined() ? kept : mixed;
}

std::string nameOf(AttentionKind kind)
{
    switch (kind) {
    case AttentionKind::Self: return "self";
    case AttentionKind::Cross: return "cross";
    case AttentionKind::Pool: return "pool";
    case AttentionKind::Coarse: return "coarse";
    case AttentionKind::LowRank: return "low rank";
    case AttentionKind::Memory: return "memory";
    case AttentionKind::Composed: break;
    }
    return "composed";
}

std::string nameOf(MapRule rule)
{
    switch (rule) {
    case MapRule::Softmax: return "softmax";
    case MapRule::Linear: return "linear";
    case MapRule::Favor: return "favor";
    case MapRule::Delta: break;
    }
    return "delta";
}

std::int64_t Trace::bytes() const
{
    std::int64_t total = 0;
    for (const AttentionRecord& block : blocks) total += (block.q.numel() + block.k.numel()) * block.q.element_size();
    return total;
}

std::int64_t Trace::hiddenBytes() const
{
    std::int64_t total = 0;
    for (const auto& [tower, states] : hidden)
        for (const at::Tensor& state : states) total += state.numel() * state.element_size();
    return total;
}

int Trace::depthOf(std::size_t index) const
{
    int depth = 0;
    for (std::size_t i = 0; i < index; ++i)
        depth += blocks[i].tower == blocks[index].tower && blocks[i].kind == blocks[index].kind ? 1 : 0;
    return depth;
}

at::Tensor Trace::behind(std::size_t index) const
{
    const auto states = hidden.find(blocks.at(index).tower);
    const auto depth = static_cast<std::size_t>(depthOf(index));
    if (states == hidden.end() || depth + 1 >= states->second.size()) return {};
    return states->second[depth + 1];
}

} // namespace headlens
