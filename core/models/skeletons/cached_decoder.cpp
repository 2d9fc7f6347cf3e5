// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/skeletons/cached_decoder.h"

#include <ATen/ATen.h>

#include <utility>

namespace headlens {

CachedDecoder::CachedDecoder(const Stack& stack, std::function<at::Tensor(const at::Tensor&)> scores,
                             DecoderStart start)
    : m_stack(stack), m_scores(std::move(scores)), m_start(std::move(start))
{
}

at::Tensor CachedDecoder::axesFor(std::int64_t from, std::int64_t count) const
{
    if (!m_start.axes.defined() || from == 0) return m_start.axes;
    const std::int64_t first = m_start.axes.max().item<std::int64_t>() + 1 + from - m_start.axes.size(2);
    return at::arange(first, first + count, m_start.axes.options()).view({1, 1, count}).expand({3, -1, -1});
}

at::Tensor CachedDecoder::next(const at::Tensor& ids)
{
    const std::int64_t lines = ids.size(0), from = m_cache.length, all = from + ids.size(1);
    StackPass pass;
    if (m_start.memory.defined()) pass.memory = m_start.memory.expand({lines, -1, -1});
    if (m_start.memoryMask.defined()) pass.memoryMask = m_start.memoryMask.expand({lines, -1});
    pass.cache = &m_cache;
    pass.ablated = m_start.ablated;
    pass.firstBlock = m_start.firstBlock;
    pass.positioned = m_start.positioned;
    at::Tensor places;
    if (m_start.mask.defined()) { // everything that is written is seen
        const std::int64_t more = all - m_start.mask.size(1);
        pass.mask = at::constant_pad_nd(m_start.mask, {0, more}, 1).expand({lines, -1});
        if (m_start.countsReal) places = (pass.mask.cumsum(1) - 1).clamp_min(0).slice(1, from);
    }
    pass.axes = axesFor(from, ids.size(1));
    if (from == 0) pass.together = m_start.together;
    if (m_start.prepare) m_start.prepare(pass, ids, from);
    const Stack::Embedding how{.from = from, .places = places, .positioned = m_start.positioned};
    const at::Tensor x = m_stack.run(m_start.sentence ? m_start.sentence(ids, how) : m_stack.embed(ids, how), pass);
    return m_scores(x.select(1, ids.size(1) - 1));
}

void CachedDecoder::reorder(const at::Tensor& rows)
{
    m_cache.reorder(rows);
    for (at::Tensor* shared : {&m_start.memory, &m_start.memoryMask}) // one for all lines stays as it is
        if (shared->defined() && shared->size(0) > 1) *shared = shared->index_select(0, rows);
}

} // namespace headlens
