// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/program.h"

#include "core/base/error.h"
#include "core/tensors/bridge.h"

#include <cstdio>

namespace headlens {

int runProgram(CLI::App& app, int argc, char** argv)
{
    return runProgram(app, [&] { app.parse(argc, argv); });
}

int runProgram(CLI::App& app, const std::function<void()>& parse)
{
    const std::string name = app.get_name();
    try {
        guarded([&] {
            try {
                parse();
            } catch (const CLI::Success& done) {
                app.exit(done);
            } catch (const CLI::ParseError& problem) {
                throw Error(ErrorCode::Usage, name, problem.what(), "see " + name + " --help");
            }
        });
    } catch (const Error& error) {
        std::fprintf(stderr, "%s: %s\n", name.c_str(), error.what());
        return exitStatusOf(error.code());
    }
    return 0;
}

} // namespace headlens
