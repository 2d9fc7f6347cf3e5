// SPDX-License-Identifier: GPL-3.0-or-later
// Events of a life as words, after life2vec (Savcisens et al. 2023, arXiv 2306.03009): when something happened is told
// by waves of age and date that are added to the words, and half of the heads see only the events nearby. For inference
// and training.
#pragma once

#include "core/models/skeletons/stack.h"

#include <functional>
#include <string>
#include <vector>

namespace headlens {

struct LifeConfig {
    StackConfig text;              // words; positions are not used, `segments` tells neighbouring events apart
    std::int64_t dateToken = 0;    // ids from here on are months; all of them share this one row of the table
    std::int64_t firstYear = 1900; // of the first month
    std::int64_t separator = 0;    // the token between events
    std::int64_t localHeads = 2;   // the first ones; they see `reach` events to both sides
    std::int64_t reach = 2;
    std::int64_t verdicts = 3; // what can be said of the order of events
};

// When the events of one line happened [T] each.
struct LifeTimes {
    at::Tensor event; // int64: 0 for the background, -1 before the first month
    at::Tensor date;  // years: 1984.375 in the middle of May
    at::Tensor age;   // years
};

struct LifePass {
    bool age = true, date = true; // whether these waves are added
    StackPass stack = {};
    std::map<std::string, at::Tensor>* states = nullptr; // of the first of the batch
};

class LifeNetwork {
public:
    explicit LifeNetwork(const LifeConfig& config);

    void visit(const Weights& weights); // "life....", "time....", "order...."

    // ids [B,T] int64 -> features before the final norm [B,T,D].
    at::Tensor run(const at::Tensor& ids, const LifePass& pass) const;
    at::Tensor finalNorm(const at::Tensor& x) const { return m_stack.finalNorm(x); }
    at::Tensor scores(const at::Tensor& hidden) const;  // [..,D] -> [..,V]: which word stands here
    at::Tensor verdict(const at::Tensor& hidden) const; // [B,T,D] -> [B,verdicts], by the first token

    LifeTimes timesOf(const at::Tensor& ids) const; // of one line [T]
    const LifeConfig& config() const { return m_config; }
    const Stack& stack() const { return m_stack; }
    void pack(Precision precision) { m_stack.pack(precision); }

private:
    // Time2Vec (Kazemi et al. 2019, arXiv 1907.05321): waves, and one number that grows with time.
    struct Waves {
        at::Tensor rate, phase; // [D]; the last entry belongs to the line
        at::Tensor strength;    // [1]; where training begins with it: task_life.cpp
    };
    at::Tensor coded(const Waves& waves, const at::Tensor& years, bool cosine) const; // [..] -> [..,D]
    at::Tensor nearby(const at::Tensor& events) const; // [B,T] -> what is added to scores [B,H,T,T]
    void leaveStates(const LifeTimes& times, const LifePass& pass) const;

    LifeConfig m_config;
    Stack m_stack;
    Waves m_age, m_date;
    Linear m_order;
    at::Tensor m_scoreBias; // [V]
};

} // namespace headlens
