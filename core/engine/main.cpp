// SPDX-License-Identifier: GPL-3.0-or-later
// headlens-cli: the engine and its command line.
#include "core/engine/commands.h"
#include "core/engine/program.h"
#include "core/kernels/panel_product.h"
#include "core/kernels/processor.h"
#include "core/kernels/workers.h"
#include "core/tensors/runtime.h"

namespace {

// "headlens-cli 1.2", and what it computes with.
std::string versionText()
{
    using namespace headlens;
    return "headlens-cli " HEADLENS_VERSION "\nLibTorch " + torchVersion() + ", BLAS " + blasName() +
           "\nkernels: " + std::string(nameOf(instructionSet())) +
           (featuresInUse().empty() ? "" : " (" + featuresInUse() + ")") + ", panels of " +
           std::to_string(panelColumns()) + " columns, " + std::to_string(workerThreads()) + " threads, second cache " +
           std::to_string(secondCacheBytes() >> 10) + " KB";
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
