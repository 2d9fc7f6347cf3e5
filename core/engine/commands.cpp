// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/commands.h"

namespace headlens {

void addCommands(CLI::App& app)
{
    // In the order of --help.
    constexpr void (*kCommands[])(CLI::App&) = {
        addTraceCommand,   addExportCommand,     addFilmCommand,      addMergeCommand,   addLessonCommand,
        addHistoryCommand, addModelsCommand,     addTokenizeCommand,  addChatCommand,    addGenerateCommand,
        addLensCommand,    addSimilarityCommand, addAttributeCommand, addMethodsCommand, addCompareCommand,
        addConvertCommand, addCostCommand,       addBenchCommand,     addStatsCommand,
    };
    for (const auto add : kCommands) add(app);
}

} // namespace headlens
