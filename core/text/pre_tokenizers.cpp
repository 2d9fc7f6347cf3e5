// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/pre_tokenizers.h"

#include "core/text/scanners.h"

#include <algorithm>
#include <functional>

namespace headlens::text {
namespace {

// Joins each match to what stands before it, unless that is a match itself.
std::vector<Match> mergedWithPrevious(const std::vector<Match>& cover)
{
    std::vector<Match> merged;
    bool previous = false;
    for (const Match& part : cover) {
        if (part.hit && !previous && !merged.empty())
            merged.back().end = part.end;
        else
            merged.push_back(part);
        previous = part.hit;
    }
    return merged;
}

std::vector<Match> mergedWithNext(const std::vector<Match>& cover)
{
    std::vector<Match> merged;
    bool previous = false;
    for (auto part = cover.rbegin(); part != cover.rend(); ++part) {
        if (part->hit && !previous && !merged.empty())
            merged.back().begin = part->begin;
        else
            merged.push_back(*part);
        previous = part->hit;
    }
    std::reverse(merged.begin(), merged.end());
    return merged;
}

std::vector<Match> contiguous(const std::vector<Match>& cover)
{
    std::vector<Match> merged;
    bool previous = false;
    for (const Match& part : cover) {
        if (part.hit == previous && !merged.empty())
            merged.back().end = part.end;
        else
            merged.push_back(part);
        previous = part.hit;
    }
    return merged;
}

std::vector<Match> arranged(std::vector<Match> cover, Behavior behavior, bool invert)
{
    if (invert)
        for (Match& part : cover) part.hit = !part.hit;
    switch (behavior) {
    case Behavior::Removed: std::erase_if(cover, [](const Match& part) { return part.hit; }); return cover;
    case Behavior::Isolated: return cover;
    case Behavior::MergedWithPrevious: return mergedWithPrevious(cover);
    case Behavior::MergedWithNext: return mergedWithNext(cover);
    case Behavior::Contiguous: return contiguous(cover);
    }
    return cover;
}

class Split : public PreTokenizer {
public:
    Split(std::shared_ptr<const Pattern> pattern, Behavior behavior, bool invert)
        : m_pattern(std::move(pattern)), m_behavior(behavior), m_invert(invert)
    {
    }
    void apply(Words& words) const override
    {
        std::vector<Word> parts;
        parts.reserve(words.words.size());
        const std::u32string_view all = words.text.text();
        for (const Word& word : words.words) {
            if (word.added >= 0) {
                parts.push_back(word);
                continue;
            }
            const auto cover = m_pattern->cover(all.substr(word.begin, word.end - word.begin));
            for (const Match& part : arranged(cover, m_behavior, m_invert))
                parts.push_back({word.begin + part.begin, word.begin + part.end});
        }
        words.words = std::move(parts);
    }

private:
    std::shared_ptr<const Pattern> m_pattern;
    Behavior m_behavior;
    bool m_invert;
};

// Rebuilds the text word by word: `change` sees each word that is no added token as a text of its own.
void rewrite(Words& words, const std::function<void(Aligned&)>& change)
{
    Words fresh;
    fresh.text.reserve(words.text.size() + words.words.size());
    fresh.words.reserve(words.words.size());
    for (const Word& word : words.words) {
        const std::size_t begin = fresh.text.size();
        if (word.added >= 0) {
            fresh.text.append(words.text, word.begin, word.end);
        } else {
            Aligned part;
            part.reserve(word.end - word.begin + 1);
            part.append(words.text, word.begin, word.end);
            change(part);
            fresh.text.append(part, 0, part.size());
        }
        if (fresh.text.size() > begin) fresh.words.push_back({begin, fresh.text.size(), word.added});
    }
    words = std::move(fresh);
}

bool anyAdded(const Words& words)
{
    return std::any_of(words.words.begin(), words.words.end(), [](const Word& word) { return word.added >= 0; });
}

class ByteLevel : public PreTokenizer {
public:
    ByteLevel(bool addPrefixSpace, bool useRegex)
        : m_addPrefixSpace(addPrefixSpace),
          m_split(useRegex ? splitPreTokenizer(Pattern::regex(gpt2Expression, {}), Behavior::Isolated, false) : nullptr)
    {
    }
    void apply(Words& words) const override
    {
        if (m_addPrefixSpace)
            rewrite(words, [](Aligned& word) {
                if (word.text().front() != U' ') word.prepend(U" ");
            });
        if (m_split) m_split->apply(words);
        if (isAscii(words.text.text()) && !anyAdded(words))
            words.text.map([](char32_t c) { return byteCharacter(static_cast<unsigned char>(c)); });
        else
            rewrite(words, applyByteLevel);
    }

private:
    bool m_addPrefixSpace;
    PreTokenizerPtr m_split;
};

class Metaspace : public PreTokenizer {
public:
    Metaspace(char32_t replacement, PrependScheme scheme, bool split)
        : m_replacement(replacement), m_scheme(scheme),
          m_split(split ? splitPreTokenizer(Pattern::literal({replacement}), Behavior::MergedWithNext, false) : nullptr)
    {
    }
    void apply(Words& words) const override
    {
        rewrite(words, [this](Aligned& word) {
            word.map([this](char32_t c) { return c == U' ' ? m_replacement : c; });
            const bool wanted =
                m_scheme == PrependScheme::Always || (m_scheme == PrependScheme::First && word.span(0).begin == 0);
            if (wanted && word.text().front() != m_replacement) word.prepend({&m_replacement, 1});
        });
        if (m_split) m_split->apply(words);
    }

private:
    char32_t m_replacement;
    PrependScheme m_scheme;
    PreTokenizerPtr m_split;
};

class PreTokenizerSequence : public PreTokenizer {
public:
    explicit PreTokenizerSequence(std::vector<PreTokenizerPtr> parts) : m_parts(std::move(parts)) {}
    void apply(Words& words) const override
    {
        for (const PreTokenizerPtr& part : m_parts) part->apply(words);
    }

private:
    std::vector<PreTokenizerPtr> m_parts;
};

} // namespace

PreTokenizerPtr splitPreTokenizer(std::shared_ptr<const Pattern> pattern, Behavior behavior, bool invert)
{
    return std::make_shared<Split>(std::move(pattern), behavior, invert);
}
PreTokenizerPtr bertPreTokenizer()
{
    return preTokenizerSequence({splitPreTokenizer(Pattern::characters(isWhitespace), Behavior::Removed, false),
                                 splitPreTokenizer(Pattern::characters(isPunctuation), Behavior::Isolated, false)});
}
PreTokenizerPtr byteLevelPreTokenizer(bool addPrefixSpace, bool useRegex)
{
    return std::make_shared<ByteLevel>(addPrefixSpace, useRegex);
}
PreTokenizerPtr metaspacePreTokenizer(char32_t replacement, PrependScheme scheme, bool split)
{
    return std::make_shared<Metaspace>(replacement, scheme, split);
}
PreTokenizerPtr preTokenizerSequence(std::vector<PreTokenizerPtr> parts)
{
    return std::make_shared<PreTokenizerSequence>(std::move(parts));
}

} // namespace headlens::text
