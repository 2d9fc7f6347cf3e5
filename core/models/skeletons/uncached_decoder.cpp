// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/skeletons/uncached_decoder.h"

#include "core/base/error.h"

#include <ATen/ATen.h>

#include <utility>

namespace headlens {

UncachedDecoder::UncachedDecoder(Scores scores, at::Tensor mask) : m_scores(std::move(scores)), m_mask(std::move(mask))
{
}

at::Tensor UncachedDecoder::next(const at::Tensor& ids)
{
    m_ids = m_ids.defined() ? at::cat({m_ids, ids}, 1) : ids;
    if (!m_mask.defined()) return m_scores(m_ids, {});
    if (m_mask.size(0) != 1 || m_mask.size(1) > m_ids.size(1))
        throw Error(ErrorCode::Internal, "the mask", "covers another text than the one that is written on");
    const at::Tensor grown = at::constant_pad_nd(m_mask, {0, m_ids.size(1) - m_mask.size(1)}, 1);
    return m_scores(m_ids, grown.expand({m_ids.size(0), -1}));
}

void UncachedDecoder::reorder(const at::Tensor& rows)
{
    if (m_ids.defined()) m_ids = m_ids.index_select(0, rows);
}

} // namespace headlens
