// SPDX-License-Identifier: GPL-3.0-or-later
// The way back: pieces become text.
#pragma once

#include "core/text/pattern.h"
#include "core/text/pre_tokenizers.h"

namespace headlens::text {

class Decoder {
public:
    virtual ~Decoder() = default;
    virtual void apply(std::vector<std::string>& pieces) const = 0;
};
using DecoderPtr = std::shared_ptr<const Decoder>;

DecoderPtr wordPieceDecoder(std::string prefix, bool cleanUp);
DecoderPtr byteLevelDecoder();
DecoderPtr metaspaceDecoder(const MetaspaceRules& rules);
DecoderPtr bpeDecoder(std::string suffix);
// SentencePiece with byte fallback: U+2581 is a space, <0x41> a byte; without the space that was put before the text.
DecoderPtr byteFallbackDecoder(bool prepended);

// The JSON of "decoder"; nullptr for null: pieces are then joined by spaces. Throws Error(UnsupportedModel) with the
// name of an unknown type.
DecoderPtr parseDecoder(const Json& json, const std::string& subject, int depth = 0);

} // namespace headlens::text
