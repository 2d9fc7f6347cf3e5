// SPDX-License-Identifier: GPL-3.0-or-later
// What headlens-train understands.
#pragma once

#include <CLI/CLI.hpp>

namespace headlens {

void addTrainOptions(CLI::App& app);

} // namespace headlens
