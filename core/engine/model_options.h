// SPDX-License-Identifier: GPL-3.0-or-later
// The options that every sub-command with a model shares.
#pragma once

#include "core/base/error.h"
#include "core/engine/remarks.h"
#include "core/session/session.h"

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace headlens {

struct ModelOptions {
    std::string path, device = "auto", precision = "float32";
    std::vector<std::string> settings;

    void addTo(CLI::App& command)
    {
        command.add_option("--model", path, "Folder, weight file or name of an embedded model")->required();
        command.add_option("--device", device, "auto, cpu or cuda")->capture_default_str();
        command
            .add_option("--precision", precision,
                        "float32, where the processor has it bfloat16 or int8, on a GPU bfloat16 or float16: of "
                        "products with weights; stored: weights stay in memory as the file has them")
            ->capture_default_str();
        command.add_option("--set", settings, "KEY=VALUE: what the files cannot say, for example num_heads=6");
    }

    // Throws Error(Usage) for a setting without "=".
    verbs::OpenModel request() const
    {
        verbs::OpenModel open{path, device, {}, precision};
        for (const std::string& setting : settings) {
            const std::size_t equals = setting.find('=');
            if (equals == std::string::npos)
                throw Error(ErrorCode::Usage, "--set " + setting, "needs the form KEY=VALUE");
            open.set[setting.substr(0, equals)] = setting.substr(equals + 1);
        }
        return open;
    }

    // Opens the model and says on stderr what was assumed and left unused. Throws as Session::openModel().
    verbs::ModelInfo open(Session& session) const
    {
        verbs::ModelInfo model = session.openModel(request());
        sayRemarks(model.assumptions, model.unusedTensors);
        return model;
    }
};

} // namespace headlens
