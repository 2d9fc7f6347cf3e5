// SPDX-License-Identifier: GPL-3.0-or-later
// make_real_model NAME FOLDER: a published architecture at its real size with random float16 weights in the Hugging
// Face layout: vit-large-patch16-384, dinov2-giant, swin-large-384. To prove that such models open, run and fit.
#include "core/models/swin_encoder.h"
#include "core/models/vit_encoder.h"
#include "core/tensors/bridge.h"

#include <ATen/ATen.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>

namespace {

using namespace headlens;

Json vitLarge()
{
    return {{"model_type", "vit"},       {"hidden_size", 1024}, {"num_hidden_layers", 24}, {"num_attention_heads", 16},
            {"intermediate_size", 4096}, {"image_size", 384},   {"patch_size", 16},        {"layer_norm_eps", 1e-12}};
}

Json dino2Giant()
{
    return {{"model_type", "dinov2"},    {"hidden_size", 1536}, {"num_hidden_layers", 40},
            {"num_attention_heads", 24}, {"image_size", 518},   {"patch_size", 14},
            {"use_swiglu_ffn", true},    {"mlp_ratio", 4},      {"layer_norm_eps", 1e-6}};
}

Json swinLarge()
{
    return {{"model_type", "swin"}, {"embed_dim", 192},  {"depths", {2, 2, 18, 2}}, {"num_heads", {6, 12, 24, 48}},
            {"window_size", 12},    {"image_size", 384}, {"patch_size", 4}};
}

class Writer {
public:
    void add(const std::string& name, const std::vector<std::int64_t>& shape)
    {
        at::Tensor values = at::empty(shape, at::kHalf);
        auto* to = values.data_ptr<at::Half>();
        const bool norm = name.find("norm") != std::string::npos && name.ends_with("weight");
        const bool bias = name.ends_with("bias");
        for (std::int64_t i = 0; i < values.numel(); ++i)
            to[i] = norm ? 1.0F : bias ? 0.0F : float(int(m_random() % 2001) - 1000) * 3e-5F;
        m_tensors.push_back(toBytes(name, values, /*keepType=*/true));
    }
    void write(const std::string& folder, const Json& config)
    {
        std::filesystem::create_directories(folder);
        writeSafetensors(folder + "/model.safetensors", m_tensors, {{"format", "pt"}});
        std::ofstream(folder + "/config.json") << config.dump(2);
    }

private:
    std::minstd_rand m_random{1};
    std::vector<TensorBytes> m_tensors;
};

// The canonical name as DINOv2's files call it; the gate goes into one matrix with the other half.
void addDino(Writer& writer, std::string name, std::vector<std::int64_t> shape)
{
    const auto replace = [&](const std::string& from, const std::string& to) {
        if (const std::size_t at = name.find(from); at != std::string::npos) name.replace(at, from.size(), to);
    };
    if (name.find(".gate.") != std::string::npos) return;
    if (name.find("intermediate.dense") != std::string::npos) shape[0] *= 2;
    replace("layernorm_before", "norm1");
    replace("layernorm_after", "norm2");
    replace("intermediate.dense", "mlp.weights_in");
    if (name.find("attention.output") == std::string::npos) replace("output.dense", "mlp.weights_out");
    if (name.find("layer_scale") != std::string::npos) name += ".lambda1";
    writer.add(name, shape);
}

} // namespace

int main(int argc, char** argv)
{
    const std::string name = argc == 3 ? argv[1] : "";
    Writer writer;
    if (name == "swin-large-384") {
        SwinEncoder encoder(parseSwinConfig(swinLarge(), "config"));
        encoder.visit(
            [&](const std::string& tensor, at::Tensor&, const auto& shape) { writer.add("swin." + tensor, shape); });
        writer.write(argv[2], swinLarge());
    } else if (name == "vit-large-patch16-384" || name == "dinov2-giant") {
        const bool dino = name == "dinov2-giant";
        const Json config = dino ? dino2Giant() : vitLarge();
        VitEncoder encoder(parseVitConfig(config, "config"));
        encoder.visit([&](const std::string& tensor, at::Tensor&, const auto& shape) {
            dino ? addDino(writer, tensor, shape) : writer.add("vit." + tensor, shape);
        });
        writer.write(argv[2], config);
    } else {
        std::fprintf(stderr, "make_real_model vit-large-patch16-384|dinov2-giant|swin-large-384 FOLDER\n");
        return 2;
    }
    return 0;
}
