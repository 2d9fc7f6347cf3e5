// SPDX-License-Identifier: GPL-3.0-or-later
// headlens-cli convert: any checkpoint as one safetensors file.
#include "core/engine/commands.h"
#include "core/engine/remarks.h"

#include "core/session/convert.h"

#include <cstdio>
#include <memory>
#include <string>

namespace headlens {

void addConvertCommand(CLI::App& app)
{
    auto* command = app.add_subcommand("convert", "Write the tensors of any checkpoint into one safetensors file");
    auto paths = std::make_shared<std::pair<std::string, std::string>>();
    command->add_option("source", paths->first, "A folder, a .pth, .pt or .bin file, or an index of shards")
        ->required();
    command->add_option("target", paths->second, "The safetensors file to write")->required();
    command->callback([paths] {
        sayRemarks(convertToSafetensors(paths->first, paths->second), {});
        std::printf("%s written\n", paths->second.c_str());
    });
}

} // namespace headlens
