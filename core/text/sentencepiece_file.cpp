// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/sentencepiece_file.h"

#include "core/base/error.h"
#include "core/text/component_json.h"
#include "core/text/unicode.h"

#include <bit>
#include <cmath>

namespace headlens::text {
namespace {

struct Field {
    std::uint64_t number = 0;
    std::uint64_t value = 0;     // of varints and fixed ones
    std::string_view bytes = {}; // of those with a length
};

// One message of the protobuf wire format.
class Message {
public:
    Message(std::string_view bytes, const std::string& subject) : m_rest(bytes), m_subject(subject) {}

    bool next(Field& field)
    {
        if (m_rest.empty()) return false;
        const std::uint64_t key = varint();
        field = {key >> 3, 0, {}};
        switch (key & 7) {
        case 0: field.value = varint(); break;
        case 1: field.value = fixed(8); break;
        case 2: field.bytes = take(varint()); break;
        case 5: field.value = fixed(4); break;
        default: damaged(m_subject, "it is no SentencePiece model");
        }
        if (field.number == 0) damaged(m_subject, "it is no SentencePiece model");
        return true;
    }

private:
    std::string_view take(std::uint64_t count)
    {
        if (count > m_rest.size())
            throw Error(ErrorCode::Truncated, m_subject, "it ends in the middle of a field", "download the file again");
        const std::string_view taken = m_rest.substr(0, count);
        m_rest.remove_prefix(count);
        return taken;
    }
    std::uint64_t fixed(std::size_t count)
    {
        std::uint64_t value = 0;
        int shift = 0;
        for (const char c : take(count)) {
            value |= std::uint64_t(static_cast<unsigned char>(c)) << shift;
            shift += 8;
        }
        return value;
    }
    std::uint64_t varint()
    {
        std::uint64_t value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            const auto byte = static_cast<unsigned char>(take(1)[0]);
            value |= std::uint64_t(byte & 0x7FU) << shift;
            if (byte < 0x80) return value;
        }
        damaged(m_subject, "a number in it has more than 64 bits");
    }

    std::string_view m_rest;
    const std::string& m_subject;
};

void readPiece(std::string_view bytes, SentencePieceFile& file, const std::string& subject)
{
    if (file.pieces.size() > std::size_t(Vocabulary::largestId)) damaged(subject, "it has more than 4 million pieces");
    ScoredPiece piece;
    std::uint64_t type = 1;
    Field field;
    for (Message message(bytes, subject); message.next(field);) {
        if (field.number == 1) piece.piece = toUtf8(decodeUtf8(field.bytes));
        if (field.number == 2) piece.score = std::bit_cast<float>(std::uint32_t(field.value));
        if (field.number == 3) type = field.value;
    }
    if (type < 1 || type > 6) damaged(subject, "a piece has the unknown type " + std::to_string(type));
    if (!std::isfinite(piece.score)) damaged(subject, "the score of a piece is no finite number");
    if (type == 2 && file.unknown < 0) file.unknown = int(file.pieces.size());
    file.pieces.push_back(std::move(piece));
    file.types.push_back(SentencePieceFile::PieceType(type));
}

void readTraining(std::string_view bytes, SentencePieceFile& file, const std::string& subject)
{
    Field field;
    for (Message message(bytes, subject); message.next(field);) {
        if (field.number == 3 && (field.value < 1 || field.value > 4)) damaged(subject, "its model type is unknown");
        if (field.number == 3) file.model = SentencePieceFile::ModelType(field.value);
        if (field.number == 24) file.spaceAsSuffix = field.value != 0;
        if (field.number == 35) file.byteFallback = field.value != 0;
        if (field.number == 41) file.begin = int(std::int32_t(field.value));
        if (field.number == 42) file.end = int(std::int32_t(field.value));
    }
}

void readNormalizer(std::string_view bytes, SentencePieceFile& file, const std::string& subject)
{
    Field field;
    for (Message message(bytes, subject); message.next(field);) {
        if (field.number == 2) file.charsmap = field.bytes;
        if (field.number == 3) file.addDummyPrefix = field.value != 0;
        if (field.number == 4) file.removeExtraSpaces = field.value != 0;
        if (field.number == 5) file.escapeSpaces = field.value != 0;
    }
}

} // namespace

SentencePieceFile parseSentencePiece(std::string_view bytes, const std::string& subject)
{
    SentencePieceFile file;
    Field field;
    for (Message message(bytes, subject); message.next(field);) {
        if (field.number == 1) readPiece(field.bytes, file, subject);
        if (field.number == 2) readTraining(field.bytes, file, subject);
        if (field.number == 3) readNormalizer(field.bytes, file, subject);
    }
    if (file.pieces.empty()) damaged(subject, "it holds no pieces, so it is no SentencePiece model");
    return file;
}

} // namespace headlens::text
