// SPDX-License-Identifier: GPL-3.0-or-later
// spiece.model, source.spm and tokenizer.model: the protobuf ModelProto of SentencePiece, read by a walk over its
// fields with every length checked (sentencepiece_model.proto; numbers of fields are its own).
#pragma once

#include "core/text/models.h"

#include <string>
#include <string_view>
#include <vector>

namespace headlens::text {

struct SentencePieceFile {
    enum class PieceType : std::uint8_t { Normal = 1, Unknown = 2, Control = 3, UserDefined = 4, Unused = 5, Byte = 6 };
    enum class ModelType : std::uint8_t { Unigram = 1, Bpe = 2, Word = 3, Character = 4 };

    std::vector<ScoredPiece> pieces;
    std::vector<PieceType> types;
    ModelType model = ModelType::Unigram;
    int unknown = -1;       // the piece of type Unknown
    int begin = 1, end = 2; // of a text; negative: none
    bool byteFallback = false, spaceAsSuffix = false;
    std::string charsmap; // precompiled, may be empty
    bool addDummyPrefix = true, removeExtraSpaces = true, escapeSpaces = true;
};

// Throws Error(Truncated) for a file that ends before its fields do, Error(BadConfig) for one that is no such file.
SentencePieceFile parseSentencePiece(std::string_view bytes, const std::string& subject);

// BPE by scores: of all neighbours whose text together is a piece, those of the highest score are joined first. Pieces
// the user defined are found before, the longest first; others than these and the normal ones are never found in a
// text. Throws Error(BadConfig) for pieces that are too long to be true.
ModelPtr scoredBpeModel(const SentencePieceFile& file, const std::string& subject);

} // namespace headlens::text
