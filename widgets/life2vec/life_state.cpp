// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/life2vec/life_state.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace headlens {
namespace {

bool takeWaves(const FloatArray& state, std::vector<TimeWave>& waves)
{
    if (state.shape.size() != 2 || state.shape[1] != 2 || state.shape[0] < 1 || state.shape[0] > 100'000) return false;
    const auto rows = std::size_t(state.shape[0]);
    if (state.values.size() != 2 * rows) return false;
    waves.clear();
    for (std::size_t i = 0; i + 1 < rows; ++i) // the last one is the linear part
        waves.push_back({double(state.values[2 * i]), double(state.values[2 * i + 1])});
    return true;
}

std::optional<double> numberOf(const std::vector<float>& values, int token)
{
    if (token < 0 || std::size_t(token) >= values.size() || !std::isfinite(values[std::size_t(token)])) return {};
    return double(values[std::size_t(token)]);
}

} // namespace

double TimeWave::period() const
{
    return frequency == 0 ? 0 : 2 * std::numbers::pi / std::abs(frequency);
}

QStringList LifeState::names()
{
    return {QStringLiteral("life.date"), QStringLiteral("life.age"),  QStringLiteral("life.event"),
            QStringLiteral("wave.age"),  QStringLiteral("wave.date"), QStringLiteral("alpha")};
}

bool LifeState::take(const verbs::StateTensor& state)
{
    const auto& [shape, values] = state.numbers;
    if (state.name == "wave.age") return takeWaves(state.numbers, age);
    if (state.name == "wave.date") return takeWaves(state.numbers, date);
    if (shape.size() != 1 || values.size() != std::size_t(shape[0])) return false;
    if (state.name == "alpha") {
        if (values.size() != 2) return false;
        alpha = values;
        return true;
    }
    std::vector<float>* own = state.name == "life.date"    ? &dates
                              : state.name == "life.age"   ? &ages
                              : state.name == "life.event" ? &event
                                                           : nullptr;
    if (own == nullptr) return false;
    *own = values;
    return true;
}

std::optional<double> LifeState::ageOf(int token) const
{
    return numberOf(ages, token);
}

std::optional<double> LifeState::dateOf(int token) const
{
    return numberOf(dates, token);
}

// From the fastest one on always the wave that is farthest from all chosen ones.
std::vector<TimeWave> tellingWaves(std::span<const TimeWave> waves, int count)
{
    std::vector<TimeWave> left(waves.begin(), waves.end()), chosen;
    std::erase_if(left, [](const TimeWave& w) { return !std::isfinite(w.frequency) || !std::isfinite(w.phase); });
    const auto speed = [](const TimeWave& wave) { return std::abs(wave.frequency); };
    while (!left.empty() && int(chosen.size()) < count) {
        const auto distance = [&](const TimeWave& wave) {
            double nearest = chosen.empty() ? speed(wave) : HUGE_VAL;
            for (const TimeWave& one : chosen) nearest = std::min(nearest, std::abs(speed(one) - speed(wave)));
            return nearest;
        };
        const auto next = std::ranges::max_element(left, {}, distance);
        chosen.push_back(*next);
        left.erase(next);
    }
    std::ranges::stable_sort(chosen, {}, speed);
    return chosen;
}

} // namespace headlens
