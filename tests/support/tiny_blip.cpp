// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/tiny_blip.h"

#include "core/wire/safe_json.h"
#include "tests/support/random_weights.h"
#include "tests/support/tiny_model.h"

#include <filesystem>

namespace headlens::test {
namespace {

void addVision(RandomWeights& weights, const TinyBlip& m)
{
    const std::int64_t d = m.width, patches = std::int64_t(m.image / m.patch) * (m.image / m.patch);
    weights.add("vision_model.embeddings.class_embedding", {1, 1, d});
    weights.add("vision_model.embeddings.position_embedding", {1, patches + 1, d});
    weights.pair("vision_model.embeddings.patch_embedding", {d, 3, m.patch, m.patch});
    for (int i = 0; i < m.layers; ++i) {
        const std::string at = "vision_model.encoder.layers." + std::to_string(i) + ".";
        weights.pair(at + "self_attn.qkv", {3 * d, d});
        weights.pair(at + "self_attn.projection", {d, d});
        for (const char* norm : {"layer_norm1", "layer_norm2"}) weights.pair(at + norm, {d}, true);
        weights.pair(at + "mlp.fc1", {m.mlp, d});
        weights.pair(at + "mlp.fc2", {d, m.mlp});
    }
    weights.pair("vision_model.post_layernorm", {d}, true);
}

void addText(RandomWeights& weights, const TinyBlip& m, const std::string& root)
{
    const std::int64_t d = m.width;
    weights.add(root + "embeddings.word_embeddings.weight", {std::int64_t(m.words.size()), d});
    weights.add(root + "embeddings.position_embeddings.weight", {m.positions, d});
    weights.pair(root + "embeddings.LayerNorm", {d}, true);
    for (int i = 0; i < m.layers; ++i) {
        const std::string at = root + "encoder.layer." + std::to_string(i) + ".";
        for (const std::string kind : {"attention", "crossattention"}) {
            for (const char* part : {"query", "key", "value"}) weights.pair(at + kind + ".self." + part, {d, d});
            weights.pair(at + kind + ".output.dense", {d, d});
            weights.pair(at + kind + ".output.LayerNorm", {d}, true);
        }
        weights.pair(at + "intermediate.dense", {m.mlp, d});
        weights.pair(at + "output.dense", {d, m.mlp});
        weights.pair(at + "output.LayerNorm", {d}, true);
    }
}

Json configOf(const TinyBlip& m)
{
    const Json sizes{{"hidden_size", m.width},
                     {"num_hidden_layers", m.layers},
                     {"num_attention_heads", m.heads},
                     {"intermediate_size", m.mlp}};
    Json text = sizes, vision = sizes;
    text.update(Json{{"vocab_size", m.words.size()}, {"max_position_embeddings", m.positions}, {"pad_token_id", 0}});
    text.update(Json{{"bos_token_id", m.words.size() - 1}, {"sep_token_id", 3}});
    vision.update(Json{{"image_size", m.image}, {"patch_size", m.patch}});
    return {{"model_type", "blip"}, {"text_config", text}, {"vision_config", vision}};
}

} // namespace

void TinyBlip::write(const std::string& folder) const
{
    std::filesystem::create_directories(folder);
    RandomWeights weights(11);
    addVision(weights, *this);
    if (question) addText(weights, *this, "text_encoder.");
    addText(weights, *this, "text_decoder.bert.");
    weights.pair("text_decoder.cls.predictions.transform.dense", {width, width});
    weights.pair("text_decoder.cls.predictions.transform.LayerNorm", {width}, true);
    weights.add("text_decoder.cls.predictions.bias", {std::int64_t(words.size())});
    writeSafetensors(folder + "/model.safetensors", weights.tensors, {{"format", "pt"}});
    writeBytes(folder + "/config.json", configOf(*this).dump());
    std::string vocabulary;
    for (const std::string& word : words) vocabulary += word + "\n";
    writeBytes(folder + "/vocab.txt", vocabulary);
}

} // namespace headlens::test
