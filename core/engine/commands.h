// SPDX-License-Identifier: GPL-3.0-or-later
// The sub-commands of headlens-cli; each adds itself with its options.
#pragma once

#include <CLI/CLI.hpp>

namespace headlens {

// Those that answer once and leave, which a batch can run as well.
void addCommands(CLI::App& app);

void addAttributeCommand(CLI::App& app);
void addBatchCommand(CLI::App& app);
void addBenchCommand(CLI::App& app);
void addChatCommand(CLI::App& app);
void addCompareCommand(CLI::App& app);
void addConvertCommand(CLI::App& app);
void addCostCommand(CLI::App& app);
void addExportCommand(CLI::App& app);
void addFigureCommand(CLI::App& app); // starts headlens, which stands beside this program
void addFilmCommand(CLI::App& app);
void addHistoryCommand(CLI::App& app);
void addLessonCommand(CLI::App& app);
void addMergeCommand(CLI::App& app);
void addMethodsCommand(CLI::App& app);
void addModelsCommand(CLI::App& app);
void addServeCommand(CLI::App& app);
void addStatsCommand(CLI::App& app);
void addTokenizeCommand(CLI::App& app);
void addGenerateCommand(CLI::App& app);
void addLensCommand(CLI::App& app);
void addSimilarityCommand(CLI::App& app);
void addTraceCommand(CLI::App& app);
void addTrainCommand(CLI::App& app); // starts headlens-train, which stands beside this program

} // namespace headlens
