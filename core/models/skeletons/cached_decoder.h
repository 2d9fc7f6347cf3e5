// SPDX-License-Identifier: GPL-3.0-or-later
// The writer of every decoder that is a Stack: GPT-2 alone, T5 and BART after their encoder, BLIP after a picture.
#pragma once

#include "core/models/skeletons/stack.h"

#include <functional>

namespace headlens {

struct DecoderStart {
    at::Tensor memory = {};     // [1 or B,M,W]: what cross attention reads; undefined: nothing
    at::Tensor memoryMask = {}; // [1 or B,M]
    at::Tensor mask = {};       // [1,n] int64 of the tokens that are fed first; undefined: all are seen
    bool countsReal = false;    // places count the tokens that are seen (GPT-2 with padding in front)
    at::Tensor together = {};   // [1,n]: StackPass::together of those
    at::Tensor axes = {};       // [3,1,n]: StackPass::axes of those; what is written goes on behind the farthest
    // What stands for ids [B,n] in the place of Stack::embed(): words among which others stand (pictures); undefined:
    // words alone.
    std::function<at::Tensor(const at::Tensor& ids, const Stack::Embedding& how)> sentence = {};
    // Completes what a pass over ids [B,n] from token `from` on is told; undefined: nothing.
    std::function<void(StackPass& pass, const at::Tensor& ids, std::int64_t from)> prepare = {};
    std::vector<HeadAddress> ablated = {};
    bool positioned = true;
    int firstBlock = 0; // of the stack among all blocks of the model, for `ablated`
};

class CachedDecoder : public Writer {
public:
    // `scores` takes features before the final norm [B,D] to [B,V]. The stack must outlive the lines.
    CachedDecoder(const Stack& stack, std::function<at::Tensor(const at::Tensor&)> scores, DecoderStart start);
    at::Tensor next(const at::Tensor& ids) override;
    void reorder(const at::Tensor& rows) override;

private:
    at::Tensor axesFor(std::int64_t from, std::int64_t count) const;

    const Stack& m_stack;
    std::function<at::Tensor(const at::Tensor&)> m_scores;
    DecoderStart m_start;
    StackCache m_cache;
};

} // namespace headlens
