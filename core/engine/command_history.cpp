// SPDX-License-Identifier: GPL-3.0-or-later
// headlens-cli history: how the training of a model went, as a table or as it stands in history.json.
#include "core/engine/commands.h"

#include "core/session/embedded_models.h"
#include "core/session/training_history.h"

#include <algorithm>
#include <cstdio>
#include <memory>

namespace headlens {
namespace {

struct HistoryOptions {
    std::string model;
    bool json = false;
};

void printTable(const verbs::History& history)
{
    std::printf("%s\n%10s", history.title.c_str(), "step");
    for (const verbs::HistoryCurve& curve : history.curves) std::printf("  %12s", curve.name.c_str());
    std::printf("\n");
    for (std::size_t step = 0; step < history.steps.size(); ++step) {
        std::printf("%10lld", static_cast<long long>(history.steps[step]));
        for (const verbs::HistoryCurve& curve : history.curves)
            std::printf("  %*.5g", int(std::max<std::size_t>(12, curve.name.size())), curve.values[step]);
        std::printf("\n");
    }
    for (const verbs::HistoryLevel& level : history.levels)
        std::printf("%s: %s at %.5g\n", level.panel.c_str(), level.name.c_str(), level.value);
    if (!history.bars.empty() || !history.pictures.empty())
        std::printf("also: %zu rows of bars, %zu pictures (--json prints them)\n", history.bars.size(),
                    history.pictures.size());
}

void tell(const HistoryOptions& options)
{
    const verbs::History history = readHistory(historyFileOf(resolveModel(options.model)));
    if (options.json)
        std::printf("%s\n", Json(history).dump(-1, ' ', false, Json::error_handler_t::replace).c_str());
    else
        printTable(history);
}

} // namespace

void addHistoryCommand(CLI::App& app)
{
    auto* command = app.add_subcommand("history", "How the training of a model went, step by step");
    auto options = std::make_shared<HistoryOptions>();
    command->add_option("model", options->model, "Folder, weight file or name of an embedded model")->required();
    command->add_flag("--json", options->json, "The record as it stands beside the weights");
    command->callback([options] { tell(*options); });
}

} // namespace headlens
