// SPDX-License-Identifier: GPL-3.0-or-later
// The one tokenizer: added tokens, normalizer, pre-tokenizer, model, post-processor and decoder, wherever their
// settings came from.
#pragma once

#include "core/text/added_tokens.h"
#include "core/text/decoders.h"
#include "core/text/models.h"
#include "core/text/normalizers.h"
#include "core/text/post_processor.h"
#include "core/text/pre_tokenizers.h"
#include "core/text/tokenizer.h"

namespace headlens::text {

// The texts of the special tokens, as far as the files name them; empty: by well-known names.
struct SpecialNames {
    std::string pad, unknown, begin, end, mask;
};

struct Parts {
    NormalizerPtr normalizer;     // may be null
    PreTokenizerPtr preTokenizer; // may be null
    ModelPtr model;               // never null
    PostProcessor post;
    DecoderPtr decoder; // null: pieces are joined by spaces
    std::vector<AddedToken> added;
    SpecialNames special;
    int trainedLength = 0;
    std::string note; // what a reader of the tokenizer's description should know, may be empty
};

class Pipeline : public Tokenizer {
public:
    explicit Pipeline(Parts parts);

    Encoded encode(std::string_view text, const EncodeOptions& options) const override;
    std::string decode(const std::vector<int>& ids, bool skipSpecial) const override;
    int size() const override { return std::max(m_parts.model->vocabulary().size(), m_added.size()); }
    std::string piece(int id) const override;
    std::optional<int> idOf(std::string_view piece) const override;
    const SpecialTokens& special() const override { return m_special; }
    int trainedLength() const override { return m_parts.trainedLength; }
    std::string describe() const override;

private:
    Words wordsOf(std::string_view text) const;
    std::vector<Token> tokensOf(std::string_view text, int which) const;
    void cutTo(int most, CutFrom from, std::vector<std::vector<Token>>& texts, Encoded& result) const;
    void pad(std::vector<Token>& tokens, int to) const;
    int named(const std::string& name, std::initializer_list<const char*> known) const;

    Parts m_parts;
    AddedTokens m_added;
    SpecialTokens m_special;
};

} // namespace headlens::text
