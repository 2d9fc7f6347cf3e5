// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/icu_regex.h"

#include "core/base/error.h"
#include "core/text/unicode.h"

#include <unicode/uregex.h>

#include <chrono>
#include <mutex>

namespace headlens::text {
namespace {

constexpr std::size_t longestExpression = 8192;
constexpr std::int32_t stackBytes = 4 << 20;

struct CloseRegex {
    void operator()(URegularExpression* regex) const { uregex_close(regex); }
};
using Regex = std::unique_ptr<URegularExpression, CloseRegex>;

// UTF-16 with the way back to code points. Without surrogates, which is nearly always, the indices are equal.
class Utf16 {
public:
    explicit Utf16(std::u32string_view text)
    {
        m_units.reserve(text.size());
        for (std::size_t i = 0; i < text.size(); ++i) {
            const char32_t c = text[i];
            if (c > 0xFFFF) startTable(i);
            if (m_mapped) m_table.insert(m_table.end(), c > 0xFFFF ? 2 : 1, i);
            if (c > 0xFFFF) m_units.push_back(char16_t(0xD7C0 + (c >> 10)));
            m_units.push_back(c > 0xFFFF ? char16_t(0xDC00 | (c & 0x3FF)) : char16_t(c));
        }
        if (m_mapped) m_table.push_back(text.size());
    }
    const std::u16string& units() const { return m_units; }
    std::size_t index(std::int32_t unit) const { return !m_mapped ? std::size_t(unit) : m_table[std::size_t(unit)]; }

private:
    void startTable(std::size_t count)
    {
        if (m_mapped) return;
        m_mapped = true;
        m_table.reserve(m_units.capacity() + 1);
        for (std::size_t i = 0; i < count; ++i) m_table.push_back(i);
    }
    std::u16string m_units;
    std::vector<std::size_t> m_table;
    bool m_mapped = false;
};

// Half a second, and 5 s for every million characters: fifty times what honest expressions need.
class Deadline {
public:
    explicit Deadline(std::size_t characters)
        : m_end(std::chrono::steady_clock::now() + std::chrono::milliseconds(500 + characters / 200))
    {
    }
    bool passed() const { return std::chrono::steady_clock::now() > m_end; }
    static UBool U_CALLCONV goOn(const void* self, std::int32_t)
    {
        return !static_cast<const Deadline*>(self)->passed();
    }

private:
    std::chrono::steady_clock::time_point m_end;
};

class IcuRegex : public Pattern {
public:
    IcuRegex(const std::string& expression, std::string subject) : m_subject(std::move(subject))
    {
        if (expression.size() > longestExpression)
            refuse("is longer than " + std::to_string(longestExpression) + " bytes");
        const Utf16 text(decodeUtf8(expression));
        UErrorCode status = U_ZERO_ERROR;
        UParseError where{};
        m_regex.reset(uregex_open(text.units().data(), std::int32_t(text.units().size()),
                                  UREGEX_MULTILINE | UREGEX_UNIX_LINES, &where, &status));
        if (U_FAILURE(status)) refuse(std::string("cannot be read (") + u_errorName(status) + ")");
    }

    void find(std::u32string_view text, std::vector<Match>& found) const override
    {
        UErrorCode status = U_ZERO_ERROR;
        Regex regex = borrow(status);
        const Utf16 source(text);
        const Deadline deadline(text.size());
        uregex_setStackLimit(regex.get(), stackBytes, &status);
        uregex_setMatchCallback(regex.get(), &Deadline::goOn, &deadline, &status);
        uregex_setText(regex.get(), source.units().data(), std::int32_t(source.units().size()), &status);
        unsigned rounds = 0;
        while (U_SUCCESS(status) && uregex_findNext(regex.get(), &status) && U_SUCCESS(status)) {
            const std::int32_t begin = uregex_start(regex.get(), 0, &status), end = uregex_end(regex.get(), 0, &status);
            if (end > begin) found.push_back({source.index(begin), source.index(end), true});
            if (++rounds % 64 == 0 && deadline.passed()) status = U_REGEX_TIME_OUT;
        }
        if (U_SUCCESS(status)) restore(std::move(regex));
        if (U_FAILURE(status)) refuse(std::string("takes too long or too much memory (") + u_errorName(status) + ")");
    }

private:
    // A matcher's state is not shared between threads, and cloning one for every word would take most of the time.
    Regex borrow(UErrorCode& status) const
    {
        const std::lock_guard lock(m_mutex);
        if (m_idle.empty()) return Regex(uregex_clone(m_regex.get(), &status));
        Regex regex = std::move(m_idle.back());
        m_idle.pop_back();
        return regex;
    }
    void restore(Regex regex) const
    {
        UErrorCode status = U_ZERO_ERROR;
        uregex_setText(regex.get(), u"", 0, &status); // forgets the text that is about to go
        uregex_setMatchCallback(regex.get(), nullptr, nullptr, &status);
        const std::lock_guard lock(m_mutex);
        if (m_idle.size() < 16) m_idle.push_back(std::move(regex));
    }
    [[noreturn]] void refuse(const std::string& why) const
    {
        throw Error(ErrorCode::BadConfig, m_subject, "a regular expression " + why, "check tokenizer.json");
    }

    std::string m_subject;
    Regex m_regex;
    mutable std::mutex m_mutex;
    mutable std::vector<Regex> m_idle;
};

} // namespace

std::shared_ptr<const Pattern> compileRegex(const std::string& expression, const std::string& subject)
{
    return std::make_shared<IcuRegex>(expression, subject);
}

} // namespace headlens::text
