// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/decoder_lines.h"

#include <ATen/ATen.h>

#include <utility>

namespace headlens {

DecoderLines::DecoderLines(const Stack& stack, std::function<at::Tensor(const at::Tensor&)> scores, at::Tensor memory,
                           at::Tensor mask)
    : m_stack(stack), m_scores(std::move(scores)), m_memory(std::move(memory)), m_mask(std::move(mask))
{
}

at::Tensor DecoderLines::next(const at::Tensor& ids)
{
    StackPass pass;
    if (m_memory.defined()) pass.memory = m_memory.expand({ids.size(0), -1, -1});
    if (m_mask.defined()) pass.memoryMask = m_mask.expand({ids.size(0), -1});
    pass.cache = &m_cache;
    const at::Tensor x = m_stack.run(m_stack.embed(ids, {}, m_cache.length), pass);
    return m_scores(x.select(1, ids.size(1) - 1));
}

void DecoderLines::reorder(const at::Tensor& rows)
{
    m_cache.reorder(rows);
    for (at::Tensor* shared : {&m_memory, &m_mask}) // one for all lines stays as it is
        if (shared->defined() && shared->size(0) > 1) *shared = shared->index_select(0, rows);
}

} // namespace headlens
