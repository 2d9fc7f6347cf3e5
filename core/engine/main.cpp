// SPDX-License-Identifier: GPL-3.0-or-later
// headlens-cli: the engine and its command line.
#include "core/engine/commands.h"
#include "core/engine/program.h"
#include "core/kernels/panel_product.h"
#include "core/kernels/processor.h"
#include "core/kernels/workers.h"
#include "core/tensors/runtime.h"

#include <fmt/format.h>

namespace {

// "headlens-cli 1.2", and what it computes with.
std::string versionText()
{
    using namespace headlens;
    const std::string features = featuresInUse().empty() ? "" : " (" + featuresInUse() + ")";
    return fmt::format("headlens-cli " HEADLENS_VERSION "\nLibTorch {}, BLAS {}\n"
                       "kernels: {}{}, panels of {} columns, {} threads, second cache {} KB",
                       torchVersion(), blasName(), nameOf(instructionSet()), features, panelColumns(), workerThreads(),
                       secondCacheBytes() >> 10);
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
    addFigureCommand(app);
    addTrainCommand(app);
    addServeCommand(app);
    return runProgram(app, argc, argv);
}
