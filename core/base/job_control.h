// SPDX-License-Identifier: GPL-3.0-or-later
// The contract of long work: it is told whether it was cancelled and tells how far it is.
#pragma once

#include "core/base/error.h"

#include <functional>

namespace headlens {

struct JobControl {
    std::function<bool()> cancelled;                                      // may be empty: never cancelled
    std::function<void(int done, int total, const char* stage)> progress; // may be empty: nobody listens

    // Called between blocks; throws Error(Cancelled) so that every caller unwinds the same way.
    void checkpoint(int done, int total, const char* stage) const
    {
        if (cancelled && cancelled()) throw Error(ErrorCode::Cancelled, {}, "cancelled");
        if (progress) progress(done, total, stage);
    }
};

} // namespace headlens
