// SPDX-License-Identifier: GPL-3.0-or-later
// headlens-cli figure: a figure for a paper, from its description, a session or a figure that HeadLens wrote. Text and
// vector files need Qt, which this program has none of: headlens, which stands beside it, does the work.
#include "core/base/error.h"
#include "core/engine/commands.h"

#include <filesystem>
#include <memory>

#include <unistd.h>

namespace headlens {
namespace {

struct FigureOptions {
    std::string source, out;
    int dpi = 0;
};

// Becomes headlens; returns only by an exception.
[[noreturn]] void makeFigure(const FigureOptions& options)
{
    std::error_code problem;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", problem);
    const std::string program = (self.parent_path() / "headlens").string();
    std::vector<std::string> words{program, "--figure", options.source, "--out", options.out};
    if (options.dpi > 0) words.insert(words.end(), {"--dpi", std::to_string(options.dpi)});
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    ::execv(program.c_str(), arguments.data());
    throw Error(ErrorCode::Usage, "figure", "needs the program headlens, which is not at " + program,
                "build it with tools/build.sh release headlens");
}

} // namespace

void addFigureCommand(CLI::App& app)
{
    auto* command = app.add_subcommand("figure", "Make a figure for a paper as PDF, SVG or PNG (starts headlens)");
    auto o = std::make_shared<FigureOptions>();
    auto* from = command->add_option_group("from", "One of these");
    from->add_option("--spec", o->source, "A description of a figure (JSON)");
    from->add_option("--session", o->source, "A session of the window (.headlens)");
    from->add_option("--from", o->source, "A figure that HeadLens wrote, to be made again");
    from->require_option(1);
    command->add_option("--out", o->out, "The file to write: .pdf, .svg or .png")->required();
    command->add_option("--dpi", o->dpi, "Dots per inch of PNG, instead of those described")
        ->check(CLI::Range(72, 1200));
    command->callback([o] { makeFigure(*o); });
}

} // namespace headlens
