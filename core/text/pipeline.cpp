// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/pipeline.h"

#include "core/base/error.h"
#include "core/text/word_tokens.h"

#include <fmt/format.h>

#include <algorithm>

namespace headlens::text {
namespace {

constexpr std::size_t longestText = std::size_t(64) << 20;
constexpr int mostPadding = 1 << 24;

// How many tokens of two texts remain when both together may have `most`: the longer one is cut first.
std::pair<std::size_t, std::size_t> longestFirst(std::size_t first, std::size_t second, std::size_t most)
{
    std::size_t shorter = std::min(first, second);
    std::size_t longer = shorter > most ? shorter : std::max(shorter, most - shorter);
    if (shorter + longer > most) {
        shorter = most / 2;
        longer = shorter + most % 2;
    }
    return first > second ? std::pair(longer, shorter) : std::pair(shorter, longer);
}

int cut(std::vector<Token>& tokens, std::size_t most, CutFrom from)
{
    if (tokens.size() <= most) return 0;
    const auto surplus = std::ptrdiff_t(tokens.size() - most);
    if (from == CutFrom::End)
        tokens.erase(tokens.end() - surplus, tokens.end());
    else
        tokens.erase(tokens.begin(), tokens.begin() + surplus);
    return int(surplus);
}

void requireRequest(bool holds, const std::string& why, const std::string& remedy)
{
    if (!holds) throw Error(ErrorCode::BadRequest, "text", why, remedy);
}

} // namespace

Pipeline::Pipeline(Parts parts) : m_parts(std::move(parts)), m_added(m_parts.added, m_parts.normalizer.get())
{
    const SpecialNames& names = m_parts.special;
    m_special.pad = named(names.pad, {"[PAD]", "<pad>", "<|pad|>", "<PAD>"});
    m_special.begin = named(names.begin, {"[CLS]", "<s>", "<|startoftext|>", "<bos>", "<|begin_of_text|>"});
    m_special.end = named(names.end, {"[SEP]", "</s>", "<|endoftext|>", "<eos>", "<|end_of_text|>"});
    m_special.mask = named(names.mask, {"[MASK]", "<mask>", "<|mask|>"});
    m_special.unknown = m_parts.model->unknown();
    if (m_special.unknown < 0) m_special.unknown = named(names.unknown, {"[UNK]", "<unk>", "<|unk|>"});
}

int Pipeline::named(const std::string& name, std::initializer_list<const char*> known) const
{
    if (!name.empty()) return idOf(name).value_or(-1);
    for (const char* candidate : known)
        if (const auto id = idOf(candidate)) return *id;
    return -1;
}

Words Pipeline::wordsOf(std::string_view bytes) const
{
    const std::u32string text = decodeUtf8(bytes);
    Words all;
    for (const Word& raw : m_added.cut(text, false)) {
        Aligned part(text.substr(raw.begin, raw.end - raw.begin), int(raw.begin));
        std::vector<Word> words{{0, part.size(), raw.added}};
        if (raw.added < 0) {
            if (m_parts.normalizer) m_parts.normalizer->apply(part);
            words = m_added.cut(part.text(), true);
        }
        const std::size_t offset = all.text.size();
        for (const Word& word : words) all.words.push_back({offset + word.begin, offset + word.end, word.added});
        if (offset == 0)
            all.text = std::move(part);
        else
            all.text.append(part, 0, part.size());
    }
    if (m_parts.preTokenizer) m_parts.preTokenizer->apply(all);
    return all;
}

std::vector<Token> Pipeline::tokensOf(std::string_view text, int which) const
{
    requireRequest(text.size() <= longestText, "it is longer than 64 MB", "give a shorter text");
    const Words words = wordsOf(text);
    WordTokens maker(*m_parts.model, words.text, which);
    for (const Word& word : words.words) {
        if (word.added < 0)
            maker.addWord(word);
        else
            maker.addAdded(word, m_added.byId(word.added)->special);
    }
    return maker.take();
}

Encoded Pipeline::encode(std::string_view text, const EncodeOptions& options) const
{
    requireRequest(options.atMost >= 0 && options.padTo >= 0 && options.padTo <= mostPadding,
                   "the number of tokens wanted is out of range", "give 0 to 16777216");
    std::vector<std::vector<Token>> texts;
    texts.push_back(tokensOf(text, 0));
    if (options.pair) texts.push_back(tokensOf(*options.pair, 1));
    Encoded result;
    if (options.atMost > 0) {
        const int special = options.addSpecial ? m_parts.post.addedTokens(options.pair.has_value()) : 0;
        requireRequest(
            special <= options.atMost,
            fmt::format("the special tokens alone are {}, more than the {} allowed", special, options.atMost),
            "allow more tokens");
        cutTo(options.atMost - special, options.cutFrom, texts, result);
    }
    result.tokens = m_parts.post.join(std::move(texts), options.addSpecial);
    pad(result.tokens, options.padTo);
    return result;
}

void Pipeline::cutTo(int most, CutFrom from, std::vector<std::vector<Token>>& texts, Encoded& result) const
{
    if (texts.size() == 1) {
        result.cut = cut(texts[0], std::size_t(most), from);
        return;
    }
    if (texts[0].size() + texts[1].size() <= std::size_t(most)) return;
    const auto [first, second] = longestFirst(texts[0].size(), texts[1].size(), std::size_t(most));
    result.cut = cut(texts[0], first, from) + cut(texts[1], second, from);
}

void Pipeline::pad(std::vector<Token>& tokens, int to) const
{
    if (tokens.size() >= std::size_t(to)) return;
    requireRequest(m_special.pad >= 0, "this tokenizer has no padding token", "encode without padding");
    tokens.resize(std::size_t(to), Token{m_special.pad, piece(m_special.pad), {0, 0}, 0, -1, true, true});
}

std::string Pipeline::decode(const std::vector<int>& ids, bool skipSpecial) const
{
    std::vector<std::string> pieces;
    for (const int id : ids) {
        const AddedToken* added = m_added.byId(id);
        if (!added && !m_parts.model->vocabulary().has(id)) continue;
        const std::string& text = added ? m_added.written(*added) : m_parts.model->vocabulary().piece(id);
        if (!skipSpecial || !m_added.isSpecial(text)) pieces.push_back(text);
    }
    if (m_parts.decoder) m_parts.decoder->apply(pieces);
    std::string joined;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (i > 0 && !m_parts.decoder) joined += ' ';
        joined += pieces[i];
    }
    return joined;
}

std::string Pipeline::piece(int id) const
{
    const AddedToken* added = m_added.byId(id);
    return added ? added->content : m_parts.model->vocabulary().piece(id);
}

std::optional<int> Pipeline::idOf(std::string_view piece) const
{
    const AddedToken* added = m_added.byContent(piece);
    return added ? added->id : m_parts.model->vocabulary().idOf(piece);
}

std::string Pipeline::describe() const
{
    Aligned capital(U"A", 0);
    if (m_parts.normalizer) m_parts.normalizer->apply(capital);
    const bool uncased = capital.text().find(U'a') != std::u32string::npos;
    return std::string(m_parts.model->name()) + ", " + std::to_string(size()) + " pieces, " +
           (uncased ? "uncased" : "cased") + (m_parts.note.empty() ? "" : "; " + m_parts.note);
}

} // namespace headlens::text
