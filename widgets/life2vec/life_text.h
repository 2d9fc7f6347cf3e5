// SPDX-License-Identifier: GPL-3.0-or-later
// A life as the words a model reads: events found in them, and the text after one is moved, hidden or swapped. Values
// only, any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace headlens {

// Words as a life2vec-like model reads them: "<cls> 1961-03 born north farm <sep> 1967-09 school ... <sep> ...".
std::vector<std::string> wordsOf(const std::string& text);

// "1984-05" as months since the year 0; nothing for other words.
std::optional<int> monthOf(const std::string& word);
std::string monthWord(int month);
double yearOf(int month); // 1984.333

struct LifeEvent {
    int first = 0;                   // place of its first word among all words of the life
    bool dated = false;              // begins with a month
    int month = 0;                   // of an event without one that of the event before
    std::vector<std::string> words;  // without the month
    std::vector<std::string> behind; // what stood where a word is hidden; empty: nobody knows

    int place(int slot) const { return first + (dated ? 1 : 0) + slot; } // of a word; slot -1: of the month
    int length() const { return int(words.size()) + (dated ? 1 : 0); }
    bool saysTheSame(const LifeEvent& other) const;
};
std::vector<LifeEvent> eventsOf(const std::vector<std::string>& words);

// For every event of `now` its place in `then`; those that changed are paired in their order, -1 where none is left.
std::vector<int> matchEvents(const std::vector<LifeEvent>& now, const std::vector<LifeEvent>& then);

// Where a word stands: slot -1 is the month, event -1 means outside of all events.
struct LifePlace {
    int event = -1, slot = -1;
    bool operator==(const LifePlace&) const = default;
};
LifePlace placeOf(const std::vector<LifeEvent>& events, int word);

// The text of a life that is edited. The first event is the background: it begins with the month of birth and stays
// first; all others are kept in the order of their months.
class LifeText {
public:
    static constexpr int kLongestLife = 110 * 12; // months

    // Words that were hidden here before are remembered where they are still hidden.
    void setText(const std::string& text, const std::string& mask);
    std::string text() const;
    const std::vector<LifeEvent>& events() const { return m_events; }

    // The month as near to the wished one as birth and age allow; returns where the event stands now.
    int move(int event, int month);
    bool swapsWithNext(int event) const;
    bool swapWithNext(int event); // what happened, not when; false: there is nothing to swap
    bool isHidden(const LifePlace& place) const;
    bool hide(const LifePlace& place);                          // false for a month
    bool show(const LifePlace& place, const std::string& word); // `word` where nothing is remembered

private:
    bool isWord(const LifePlace& place) const;
    void number();

    std::vector<std::string> m_before; // "<cls>"
    std::vector<LifeEvent> m_events;
    std::string m_mask;
    bool m_closed = false; // ends with a separator
};

} // namespace headlens
