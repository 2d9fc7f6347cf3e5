// SPDX-License-Identifier: GPL-3.0-or-later
// headlens-cli: the engine and its command line.
#include "core/engine/commands.h"
#include "core/engine/program.h"
#include "core/kernels/processor.h"
#include "core/tensors/packed_linear.h"
#include "core/tensors/runtime.h"

namespace {

// "headlens-cli 1.2", and what it computes with.
std::string versionText()
{
    using namespace headlens;
    return "headlens-cli " HEADLENS_VERSION "\nLibTorch " + torchVersion() + ", BLAS " + blasName() +
           "\nvectors: " + std::string(nameOf(instructionSet()));
}

} // namespace

int main(int argc, char** argv)
{
    using namespace headlens;
    CLI::App app{"HeadLens: a microscope for transformers", "headlens-cli"};
    app.set_version_flag("--version", versionText);
    app.require_subcommand(1);
    addCommands(app);
    addBatchCommand(app);
    addTrainCommand(app);
    addServeCommand(app);
    return runProgram(app, argc, argv);
}
