// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/normalizers.h"

#include <algorithm>
#include <array>

namespace headlens::text {
namespace {

class Bert : public Normalizer {
public:
    explicit Bert(const BertRules& rules) : m_rules(rules) {}
    void apply(Aligned& text) const override
    {
        if (m_rules.clean) {
            text.filter([](char32_t c) {
                return isWhitespace(c) ? c != 0x0B && c != 0x0C && c != 0x85 : c != 0 && c != 0xFFFD && !isOther(c);
            });
            text.map([](char32_t c) { return isWhitespace(c) ? U' ' : c; });
        }
        if (m_rules.spaceChinese) spaceChinese(text);
        if (m_rules.stripAccents.value_or(m_rules.lower)) {
            applyForm(text, Form::Nfd);
            text.filter([](char32_t c) { return !isNonSpacingMark(c); });
        }
        if (m_rules.lower) applyLowerCase(text);
    }

private:
    static void spaceChinese(Aligned& text)
    {
        if (std::none_of(text.text().begin(), text.text().end(), isChinese)) return;
        Aligned spaced;
        spaced.reserve(text.size() + 16);
        for (std::size_t i = 0; i < text.size(); ++i) {
            const char32_t c = text.text()[i];
            if (isChinese(c)) spaced.push(U' ', text.span(i));
            spaced.push(c, text.span(i));
            if (isChinese(c)) spaced.push(U' ', text.span(i));
        }
        text = std::move(spaced);
    }

    BertRules m_rules;
};

// A step without settings.
class Simple : public Normalizer {
public:
    explicit Simple(void (*step)(Aligned&)) : m_step(step) {}
    void apply(Aligned& text) const override { m_step(text); }

private:
    void (*m_step)(Aligned&);
};

class Strip : public Normalizer {
public:
    Strip(bool left, bool right) : m_left(left), m_right(right) {}
    void apply(Aligned& text) const override
    {
        std::size_t begin = 0, end = text.size();
        while (m_left && begin < end && isWhitespace(text.text()[begin])) ++begin;
        while (m_right && end > begin && isWhitespace(text.text()[end - 1])) --end;
        if (begin > 0 || end < text.size()) text.cut(begin, end);
    }

private:
    bool m_left, m_right;
};

class Replace : public Normalizer {
public:
    Replace(std::shared_ptr<const Pattern> pattern, std::u32string content)
        : m_pattern(std::move(pattern)), m_content(std::move(content))
    {
    }
    void apply(Aligned& text) const override
    {
        std::vector<Match> hits;
        m_pattern->find(text.text(), hits);
        if (hits.empty()) return;
        const bool alike = m_content.size() == 1 &&
                           std::ranges::all_of(hits, [](const Match& hit) { return hit.end - hit.begin == 1; });
        if (alike)
            for (const Match& hit : hits) text.set(hit.begin, m_content.front());
        else
            rewrite(text, hits);
    }

private:
    void rewrite(Aligned& text, const std::vector<Match>& hits) const
    {
        Aligned replaced;
        replaced.reserve(text.size());
        std::size_t last = 0;
        for (const Match& hit : hits) {
            replaced.append(text, last, hit.begin);
            // All of the new characters stand for the last one that they replace.
            for (const char32_t c : m_content) replaced.push(c, text.span(hit.end - 1));
            last = hit.end;
        }
        replaced.append(text, last, text.size());
        text = std::move(replaced);
    }

