// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/pattern.h"

#include "core/base/error.h"
#include "core/text/icu_regex.h"
#include "core/text/scanners.h"
#include "core/text/unicode.h"
#include "core/wire/safe_json.h"

#include <algorithm>

namespace headlens::text {
namespace {

class Literal : public Pattern {
public:
    explicit Literal(std::u32string needle) : m_needle(std::move(needle)) {}
    void find(std::u32string_view text, std::vector<Match>& found) const override
    {
        if (m_needle.empty()) return;
        for (std::size_t at = text.find(m_needle); at != std::u32string_view::npos;
             at = text.find(m_needle, at + m_needle.size()))
            found.push_back({at, at + m_needle.size(), true});
    }

private:
    std::u32string m_needle;
};

class Characters : public Pattern {
public:
    explicit Characters(bool (*test)(char32_t)) : m_test(test) {}
    void find(std::u32string_view text, std::vector<Match>& found) const override
    {
        for (std::size_t i = 0; i < text.size(); ++i)
            if (m_test(text[i])) found.push_back({i, i + 1, true});
    }

private:
    bool (*m_test)(char32_t);
};

class Scanned : public Pattern {
public:
    explicit Scanned(Scanner next) : m_next(next) {}
    void find(std::u32string_view text, std::vector<Match>& found) const override
    {
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = m_next(text, at);
            if (end > at) found.push_back({at, end, true});
            at = std::max(end, at + 1);
        }
    }

private:
    Scanner m_next;
};

} // namespace

std::shared_ptr<const Pattern> Pattern::literal(std::u32string needle)
{
    return std::make_shared<Literal>(std::move(needle));
}

std::shared_ptr<const Pattern> Pattern::characters(bool (*test)(char32_t))
{
    return std::make_shared<Characters>(test);
}

std::shared_ptr<const Pattern> Pattern::regex(const std::string& expression, const std::string& subject)
{
    if (const Scanner known = scannerOf(expression)) return std::make_shared<Scanned>(known);
    return compileRegex(expression, subject);
}

std::shared_ptr<const Pattern> Pattern::from(const Json& json, const std::string& subject)
{
    if (json.is_object() && json.size() == 1 && json.begin().value().is_string()) {
        const auto text = json.begin().value().get<std::string>();
        if (json.begin().key() == "String") return literal(decodeUtf8(text));
        if (json.begin().key() == "Regex") return regex(text, subject);
    }
    throw Error(ErrorCode::BadConfig, subject, "a pattern is neither {\"String\": ...} nor {\"Regex\": ...}",
                "check the file or download it again");
}

std::vector<Match> Pattern::cover(std::u32string_view text) const
{
    std::vector<Match> hits, all;
    find(text, hits);
    all.reserve(2 * hits.size() + 1);
    std::size_t last = 0;
    for (const Match& hit : hits) {
        if (last < hit.begin) all.push_back({last, hit.begin, false});
        all.push_back(hit);
        last = hit.end;
    }
    if (last < text.size()) all.push_back({last, text.size(), false});
    return all;
}

} // namespace headlens::text
