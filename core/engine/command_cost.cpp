// SPDX-License-Identifier: GPL-3.0-or-later
// headlens-cli cost: what every pattern of attention costs at one size, as a table.
#include "core/base/attention_cost.h"
#include "core/engine/commands.h"

#include <cstdio>
#include <memory>

namespace headlens {
namespace {

struct CostRequest {
    AttentionShape shape{1, 8, 8, 16, 4, 8};
    int side = 8, text = 0;
};

void print(const CostRequest& request)
{
    AttentionShape shape = request.shape;
    shape.gridHeight = shape.gridWidth = request.text > 0 ? 0 : request.side;
    if (request.text > 0) shape.special = request.text;
    std::printf("%.0f tokens, %d heads of width %d; multiply-adds of one block, without its projections\n",
                shape.tokens(), shape.heads, shape.headWidth);
    std::printf("%-22s %14s %14s %18s %16s\n", "pattern", "pairs", "share of dense", "multiply-adds", "bytes of maps");
    const double dense = attentionCost("dense", shape)->pairs;
    for (const std::string& pattern : costedPatterns()) {
        const auto cost = attentionCost(pattern, shape);
        if (!cost) {
            std::printf("%-22s needs a grid of patches\n", pattern.c_str());
            continue;
        }
        std::printf("%-22s %s%13.0f %12.1f %% %18.0f %16.0f%s\n", pattern.c_str(), cost->average ? "~" : " ",
                    cost->pairs, 100 * cost->pairs / dense, cost->multiplyAdds, cost->mapBytes,
                    cost->holdsMap ? "" : " only to look at");
    }
    if (const auto linear = breakEvenTokens("linear", shape))
        std::printf("linear attention needs less than dense from %.0f tokens on\n", *linear + 1);
}

} // namespace

void addCostCommand(CLI::App& app)
{
    auto* command = app.add_subcommand("cost", "Show what every pattern of attention costs at one size");
    auto request = std::make_shared<CostRequest>();
    auto* side =
        command->add_option("--side", request->side, "Patches on a side of the picture")->check(CLI::Range(1, 4096));
    command->add_option("--text", request->text, "Tokens of a text, instead of a picture")
        ->check(CLI::Range(1, 1 << 24))
        ->excludes(side);
    command->add_option("--special", request->shape.special, "Tokens before the patches, as the class token")
        ->check(CLI::Range(0, 4096));
    command->add_option("--width", request->shape.headWidth, "Width of a head")->check(CLI::Range(1, 65'536));
    command->add_option("--heads", request->shape.heads, "Heads of the block")->check(CLI::Range(1, 4096));
    command->add_option("--recipes", request->shape.recipes, "Mixtures of the pattern low rank")
        ->check(CLI::Range(1, 65'536));
    command->callback([request] { print(*request); });
}

} // namespace headlens
