// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/zoo/life_network.h"

#include <ATen/ATen.h>

namespace headlens {
namespace {

constexpr double kMiddleYear = 1985; // dates are counted from here, so that the line stays small
constexpr double kForbidden = -1e9;

} // namespace

LifeNetwork::LifeNetwork(const LifeConfig& config) : m_config(config), m_stack(config.text) {}

void LifeNetwork::visit(const Weights& weights)
{
    const std::int64_t d = m_config.text.width;
    const Weights time = weights.in("time");
    m_stack.visit(weights);
    for (const auto& [name, waves] : {std::pair("age", &m_age), {"date", &m_date}}) {
        const Weights wave = time.in(name);
        wave("rate", waves->rate, {d});
        wave("phase", waves->phase, {d});
        wave("strength", waves->strength, {1});
    }
    weights.linear("order", m_order, m_config.verdicts, d);
    weights("words.bias", m_scoreBias, {m_config.text.vocabulary});
}

LifeTimes LifeNetwork::timesOf(const at::Tensor& ids) const
{
    const at::Tensor row = ids.to(at::kCPU, at::kLong).contiguous();
    const std::int64_t count = row.size(0);
    LifeTimes times{at::full({count}, -1, at::kLong), at::zeros({count}, at::kFloat), at::zeros({count}, at::kFloat)};
    std::int64_t event = -1;
    double date = 0, birth = 0;
    for (std::int64_t i = 0; i < count; ++i) {
        const std::int64_t id = row.data_ptr<std::int64_t>()[i];
        if (id == m_config.separator && event >= 0) ++event;
        if (id >= m_config.dateToken) {
            date = double(m_config.firstYear) + (double(id - m_config.dateToken) + 0.5) / 12;
            if (event < 0) {
                event = 0;
                birth = date;
            }
        }
        if (event < 0) continue;
        times.event.data_ptr<std::int64_t>()[i] = event;
        times.date.data_ptr<float>()[i] = float(date);
        times.age.data_ptr<float>()[i] = float(date - birth);
    }
    return times;
}

at::Tensor LifeNetwork::coded(const Waves& waves, const at::Tensor& years, bool cosine) const
{
    const at::Tensor angle = years.unsqueeze(-1) * waves.rate + waves.phase; // [..,D]
    const std::int64_t last = m_config.text.width - 1;
    const at::Tensor wave = angle.slice(-1, 0, last);
    return waves.strength * at::cat({cosine ? wave.cos() : wave.sin(), angle.slice(-1, last)}, -1);
}

at::Tensor LifeNetwork::nearby(const at::Tensor& events) const
{
    const std::int64_t heads = m_config.text.heads;
    const at::Tensor apart = (events.unsqueeze(2) - events.unsqueeze(1)).abs(); // [B,T,T]
    const at::Tensor far = (apart > m_config.reach).to(at::kFloat).unsqueeze(1) * kForbidden;
    const at::Tensor local = (at::arange(heads, far.options()) < double(m_config.localHeads)).to(at::kFloat);
    return far * local.view({1, heads, 1, 1});
}

at::Tensor LifeNetwork::run(const at::Tensor& ids, const LifePass& pass) const
{
    std::vector<at::Tensor> events, dates, ages;
    for (std::int64_t i = 0; i < ids.size(0); ++i) {
        const LifeTimes times = timesOf(ids[i]);
        events.push_back(times.event);
        dates.push_back(times.date);
        ages.push_back(times.age);
        if (i == 0 && pass.states != nullptr) leaveStates(times, pass);
    }
    const auto like = m_stack.tokens().options();
    const at::Tensor event = at::stack(events).to(ids.device());
    const at::Tensor date = at::stack(dates).to(like), age = at::stack(ages).to(like);
    const std::int64_t kinds = m_config.text.segments;
    const at::Tensor segment = at::where(event > 0, event.remainder(kinds - 1) + 1, at::zeros_like(event));
    at::Tensor x = m_stack.embed(ids.clamp_max(m_config.dateToken),
                                 {.segments = segment, .positioned = false, .hooks = pass.stack.hooks});
    // As in life2vec the background has no time of its own.
    const at::Tensor lived = (event > 0).to(x.scalar_type()).unsqueeze(-1);
    if (pass.age) x = x + lived * coded(m_age, age, true);
    if (pass.date) x = x + lived * coded(m_date, date - kMiddleYear, false);
    StackPass stack = pass.stack;
    stack.bias = nearby(event).to(like);
    return m_stack.run(x, stack);
}

void LifeNetwork::leaveStates(const LifeTimes& times, const LifePass& pass) const
{
    auto& states = *pass.states;
    states["life.event"] = times.event.to(at::kFloat);
    states["life.date"] = times.date;
    states["life.age"] = times.age;
    states["wave.age"] = at::stack({m_age.rate, m_age.phase}, 1).to(at::kFloat).cpu();
    // Told for whole years: sin(t w + b) with t from the year 0 on.
    const at::Tensor phase = m_date.phase - m_date.rate * kMiddleYear;
    states["wave.date"] = at::stack({m_date.rate, phase}, 1).to(at::kFloat).cpu();
    states["alpha"] = at::cat({m_age.strength, m_date.strength}).to(at::kFloat).cpu();
}

at::Tensor LifeNetwork::scores(const at::Tensor& hidden) const
{
    return Linear{m_stack.tokens(), m_scoreBias}(m_stack.finalNorm(hidden));
}

at::Tensor LifeNetwork::verdict(const at::Tensor& hidden) const
{
    return m_order(m_stack.finalNorm(hidden.select(1, 0)));
}

} // namespace headlens
