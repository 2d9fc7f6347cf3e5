// SPDX-License-Identifier: GPL-3.0-or-later
// headlens-train: makes the teaching models, their pictures and their three numbers.
#include "core/engine/command_train.h"
#include "core/engine/program.h"

int main(int argc, char** argv)
{
    CLI::App app{"Train an embedded model from scratch", "headlens-train"};
    app.set_version_flag("--version", "headlens-train " HEADLENS_VERSION);
    headlens::addTrainOptions(app);
    return headlens::runProgram(app, argc, argv);
}
