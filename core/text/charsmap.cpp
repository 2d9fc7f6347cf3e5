// SPDX-License-Identifier: GPL-3.0-or-later
// SentencePiece's precompiled map of characters, applied the way the reference does it: a grapheme of at most five
// bytes is looked up as a whole and, when any prefix of it is known, replaced as a whole; else its characters are.
#include "core/text/normalizers.h"

#include "core/base/error.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace headlens::text {
namespace {

constexpr std::size_t wholeGrapheme = 5; // bytes

class Precompiled : public Normalizer {
public:
    Precompiled(std::string_view charsmap, const std::string& subject)
    {
        std::uint32_t trieBytes = 0;
        if (charsmap.size() >= sizeof trieBytes) std::memcpy(&trieBytes, charsmap.data(), sizeof trieBytes);
        charsmap.remove_prefix(std::min(charsmap.size(), sizeof trieBytes));
        if (trieBytes > charsmap.size() || trieBytes % 4 != 0 || trieBytes == 0)
            throw Error(ErrorCode::BadConfig, subject, "the map of characters (precompiled_charsmap) is cut off",
                        "download the file again");
        m_units.resize(trieBytes / 4);
        std::memcpy(m_units.data(), charsmap.data(), trieBytes);
        m_replacements = charsmap.substr(trieBytes);
        for (std::size_t i = 0; i < m_ascii.size(); ++i) {
            const char c = char(i);
            m_ascii[i] = lookUp({&c, 1}) != nullptr;
        }
    }

    void apply(Aligned& text) const override
    {
        const std::u32string& all = text.text();
        std::vector<Change> changes;
        changes.reserve(all.size());
        bool modified = false;
        for (std::size_t begin = 0; begin < all.size();) {
            const std::size_t end = graphemeEnd(all, begin);
            modified |= takeGrapheme(std::u32string_view(all).substr(begin, end - begin), changes);
            begin = end;
            if (changes.size() > mostGrown(all.size()))
                throw Error(ErrorCode::BadConfig, "tokenizer", "its map of characters makes the text too long",
                            "check the file or download it again");
        }
        if (modified) text = transformed(text, changes);
    }

private:
    bool takeGrapheme(std::u32string_view grapheme, std::vector<Change>& changes) const
    {
        if (grapheme.size() == 1 && grapheme[0] < 0x80 && !m_ascii[grapheme[0]]) {
            changes.push_back({grapheme[0], 0});
            return false;
        }
        std::size_t bytes = 0;
        for (const char32_t c : grapheme) bytes += utf8Length(c);
        if (bytes <= wholeGrapheme && replace(grapheme, changes)) return true;
        bool modified = false;
        for (std::size_t i = 0; i < grapheme.size(); ++i) {
            if (replace(grapheme.substr(i, 1), changes))
                modified = true;
            else
                changes.push_back({grapheme[i], 0});
        }
        return modified;
    }

    bool replace(std::u32string_view part, std::vector<Change>& changes) const
    {
        std::string key;
        for (const char32_t c : part) appendUtf8(key, c);
        const char* found = lookUp(key);
        if (!found) return false;
        const char* const limit = m_replacements.data() + m_replacements.size();
        const std::size_t length = strnlen(found, std::size_t(limit - found));
        const std::u32string replacement = decodeUtf8({found, length});
        for (std::size_t i = 0; i < replacement.size(); ++i)
            changes.push_back({replacement[i], i < part.size() ? 0 : 1});
        // What swallows the rest is the last change made so far, even when this replacement is empty.
        if (replacement.size() < part.size() && !changes.empty())
            changes.back().change -= int(part.size() - replacement.size());
        return true;
    }

    // The replacement of the shortest known prefix of `key`; nullptr when none is known. Darts double array.
    const char* lookUp(std::string_view key) const
    {
        std::size_t node = 0;
        std::uint32_t unit = m_units[0];
        node ^= offset(unit);
        for (const char c : key) {
            if (c == 0) return nullptr;
            node ^= static_cast<unsigned char>(c);
            if (node >= m_units.size()) return nullptr;
            unit = m_units[node];
            if ((unit & 0x800000FFU) != static_cast<unsigned char>(c)) return nullptr;
            node ^= offset(unit);
            if ((unit >> 8 & 1) == 0) continue;
            if (node >= m_units.size()) return nullptr;
            const std::uint32_t value = m_units[node] & 0x7FFFFFFFU;
            return value < m_replacements.size() ? m_replacements.data() + value : nullptr;
        }
        return nullptr;
    }
    static std::size_t offset(std::uint32_t unit) { return std::size_t(unit >> 10) << ((unit & 0x200U) >> 6); }

    std::vector<std::uint32_t> m_units;
    std::string m_replacements;
    std::array<bool, 128> m_ascii{}; // has a replacement
};

} // namespace

NormalizerPtr precompiledNormalizer(std::string_view charsmap, const std::string& subject)
{
    return std::make_shared<Precompiled>(charsmap, subject);
}

} // namespace headlens::text
