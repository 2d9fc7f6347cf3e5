// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensors/profile.h"

#include "core/kernels/panel_product.h"
#include "core/kernels/workers.h"

#include <ATen/record_function.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <map>

namespace headlens {

// Of the thread that profiles; others see none, so that what they compute is not counted twice.
struct ProfileNotes {
    std::map<std::string, int> places;
    std::vector<ProfileLine> lines;
    int depth = 0; // of operators and kernels within each other: the outermost counts

    int placeOf(const std::string& kind)
    {
        const auto [place, isNew] = places.try_emplace(kind, int(lines.size()));
        if (isNew) lines.push_back({kind});
        return place->second;
    }
    void count(int place, double ms, double operations)
    {
        ProfileLine& line = lines[std::size_t(place)];
        ++line.calls;
        line.ms += ms;
        line.operations += operations;
    }
};

namespace {

double now()
{
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

thread_local ProfileNotes* t_notes = nullptr;

struct OperatorStart : at::ObserverContext {
    double ms = now();
};

std::unique_ptr<at::ObserverContext> operatorBegins(const at::RecordFunction&)
{
    if (t_notes == nullptr || t_notes->depth++ > 0) return nullptr;
    return std::make_unique<OperatorStart>();
}

void operatorEnds(const at::RecordFunction& function, at::ObserverContext* context)
{
    if (t_notes == nullptr || --t_notes->depth > 0 || context == nullptr) return;
    t_notes->count(t_notes->placeOf(function.name()), now() - static_cast<OperatorStart*>(context)->ms, 0);
}

} // namespace

struct Profile::State {
    ProfileNotes notes;
    at::CallbackHandle handle;
};

Profile::Profile() : m_state(std::make_unique<State>())
{
    m_state->handle = at::addThreadLocalCallback(
        at::RecordFunctionCallback(operatorBegins, operatorEnds).scopes({at::RecordScope::FUNCTION}));
    t_notes = &m_state->notes;
}

Profile::~Profile()
{
    t_notes = nullptr;
    at::removeCallback(m_state->handle);
}

std::vector<ProfileLine> Profile::lines() const
{
    std::vector<ProfileLine> sorted = m_state->notes.lines;
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.ms > b.ms; });
    return sorted;
}

bool Profiled::isOn()
{
    return t_notes != nullptr;
}

void Profiled::begin(const std::string& kind, double operations)
{
    m_line = t_notes->placeOf(kind);
    t_notes->lines[std::size_t(m_line)].operations += operations;
    ++t_notes->depth;
    m_start = now();
}

void Profiled::end() const
{
    --t_notes->depth;
    t_notes->count(m_line, now() - m_start, 0);
}

double measuredPeak()
{
    constexpr std::int64_t kSteps = 200'000, kPartsPerThread = 16;
    double fastest = 0;
    for (int attempt = 0; attempt < 3; ++attempt) {
        std::atomic<std::int64_t> operations = 0;
        const double start = now();
        parallelFor(kPartsPerThread * workerThreads(), 1, [&](std::int64_t begin, std::int64_t end) {
            for (std::int64_t i = begin; i < end; ++i) operations += multiplyInRegisters(kSteps);
        });
        fastest = std::max(fastest, double(operations) / (now() - start) * 1e3);
    }
    return fastest;
}

} // namespace headlens
