// SPDX-License-Identifier: GPL-3.0-or-later
// headlens-cli compare: what changed between two inputs, head by head.
#include "core/engine/commands.h"
#include "core/engine/input_options.h"
#include "core/engine/model_options.h"
#include "core/session/questions/difference.h"
#include "core/session/questions/questions.h"
#include "core/wire/block_grid.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>

namespace headlens {
namespace {

struct CompareOptions {
    ModelOptions model;
    InputOptions input, other;
};

void compare(const CompareOptions& options)
{
    Session session;
    options.model.open(session);
    options.input.run(session);
    session.hold({});
    const verbs::InputInfo before = session.run().info;
    InputOptions other = options.other;
    other.completeFrom(options.input);
    other.run(session);
    std::printf("layer head   mean change  largest change\n");
    for (int layer = 0; layer < int(session.run().info.blocks.size()); ++layer) {
        const verbs::BlockGrid& block = session.run().info.blocks[std::size_t(layer)];
        const int windows = isWindowed(block) ? int(windowsOf(block).windows()) : 1;
        for (int head = 0; head < block.heads; ++head) {
            double sum = 0, most = 0;
            std::size_t count = 0;
            for (int window = 0; window < windows; ++window) {
                const verbs::Tile whole{layer,         head, "single",   window,        0,
                                        block.queries, 0,    block.keys, block.queries, block.keys};
                const FloatArray map =
                    questions::difference<questions::tile>(session.run(), session.baseline(), whole).means;
                count += map.values.size();
                for (const float value : map.values) {
                    sum += std::abs(double(value));
                    most = std::max(most, std::abs(double(value)));
                }
            }
            std::printf("%5d %4d  %12.6f  %14.6f\n", layer, head, sum / double(std::max<std::size_t>(1, count)), most);
        }
    }
    for (const verbs::Prediction& now : session.run().info.outputs.get<verbs::Classes>().best)
        for (const verbs::Prediction& then : before.outputs.get<verbs::Classes>().best)
            if (now.index == then.index && std::max(now.probability, then.probability) > 0.01)
                std::printf("%s: %.1f %% -> %.1f %%\n", now.label.c_str(), 100 * then.probability,
                            100 * now.probability);
}

} // namespace

void addCompareCommand(CLI::App& app)
{
    auto* command = app.add_subcommand("compare", "How much every head changes between two inputs of as many tokens");
    auto options = std::make_shared<CompareOptions>();
    options->model.addTo(*command);
    options->input.addTo(*command);
    options->other.addTo(*command, "other");
    command->callback([options] { compare(*options); });
}

} // namespace headlens
