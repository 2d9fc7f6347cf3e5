// SPDX-License-Identifier: GPL-3.0-or-later
// The contract of long work: it is told whether it was cancelled and tells how far it is.
#pragma once

#include "core/base/error.h"

#include <cstdint>
#include <functional>
#include <string>

namespace headlens {

// How far it is.
struct JobStep {
    int done = 0, total = 0;                          // total 0: unknown
    std::string stage;                                // "open", "forward", "write", ...
    std::string text = {};                            // of writing: all that was written so far
    std::int64_t neededBytes = 0, availableBytes = 0; // of opening a model, before anything is loaded
};

struct JobControl {
    std::function<bool()> cancelled;              // may be empty: never cancelled
    std::function<void(const JobStep&)> progress; // may be empty: nobody listens

    // Called between blocks; throws Error(Cancelled) so that every caller unwinds the same way.
    void checkpoint(const JobStep& step) const
    {
        if (cancelled && cancelled()) throw Error(ErrorCode::Cancelled, {}, "cancelled");
        if (progress) progress(step);
    }
    void checkpoint(int done, int total, const char* stage) const { checkpoint({done, total, stage}); }
};

} // namespace headlens
