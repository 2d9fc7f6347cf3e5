// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/tiny_model.h"

#include "tests/support/random_weights.h"

#include "core/imaging/codec.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace headlens::test {
namespace {

Json configOf(const TinyModel& m)
{
    Json config{{"model_type", m.distilled ? "deit" : "vit"},
                {"hidden_size", m.width},
                {"num_hidden_layers", m.layers},
                {"num_attention_heads", m.heads},
                {"intermediate_size", m.mlp},
                {"image_size", m.image},
                {"patch_size", m.patch}};
    if (m.head) config["id2label"] = {{"0", "cat"}, {"1", "dog"}, {"2", "fish"}};
    if (m.changeConfig) m.changeConfig(config);
    return config;
}

} // namespace

void TinyModel::write(const std::string& folder) const
{
    std::filesystem::create_directories(folder);
    RandomWeights writer(seed, change);
    const std::string prefix = distilled ? "deit." : "vit.";
    const std::int64_t d = width, special = distilled ? 2 : 1, grid = std::int64_t(image / patch) * (image / patch);
    writer.add(prefix + "embeddings.cls_token", {1, 1, d});
    if (distilled) writer.add(prefix + "embeddings.distillation_token", {1, 1, d});
    writer.add(prefix + "embeddings.position_embeddings", {1, special + grid, d});
    writer.pair(prefix + "embeddings.patch_embeddings.projection", {d, 3, patch, patch});
    for (int i = 0; i < layers; ++i) {
        const std::string at = prefix + "encoder.layer." + std::to_string(i) + ".";
        writer.pair(at + "layernorm_before", {d}, true);
        for (const char* part : {"query", "key", "value"}) writer.pair(at + "attention.attention." + part, {d, d});
        writer.pair(at + "attention.output.dense", {d, d});
        writer.pair(at + "layernorm_after", {d}, true);
        writer.pair(at + "intermediate.dense", {mlp, d});
        writer.pair(at + "output.dense", {d, mlp});
    }
    writer.pair(prefix + "layernorm", {d}, true);
    if (head && distilled)
        for (const char* name : {"cls_classifier", "distillation_classifier"}) writer.pair(name, {classes, d});
    if (head && !distilled) writer.pair("classifier", {classes, d});
    writeSafetensors(folder + "/model.safetensors", writer.tensors, {{"format", "pt"}});
    writeBytes(folder + "/config.json", configOf(*this).dump());
    writeBytes(
        folder + "/preprocessor_config.json",
        Json{{"image_processor_type", "ViTImageProcessor"}, {"size", {{"height", image}, {"width", image}}}}.dump());
}

void writeBytes(const std::string& path, const std::string& bytes)
{
    std::ofstream(path, std::ios::binary) << bytes;
}

std::string readBytes(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string gradientPng(int width, int height)
{
    Image8 image(width, height);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            image.at(x, y)[0] = std::uint8_t(255 * x / width);
            image.at(x, y)[1] = std::uint8_t(255 * y / height);
            image.at(x, y)[2] = std::uint8_t((x * 7 + y * 13) % 256);
        }
    return encodePng(image);
}

std::string sharedFolder()
{
    const char* wish = std::getenv("HEADLENS_SHARED");
    const std::string folder = wish != nullptr ? wish : HEADLENS_SOURCE "/../shared";
    return std::filesystem::is_directory(folder + "/oracle") ? folder : std::string();
}

std::string blob(const std::string& json, const std::string& data)
{
    std::string bytes(8, '\0');
    for (std::size_t i = 0; i < 8; ++i) bytes[i] = char(json.size() >> (8 * i) & 0xFF);
    return bytes + json + data;
}

} // namespace headlens::test
