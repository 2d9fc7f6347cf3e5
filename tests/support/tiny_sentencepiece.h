// SPDX-License-Identifier: GPL-3.0-or-later
// A tokenizer.model of a few pieces, written as SentencePiece writes it.
#pragma once

#include "core/text/sentencepiece_file.h"

#include <cstring>
#include <string>

namespace headlens::test {

class TinySentencePiece {
public:
    using Type = text::SentencePieceFile::PieceType;

    bool bpe = true, byteFallback = false, dummyPrefix = true, removeExtraSpaces = false;

    TinySentencePiece& add(const std::string& piece, float score, Type type = Type::Normal)
    {
        std::string bits(sizeof score, '\0');
        std::memcpy(bits.data(), &score, sizeof score);
        m_pieces += field(1, field(1, piece) + tag(2, 5) + bits + number(3, std::uint64_t(type)));
        return *this;
    }
    // <unk>, <s>, </s>, and the pieces of the text's characters with falling scores.
    TinySentencePiece& addUsual(const std::vector<std::string>& pieces)
    {
        add("<unk>", 0, Type::Unknown).add("<s>", 0, Type::Control).add("</s>", 0, Type::Control);
        float score = 0;
        for (const std::string& piece : pieces) add(piece, score -= 1);
        return *this;
    }
    std::string bytes() const
    {
        return m_pieces + field(2, number(3, bpe ? 2 : 1) + number(35, byteFallback ? 1 : 0)) +
               field(3, number(3, dummyPrefix ? 1 : 0) + number(4, removeExtraSpaces ? 1 : 0));
    }

private:
    static std::string varint(std::uint64_t value)
    {
        std::string text;
        for (; value >= 0x80; value >>= 7) text.push_back(char(value | 0x80));
        return text + char(value);
    }
    static std::string tag(std::uint64_t key, std::uint64_t kind) { return varint(key << 3 | kind); }
    static std::string number(std::uint64_t key, std::uint64_t value) { return tag(key, 0) + varint(value); }
    static std::string field(std::uint64_t key, const std::string& bytes)
    {
        return tag(key, 2) + varint(bytes.size()) + bytes;
    }

    std::string m_pieces;
};

} // namespace headlens::test
