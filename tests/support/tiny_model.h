// SPDX-License-Identifier: GPL-3.0-or-later
// A ViT of a few kilobytes with random weights, written in the Hugging Face layout without torch.
#pragma once

#include "core/wire/safe_json.h"
#include "core/wire/safetensors.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace headlens::test {

struct TinyModel {
    int width = 16, layers = 2, heads = 4, mlp = 24, image = 32, patch = 8, classes = 3;
    bool distilled = false, head = true;
    unsigned seed = 7;
    // Called for every tensor before it is written; may rename, reshape or fill it, or clear the name to drop it.
    std::function<void(std::string& name, std::vector<std::int64_t>& shape, std::vector<float>& values)> change;
    std::function<void(Json& config)> changeConfig;

    // Writes config.json, preprocessor_config.json and model.safetensors into `folder`.
    void write(const std::string& folder) const;
};

void writeBytes(const std::string& path, const std::string& bytes);
std::string readBytes(const std::string& path);

// A small PNG with a gradient, so that every patch differs.
std::string gradientPng(int width, int height);

// The folder of reference cases, or empty where it does not exist: tests then skip with that reason.
std::string sharedFolder();

// A safetensors blob from a JSON text and the bytes behind it.
std::string blob(const std::string& json, const std::string& data = {});

} // namespace headlens::test
