// SPDX-License-Identifier: GPL-3.0-or-later
// A checkpoint that was opened: the model on its device, its tokenizers, and what the window is told of it.
#pragma once

#include "core/base/job_control.h"
#include "core/checkpoint/checkpoint.h"
#include "core/models/registry.h"
#include "core/session/text_input.h"
#include "core/text/chat/model_chat.h"
#include "core/text/tokenizer.h"
#include "core/wire/verbs_model.h"

#include <memory>

namespace headlens {

struct OpenedModel {
    LoadedModel loaded;
    verbs::ModelInfo info;
    std::shared_ptr<const Tokenizer> tokenizer;       // null: none lies beside the weights
    std::shared_ptr<const Tokenizer> written;         // of what a decoder writes, where it has its own (Marian)
    std::shared_ptr<const ModelChat> chat;            // null: there is no chat template
    verbs::OpenModel request;                         // as it was asked for
    mutable std::shared_ptr<const OpenedModel> exact; // the same in float64, once inFloat64() was asked for it

    // Throw Error(NothingOpen) after close().
    const TransformerModel& transformer() const;
    const ModelFacts& facts() const { return transformer().facts(); }
    const Tokenizer* decoderTokenizer() const { return written != nullptr ? written.get() : tokenizer.get(); }
    Tokenizers tokenizers() const { return {tokenizer.get(), decoderTokenizer()}; }
    const Tokenizer& requireTokenizer() const; // Throws Error(PartMissing).
    // Gives the weights up; runs of it that are still held keep what they left behind, and info.
    void close() { loaded.model.reset(); }
};

// Opens a checkpoint. Reduced precision is measured with `picture` [B,C,H,W] where it fits the model (undefined: a
// sample). Throws Error for everything wrong with the files, and NotEnoughMemory.
std::shared_ptr<OpenedModel> openModel(const verbs::OpenModel& request, const at::Tensor& picture,
                                       const JobControl& control);

// The same model with weights and arithmetic in float64 on the CPU, for methods whose float32 digits mean nothing;
// loaded at the first call and kept with `opened`. Throws as openModel().
std::shared_ptr<const OpenedModel> inFloat64(const OpenedModel& opened);

// The same model on the CPU with other weights, for what only a trained model should be able to do. Throws as
// openModel().
std::shared_ptr<const OpenedModel> withWeights(const OpenedModel& opened, const Checkpoint::WeightChange& change);

} // namespace headlens