    std::shared_ptr<const Pattern> m_pattern;
    std::u32string m_content;
};

class Prepend : public Normalizer {
public:
    explicit Prepend(std::u32string prefix) : m_prefix(std::move(prefix)) {}
    void apply(Aligned& text) const override { text.prepend(m_prefix); }

private:
    std::u32string m_prefix;
};

class Remove : public Normalizer {
public:
    explicit Remove(bool (*unwanted)(char32_t)) : m_unwanted(unwanted) {}
    void apply(Aligned& text) const override
    {
        text.filter([this](char32_t c) { return !m_unwanted(c); });
    }

private:
    bool (*m_unwanted)(char32_t);
};

class NormalizerSequence : public Normalizer {
public:
    explicit NormalizerSequence(std::vector<NormalizerPtr> parts) : m_parts(std::move(parts)) {}
    void apply(Aligned& text) const override
    {
        for (const NormalizerPtr& part : m_parts) part->apply(text);
    }

private:
    std::vector<NormalizerPtr> m_parts;
};

void applyNmt(Aligned& text)
{
    text.filter([](char32_t c) {
        const bool control = (c >= 1 && c <= 8) || c == 0x0B || (c >= 0x0E && c <= 0x1F);
        return !control && c != 0x7F && c != 0x8F && c != 0x9F;
    });
    text.map([](char32_t c) {
        const bool space = c == 9 || c == 10 || c == 12 || c == 13 || c == 0x1680 || (c >= 0x200B && c <= 0x200F) ||
                           c == 0x2028 || c == 0x2029 || c == 0x2581 || c == 0xFEFF || c == 0xFFFD;
        return space ? U' ' : c;
    });
}

} // namespace

void applyLowerCase(Aligned& text)
{
    if (text.text().find(U'\u0130') == std::u32string::npos) {
        text.map([](char32_t c) { return lowerCase(c).first; });
        return;
    }
    Aligned lowered;
    lowered.reserve(text.size() + 1);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const LowerCase lower = lowerCase(text.text()[i]);
        lowered.push(lower.first, text.span(i));
        if (lower.second != 0) lowered.push(lower.second, text.span(i));
    }
    text = std::move(lowered);
}

char32_t byteCharacter(unsigned char byte)
{
    // GPT-2's table: printable Latin-1 stands for itself, the other 68 bytes for U+0100 and up in their order.
    static const std::array<char32_t, 256> table = [] {
        std::array<char32_t, 256> made{};
        char32_t next = 0x100;
        for (unsigned b = 0; b < 256; ++b) {
            const bool itself = (b >= 0x21 && b <= 0x7E) || (b >= 0xA1 && b != 0xAD);
            made[b] = itself ? char32_t(b) : next++;
        }
        return made;
    }();
    return table[byte];
}

std::optional<unsigned char> byteOf(char32_t character)
{
    static const std::array<std::int16_t, 0x144> table = [] {
        std::array<std::int16_t, 0x144> made{};
        made.fill(-1);
        for (int b = 0; b < 256; ++b) made[byteCharacter(static_cast<unsigned char>(b))] = std::int16_t(b);
        return made;
    }();
    if (character >= table.size() || table[character] < 0) return std::nullopt;
    return static_cast<unsigned char>(table[character]);
}

void applyByteLevel(Aligned& text)
{
    if (isAscii(text.text())) {
        text.map([](char32_t c) { return byteCharacter(static_cast<unsigned char>(c)); });
        return;
    }
    Aligned bytes;
    bytes.reserve(text.size() + text.size() / 2);
    std::string utf8;
    for (std::size_t i = 0; i < text.size(); ++i) {
        utf8.clear();
        appendUtf8(utf8, text.text()[i]);
        for (const char byte : utf8) bytes.push(byteCharacter(static_cast<unsigned char>(byte)), text.span(i));
    }
    text = std::move(bytes);
}

NormalizerPtr bertNormalizer(const BertRules& rules)
{
    return std::make_shared<Bert>(rules);
}
NormalizerPtr lowercaseNormalizer()
{
    return std::make_shared<Simple>(applyLowerCase);
}
NormalizerPtr stripAccentsNormalizer()
{
    return std::make_shared<Remove>(isMark);
}
NormalizerPtr nmtNormalizer()
{
    return std::make_shared<Simple>(applyNmt);
}
NormalizerPtr byteLevelNormalizer()
{
    return std::make_shared<Simple>(applyByteLevel);
}
NormalizerPtr stripNormalizer(bool left, bool right)
{
    return std::make_shared<Strip>(left, right);
}
NormalizerPtr replaceNormalizer(std::shared_ptr<const Pattern> pattern, std::u32string content)
{
    return std::make_shared<Replace>(std::move(pattern), std::move(content));
}
NormalizerPtr prependNormalizer(std::u32string prefix)
{
    return std::make_shared<Prepend>(std::move(prefix));
}
NormalizerPtr removeNormalizer(bool (*unwanted)(char32_t))
{
    return std::make_shared<Remove>(unwanted);
}
NormalizerPtr normalizerSequence(std::vector<NormalizerPtr> parts)
{
    return std::make_shared<NormalizerSequence>(std::move(parts));
}

} // namespace headlens::text
