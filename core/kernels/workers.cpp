// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernels/workers.h"

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include <sched.h>

namespace headlens {
namespace {

constexpr std::size_t kLine = 64; // bytes; counters that several threads change lie on lines of their own

void relax()
{
#ifdef __x86_64__
    __builtin_ia32_pause();
#endif
}

// Whether `done()` came true within a time that is shorter than falling asleep and being woken.
template <class Condition>
bool spinUntil(std::chrono::microseconds patience, const Condition& done)
{
    constexpr int kLooks = 32; // between two looks at the clock
    const auto end = std::chrono::steady_clock::now() + patience;
    do {
        for (int i = 0; i < kLooks; ++i, relax())
            if (done()) return true;
    } while (std::chrono::steady_clock::now() < end);
    return false;
}

void (*g_workerStart)() = nullptr;

// A thread that loses its core to another program in the middle of a part makes all others wait for that part until the
// other's time slice is over. Where a core is shared, the kernel is therefore asked between two parts how long the
// thread was on it: while it counts, it sees that a time slice is over (Linux 6.6 and later), and takes the core there.
class SharedCore {
public:
    // Call it between two parts.
    void look()
    {
        const double wall = secondsOf(CLOCK_MONOTONIC);
        if (wall < m_sharedUntil || wall - m_hadImageModel > kPutOff)
            count(wall); // else nobody can have had it meanwhile
        m_hadImageModel = wall;
    }
    void slept()
    {
        m_hadImageModel = secondsOf(CLOCK_MONOTONIC);
        m_away = m_hadImageModel - secondsOf(CLOCK_THREAD_CPUTIME_ID);
    }

private:
    static constexpr double kPutOff = 0.5e-3;  // seconds; shorter than any time slice
    static constexpr double kRemembered = 0.1; // a call of the kernel for every part costs 2 % of the smallest passes

    static double secondsOf(clockid_t clock)
    {
        timespec time{};
        clock_gettime(clock, &time);
        return double(time.tv_sec) + double(time.tv_nsec) * 1e-9;
    }
    void count(double wall)
    {
        const double away = wall - secondsOf(CLOCK_THREAD_CPUTIME_ID);
        if (away - m_away > kPutOff) m_sharedUntil = wall + kRemembered;
        m_away = away;
    }

    double m_hadImageModel = 0, m_away = 0; // the latest look; time without the core until then
    double m_sharedUntil = 0;
};

thread_local bool t_isInside = false; // in a body
thread_local SharedCore t_core;

constexpr std::uint32_t kMostParts = 0xFFFF;

// A loop, cut into parts.
struct Job {
    std::int64_t count, part;
    std::uint32_t parts;
    detail::RangeCall call;
    const void* body;
};

class Workers {
public:
    explicit Workers(int threads) : m_ranges(std::size_t(threads))
    {
        for (int i = 1; i < threads; ++i) m_threads.emplace_back([this, i] { work(std::size_t(i)); });
    }
    ~Workers()
    {
        m_calls.word.store(kStop, std::memory_order_release);
        m_calls.word.notify_all();
        for (std::thread& thread : m_threads) thread.join();
    }
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    // False where another thread's call runs.
    bool run(const Job& job)
    {
        const std::unique_lock one(m_caller, std::try_to_lock);
        if (!one) return false;
        m_job = job;
        m_failure = nullptr;
        m_finished.word.store(0, std::memory_order_relaxed);
        m_number = m_number % (kStop - 1) + 1;
        const auto threads = std::uint32_t(m_ranges.size());
        for (std::uint32_t i = 0; i < threads; ++i)
            m_ranges[i].word.store(Range{m_number, i * job.parts / threads, (i + 1) * job.parts / threads}.word(),
                                   std::memory_order_release);
        m_calls.word.store(m_number, std::memory_order_release);
        m_calls.word.notify_all();
        takeParts(0);
        waitForOthers();
        if (m_failure) std::rethrow_exception(m_failure);
        return true;
    }

private:
    static constexpr std::uint32_t kStop = 0xFFFF'FFFF;
    static constexpr std::chrono::microseconds kWorkerPatience{100}; // the next layer of a pass comes sooner than that
    static constexpr std::chrono::microseconds kCallerPatience{20};  // its core is wanted by a thread that was put off

    // The parts [front,back) of a call that nobody has taken yet, in one word: whoever changes it knows that the call
    // still runs, because its caller waits for every part that was taken.
    struct Range {
        std::uint32_t call, front, back;
        static Range from(std::uint64_t word)
        {
            return {std::uint32_t(word >> 32U), std::uint32_t(word >> 16U & kMostParts),
                    std::uint32_t(word & kMostParts)};
        }
        std::uint64_t word() const { return std::uint64_t(call) << 32U | std::uint64_t(front) << 16U | back; }
    };
    template <class Number>
    struct alignas(kLine) OwnLine {
        std::atomic<Number> word{0};
    };

