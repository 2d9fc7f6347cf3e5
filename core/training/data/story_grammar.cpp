// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/data/story_grammar.h"

#include "core/training/data/random.h"

#include <algorithm>

namespace headlens {
namespace {

using Words = std::vector<std::string>;

const Words kNames{"anna", "ben", "clara", "david", "emma", "felix", "lily", "max", "mei", "tom"};
const Words kColors{"red", "blue", "green", "yellow", "black", "white"};
const Words kThings{"ball", "book", "cup", "hat", "key", "kite", "lamp", "pen"};
const Words kPlaces{"garden", "kitchen", "park", "school", "shop"};

struct Thing {
    std::string color, name;
    std::size_t owner = 0;
};

class StoryGenerator {
public:
    explicit StoryGenerator(std::uint64_t seed) : m_random(seed)
    {
        m_people = some(kNames, 2 + m_random.whole(2));
        const Words colors = some(kColors, int(m_people.size())), things = some(kThings, int(m_people.size()));
        for (std::size_t i = 0; i < m_people.size(); ++i) m_things.push_back({colors[i], things[i], i});
        m_places.resize(m_people.size());
    }

    Story generate()
    {
        for (const Thing& thing : m_things) say({m_people[thing.owner], "has", "a", thing.color, thing.name, "."});
        for (int events = 1 + m_random.whole(3); events > 0; --events) m_random.chance(0.6) ? give() : go();
        for (int questions = 1 + m_random.whole(2); questions > 0; --questions) ask();
        return std::move(m_story);
    }

private:
    Words some(Words from, int count)
    {
        for (std::size_t i = 0; i < std::size_t(count); ++i)
            std::swap(from[i], from[i + std::size_t(m_random.whole(int(from.size() - i)))]);
        from.resize(std::size_t(count));
        return from;
    }
    void say(const Words& words) { m_story.words.insert(m_story.words.end(), words.begin(), words.end()); }
    // A word that follows from what was told.
    void answer(const std::string& word)
    {
        m_story.answers.push_back(int(m_story.words.size()));
        say({word});
    }
    void give()
    {
        Thing& thing = m_things[std::size_t(m_random.whole(int(m_things.size())))];
        const std::size_t from = thing.owner;
        std::size_t to = std::size_t(m_random.whole(int(m_people.size() - 1)));
        to += to >= from ? 1 : 0;
        say({m_people[from], "gives", "the"});
        say({thing.color});
        answer(thing.name); // only one thing has this colour
        say({"to", m_people[to], "."});
        thing.owner = to;
    }
    void go()
    {
        const auto who = std::size_t(m_random.whole(int(m_people.size())));
        m_places[who] = m_random.one(kPlaces);
        say({m_people[who], "goes", "to", "the", m_places[who], "."});
    }
    void ask()
    {
        const auto who = std::size_t(m_random.whole(int(m_people.size())));
        if (!m_places[who].empty() && m_random.chance(0.5)) {
            say({"where", "is", m_people[who], "?", "in", "the"});
            answer(m_places[who]);
            say({"."});
            return;
        }
        const Thing& thing = m_things[std::size_t(m_random.whole(int(m_things.size())))];
        say({"who", "has", "the", thing.color});
        answer(thing.name);
        say({"?"});
        answer(m_people[thing.owner]);
        say({"."});
    }

    Random m_random;
    Words m_people, m_places;
    std::vector<Thing> m_things;
    Story m_story;
};

} // namespace

Story tellStory(std::uint64_t seed)
{
    return StoryGenerator(seed).generate();
}

std::vector<std::string> storyVocabulary()
{
    Words words{".", "?", "a", "gives", "goes", "has", "in", "is", "the", "to", "where", "who"};
    for (const Words* more : {&kNames, &kColors, &kThings, &kPlaces})
        words.insert(words.end(), more->begin(), more->end());
    std::ranges::sort(words);
    return words;
}

} // namespace headlens
