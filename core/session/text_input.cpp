// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/text_input.h"

#include "core/base/error.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <iterator>
#include <map>

namespace headlens {
namespace {

int codePoints(const std::string& text)
{
    return int(std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

// A token of `tokenizer`; what was typed and is in no vocabulary is of the kind "unknown".
verbs::TextToken shown(const Token& token, const Tokenizer& tokenizer)
{
    const bool special = token.special || token.padding; // also the mark itself where it was typed
    const bool unknown = !special && token.id == tokenizer.special().unknown;
    return {token.id,
            token.piece,
            token.span[0],
            token.span[1],
            token.segment,
            special,
            token.text == 1,
            unknown ? "unknown" : "",
            {}};
}

std::vector<std::int64_t> idsOf(const std::vector<Token>& tokens)
{
    std::vector<std::int64_t> ids;
    for (const Token& token : tokens) ids.push_back(token.id);
    return ids;
}

at::Tensor line(const std::vector<std::int64_t>& values)
{
    return at::tensor(values, at::kLong).view({1, -1});
}

CutFrom cutFrom(const verbs::SetInput& request)
{
    return request.cutFrom == "begin" ? CutFrom::Begin : CutFrom::End;
}

// What one text becomes, cut to what the model has positions for.
Encoded encoded(const verbs::SetInput& request, const std::string& text, const Tokenizer& tokenizer, int atMost,
                int padTo, bool addsMarks = true)
{
    EncodeOptions options;
    if (!request.pair.empty()) options.pair = request.pair;
    options.addSpecial = addsMarks;
    options.atMost = atMost;
    options.padTo = padTo;
    options.cutFrom = cutFrom(request);
    return tokenizer.encode(text, options);
}

// Texts of unequal length in one batch [n,T] with their mask.
void batch(TextInput& result, const std::vector<Encoded>& texts, int pad, bool full)
{
    std::size_t longest = 0;
    for (const Encoded& text : texts) longest = std::max(longest, text.tokens.size());
    std::vector<at::Tensor> ids, masks;
    for (const Encoded& text : texts) {
        std::vector<std::int64_t> row = idsOf(text.tokens), real;
        for (const Token& token : text.tokens) real.push_back(token.padding ? 0 : 1);
        row.resize(longest, pad);
        real.resize(longest, 0);
        ids.push_back(line(row));
        masks.push_back(line(real));
    }
    result.input.ids = at::cat(ids);
    if (!full) result.input.mask = at::cat(masks);
}

void hide(TextInput& result, const std::vector<int>& positions)
{
    if (positions.empty()) return;
    at::Tensor& mask = result.input.mask;
    if (!mask.defined()) mask = at::ones_like(result.input.ids);
    for (const int position : positions) {
        if (position < 0 || position >= mask.size(1))
            throw Error(ErrorCode::BadRequest, "hidden token " + std::to_string(position),
                        "there are " + std::to_string(mask.size(1)));
        mask[0][position] = 0; // of the text that is shown; candidates beside it keep their words
    }
    if ((mask[0] == 0).all().item<bool>())
        throw Error(ErrorCode::BadRequest, "hidden tokens", "are all there are", "leave at least one to look at");
}

// What the decoder has written: its start token, then the text without the closing one, or exactly the ids given.
std::vector<int> decoderInputIds(const verbs::SetInput& request, const Tokenizer* tokenizer, const TextFacts& facts)
{
    std::vector<int> ids;
    if (facts.startToken >= 0) ids.push_back(facts.startToken);
    if (!request.decoderInputIds.empty()) {
        ids.insert(ids.end(), request.decoderInputIds.begin(), request.decoderInputIds.end());
        return ids;
    }
    if (tokenizer == nullptr) return ids;
    std::vector<Token> tokens = tokenizer->encode(request.written).tokens;
    if (!tokens.empty() && tokens.back().special) tokens.pop_back();
    if (facts.bosReplacesCls && !tokens.empty() && tokens.front().special) tokens.erase(tokens.begin());
    for (const Token& token : tokens) ids.push_back(token.id);
    return ids;
}

void readWritten(TextInput& result, const verbs::SetInput& request, const Tokenizer* tokenizer, const TextFacts& facts)
{
    std::vector<int> ids = decoderInputIds(request, tokenizer, facts);
    if (facts.longestWritten > 0 && int(ids.size()) > facts.longestWritten) {
        result.cut += int(ids.size()) - facts.longestWritten;
        ids.resize(std::size_t(facts.longestWritten));
    }
    if (ids.empty()) return;
    result.input.decoderInputIds = line({ids.begin(), ids.end()});
    verbs::Stream stream;
    stream.name = "decoder";
    if (tokenizer != nullptr)
        appendWritten(stream, ids, *tokenizer);
    else
        stream = shownStream("decoder", result.input.decoderInputIds, nullptr);
    result.streams.push_back(std::move(stream));
}

// Tokens that the model repeats (PaLM-E's picture takes a place for every patch), in at most `room` places (0: no
// limit). Whole tokens are cut: half a picture would be another one.
std::vector<verbs::TextToken> widened(Encoded& read, const Tokenizer& tokenizer, const std::map<int, int>& wider,
                                      CutFrom from, int room)
{
    const auto placesOf = [&](const Token& token) {
        const auto found = wider.find(token.id);
        return found == wider.end() ? 1 : found->second;
    };
    int places = 0;
    for (const Token& token : read.tokens) places += placesOf(token);
    while (room > 0 && places > room) {
        const auto gone = from == CutFrom::Begin ? read.tokens.begin() : std::prev(read.tokens.end());
        places -= placesOf(*gone);
        read.cut += placesOf(*gone);
        read.tokens.erase(gone);
    }
    std::vector<verbs::TextToken> result;
    for (const Token& token : read.tokens)
        result.insert(result.end(), std::size_t(placesOf(token)), shown(token, tokenizer));
    return result;
}

// A decoder alone: prompt and continuation are one text.
void readContinued(TextInput& result, const verbs::SetInput& request, const Tokenizer& tokenizer,
                   const ModelFacts& model, bool addsMarks)
{
    const TextFacts& facts = model.text;
    const bool exact = !request.decoderInputIds.empty();
    const std::string text = exact ? request.text : request.text + request.written;
    const int room = facts.longest > 0 ? std::max(1, facts.longest - int(request.decoderInputIds.size())) : 0;
    Encoded read = encoded(request, text, tokenizer, room, 0, addsMarks);
    verbs::Stream stream;
    stream.text = text;
    stream.asked = codePoints(request.text);
    stream.tokens = widened(read, tokenizer, model.widerTokens, cutFrom(request), room);
    result.cut = read.cut;
    std::vector<std::int64_t> ids;
    for (const verbs::TextToken& token : stream.tokens) ids.push_back(token.id);
    if (exact) appendWritten(stream, request.decoderInputIds, tokenizer);
    ids.insert(ids.end(), request.decoderInputIds.begin(), request.decoderInputIds.end());
    if (ids.empty()) { // nothing typed: the model begins with its own mark
        ids.push_back(std::max(0, facts.endToken));
        appendWritten(stream, {int(ids[0])}, tokenizer);
    }
    result.input.ids = line(ids);
    result.streams.push_back(std::move(stream));
}

} // namespace

void appendWritten(verbs::Stream& stream, const std::vector<int>& ids, const Tokenizer& tokenizer)
{
    const std::string before = stream.text;
    std::vector<int> soFar;
    std::string text;
    for (const int id : ids) {
        soFar.push_back(id);
        const int begin = codePoints(before + text);
        text = tokenizer.decode(soFar, /*skipSpecial=*/true);
        verbs::TextToken token{
            id, tokenizer.piece(id), begin, std::max(begin, codePoints(before + text)), 0, false, false, {}, {}};
        token.special = token.begin == token.end;
        stream.tokens.push_back(std::move(token));
    }
    stream.text = before + text;
}

verbs::Stream shownStream(const std::string& name, const at::Tensor& ids, const Tokenizer* tokenizer)
{
    verbs::Stream stream;
    stream.name = name;
    const at::Tensor row = ids[0].to(at::kCPU, at::kLong).contiguous();
    for (std::int64_t i = 0; i < row.size(0); ++i) {
        const auto id = int(row.data_ptr<std::int64_t>()[i]);
        verbs::TextToken token;
        token.id = id;
        token.piece = tokenizer != nullptr ? tokenizer->piece(id) : std::to_string(id);
        stream.tokens.push_back(std::move(token));
    }
    return stream;
}

TextInput readText(const verbs::SetInput& request, const Tokenizers& tokenizers, const ModelFacts& model,
                   const std::string& modelPath, bool addsMarks)
{
    const TextFacts& facts = model.text;
    const bool isDualEncoder = model.text.compares;
    const Tokenizer* tokenizer = tokenizers.read;
    TextInput result;
    if (!facts.reads) return result;
    const bool captions =
        facts.writes && !facts.isEncoderDecoder && facts.startToken >= 0; // nothing is read but a picture
    if (tokenizer == nullptr && !captions)
        throw Error(ErrorCode::PartMissing, modelPath, "brings no tokenizer, so no text can be read",
                    "put tokenizer.json, vocab.txt, vocab.json with merges.txt, or spiece.model beside the weights");
    if (captions) {
        readWritten(result, request, tokenizers.written, facts);
        return result;
    }
    if (facts.writes && !facts.isEncoderDecoder) {
        readContinued(result, request, *tokenizer, model, addsMarks);
        hide(result, request.hiddenTokens);
        return result;
    }
    std::vector<Encoded> texts{
        encoded(request, request.text, *tokenizer, facts.longest, facts.padToMaxLength ? facts.longest : 0)};
    result.cut = texts[0].cut;
    if (isDualEncoder)
        for (const std::string& candidate : request.candidates)
            texts.push_back(
                encoded(request, candidate, *tokenizer, facts.longest, facts.padToMaxLength ? facts.longest : 0));
    batch(result, texts, std::max(0, facts.padToken), facts.padToMaxLength);
    verbs::Stream stream;
    stream.text = request.text;
    stream.pair = request.pair;
    std::vector<std::int64_t> segments;
    for (const Token& token : texts[0].tokens) {
        stream.tokens.push_back(shown(token, *tokenizer));
        segments.push_back(token.segment);
    }
    for (std::size_t i = texts[0].tokens.size(); i < std::size_t(result.input.ids.size(1)); ++i) { // as the batch is
        verbs::TextToken padding{facts.padToken, tokenizer->piece(facts.padToken), 0, 0, 0, true, false, {}, {}};
        stream.tokens.push_back(padding);
    }
    if (!request.pair.empty() && !isDualEncoder) result.input.segments = line(segments);
    result.streams.push_back(std::move(stream));
    hide(result, request.hiddenTokens);
    if (facts.isEncoderDecoder) readWritten(result, request, tokenizers.written, facts);
    return result;
}

} // namespace headlens
