// SPDX-License-Identifier: GPL-3.0-or-later
// headlens-cli merge: the manifests of a split export become one.
#include "core/engine/commands.h"
#include "core/export/manifest.h"

#include <cstdio>
#include <memory>

namespace headlens {

void addMergeCommand(CLI::App& app)
{
    auto* command = app.add_subcommand("merge", "Join the manifests that export --shard i/n left in a folder");
    auto folder = std::make_shared<std::string>();
    command->add_option("folder", *folder, "Where the parts wrote to")->required();
    command->callback([folder] {
        const std::size_t count = mergeManifests(*folder);
        std::printf("manifest.json lists %zu pictures\n", count);
    });
}

} // namespace headlens
