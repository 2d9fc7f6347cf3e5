// SPDX-License-Identifier: GPL-3.0-or-later
// The threads that share the loops over tiles, rows and heads.
#pragma once

#include <cstdint>
#include <type_traits>

namespace headlens {

// How many threads compute, the caller included: one for each core of the affinity mask, or HEADLENS_THREADS.
int workerThreads();

// What every thread but the callers calls when it begins; to be set before the first parallelFor().
void onWorkerStart(void (*begin)());

namespace detail {
using RangeCall = void (*)(const void* body, std::int64_t begin, std::int64_t end);
void shareOut(std::int64_t count, std::int64_t together, RangeCall call, const void* body);
} // namespace detail

// Calls body(begin, end) for parts of [0,count) until all is done. The parts are taken, not dealt out: whoever is free
// takes the next, so that a core which another program uses costs what it lacks and not more. They are multiples of
// `together` (but for the last). Threads without work spin for some microseconds and then sleep.
// On the calling thread alone where the call comes from within a body, or while another thread's call runs. The first
// exception of a body is thrown again by the call, after all other parts.
template <class Body>
void parallelFor(std::int64_t count, std::int64_t together, const Body& body)
{
    detail::shareOut(
        count, together,
        [](const void* self, std::int64_t begin, std::int64_t end) { (*static_cast<const Body*>(self))(begin, end); },
        &body);
}

} // namespace headlens
