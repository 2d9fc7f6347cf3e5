// SPDX-License-Identifier: GPL-3.0-or-later
// What is asked of a model of lives, and how good the best possible answers are: hidden words, what happens next, and
// whether the order of events is the one that was lived.
#pragma once

#include "core/models/transformer_model.h"
#include "core/training/data/lives.h"
#include "core/training/data/random.h"
#include "core/training/tasks/measuring.h"
#include "core/training/tasks/word_tokenizer.h"
#include "core/training/trainer/task.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace headlens {

inline constexpr const char *kLifeStart = "<cls>", *kLifeBetween = "<sep>", *kLifeGap = "[MASK]";

enum LifeOrder : std::uint8_t { AsLived, Reversed, Shuffled };
// Contents change their places, months stay where they are: the clash is the clue.
Life reordered(Life life, LifeOrder order, Random& random);

std::vector<std::int64_t> idsOf(const Life& life, const WordIds& ids); // with the start
// Where word `word` of event `event` stands in the line of ids.
std::int64_t placeInLife(std::size_t event, std::size_t word);

class LifeExam {
public:
    // Both must outlive it. `lives`: how many are measured with.
    LifeExam(const TransformerModel& model, const WordIds& ids, int lives) : m_model(model), m_ids(ids), m_lives(lives)
    {
    }
    std::vector<TaskScore> scores() const;

private:
    struct Hidden { // one word to guess
        Life life;
        std::size_t event = 0, word = 0;
        bool atEnd = false; // what happens next
        const std::string& right() const { return life[event].words.at(word); }
    };
    struct Guess {
        double right = 0, loss = 0; // share; nats
    };
    // Lives that end where `wanted` holds; what happened there is to be guessed.
    static std::vector<Hidden> lastEvents(int lives, const std::function<bool(const Life&)>& wanted);
    static std::vector<Hidden> everyWord(int lives);
    static double oracleLoss(const std::vector<Hidden>& lastOnes);
    static double oracleLossOf(const std::vector<Hidden>& gaps);

    Guess guess(const std::vector<Hidden>& hidden, const SwitchValues& switches) const;
    double judged(const SwitchValues& switches) const;

    const TransformerModel& m_model;
    const WordIds& m_ids;
    int m_lives;
};

} // namespace headlens
