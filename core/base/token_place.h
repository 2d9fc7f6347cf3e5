// SPDX-License-Identifier: GPL-3.0-or-later
// One token of an input: in which of its sequences (InputInfo.streams) it counts, and its number there.
#pragma once

namespace headlens {

struct TokenPlace {
    int stream = 0, token = 0;
    bool operator==(const TokenPlace&) const = default;
};

} // namespace headlens
