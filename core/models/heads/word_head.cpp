// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/heads/word_head.h"

namespace headlens {

void WordHead::load(WeightBinder& binder, const StackConfig& config)
{
    const Shape shape{config.vocabulary, config.width};
    if (!config.tiedHead && binder.checkpoint().has("lm_head.weight")) {
        m_head.held = binder.keep("lm_head.weight", shape);
        if (!m_head.held) m_head.weight = takeWithMore(binder, "lm_head.weight", shape);
    }
    if (m_head.isDefined()) m_head.bias = binder.takeOptional("lm_head.bias", {config.vocabulary});
}

at::Tensor WordHead::operator()(const Stack& stack, const at::Tensor& normed) const
{
    const at::Tensor scores = m_head.isDefined() ? m_head(normed) : stack.tokenTable()(stack.asTokens(normed));
    return capped(scores, stack.config().answerCap);
}

} // namespace headlens
