// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/commands.h"

#include "core/session/embedded_models.h"

#include <cstdio>

namespace headlens {

void addModelsCommand(CLI::App& app)
{
    app.add_subcommand("models", "List the models that come with HeadLens")->callback([] {
        for (const verbs::EmbeddedModel& model : embeddedModels())
            std::printf("%-12s %s\n", model.name.c_str(), model.path.c_str());
    });
}

} // namespace headlens
