// SPDX-License-Identifier: GPL-3.0-or-later
// headlens-cli: exit status 0 done, 1 the input is at fault, 2 the command line, 3 a fault of ours.
#include "core/base/error.h"
#include "core/engine/commands.h"
#include "core/tensors/bridge.h"

#include <cstdio>

int main(int argc, char** argv)
{
    using namespace headlens;
    CLI::App app{"HeadLens: a microscope for transformers"};
    app.set_version_flag("--version", "headlens-cli " HEADLENS_VERSION);
    app.require_subcommand(1);
    addTraceCommand(app);
    addExportCommand(app);
    addFilmCommand(app);
    addMergeCommand(app);
    addLessonCommand(app);
    addHistoryCommand(app);
    addModelsCommand(app);
    addTokenizeCommand(app);
    addGenerateCommand(app);
    addLensCommand(app);
    addSimilarityCommand(app);
    addRelevanceCommand(app);
    addCompareCommand(app);
    addConvertCommand(app);
    addCostCommand(app);
    addTrainCommand(app);
    addBenchCommand(app);
    addServeCommand(app);
    try {
        guarded([&] {
            try {
                app.parse(argc, argv);
            } catch (const CLI::Success& done) {
                app.exit(done);
            } catch (const CLI::ParseError& problem) {
                throw Error(ErrorCode::Usage, "headlens-cli", problem.what(), "see headlens-cli --help");
            }
        });
    } catch (const Error& error) {
        std::fprintf(stderr, "headlens-cli: %s\n", error.what());
        return exitStatusOf(error.code());
    }
    return 0;
}
