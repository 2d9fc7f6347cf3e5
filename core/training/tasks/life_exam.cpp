// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/tasks/life_exam.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace headlens {
namespace {

constexpr int kKinds = 13; // of events after birth

Life measuredLife(int number)
{
    return madeUpLife(exampleSeed(kMeasuringSeed, 1, number));
}

double ageAt(const Life& life)
{
    return double(life.back().month - life.front().month) / 12;
}

// Whether somebody has work just before the last event.
bool worksIn(const Life& life)
{
    bool works = false;
    for (std::size_t i = 1; i + 1 < life.size(); ++i) {
        const std::string& what = life[i].words[0];
        works = what == "job" || (works && what != "laid-off" && what != "retire");
    }
    const std::string& before = life[life.size() - 2].words[0];
    return works && before != "ill" && before != "leave";
}

} // namespace

Life reordered(Life life, LifeOrder order, Random& random)
{
    std::vector<std::array<std::string, 3>> contents;
    for (std::size_t i = 1; i < life.size(); ++i) contents.push_back(life[i].words);
    if (order == Reversed) std::ranges::reverse(contents);
    if (order == Shuffled)
        for (std::size_t i = contents.size(); i > 1; --i)
            std::swap(contents[i - 1], contents[std::size_t(random.whole(int(i)))]);
    for (std::size_t i = 1; i < life.size(); ++i) life[i].words = contents[i - 1];
    return life;
}

std::vector<std::int64_t> idsOf(const Life& life, const WordIds& ids)
{
    std::vector<std::int64_t> all{ids.of(kLifeStart)};
    const std::vector<std::int64_t> rest = ids.all(wordsOf(life));
    all.insert(all.end(), rest.begin(), rest.end());
    return all;
}

std::int64_t placeInLife(std::size_t event, std::size_t word)
{
    return std::int64_t(1 + 5 * event + 1 + word); // <cls>, then a month, three words and <sep> an event
}

std::vector<TaskScore> LifeExam::scores() const
{
    const double chance = 1.0 / kKinds, word = 1.0 / double(lifeWords().size());
    const SwitchValues none, noAge{{"age", "off"}}, noDate{{"date", "off"}}, neither{{"age", "off"}, {"date", "off"}};
    const auto inACrisis = [](const Life& life) { return worksIn(life) && isCrisis(life.back().month); };
    const auto atAge = [](const Life& life) { return worksIn(life) && ageAt(life) >= 65; };
    const std::vector<Hidden> crisis = lastEvents(m_lives, inACrisis), old = lastEvents(m_lives, atAge),
                              any = lastEvents(m_lives / 2, [](const Life&) { return true; }),
                              gaps = everyWord(m_lives);
    const Guess all = guess(any, none), blind = guess(any, neither);
    const Guess with = guess(gaps, none), without = guess(gaps, neither);
    return {{"what happens to somebody at work from the age of 65 on", guess(old, none).right, guess(old, noAge).right,
             "age off", chance},
            {"what happens to somebody at work in the years of a crisis", guess(crisis, none).right,
             guess(crisis, noDate).right, "date off", chance},
            {"what happens next, of all lives at any moment", all.right, blind.right, "age and date off", chance},
            {"chance given to what happens next (geometric mean)", std::exp(-all.loss), std::exp(-blind.loss),
             "age and date off", chance},
            {"the same by the program that made up the lives, which cannot be beaten", std::exp(-oracleLoss(any)), -1,
             "", chance},
            {"a hidden word in the middle of a life", with.right, without.right, "age and date off", word},
            {"order of events judged (as lived, reversed, shuffled)", judged(none), judged(neither), "age and date off",
             1.0 / 3},
            {"chance given to a hidden word in the middle (geometric mean)", std::exp(-with.loss),
             std::exp(-without.loss), "age and date off", word},
            {"the same by the program that made up the lives", std::exp(-oracleLossOf(gaps)), -1, "", word}};
}

std::vector<LifeExam::Hidden> LifeExam::lastEvents(int lives, const std::function<bool(const Life&)>& wanted)
{
    std::vector<Hidden> found;
    for (int i = 0; i < lives; ++i) {
        Life life = measuredLife(i);
        for (; life.size() > 2; life.pop_back())
            if (wanted(life)) found.push_back({life, life.size() - 1, 0, true});
    }
    return found;
}

std::vector<LifeExam::Hidden> LifeExam::everyWord(int lives)
{
    std::vector<Hidden> found;
    for (int i = 0; i < lives; ++i) { // three of each life
        Random random(exampleSeed(kMeasuringSeed, 2, i));
        const Life life = measuredLife(i);
        for (std::size_t word = 0; word < 3; ++word)
            found.push_back({life, std::size_t(1 + random.whole(int(life.size()) - 1)), word, false});
    }
    return found;
}

LifeExam::Guess LifeExam::guess(const std::vector<Hidden>& hidden, const SwitchValues& switches) const
{
    Guess found;
    for (const Hidden& one : hidden) {
        std::vector<std::int64_t> ids = idsOf(one.life, m_ids);
        const std::int64_t place = placeInLife(one.event, one.word);
        ids[std::size_t(place)] = m_ids.of(kLifeGap);
        if (one.atEnd) ids.resize(std::size_t(place) + 1); // what else was there is not told
        const at::Tensor logs = at::log_softmax(
            m_model.run(inputOf(ids), withSwitches(switches), {}).outputs.at("prediction_logits")[0][place], 0);
        found.right += m_ids.word(logs.argmax().item<std::int64_t>()) == one.right() ? 1 : 0;
        found.loss -= logs[m_ids.of(one.right())].item<double>();
    }
    const double count = std::max<double>(1, double(hidden.size()));
    return {found.right / count, found.loss / count};
}

double LifeExam::oracleLoss(const std::vector<Hidden>& lastOnes)
{
    double loss = 0;
    for (const Hidden& one : lastOnes) loss -= logChanceOfLast(one.life);
    return loss / std::max<double>(1, double(lastOnes.size()));
}

// The same of words in the middle, with everything around them known.
double LifeExam::oracleLossOf(const std::vector<Hidden>& gaps)
{
    const std::vector<std::string> words = lifeWords();
    double loss = 0;
    for (const Hidden& one : gaps) {
        const auto place = std::ranges::find(words, one.right()) - words.begin();
        loss -= std::log(oracle(one.life, one.event, one.word).at(std::size_t(place)));
    }
    return loss / std::max<double>(1, double(gaps.size()));
}

double LifeExam::judged(const SwitchValues& switches) const
{
    double right = 0;
    for (int i = 0; i < m_lives; ++i) {
        Random random(exampleSeed(kMeasuringSeed, 3, i));
        const auto order = LifeOrder(i % 3);
        const ModelInput input = inputOf(idsOf(reordered(measuredLife(i), order, random), m_ids));
        const ForwardResult result = m_model.run(input, withSwitches(switches), {});
        right += result.outputs.at("logits")[0].argmax().item<std::int64_t>() == order ? 1 : 0;
    }
    return right / m_lives;
}

} // namespace headlens
