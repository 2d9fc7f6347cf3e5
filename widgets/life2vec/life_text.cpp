// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/life2vec/life_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <sstream>
#include <utility>

namespace headlens {
namespace {

constexpr const char* kSeparator = "<sep>";

bool isDigits(const std::string& word, std::size_t begin, std::size_t end)
{
    return std::all_of(word.begin() + std::ptrdiff_t(begin), word.begin() + std::ptrdiff_t(end),
                       [](char c) { return c >= '0' && c <= '9'; });
}

// What stands before the first month: the start of the text, not part of the background.
std::size_t startOf(const std::vector<std::string>& words)
{
    for (std::size_t i = 0; i < words.size() && words[i] != kSeparator; ++i)
        if (monthOf(words[i])) return i;
    return words.empty() || words[0] != "<cls>" ? 0 : 1;
}

} // namespace

std::vector<std::string> wordsOf(const std::string& text)
{
    std::istringstream stream(text);
    return {std::istream_iterator<std::string>(stream), {}};
}

std::optional<int> monthOf(const std::string& word)
{
    if (word.size() != 7 || word[4] != '-' || !isDigits(word, 0, 4) || !isDigits(word, 5, 7)) return {};
    const int month = std::stoi(word.substr(5));
    if (month < 1 || month > 12) return {};
    return std::stoi(word.substr(0, 4)) * 12 + month - 1;
}

std::string monthWord(int month)
{
    const int kept = std::clamp(month, 0, 9999 * 12 + 11);
    return fmt::format("{:04}-{:02}", kept / 12, kept % 12 + 1);
}

double yearOf(int month)
{
    return double(month) / 12;
}

bool LifeEvent::saysTheSame(const LifeEvent& other) const
{
    return dated == other.dated && month == other.month && words == other.words;
}

std::vector<LifeEvent> eventsOf(const std::vector<std::string>& words)
{
    std::vector<LifeEvent> events;
    bool open = false;
    for (std::size_t i = startOf(words); i < words.size(); ++i) {
        if (words[i] == kSeparator) {
            open = false;
            continue;
        }
        if (open) {
            events.back().words.push_back(words[i]);
            continue;
        }
        LifeEvent event;
        const auto month = monthOf(words[i]);
        event.first = int(i);
        event.dated = month.has_value();
        event.month = month ? *month : events.empty() ? 0 : events.back().month;
        if (!month) event.words.push_back(words[i]);
        events.push_back(event);
        open = true;
    }
    for (LifeEvent& event : events) event.behind.resize(event.words.size());
    return events;
}

std::vector<int> matchEvents(const std::vector<LifeEvent>& now, const std::vector<LifeEvent>& then)
{
    std::vector<int> match(now.size(), -1);
    std::vector<bool> taken(then.size());
    const auto take = [&](std::size_t i, std::size_t j) {
        match[i] = int(j);
        taken[j] = true;
    };
    for (std::size_t i = 0; i < now.size(); ++i)
        for (std::size_t j = 0; j < then.size() && match[i] < 0; ++j)
            if (!taken[j] && now[i].saysTheSame(then[j])) take(i, j);
    std::size_t j = 0;
    for (std::size_t i = 0; i < now.size(); ++i) {
        while (j < then.size() && taken[j]) ++j;
        if (match[i] < 0 && j < then.size()) take(i, j);
    }
    return match;
}

LifePlace placeOf(const std::vector<LifeEvent>& events, int word)
{
    for (int i = 0; i < int(events.size()); ++i) {
        const LifeEvent& event = events[std::size_t(i)];
        if (word >= event.first && word < event.first + event.length()) return {i, word - event.place(0)};
    }
    return {};
}

void LifeText::setText(const std::string& text, const std::string& mask)
{
    const std::vector<std::string> words = wordsOf(text);
    const std::vector<LifeEvent> before = std::move(m_events);
    m_mask = mask;
    m_before.assign(words.begin(), words.begin() + std::ptrdiff_t(startOf(words)));
    m_closed = !words.empty() && words.back() == kSeparator;
    m_events = eventsOf(words);
    for (std::size_t i = 0; i < std::min(m_events.size(), before.size()); ++i)
        for (std::size_t slot = 0; slot < std::min(m_events[i].words.size(), before[i].words.size()); ++slot)
            if (m_events[i].words[slot] == mask && before[i].words[slot] == mask)
                m_events[i].behind[slot] = before[i].behind[slot];
    number();
}

std::string LifeText::text() const
{
    std::string text;
    const auto add = [&](const std::string& word) { text += (text.empty() ? "" : " ") + word; };
    for (const std::string& word : m_before) add(word);
    for (std::size_t i = 0; i < m_events.size(); ++i) {
        if (i > 0) add(kSeparator);
        if (m_events[i].dated) add(monthWord(m_events[i].month));
        for (const std::string& word : m_events[i].words) add(word);
    }
    if (m_closed) add(kSeparator);
    return text;
}

// Places of the words, in the order the events have now.
void LifeText::number()
{
    int place = int(m_before.size());
    for (LifeEvent& event : m_events) {
        event.first = place;
        place += event.length() + 1; // and its separator
    }
}

int LifeText::move(int event, int month)
{
    if (event < 0 || event >= int(m_events.size()) || !m_events[std::size_t(event)].dated) return event;
    auto at = m_events.begin() + event;
    if (event == 0) {
        for (auto later = at + 1; later != m_events.end(); ++later)
            if (later->dated) month = std::clamp(month, later->month - kLongestLife, later->month);
        at->month = month;
        return event;
    }
    const int birth = m_events.front().month;
    at->month = std::clamp(month, birth, birth + kLongestLife);
    for (; at + 1 != m_events.end() && (at + 1)->month < at->month; ++at) std::iter_swap(at, at + 1);
    for (; at - 1 != m_events.begin() && (at - 1)->month > at->month; --at) std::iter_swap(at, at - 1);
    number();
    return int(at - m_events.begin());
}

bool LifeText::swapsWithNext(int event) const
{
    return event > 0 && event + 1 < int(m_events.size());
}

bool LifeText::swapWithNext(int event)
{
    if (!swapsWithNext(event)) return false;
    LifeEvent &one = m_events[std::size_t(event)], &next = m_events[std::size_t(event) + 1];
    std::swap(one.words, next.words);
    std::swap(one.behind, next.behind);
    number();
    return true;
}

bool LifeText::isWord(const LifePlace& place) const
{
    return place.event >= 0 && place.event < int(m_events.size()) && place.slot >= 0 &&
           place.slot < int(m_events[std::size_t(place.event)].words.size());
}

bool LifeText::isHidden(const LifePlace& place) const
{
    return isWord(place) && m_events[std::size_t(place.event)].words[std::size_t(place.slot)] == m_mask;
}

bool LifeText::hide(const LifePlace& place)
{
    if (!isWord(place) || isHidden(place) || m_mask.empty()) return false;
    LifeEvent& event = m_events[std::size_t(place.event)];
    event.behind[std::size_t(place.slot)] = event.words[std::size_t(place.slot)];
    event.words[std::size_t(place.slot)] = m_mask;
    return true;
}

bool LifeText::show(const LifePlace& place, const std::string& word)
{
    if (!isHidden(place)) return false;
    LifeEvent& event = m_events[std::size_t(place.event)];
    std::string& behind = event.behind[std::size_t(place.slot)];
    if (behind.empty()) behind = word;
    if (behind.empty()) return false;
    event.words[std::size_t(place.slot)] = std::exchange(behind, std::string());
    return true;
}

} // namespace headlens
