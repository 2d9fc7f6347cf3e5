// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lesson/address.h"

#include "core/base/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace headlens {
namespace {

[[noreturn]] void refuse(std::string_view text, const char* why)
{
    throw Error(ErrorCode::BadRequest, "address " + std::string(text.substr(0, 80)), why,
                "write for example blk3.h2.attn[row=cls] or tok(word(cat))");
}

std::string_view trimmed(std::string_view text)
{
    const auto blank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.empty() && blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && blank(text.back())) text.remove_suffix(1);
    return text;
}

int numberIn(std::string_view digits, std::string_view whole)
{
    int value = 0;
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (problem != std::errc() || end != digits.data() + digits.size() || value < 0)
        refuse(whole, "has no number where one is due");
    return value;
}

// "name(inner)" -> inner; nothing for other texts.
std::optional<std::string_view> inside(std::string_view text, std::string_view name)
{
    if (!text.starts_with(name) || text.size() < name.size() + 2 || text[name.size()] != '(' || text.back() != ')')
        return {};
    return text.substr(name.size() + 1, text.size() - name.size() - 2);
}

bool hasGrid(const verbs::Stream& stream)
{
    return stream.gridWidth > 0;
}

int tokensOf(const verbs::Stream& stream)
{
    return int(stream.tokens.size()) + stream.prefix + stream.gridHeight * stream.gridWidth;
}

// The token in one stream; -1 where it has none such.
int find(const TokenName& name, const verbs::ModelInfo& model, const verbs::Stream& stream)
{
    const int text = int(stream.tokens.size());
    switch (name.kind) {
    case TokenName::Kind::Number: return name.number < tokensOf(stream) ? name.number : -1;
    case TokenName::Kind::Last: return (hasGrid(stream) && text > 0 ? text : tokensOf(stream)) - 1;
    case TokenName::Kind::Class: {
        const auto cls = std::ranges::find(model.prefixTokens, std::string("cls"));
        if (stream.prefix > 0 && cls != model.prefixTokens.end()) return text + int(cls - model.prefixTokens.begin());
        return text > 0 && stream.tokens.front().special && !hasGrid(stream) ? 0 : -1; // [CLS] of a text
    }
    case TokenName::Kind::Word:
        for (int i = 0; i < text; ++i)
            if (plainPiece(stream.tokens[std::size_t(i)].piece) == name.word) return i;
        return -1;
    case TokenName::Kind::Patch:
        if (name.number >= stream.gridHeight || name.column >= stream.gridWidth) return -1;
        return text + stream.prefix + name.number * stream.gridWidth + name.column;
    }
    return -1;
}

} // namespace

std::string plainPiece(const std::string& piece)
{
    static constexpr std::array<std::string_view, 4> kMarks{"Ġ", "▁", "</w>", "##"};
    std::string plain = piece;
    for (const std::string_view mark : kMarks)
        if (const std::size_t at = plain.find(mark); at != std::string::npos && plain != mark)
            plain.erase(at, mark.size());
    return plain;
}

TokenName parseToken(std::string_view whole)
{
    static constexpr std::array<std::array<const char*, 2>, 5> kStreams{
        {{"enc", "encoder"}, {"dec", "decoder"}, {"text", "text"}, {"vision", "vision"}, {"latents", "latents"}}};
    TokenName name;
    std::string_view text = trimmed(whole);
    for (const auto& [shortName, stream] : kStreams)
        if (const std::string front = std::string(shortName) + ":"; text.starts_with(front)) {
            name.stream = stream;
            text.remove_prefix(front.size());
            break;
        }
    if (text == "cls") {
        name.kind = TokenName::Kind::Class;
    } else if (text == "last") {
        name.kind = TokenName::Kind::Last;
    } else if (const auto word = inside(text, "word")) {
        name.kind = TokenName::Kind::Word;
        name.word = *word;
        if (name.word.empty()) refuse(whole, "names no word");
    } else if (const auto patch = inside(text, "patch")) {
        const std::size_t comma = patch->find(',');
        if (comma == std::string_view::npos) refuse(whole, "needs row and column of the patch");
        name.kind = TokenName::Kind::Patch;
        name.number = numberIn(trimmed(patch->substr(0, comma)), whole);
        name.column = numberIn(trimmed(patch->substr(comma + 1)), whole);
    } else {
        name.number = numberIn(text, whole);
    }
    return name;
}

Address parseAddress(std::string_view whole)
{
    std::string_view text = trimmed(whole);
    Address address;
    if (const auto token = inside(text, "tok")) {
        address.row = parseToken(*token);
        return address;
    }
    const std::size_t head = text.find(".h"), attention = text.find(".attn[");
    if (!text.starts_with("blk") || head == std::string_view::npos || attention == std::string_view::npos ||
        head > attention || text.back() != ']')
        refuse(whole, "is no place in a trace");
    address.block = numberIn(text.substr(3, head - 3), whole);
    const std::string_view which = text.substr(head + 2, attention - head - 2);
    address.head = which == "mean" ? -1 : numberIn(which, whole);
    std::string_view inner = text.substr(attention + 6, text.size() - attention - 7);
    // A comma inside word(...) or patch(...) does not part row and column.
    const std::size_t split = inner.find(",col=");
    std::string_view row = trimmed(inner.substr(0, split));
    if (row.starts_with("row=")) row.remove_prefix(4);
    address.row = parseToken(row);
    if (split != std::string_view::npos) address.column = parseToken(inner.substr(split + 5));
    return address;
}

TokenPlace placeOf(const TokenName& name, const verbs::ModelInfo& model, const verbs::InputInfo& input, int stream)
{
    for (int i = 0; i < int(input.streams.size()); ++i) {
        const verbs::Stream& one = input.streams[std::size_t(i)];
        const bool meant = !name.stream.empty() ? one.name == name.stream : stream < 0 || stream == i;
        if (!meant) continue;
        if (const int token = find(name, model, one); token >= 0) return {i, token};
    }
    const std::string what = name.kind == TokenName::Kind::Word ? "word(" + name.word + ")"
                             : name.kind == TokenName::Kind::Patch
                                 ? fmt::format("patch({},{})", name.number, name.column)
                             : name.kind == TokenName::Kind::Class ? "cls"
                             : name.kind == TokenName::Kind::Last  ? "last"
                                                                   : std::to_string(name.number);
    throw Error(ErrorCode::BadRequest, "token " + (name.stream.empty() ? "" : name.stream + ":") + what,
                "is not in this input");
}

} // namespace headlens
