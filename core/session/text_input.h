// SPDX-License-Identifier: GPL-3.0-or-later
// From what a person typed to what a model reads: ids, masks and the tokens that the window shows.
#pragma once

#include "core/models/transformer_model.h"
#include "core/text/tokenizer.h"
#include "core/wire/verbs.h"

#include <string>
#include <vector>

namespace headlens {

struct TextInput {
    ModelInput input;                   // ids, mask, segments, decoderInputIds; pixels are the caller's
    std::vector<verbs::Stream> streams; // the text that is read, then the one that is written
    int cut = 0;                        // tokens that did not fit
};

// What is read and what is written may have vocabularies of their own (Marian). Null: none lies beside the weights.
struct Tokenizers {
    const Tokenizer *read = nullptr, *written = nullptr;
};

// A tokenizer may be null when the request brings no text. `addsMarks`: the tokenizer adds its special tokens; a chat's
// text may hold them already. Throws Error(FileMissing) when one is needed and
// Error(BadRequest) for positions that do not exist.
TextInput readText(const verbs::SetInput& request, const Tokenizers& tokenizers, const ModelFacts& facts,
                   const std::string& modelPath, bool addsMarks = true);

// The same from ready ids [B,T] (row 0 is shown); pieces only where there is a tokenizer.
verbs::Stream shownStream(const std::string& name, const at::Tensor& ids, const Tokenizer* tokenizer);

// Tokens of a text that was written as ids: pieces, and where they stand in the decoded text.
void appendWritten(verbs::Stream& stream, const std::vector<int>& ids, const Tokenizer& tokenizer);

} // namespace headlens