    void work(std::size_t self)
    {
        if (g_workerStart != nullptr) g_workerStart();
        for (std::uint32_t seen = 0;;) {
            const auto called = [&] { return m_calls.word.load(std::memory_order_acquire) != seen; };
            if (!spinUntil(kWorkerPatience, called)) {
                m_calls.word.wait(seen, std::memory_order_acquire);
                t_core.slept();
            }
            seen = m_calls.word.load(std::memory_order_acquire);
            if (seen == kStop) return;
            takeParts(self);
        }
    }

    // First its own range from the front, so that a thread goes on where its cache is; then what others leave, from the
    // back.
    void takeParts(std::size_t self)
    {
        for (std::size_t i = 0; i < m_ranges.size(); ++i) {
            std::atomic<std::uint64_t>& word = m_ranges[(self + i) % m_ranges.size()].word;
            std::uint64_t seen = word.load(std::memory_order_acquire);
            for (Range range = Range::from(seen); range.front < range.back; range = Range::from(seen)) {
                const std::uint32_t part = i == 0 ? range.front++ : --range.back;
                if (!word.compare_exchange_weak(seen, range.word(), std::memory_order_acq_rel,
                                                std::memory_order_acquire))
                    continue;
                perform(part);
                t_core.look();
                seen = word.load(std::memory_order_acquire);
            }
        }
    }

    void perform(std::uint32_t part)
    {
        const Job job = m_job; // not to be read after its last part is counted
        const std::int64_t begin = std::int64_t(part) * job.part;
        t_isInside = true;
        try {
            job.call(job.body, begin, std::min(begin + job.part, job.count));
        } catch (...) {
            const std::lock_guard lock(m_failures);
            if (!m_failure) m_failure = std::current_exception();
        }
        t_isInside = false;
        if (m_finished.word.fetch_add(1, std::memory_order_acq_rel) + 1 == job.parts) m_finished.word.notify_one();
    }

    void waitForOthers()
    {
        const auto done = [&] { return m_finished.word.load(std::memory_order_acquire) == m_job.parts; };
        if (spinUntil(kCallerPatience, done)) return;
        for (std::uint32_t seen = m_finished.word.load(std::memory_order_acquire); seen != m_job.parts;
             seen = m_finished.word.load(std::memory_order_acquire))
            m_finished.word.wait(seen, std::memory_order_acquire);
        t_core.slept();
    }

    OwnLine<std::uint32_t> m_calls;    // the number of the latest call, which the others wait for
    OwnLine<std::uint32_t> m_finished; // parts of it
    std::mutex m_caller, m_failures;
    std::uint32_t m_number = 0; // of the call; under m_caller
    Job m_job{};
    std::exception_ptr m_failure; // the first; under m_failures
    std::vector<OwnLine<std::uint64_t>> m_ranges;
    std::vector<std::thread> m_threads;
};

int allowedThreads()
{
    constexpr int kMost = 1024;
    int wished = 0;
    if (const char* text = std::getenv("HEADLENS_THREADS")) std::from_chars(text, text + std::strlen(text), wished);
    if (wished >= 1) return std::min(wished, kMost);
    cpu_set_t set;
    CPU_ZERO(&set);
    return sched_getaffinity(0, sizeof(set), &set) == 0 ? std::max(1, CPU_COUNT(&set)) : 1;
}

Workers& workers()
{
    static Workers all(workerThreads());
    return all;
}

} // namespace

int workerThreads()
{
    static const int kThreads = allowedThreads();
    return kThreads;
}

void onWorkerStart(void (*begin)())
{
    g_workerStart = begin;
}

void detail::shareOut(std::int64_t count, std::int64_t together, RangeCall call, const void* body)
{
    constexpr std::int64_t kTurns = 8; // parts a thread: what the last one may be late by
    if (count <= 0) return;
    const std::int64_t threads = workerThreads();
    const std::int64_t most = std::min<std::int64_t>(kTurns * threads, kMostParts);
    const std::int64_t fair = (count + most - 1) / most;
    const std::int64_t part = (fair + together - 1) / together * together;
    const bool alone = t_isInside || threads == 1 || part >= count;
    const Job job{count, part, std::uint32_t((count + part - 1) / part), call, body};
    if (alone || !workers().run(job)) call(body, 0, count);
}

} // namespace headlens
