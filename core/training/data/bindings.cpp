// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/data/bindings.h"

#include "core/training/data/random.h"

#include <algorithm>

namespace headlens {
namespace {

const std::vector<std::string>& names()
{
    static const std::vector<std::string> kNames{"anna",  "ben",  "clara", "david", "emma", "felix", "grace", "henry",
                                                 "iris",  "jack", "kate",  "leo",   "mia",  "noah",  "olga",  "paul",
                                                 "quinn", "rosa", "sam",   "tina",  "umar", "vera",  "will",  "xenia",
                                                 "yara",  "zoe",  "amir",  "bella", "carl", "dora",  "erik",  "fiona"};
    return kNames;
}

const std::vector<std::string>& things()
{
    static const std::vector<std::string> kThingNames{
        "lamp",  "key",   "book",  "coin",  "ring",   "map",    "cup",   "hat",   "drum",  "bell",  "rope",
        "knife", "brush", "stone", "apple", "bread",  "candle", "chair", "clock", "coat",  "fan",   "flag",
        "fork",  "glove", "jar",   "kite",  "mirror", "nail",   "piano", "scarf", "sword", "violin"};
    return kThingNames;
}

const std::vector<std::string>& others()
{
    static const std::vector<std::string> kOthers{"rain",  "wind", "sun",   "snow",  "fog",   "river", "hill", "road",
                                                  "field", "sky",  "cloud", "storm", "night", "dawn",  "moss", "sand"};
    return kOthers;
}

// `count` different numbers below `all`.
std::vector<int> drawn(Random& random, int count, int all)
{
    std::vector<int> numbers;
    while (int(numbers.size()) < count)
        if (const int number = random.whole(all); std::ranges::find(numbers, number) == numbers.end())
            numbers.push_back(number);
    return numbers;
}

struct Binding {
    int person = 0, thing = 0, segment = 0;
};

struct Known {
    int thing = -1, first = -1, told = 0;
};

// When who is bound to what: most at the beginning, so that there is something to ask for.
std::vector<Binding> bindings(Random& random, const BindingPlan& plan)
{
    const std::vector<int> people = drawn(random, plan.people, int(names().size()));
    const std::vector<int> given = drawn(random, 2 * plan.people, int(things().size()));
    const int early = std::max(1, plan.segments / 2);
    std::vector<Binding> all;
    for (std::size_t i = 0; i < people.size(); ++i) {
        const int segment = i == 0 ? 0 : random.whole(early);
        all.push_back({people[i], given[i], segment});
        const int later = plan.segments - segment - 1; // nobody twice in one segment: they always fit into it
        if (later > 0 && random.chance(plan.again))
            all.push_back({people[i], given[i + people.size()], segment + 1 + random.whole(later)});
    }
    std::ranges::stable_sort(all, {}, &Binding::segment);
    return all;
}

// Words of one segment in groups of one or two that must stay together; shuffled.
using Group = std::vector<int>; // {kOther}, {person, thing} or {person}

} // namespace

BindingText tellBindings(std::uint64_t seed, const BindingPlan& plan)
{
    Random random(seed);
    BindingText text;
    std::vector<Known> known(names().size());
    const std::vector<Binding> all = bindings(random, plan);
    constexpr int kQuestions = 4;
    for (int segment = 0; segment < plan.segments; ++segment) {
        std::vector<Group> groups;
        for (const Binding& one : all)
            if (one.segment == segment) groups.push_back({one.person, one.thing});
        int used = 2 * int(groups.size());
        for (int i = 0; i < kQuestions && used + 2 <= plan.segmentWords; ++i, used += 2) groups.push_back({-1});
        for (; used < plan.segmentWords; ++used) groups.push_back({});
        for (std::size_t i = groups.size() - 1; i > 0;
             --i) // bindings of one person keep their order: told is read below
            std::swap(groups[i], groups[std::size_t(random.whole(int(i) + 1))]);
        for (const Group& group : groups) {
            const int at = int(text.words.size());
            if (group.size() == 2) {
                Known& owner = known[std::size_t(group[0])];
                if (owner.thing >= 0) owner.first = owner.thing;
                owner.thing = group[1];
                owner.told = at + 1;
                text.words.push_back(names()[std::size_t(group[0])]);
                text.words.push_back(things()[std::size_t(group[1])]);
                continue;
            }
            std::vector<int> askable;
            for (std::size_t person = 0; person < known.size(); ++person)
                if (known[person].thing >= 0) askable.push_back(int(person));
            if (group.empty() || askable.empty()) {
                text.words.push_back(random.one(others()));
                if (!group.empty()) text.words.push_back(random.one(others()));
                continue;
            }
            // Half of the questions are about what was told in this segment, where there is such.
            const int begin = segment * plan.segmentWords;
            std::vector<int> near;
            for (const int person : askable)
                if (known[std::size_t(person)].told >= begin) near.push_back(person);
            const int person = !near.empty() && random.chance(0.5) ? random.one(near) : random.one(askable);
            const Known& asked = known[std::size_t(person)];
            text.words.emplace_back("?");
            text.words.push_back(names()[std::size_t(person)]);
            text.questions.push_back({at + 1, things()[std::size_t(asked.thing)],
                                      asked.first >= 0 ? things()[std::size_t(asked.first)] : "", asked.told});
        }
    }
    return text;
}

std::vector<std::string> bindingVocabulary()
{
    std::vector<std::string> words{"?"};
    for (const auto* list : {&names(), &things(), &others()}) words.insert(words.end(), list->begin(), list->end());
    return words;
}

} // namespace headlens
