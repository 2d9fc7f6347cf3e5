// SPDX-License-Identifier: GPL-3.0-or-later
// The writer of every decoder that is a Stack: GPT-2 alone, T5 and BART after their encoder, BLIP after a picture.
#pragma once

#include "core/models/stack.h"

#include <functional>

namespace headlens {

class DecoderLines : public Writer {
public:
    // `scores` takes features before the final norm [B,D] to [B,V]. `memory` [1 or B,M,W] is what cross attention reads
    // (undefined: nothing), `mask` [1 or B,M] its padding. The stack must outlive the lines.
    DecoderLines(const Stack& stack, std::function<at::Tensor(const at::Tensor&)> scores, at::Tensor memory = {},
                 at::Tensor mask = {});
    at::Tensor next(const at::Tensor& ids) override;
    void reorder(const at::Tensor& rows) override;

private:
    const Stack& m_stack;
    std::function<at::Tensor(const at::Tensor&)> m_scores;
    at::Tensor m_memory, m_mask;
    StackCache m_cache;
};

} // namespace headlens
