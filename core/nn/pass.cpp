// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/pass.h"

#include <ATen/ATen.h>

namespace headlens {
namespace {

// The first of a batch, as a copy that does not keep the others alive.
at::Tensor firstOf(const at::Tensor& batch)
{
    return batch.defined() && batch.size(0) > 1 ? batch.narrow(0, 0, 1).clone() : batch;
}

} // namespace

void Pass::checkpoint(int block) const
{
    if (control != nullptr) control->checkpoint(block, total, "forward");
}

void Pass::takeHidden(const at::Tensor& x) const
{
    if (trace != nullptr && keep.hidden) trace->hidden[tower].push_back(keep.firstText ? firstOf(x) : x);
}

void Pass::take(AttentionRecord record) const
{
    if (!keepsAttention()) return;
    if (keep.firstText)
        for (at::Tensor* batch : {&record.q, &record.k, &record.v, &record.mask}) *batch = firstOf(*batch);
    trace->blocks.push_back(std::move(record));
}

} // namespace headlens
