// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/commands.h"

#include "core/base/error.h"

#include <filesystem>

#include <unistd.h>

namespace headlens {
namespace {

// Becomes headlens-train; returns only by an exception.
[[noreturn]] void startTraining(std::vector<std::string> options)
{
    std::error_code problem;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", problem);
    std::string program = (self.parent_path() / "headlens-train").string();
    std::vector<char*> arguments{program.data()};
    for (std::string& option : options) arguments.push_back(option.data());
    arguments.push_back(nullptr);
    ::execv(program.c_str(), arguments.data());
    throw Error(ErrorCode::Usage, "train", "needs the program headlens-train, which is not beside headlens-cli",
                "build it with tools/build.sh release headlens-train");
}

} // namespace

void addTrainCommand(CLI::App& app)
{
    CLI::App* command = app.add_subcommand("train", "Train an embedded model from scratch (starts headlens-train)");
    command->set_help_flag(); // --help is answered by headlens-train
    command->prefix_command();
    command->callback([command] { startTraining(command->remaining()); });
}

} // namespace headlens
