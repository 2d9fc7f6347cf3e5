// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/data/lives.h"

#include "core/training/data/random.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <map>

namespace headlens {
namespace {

using Chances = std::vector<std::pair<std::string, double>>; // weights, not yet sharing 1

const std::vector<std::string> kPlaces{"north", "south", "east", "west"};
const std::vector<std::string> kSectors{"office", "hospital", "lab", "workshop", "shop", "field"};
const std::vector<std::string> kIllnesses{"fever", "back", "heart"};
constexpr int kMostPay = 5;

// Which work a training leads to.
const std::map<std::string, std::string> kLeadsTo{{"law", "office"},  {"medicine", "hospital"},
                                                  {"science", "lab"}, {"craft", "workshop"},
                                                  {"trade", "shop"},  {"farming", "field"}};

// What a life so far means for what comes next.
struct LifeState {
    int born = 0, lastMonth = 0;
    std::string origin, place, training, sector, last, illness;
    int schooling = 0, pay = 0; // 0 none, 1 primary, 2 secondary, 3 trained
    double age(int month) const { return (month - born) / 12.0; }
    bool works() const { return !sector.empty() && last != "retire"; }
};

std::string payWord(int pay)
{
    return "p" + std::to_string(std::clamp(pay, 0, kMostPay));
}

Chances evenly(const std::vector<std::string>& words, const std::string& without = {})
{
    Chances chances;
    for (const std::string& word : words)
        if (word != without) chances.emplace_back(word, 1);
    return chances;
}

// What may happen in a month, by age, by date, and by what happened before.
Chances whatHappens(const LifeState& now, int month)
{
    const double age = now.age(month);
    if (now.last == "ill") return {{"well", 1}};
    if (now.last == "leave") return {{"return", 1}};
    if (now.schooling == 0) return {{"school", 1}};
    if (now.schooling == 1) return {{"school", age >= 11 ? 30.0 : 0.0}, {"move", 1}, {"ill", 0.5}};
    if (now.schooling == 2) {
        const bool town = now.origin == "town";
        return {{"study", age >= 15 ? (town ? 24.0 : 6.0) : 0.0},
                {"train", age >= 15 ? (town ? 6.0 : 24.0) : 0.0},
                {"move", 1},
                {"ill", 0.5}};
    }
    if (now.last == "retire" || (now.sector.empty() && age >= 65)) return {{"move", 1}, {"ill", 3}, {"travel", 3}};
    if (now.sector.empty()) return {{"job", 20}, {"move", 2}, {"ill", 1}};
    return {{"retire", age >= 65 ? 80.0 : 0.0},
            {"raise", age < 45 ? 6.0 : 1.0},
            {"job", 2},
            {"move", 2},
            {"travel", 1},
            {"ill", 0.3 + age / 50},
            {"leave", age > 24 && age < 42 ? 2.5 : 0.0},
            {"laid-off", isCrisis(month) ? 60.0 : 0.1}};
}

Chances whichKind(const LifeState& now, const std::string& what, int month)
{
    if (what == "school") return {{now.schooling == 0 ? "primary" : "secondary", 1}};
    if (what == "study") return evenly({"law", "medicine", "science"});
    if (what == "train") return evenly({"craft", "trade", "farming"});
    if (what == "move") return evenly(kPlaces, now.place);
    if (what == "travel") return evenly(kPlaces, now.place);
    if (what == "well") return {{now.illness, 1}};
    if (what == "ill") {
        const double age = now.age(month);
        return {{"fever", age < 30 ? 6.0 : 1.0}, {"back", age < 30 ? 1.0 : 4.0}, {"heart", age < 50 ? 0.2 : 5.0}};
    }
    if (what == "leave") return {{"child", 1}};
    if (what == "job") {
        Chances chances = evenly(kSectors);
        for (auto& [sector, weight] : chances)
            if (sector == kLeadsTo.at(now.training)) weight = 25;
        return chances;
    }
    return {{now.sector.empty() ? "none" : now.sector, 1}}; // raise, return, laid-off, retire
}

Chances whichPay(const LifeState& now, const std::string& what, int month)
{
    if (what == "raise") return {{payWord(now.pay + 1), 1}};
    if (what == "laid-off") return {{payWord(0), 1}};
    if (what != "job") return {{payWord(now.pay), 1}};
    const bool studied = now.training == "law" || now.training == "medicine" || now.training == "science";
    const int start = (studied ? 2 : 1) + (now.age(month) >= 40 ? 1 : 0);
    return {{payWord(start), 3}, {payWord(start + 1), 1}};
}

void apply(LifeState& now, const LifeEvent& event)
{
    const auto& [what, kind, pay] = event.words;
    if (what == "school") now.schooling = kind == "primary" ? 1 : 2;
    if (what == "study" || what == "train") {
        now.schooling = 3;
        now.training = kind;
    }
    if (what == "job") now.sector = kind;
    if (what == "move") now.place = kind;
    if (what == "ill") now.illness = kind;
    if (what == "laid-off") now.sector.clear();
    now.pay = std::atoi(pay.c_str() + 1);
    // Moving, travelling and falling ill and well again change nothing of the work.
    now.last = what;
    now.lastMonth = event.month;
}

// Months to the next event; leave and illness end soon.
std::pair<int, int> gapAfter(const LifeState& now, int month)
{
    if (now.last == "leave") return {10, 14};
    if (now.last == "ill") return {1, 10};
    if (now.schooling == 0) return {66, 84}; // to the first day at school
    const double age = now.age(month);
    return age < 18 ? std::pair(14, 44) : age < 58 ? std::pair(10, 110) : std::pair(8, 40);
}

double total(const Chances& chances)
{
    double sum = 0;
    for (const auto& [word, weight] : chances) sum += weight;
    return sum;
}

const std::string& drawn(const Chances& chances, Random& random)
{
    double left = random.real(0, total(chances));
    for (const auto& [word, weight] : chances)
        if ((left -= weight) < 0 && weight > 0) return word;
    return std::ranges::find_if(chances, [](const auto& one) { return one.second > 0; })->first;
}

double logOf(const Chances& chances, const std::string& word)
{
    double weight = 0;
    for (const auto& [one, chance] : chances)
        if (one == word) weight += chance;
    return weight > 0 ? std::log(weight / total(chances)) : -std::numeric_limits<double>::infinity();
}

LifeState atBirth(const LifeEvent& birth)
{
    LifeState now;
    now.born = now.lastMonth = birth.month;
    now.place = birth.words[1];
    now.origin = birth.words[2];
    now.last = "born";
    return now;
}

bool isBirth(const LifeEvent& event)
{
    const auto& [what, place, origin] = event.words;
    return what == "born" && std::ranges::find(kPlaces, place) != kPlaces.end() &&
           (origin == "town" || origin == "farm");
}

} // namespace

bool isCrisis(int month)
{
    constexpr int kFirst = 1940, kApart = 24, kLong = 8; // 1940 to 1947, 1964 to 1971, 1988 to 1995 ...
    return month / 12 >= kFirst && (month / 12 - kFirst) % kApart < kLong;
}

std::vector<std::string> lifeWords()
{
    std::vector<std::string> words{"born",   "town",   "farm",    "school",    "study", "train",    "job",
                                   "raise",  "move",   "ill",     "well",      "leave", "return",   "laid-off",
                                   "retire", "travel", "primary", "secondary", "law",   "medicine", "science",
                                   "craft",  "trade",  "farming", "child",     "none"};
    for (const auto* more : {&kPlaces, &kSectors, &kIllnesses}) words.insert(words.end(), more->begin(), more->end());
    for (int pay = 0; pay <= kMostPay; ++pay) words.push_back(payWord(pay));
    return words;
}

std::string monthWord(int month)
{
    char text[16];
    std::snprintf(text, sizeof(text), "%04d-%02d", month / 12, month % 12 + 1);
    return text;
}

std::vector<std::string> monthWords()
{
    std::vector<std::string> words;
    for (int month = kFirstYear * 12; month < (kLastYear + 1) * 12; ++month) words.push_back(monthWord(month));
    return words;
}

Life madeUpLife(std::uint64_t seed)
{
    Random random(seed);
    Life life{{(kFirstYear + random.whole(55)) * 12 + random.whole(12),
               {"born", random.one(kPlaces), random.chance(0.5) ? "town" : "farm"}}};
    LifeState now = atBirth(life[0]);
    while (int(life.size()) < kLifeEvents) {
        const auto [least, most] = gapAfter(now, now.lastMonth);
        LifeEvent event{now.lastMonth + least + random.whole(most - least + 1), {}};
        event.words[0] = drawn(whatHappens(now, event.month), random);
        event.words[1] = drawn(whichKind(now, event.words[0], event.month), random);
        event.words[2] = drawn(whichPay(now, event.words[0], event.month), random);
        apply(now, event);
        life.push_back(std::move(event));
    }
    return life;
}

std::vector<std::string> wordsOf(const Life& life)
{
    std::vector<std::string> words;
    for (const LifeEvent& event : life) {
        if (!words.empty()) words.emplace_back("<sep>");
        words.push_back(monthWord(event.month));
        words.insert(words.end(), event.words.begin(), event.words.end());
    }
    return words;
}

double logChance(const Life& life)
{
    constexpr double kNever = -std::numeric_limits<double>::infinity();
    if (life.empty() || !isBirth(life[0])) return kNever;
    LifeState now = atBirth(life[0]);
    double sum = 0; // all births are equally likely
    for (std::size_t i = 1; i < life.size() && sum > kNever; ++i) {
        const LifeEvent& event = life[i];
        const auto [least, most] = gapAfter(now, now.lastMonth);
        const int gap = event.month - now.lastMonth;
        if (gap < least || gap > most) return kNever;
        sum -= std::log(most - least + 1);
        sum += logOf(whatHappens(now, event.month), event.words[0]);
        if (sum == kNever) return kNever; // of an impossible event no kind is known
        sum += logOf(whichKind(now, event.words[0], event.month), event.words[1]);
        sum += logOf(whichPay(now, event.words[0], event.month), event.words[2]);
        apply(now, event);
    }
    return sum;
}

double logChanceOfLast(const Life& life)
{
    LifeState now = atBirth(life.at(0));
    for (std::size_t i = 1; i + 1 < life.size(); ++i) apply(now, life[i]);
    return logOf(whatHappens(now, life.back().month), life.back().words[0]);
}

std::vector<double> oracle(const Life& life, std::size_t event, std::size_t word)
{
    const std::vector<std::string> words = lifeWords();
    std::vector<double> logs, chances;
    Life other = life;
    for (const std::string& candidate : words) {
        other.at(event).words.at(word) = candidate;
        logs.push_back(logChance(other));
    }
    const double highest = *std::ranges::max_element(logs);
    double sum = 0;
    for (const double log : logs) sum += chances.emplace_back(std::isinf(highest) ? 0 : std::exp(log - highest));
    for (double& chance : chances) chance /= std::max(sum, 1e-300);
    return chances;
}

} // namespace headlens
