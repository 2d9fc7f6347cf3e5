// SPDX-License-Identifier: GPL-3.0-or-later
// headlens-cli batch: many commands in one process, which starts once.
#include "core/base/error.h"
#include "core/engine/commands.h"
#include "core/engine/program.h"

#include <fmt/format.h>

#include <cstdio>
#include <fstream>
#include <iostream>
#include <memory>

namespace headlens {
namespace {

// Whether one line did what it says. It gets options of its own: those of the line before must not shine through.
bool runLine(const std::string& line)
{
    CLI::App app{"One line of a batch", "headlens-cli"};
    app.require_subcommand(1);
    addCommands(app);
    return runProgram(app, [&] { app.parse(line); }) == 0;
}

// After each line that holds a command: its number and how it ended, on a line of its own.
void runLines(std::istream& lines, const std::string& name)
{
    int number = 0, commands = 0, failed = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        const auto first = line.find_first_not_of(" \t\r");
        if (first == std::string::npos || line[first] == '#') continue;
        const bool done = runLine(line);
        ++commands;
        failed += done ? 0 : 1;
        std::printf("[%d] %s\n", number, done ? "done" : "failed");
        std::fflush(stdout);
    }
    if (failed > 0)
        throw Error(ErrorCode::BadRequest, name, fmt::format("{} of {} commands failed", failed, commands),
                    "each said why, above");
}

void runBatch(const std::string& file)
{
    if (file == "-") return runLines(std::cin, "standard input");
    std::ifstream lines(file);
    if (!lines || lines.peek() == std::ifstream::traits_type::eof()) // a folder opens, but holds no lines
        throw Error(ErrorCode::FileMissing, file, "is no file with commands", "write one a line");
    runLines(lines, file);
}

} // namespace

void addBatchCommand(CLI::App& app)
{
    CLI::App* command = app.add_subcommand(
        "batch", "Run the commands of a file, one a line, in one process (a start takes a third of a second)");
    auto file = std::make_shared<std::string>();
    command
        ->add_option("file", *file,
                     "Lines such as: trace --model M --image \"a b.png\" --out t.safetensors; - reads "
                     "them from standard input; # begins a comment")
        ->required();
    command->callback([file] { runBatch(*file); });
}

} // namespace headlens
