// SPDX-License-Identifier: GPL-3.0-or-later
// Where the weights lie that a person means: in a folder of a model, of a training, of the hub's cache, or in one of
// several parts.
#pragma once

#include "core/checkpoint/container.h"
#include "core/wire/safe_json.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace headlens {

// The newest state of a Trainer's run ("checkpoint-90"), the snapshot of the hub's cache ("models--org--name"); the
// folder itself where it is the model.
std::filesystem::path modelFolder(const std::filesystem::path& folder);

// By its ending, and none of what a training or PEFT keeps beside the weights ("optimizer.pt"). A name, not a path. Not
// of GGUF, of which every file is a model of its own.
bool isWeightFile(const std::string& name);

bool isGguf(const std::string& name);

// "model-00001-of-00002.safetensors": 1 of 2; nothing for the name of a whole file.
struct PartNumber {
    int number = 0, count = 0;
};
std::optional<PartNumber> partOf(const std::string& name);

// True when weights of a model lie in it, whatever else does.
bool holdsWeights(const std::filesystem::path& folder);

// The weights of a folder, by their usual names, else the first by its ending, said in `assumptions` where there are
// more. `weights`: as openContainer() takes it. Throws Error(PartMissing).
std::unique_ptr<Container> openFolder(const std::filesystem::path& folder, const std::string& weights,
                                      std::vector<std::string>& assumptions);

// One file. Of a part ("model-00001-of-00002.safetensors") the whole model, said in `assumptions`, with `whole` set:
// then the side files of its folder belong to it. Throws Error(PartMissing) where the index is not beside it.
std::unique_ptr<Container> openFile(const std::filesystem::path& file, const std::string& weights,
                                    std::vector<std::string>& assumptions, bool& whole);

// What is said of an adapter of PEFT that lies beside weights and is not applied. Throws Error(UnsupportedModel) for
// one alone.
std::optional<std::string> adapterBeside(const std::filesystem::path& folder, bool hasWeights);

// preprocessor_config.json; or processor_config.json of transformers 5, which holds it as one of its parts.
std::optional<Json> readPreprocessor(const std::filesystem::path& folder);

// An object; nothing where the file is not there. Throws Error(BadHeader) for damaged ones.
std::optional<Json> readJsonFile(const std::filesystem::path& path);

} // namespace headlens
