// SPDX-License-Identifier: GPL-3.0-or-later
// make_real_model NAME FOLDER: a published architecture at its real size with random float16 weights in the Hugging
// Face layout. To prove that such models open, run and fit, and to measure with. Without arguments it lists the names.
#include "core/models/skeletons/swin_encoder.h"
#include "core/models/skeletons/vit_encoder.h"
#include "core/tensors/bridge.h"
#include "core/wire/safe_json.h"

#include <ATen/ATen.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace {

using namespace headlens;

Json vit(int width, int layers, int image, int patch)
{
    return {{"model_type", "vit"},
            {"hidden_size", width},
            {"num_hidden_layers", layers},
            {"num_attention_heads", width / 64},
            {"intermediate_size", 4 * width},
            {"image_size", image},
            {"patch_size", patch},
            {"layer_norm_eps", 1e-12}};
}

Json dino2(int width, int layers, bool gated)
{
    return {{"model_type", "dinov2"},      {"hidden_size", width},
            {"num_hidden_layers", layers}, {"num_attention_heads", width / 64},
            {"image_size", 518},           {"patch_size", 14},
            {"use_swiglu_ffn", gated},     {"mlp_ratio", 4},
            {"layer_norm_eps", 1e-6}};
}

Json swin(int width, const std::vector<int>& depths, int window, int image)
{
    std::vector<int> heads;
    for (int stage = 0; stage < 4; ++stage) heads.push_back((width / 32) << stage);
    return {{"model_type", "swin"},  {"embed_dim", width},  {"depths", depths}, {"num_heads", heads},
            {"window_size", window}, {"image_size", image}, {"patch_size", 4}};
}

const std::map<std::string, Json>& published()
{
    static const std::map<std::string, Json> kTable{
        {"vit-base-patch16-224", vit(768, 12, 224, 16)},
        {"vit-large-patch16-384", vit(1024, 24, 384, 16)},
        {"vit-large-patch14-336", vit(1024, 24, 336, 14)},
        {"vit-tiny-patch16-224", vit(192, 12, 224, 16)},
        {"dino-vits8-480", vit(384, 12, 480, 8)},
        {"dinov2-base", dino2(768, 12, false)},
        {"dinov2-giant", dino2(1536, 40, true)},
        {"swin-tiny-224", swin(96, {2, 2, 6, 2}, 7, 224)},
        {"swin-large-384", swin(192, {2, 2, 18, 2}, 12, 384)},
    };
    return kTable;
}

class WeightFile {
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
void addDino(WeightFile& writer, bool gated, std::string name, std::vector<std::int64_t> shape)
{
    const auto replace = [&](const std::string& from, const std::string& to) {
        if (const std::size_t at = name.find(from); at != std::string::npos) name.replace(at, from.size(), to);
    };
    if (name.find(".gate.") != std::string::npos) return;
    if (gated && name.find("intermediate.dense") != std::string::npos) shape[0] *= 2;
    replace("layernorm_before", "norm1");
    replace("layernorm_after", "norm2");
    replace("intermediate.dense", gated ? "mlp.weights_in" : "mlp.fc1");
    if (name.find("attention.output") == std::string::npos)
        replace("output.dense", gated ? "mlp.weights_out" : "mlp.fc2");
    if (name.find("layer_scale") != std::string::npos) name += ".lambda1";
    writer.add(name, shape);
}

} // namespace

int main(int argc, char** argv)
{
    const auto chosen = argc == 3 ? published().find(argv[1]) : published().end();
    if (chosen == published().end()) {
        std::fprintf(stderr, "make_real_model NAME FOLDER; the names are:\n");
        for (const auto& [name, config] : published()) std::fprintf(stderr, "  %s\n", name.c_str());
        return 2;
    }
    const Json& config = chosen->second;
    const std::string type = config["model_type"];
    WeightFile writer;
    const auto add = [&](const std::string& tensor, at::Tensor&, const std::vector<std::int64_t>& shape) {
        type == "dinov2" ? addDino(writer, config.value("use_swiglu_ffn", false), tensor, shape)
                         : writer.add(type + "." + tensor, shape);
    };
    if (type == "swin")
        SwinEncoder(parseSwinConfig(config, "config")).visit(add);
    else
        VitEncoder(parseVitConfig(config, "config")).visit(add);
    if (type != "dinov2") { // ImageNet's classes, for methods that explain one
        constexpr std::int64_t kClasses = 1000;
        const std::int64_t width =
            type == "swin" ? config["embed_dim"].get<std::int64_t>() * 8 : config["hidden_size"].get<std::int64_t>();
        writer.add("classifier.weight", {kClasses, width});
        writer.add("classifier.bias", {kClasses});
    }
    writer.write(argv[2], config);
    return 0;
}
