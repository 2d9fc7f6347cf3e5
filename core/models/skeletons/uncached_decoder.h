// SPDX-License-Identifier: GPL-3.0-or-later
// Writing with models whose lines are short: the whole text is run again for every token.
#pragma once

#include "core/models/transformer_model.h"

#include <functional>

namespace headlens {

class UncachedDecoder : public Writer {
public:
    // ids [B,T], mask [B,T] as in ModelInput or undefined -> scores behind the last token [B,V].
    using Scores = std::function<at::Tensor(const at::Tensor& ids, const at::Tensor& mask)>;

    // `mask` [1,T] covers the text that is fed first, or is undefined; everything that is written is seen.
    UncachedDecoder(Scores scores, at::Tensor mask);
    at::Tensor next(const at::Tensor& ids) override;
    void reorder(const at::Tensor& rows) override;

private:
    Scores m_scores;
    at::Tensor m_mask, m_ids;
};

} // namespace headlens
