// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/text/token_pieces.h"

#include <algorithm>

namespace headlens {
namespace {

constexpr int kLongest = 40;    // letters of a token
constexpr int kFewPatches = 24; // that are shown one by one
constexpr QChar kBlank(0x00B7), kBlankAlone(0x2423), kNewLine(0x21B5), kTab(0x21E5), kMore(0x2026);
constexpr QChar kByteBlank(0x0120), kByteNewLine(0x010A), kByteTab(0x0109), kSentenceBlank(0x2581);

// How a vocabulary says where words begin.
enum class Marks { None, Before, After }; // Ġ or ▁ before a word, </w> after it

Marks marksOf(const verbs::Stream& stream)
{
    for (const verbs::TextToken& token : stream.tokens) {
        const QString piece = QString::fromStdString(token.piece);
        if (piece.startsWith(kByteBlank) || piece.startsWith(kSentenceBlank)) return Marks::Before;
        if (piece.endsWith(QLatin1String("</w>"))) return Marks::After;
    }
    return Marks::None;
}

bool isByteLevel(const verbs::Stream& stream)
{
    return std::ranges::any_of(stream.tokens, [](const verbs::TextToken& token) {
        return QString::fromStdString(token.piece).startsWith(kByteBlank);
    });
}

bool isWord(const verbs::TextToken& token)
{
    return !token.special && (token.kind.empty() || token.kind == "unknown");
}

// A gap to be filled stands for a word.
bool isGap(const verbs::TextToken& token)
{
    return token.piece == "[MASK]" || token.piece == "<mask>";
}

// Chinese and Japanese are written without blanks: a line may break before each of their signs.
bool isIdeograph(QChar c)
{
    return (c.unicode() >= 0x2E80 && c.unicode() <= 0x9FFF) || (c.unicode() >= 0xF900 && c.unicode() <= 0xFAFF);
}

bool joins(const verbs::TextToken& before, const verbs::TextToken& token, Marks marks, const std::u32string& text)
{
    if (!isWord(before) || !isWord(token) || before.inPair != token.inPair || before.segment != token.segment)
        return false;
    const QString piece = QString::fromStdString(token.piece), last = QString::fromStdString(before.piece);
    if (piece.startsWith(QLatin1String("##")) && piece.size() > 2) return true;
    if (marks == Marks::Before)
        return !piece.startsWith(kByteBlank) && !piece.startsWith(kSentenceBlank) && !piece.contains(kByteNewLine) &&
               !last.contains(kByteNewLine) && !piece.isEmpty() && !isIdeograph(piece[0]);
    if (marks == Marks::After && !last.endsWith(QLatin1String("</w>"))) return true;
    const bool known = before.end > before.begin && token.end > token.begin; // places in the text
    const auto at = std::size_t(std::max(0, token.begin));
    if (at < text.size() && QChar::isSpace(text[at])) return false; // what was written counts its blank
    return known && before.end == token.begin && !piece.isEmpty() && !isIdeograph(piece[0]);
}

// Letters that byte-level vocabularies write as bytes are read from the text itself.
QString bytesOf(const verbs::TextToken& token, const QString& piece, const std::u32string& text)
{
    const bool foreign = std::ranges::any_of(piece, [](QChar c) { return c.unicode() > 0x7F; });
    if (!foreign || token.begin < 0 || token.end <= token.begin || token.end > int(text.size())) return piece;
    return QString::fromStdU32String(text.substr(std::size_t(token.begin), std::size_t(token.end - token.begin)));
}

QString plain(const verbs::TextToken& token, const std::u32string& text, bool bytes)
{
    QString piece = QString::fromStdString(token.piece);
    if (!isWord(token)) return piece;
    QString blanks;
    while (!piece.isEmpty() && (piece[0] == kByteBlank || piece[0] == kSentenceBlank)) {
        blanks += QLatin1Char(' ');
        piece.remove(0, 1);
    }
    if (bytes) {
        piece.replace(kByteBlank, QLatin1Char(' '));
        piece.replace(kByteNewLine, QLatin1Char('\n'));
        piece.replace(kByteTab, QLatin1Char('\t'));
        piece = bytesOf(token, piece, text);
        while (!blanks.isEmpty() && piece.startsWith(QLatin1Char(' '))) piece.remove(0, 1); // the same ones again
    }
    piece.replace(kSentenceBlank, QLatin1Char(' '));
    if (piece.startsWith(QLatin1String("##")) && piece.size() > 2) piece.remove(0, 2);
    if (piece.endsWith(QLatin1String("</w>"))) piece.chop(4);
    return piece == QLatin1String("<0x0A>") ? QStringLiteral("\n") : blanks + piece;
}

// With blanks as signs, all of them or only where there is nothing else.
void show(TokenPiece& shown, QString text, bool blanks)
{
    shown.ends = text.endsWith(QLatin1Char('\n'));
    const bool alone = text.trimmed().isEmpty();
    if (!alone && !blanks) text = text.trimmed();
    if (alone || blanks) {
        text.replace(QLatin1Char('\n'), kNewLine);
        text.replace(QLatin1Char('\t'), kTab);
        text.replace(QLatin1Char(' '), alone ? kBlankAlone : kBlank);
    }
    if (text.isEmpty()) text = kBlankAlone;
    shown.dim = shown.dim || alone;
    shown.text = text.size() > kLongest ? text.left(kLongest) + kMore : text;
}

// Patches that stand among the words, as PaLM-E and its kin have them: too many to be read one by one.
void foldPatches(const verbs::Stream& stream, std::vector<TokenPiece>& pieces)
{
    const auto isPatch = [&](std::size_t i) { return i < pieces.size() && stream.tokens[i].kind == "image"; };
    for (std::size_t begin = 0; begin < pieces.size(); ++begin) {
        std::size_t end = begin;
        while (isPatch(end)) ++end;
        if (end - begin > std::size_t(kFewPatches)) {
            for (std::size_t i = begin; i < end; ++i) pieces[i].folded = -1;
            pieces[begin].folded = int(end - begin);
        }
        begin = std::max(begin, end);
    }
}

} // namespace

std::vector<TokenPiece> piecesOf(const verbs::Stream& stream, bool blanks)
{
    const Marks marks = marksOf(stream);
    const bool bytes = isByteLevel(stream);
    const std::u32string first = QString::fromStdString(stream.text).toStdU32String(),
                         second = QString::fromStdString(stream.pair).toStdU32String();
    std::vector<TokenPiece> pieces;
    for (std::size_t i = 0; i < stream.tokens.size(); ++i) {
        const verbs::TextToken& token = stream.tokens[i];
        TokenPiece shown;
        shown.dim = token.special && !isGap(token);
        const std::u32string& text = token.inPair ? second : first;
        shown.joined = i > 0 && joins(stream.tokens[i - 1], token, marks, text);
        show(shown, plain(token, text, bytes), blanks);
        pieces.push_back(std::move(shown));
    }
    foldPatches(stream, pieces);
    return pieces;
}

} // namespace headlens
