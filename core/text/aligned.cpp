// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/aligned.h"

#include "core/base/error.h"

#include <algorithm>

namespace headlens::text {

Span Aligned::span(std::size_t begin, std::size_t end) const
{
    if (begin < end && end <= size()) return {span(begin).begin, span(end - 1).end};
    const int at = empty() ? m_base : begin < size() ? span(begin).begin : span(size() - 1).end;
    return {at, at};
}

void Aligned::writeOut()
{
    if (!m_spans.empty()) return;
    m_spans.reserve(m_text.capacity());
    for (std::size_t i = 0; i < m_text.size(); ++i) m_spans.push_back({m_base + int(i), m_base + int(i) + 1});
}

void Aligned::push(char32_t c, Span at)
{
    if (m_text.empty()) m_base = at.begin;
    const bool itself = at.begin == m_base + int(m_text.size()) && at.end == at.begin + 1;
    if (!itself || !m_spans.empty()) {
        writeOut();
        m_spans.push_back(at);
    }
    if (m_text.size() == m_text.capacity()) requireModestGrowth(at.end);
    m_text.push_back(c);
}

void Aligned::requireModestGrowth(int originalEnd) const
{
    const int begin = m_spans.empty() ? m_base : m_spans.front().begin;
    const std::size_t original = std::size_t(std::max(originalEnd - begin, 0));
    if (m_text.size() > mostGrown(original))
        throw Error(ErrorCode::BadConfig, "tokenizer", "its steps make the text more than eight times longer",
                    "check tokenizer.json or download it again");
}

void Aligned::append(const Aligned& other, std::size_t begin, std::size_t end)
{
    for (std::size_t i = begin; i < end; ++i) push(other.m_text[i], other.span(i));
}

void Aligned::reserve(std::size_t count)
{
    m_text.reserve(count);
}

void Aligned::cut(std::size_t begin, std::size_t end)
{
    m_text = m_text.substr(begin, end - begin);
    if (m_spans.empty()) {
        m_base += int(begin);
        return;
    }
    m_spans.erase(m_spans.begin() + std::ptrdiff_t(end), m_spans.end());
    m_spans.erase(m_spans.begin(), m_spans.begin() + std::ptrdiff_t(begin));
}

void Aligned::prepend(std::u32string_view prefix)
{
    if (m_text.empty() || prefix.empty()) return;
    writeOut();
    m_spans.insert(m_spans.begin(), prefix.size(), m_spans.front());
    m_text.insert(0, prefix);
}

Aligned transformed(const Aligned& source, const std::vector<Change>& changes)
{
    Aligned result;
    result.reserve(changes.size());
    std::size_t next = 0;
    for (const Change& change : changes) {
        const bool inserted = change.change > 0;
        const std::size_t from = inserted ? next - std::min<std::size_t>(next, 1) : next;
        result.push(change.c, from < source.size() ? source.span(from) : source.span(from, from));
        if (!inserted) next += 1 + std::size_t(-change.change);
    }
    return result;
}

} // namespace headlens::text
