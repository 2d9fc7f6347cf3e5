// SPDX-License-Identifier: GPL-3.0-or-later
// headlens-cli serve: what the window starts.
#include "core/engine/commands.h"
#include "core/engine/server.h"

namespace headlens {

void addServeCommand(CLI::App& app)
{
    app.add_subcommand("serve", "Answer the window's questions on stdin and stdout")->callback(serve);
}

} // namespace headlens
