// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/normalizers.h"

namespace headlens::text {
namespace {

constexpr char32_t mark = 0x2581;

class Spaces : public Normalizer {
public:
    explicit Spaces(const SpaceRules& rules) : m_rules(rules) {}
    void apply(Aligned& text) const override
    {
        if (text.empty()) return;
        const bool begins = text.span(0).begin == 0;
        if (m_rules.removeExtra) removeExtra(text);
        if (text.empty()) return;
        const bool wanted =
            m_rules.prefix == PrependScheme::Always || (m_rules.prefix == PrependScheme::First && begins);
        if (wanted && m_rules.asSuffix)
            text.push(U' ', text.span(text.size() - 1));
        else if (wanted)
            text.prepend(U" ");
        if (m_rules.escape) text.map([](char32_t c) { return c == U' ' ? mark : c; });
    }

private:
    // A mark that stood in the text itself counts as a space at its end only.
    static void removeExtra(Aligned& text)
    {
        const std::u32string& all = text.text();
        std::size_t begin = 0, end = all.size();
        while (begin < end && all[begin] == U' ') ++begin;
        while (end > begin && (all[end - 1] == U' ' || all[end - 1] == mark)) --end;
        if (begin > 0 || end < all.size()) text.cut(begin, end);
        char32_t last = 0;
        text.filter([&last](char32_t c) {
            const bool extra = c == U' ' && last == U' ';
            last = c;
            return !extra;
        });
    }

    SpaceRules m_rules;
};

} // namespace

NormalizerPtr spaceNormalizer(const SpaceRules& rules)
{
    return std::make_shared<Spaces>(rules);
}

} // namespace headlens::text
