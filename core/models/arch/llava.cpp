// SPDX-License-Identifier: GPL-3.0-or-later
// LLaVA 1.5 and what keeps its form: patches of CLIP, from some layer before the last, through two layers into the
// sentence of a Llama, Mistral or Qwen.
#include "core/checkpoint/gguf_tower.h"
#include "core/models/skeletons/picture_decoder.h"

#include <ATen/ATen.h>

#include <vector>

namespace headlens {
namespace {

struct LlavaConfig {
    std::vector<std::int64_t> layers; // of the tower's states, from the last where below 0; side by side
    bool keepsClass = false;          // strategy "full"
    bool bias = true;
    Activation activation = Activation::Gelu;
    std::int64_t width = 0; // of words
};

// What CLIP's pre_layrnorm leaves is state 0; post_layernorm is not applied.
class LlavaConnector : public PictureConnector {
public:
    LlavaConnector(LlavaConfig config, std::int64_t towerWidth) : m_config(std::move(config)), m_towerWidth(towerWidth)
    {
    }

    void load(WeightBinder& binder) override
    {
        const std::int64_t read = m_towerWidth * std::int64_t(m_config.layers.size()), d = m_config.width;
        const auto take = [&](const std::string& name, std::int64_t inputs) {
            return Linear{binder.take(name + ".weight", {d, inputs}),
                          m_config.bias ? binder.take(name + ".bias", {d}) : at::Tensor()};
        };
        m_first = take("multi_modal_projector.linear_1", read);
        m_second = take("multi_modal_projector.linear_2", d);
    }
    void visit(const std::function<void(at::Tensor&)>& visit) override
    {
        visitLinear(m_first, visit);
        visitLinear(m_second, visit);
    }
    at::Tensor operator()(const TowerFeatures& features) const override
    {
        std::vector<at::Tensor> read;
        const auto count = std::int64_t(features.states.size());
        for (const std::int64_t layer : m_config.layers)
            read.push_back(features.states.at(std::size_t(layer < 0 ? count + layer : layer))
                               .slice(1, m_config.keepsClass ? 0 : features.prefix));
        return m_second(m_first(at::cat(read, -1), {.activation = m_config.activation}));
    }

private:
    LlavaConfig m_config;
    std::int64_t m_towerWidth;
    Linear m_first, m_second;
};

std::vector<std::int64_t> layersOf(const Json& json, const JsonFields& fields, std::int64_t blocks)
{
    const std::int64_t last = blocks; // states are one more than blocks
    if (json.contains("vision_feature_layer") && json["vision_feature_layer"].is_array()) {
        const auto layers = fields.integers("vision_feature_layer", {}, -last - 1, last, 64);
        if (layers.empty()) fields.refuse("vision_feature_layer is an empty list");
        return layers;
    }
    return {fields.integer("vision_feature_layer", -2, -last - 1, last)};
}

// As LLaVA 1.5 was trained (Liu et al. 2023), with what Vicuna says first left out.
constexpr const char* kUsualChat =
    "{% for message in messages %}{% if message.role == 'system' %}{{ message.content }} {% elif message.role == "
    "'user' %}USER: {% if image %}{{ image }}\n{% endif %}{{ message.content }} {% endif %}{% endfor %}ASSISTANT:";

} // namespace

static int scoreLlava(const Checkpoint& checkpoint)
{
    const bool told = !modelTypeOf(checkpoint).empty();
    return told && checkpoint.has("multi_modal_projector.linear_1.weight") ? 3 : 0;
}

// `seeing`: whose config.json tells of the tower and what is read of it.
static LoadedModel withEyes(PictureDecoderParts parts, const Checkpoint& seeing, std::int64_t imageToken,
                            const ModelSettings& settings)
{
    const VitConfig tower = visionTowerConfig(seeing, settings, {.activation = "quick_gelu", .eps = 1e-5, .heads = 16},
                                              parts.facts.assumptions);
    const StackReader whole(seeing, settings);
    const JsonFields& fields = whole.fields();
    const LlavaConfig config{
        .layers = layersOf(whole.json(), fields, tower.layers),
        .keepsClass = fields.text("vision_feature_select_strategy", "default") == "full",
        .bias = fields.flag("multimodal_projector_bias", true),
        .activation = activationFrom(fields.text("projector_hidden_act", "gelu")),
        .width = parts.text.width,
    };
    const std::int64_t patches = tower.gridHeight() * tower.gridWidth();
    const PictureWords words{.token = imageTokenOf(settings, imageToken),
                             .perPicture = patches + (config.keepsClass ? tower.prefixTokens() : 0)};
    parts.facts.text.usualChat = kUsualChat;
    auto connector = std::make_unique<LlavaConnector>(config, tower.width);
    return loadPictureDecoder(std::move(parts), words, towerEyes(tower, std::move(connector)), settings);
}

static LoadedModel loadLlava(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    const StackReader whole(checkpoint, settings);
    return withEyes(readPictureDecoder("LLaVA", "llama", checkpoint, settings), checkpoint,
                    imageTokenOf(whole.fields(), 32'000), settings);
}

const Architecture architectures::llava{"LLaVA", {"llava"}, scoreLlava, loadLlava};

// llama.cpp keeps the tower in a file of its own beside a plain language model, which knows no token for pictures.
static std::string towerOf(const Checkpoint& checkpoint)
{
    const bool gguf = checkpoint.container().settings() != nullptr;
    return gguf ? ggufTowerBeside(checkpoint.files().front()) : std::string();
}

static int scoreGgufLlava(const Checkpoint& checkpoint)
{
    const std::string tower = towerOf(checkpoint);
    if (tower.empty() || scoreDecoder(checkpoint) == 0) return 0;
    const Checkpoint seeing = openCheckpoint(tower);
    const auto& config = seeing.config();
    return config && config->value("projector_type", "") == "mlp" ? 5 : 0; // others are not known: the words alone
}

static LoadedModel loadGgufLlava(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    PictureDecoderParts parts = readPictureDecoder("LLaVA", modelTypeOf(checkpoint).c_str(), checkpoint, settings);
    const std::int64_t none = parts.text.vocabulary; // no tokenizer gives it
    if (!settings.contains("image_token_index"))
        parts.facts.assumptions.emplace_back("image_token_index: none, so that no text names a picture");
    const Checkpoint seeing = openCheckpoint(towerOf(checkpoint));
    parts.eyes = seeing;
    return withEyes(std::move(parts), seeing, none, settings);
}

const Architecture architectures::ggufLlava{"LLaVA of llama.cpp", {}, scoreGgufLlava, loadGgufLlava};

} // namespace headlens
