// SPDX-License-Identifier: GPL-3.0-or-later
// What main() of every command-line program does once its options are declared.
#pragma once

#include <CLI/CLI.hpp>

#include <functional>

namespace headlens {

// Parses the command line and runs what it asks for. The exit status: 0 done, 1 the input is at fault, 2 the command
// line, 3 a fault of ours. An error is one line on stderr that begins with the name of `app`.
int runProgram(CLI::App& app, int argc, char** argv);
// The same where `parse` gives `app` its command line.
int runProgram(CLI::App& app, const std::function<void()>& parse);

} // namespace headlens
