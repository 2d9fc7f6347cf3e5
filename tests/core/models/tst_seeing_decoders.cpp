// SPDX-License-Identifier: GPL-3.0-or-later
// Language models that see, as checkpoints with random weights: LLaVA, among whose words the picture stands, and
// Idefics, which hears it behind gates. Their numbers are checked against transformers by tests/reference.
// Before Qt, whose word "slots" means something else to LibTorch.
#include <ATen/ATen.h>

#include "core/models/loading.h"
#include "core/trace/readers.h"
#include "tests/support/expect_error.h"
#include "tests/support/random_weights.h"
#include "tests/support/tiny_model.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <filesystem>

using namespace headlens;
using namespace headlens::test;

namespace {

constexpr std::int64_t kWidth = 16, kVocabulary = 20, kImage = 19, kPatches = 4;

// CLIP of one block, 8 wide, over 2 x 2 patches of 4 pixels, below `prefix`.
void addTower(RandomWeights& weights, const std::string& prefix)
{
    const std::string block = prefix + "encoder.layers.0.";
    weights.add(prefix + "embeddings.class_embedding", {8});
    weights.add(prefix + "embeddings.patch_embedding.weight", {8, 3, 4, 4});
    weights.add(prefix + "embeddings.position_embedding.weight", {kPatches + 1, 8});
    for (const char* norm : {"pre_layrnorm", "post_layernorm"}) weights.pair(prefix + norm, {8}, true);
    for (const char* part : {"q_proj", "k_proj", "v_proj", "out_proj"})
        weights.pair(block + "self_attn." + part, {8, 8});
    for (const char* norm : {"layer_norm1", "layer_norm2"}) weights.pair(block + norm, {8}, true);
    weights.pair(block + "mlp.fc1", {12, 8});
    weights.pair(block + "mlp.fc2", {8, 12});
}

void addGatedMlp(RandomWeights& weights, const std::string& mlp)
{
    weights.add(mlp + "gate_proj.weight", {24, kWidth});
    weights.add(mlp + "up_proj.weight", {24, kWidth});
    weights.add(mlp + "down_proj.weight", {kWidth, 24});
}

// A Llama of two layers below `prefix`.
void addLlama(RandomWeights& weights, const std::string& prefix, std::int64_t vocabulary)
{
    weights.add(prefix + "embed_tokens.weight", {vocabulary, kWidth});
    for (const std::string layer : {"layers.0.", "layers.1."}) {
        for (const char* norm : {"input_layernorm.weight", "post_attention_layernorm.weight"})
            weights.add(prefix + layer + norm, {kWidth}, true);
        for (const char* part : {"q_proj", "k_proj", "v_proj", "o_proj"})
            weights.add(prefix + layer + "self_attn." + part + ".weight", {kWidth, kWidth});
        addGatedMlp(weights, prefix + layer + "mlp.");
    }
    weights.add(prefix + "norm.weight", {kWidth}, true);
}

Json textJson()
{
    return {{"hidden_size", kWidth}, {"num_hidden_layers", 2}, {"num_attention_heads", 2}, {"hidden_act", "silu"}};
}

Json visionJson()
{
    return {{"hidden_size", 8}, {"embed_dim", 8}, {"num_attention_heads", 2}, {"image_size", 8}, {"patch_size", 4}};
}

at::Tensor line(const std::vector<std::int64_t>& ids)
{
    return at::tensor(ids, at::kLong).view({1, -1});
}

double apart(const at::Tensor& a, const at::Tensor& b)
{
    return (a - b).abs().max().item<double>();
}

} // namespace

class TestSeeingDecoders : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;

    LoadedModel opened(const char* name, const RandomWeights& weights, const Json& config) const
    {
        const std::string folder = m_folder.filePath(QString::fromLatin1(name)).toStdString();
        std::filesystem::create_directories(folder);
        writeSafetensors(folder + "/model.safetensors", weights.tensors, {{"format", "pt"}});
        writeBytes(folder + "/config.json", config.dump());
        return loadModel(openCheckpoint(folder), {});
    }
    LoadedModel llava() const
    {
        RandomWeights weights(5);
        addTower(weights, "vision_tower.vision_model.");
        addLlama(weights, "language_model.model.", kVocabulary);
        weights.pair("multi_modal_projector.linear_1", {kWidth, 8});
        weights.pair("multi_modal_projector.linear_2", {kWidth, kWidth});
        return opened("llava", weights,
                      {{"model_type", "llava"},
                       {"image_token_index", kImage},
                       {"vision_feature_layer", -1},
                       {"text_config", textJson()},
                       {"vision_config", visionJson()}});
    }
    LoadedModel idefics() const
    {
        RandomWeights weights(6);
        addTower(weights, "model.vision_model.");
        addLlama(weights, "model.", kVocabulary - 2);
        weights.add("model.embed_tokens.additional_embedding.weight", {2, kWidth});
        weights.add("lm_head.weight", {kVocabulary - 2, kWidth});
        weights.add("lm_head.additional_fc.weight", {2, kWidth});
        const std::string resampler = "model.perceiver_resampler.", gated = "model.gated_cross_attn_layers.0.";
        weights.add(resampler + "latents", {3, 8});
        for (const char* part : {"q_proj", "k_proj", "v_proj"})
            weights.add(resampler + "blocks.0.0." + part + ".weight", {8, 8});
        weights.add(resampler + "blocks.0.0.output_proj.weight", {8, 8});
        for (const char* norm :
             {"blocks.0.0.context_layer_norm", "blocks.0.0.latents_layer_norm", "blocks.0.1.ln", "layer_norm"})
            weights.pair(resampler + norm, {8}, true);
        weights.add(resampler + "blocks.0.1.fc.weight", {16, 8});
        weights.add(resampler + "blocks.0.1.c_proj.weight", {8, 16});
        for (const char* norm : {"input_layernorm.weight", "post_attention_layernorm.weight"})
            weights.add(gated + norm, {kWidth}, true);
        weights.add(gated + "cross_attn.q_proj.weight", {kWidth, kWidth});
        for (const char* part : {"k_proj", "v_proj"})
            weights.add(gated + "cross_attn." + part + ".weight", {kWidth, 8});
        weights.add(gated + "cross_attn.o_proj.weight", {kWidth, kWidth});
        addGatedMlp(weights, gated + "mlp.");
        for (const char* gate : {"alpha_cross_attn", "alpha_dense"}) weights.add(gated + gate, {1}, true);
        Json config = textJson();
        config.update({{"model_type", "idefics"},
                       {"cross_layer_interval", 2},
                       {"perceiver_config", {{"resampler_n_heads", 2}}},
                       {"vision_config", visionJson()}});
        return opened("idefics", weights, config);
    }
    static ForwardResult run(const LoadedModel& loaded, const ModelInput& input)
    {
        return loaded.model->run(input, {}, {});
    }
    static at::Tensor pictures(std::int64_t count)
    {
        at::manual_seed(1);
        return at::randn({count, 3, 8, 8});
    }

private Q_SLOTS:
    void aPictureTakesThePlacesOfItsToken()
    {
        const LoadedModel loaded = llava();
        QVERIFY(loaded.unusedTensors.empty());
        QCOMPARE(loaded.model->facts().widerTokens, (std::map<int, int>{{int(kImage), int(kPatches)}}));
        ModelInput input;
        input.ids = line({1, kImage, kImage, kImage, kImage, 2});
        input.pixels = pictures(1);
        const ForwardResult seen = run(loaded, input);
        QVERIFY(apart(seen.trace.hidden.at("text")[0][0].slice(0, 1, 5), seen.outputs.at("image_features")[0]) < 1e-6);
        QCOMPARE(seen.trace.streams.size(), std::size_t(2));
        const std::vector<PictureSpan> spans = seen.trace.streams[1].pictures; // where it stands among the words
        QCOMPARE(spans, (std::vector<PictureSpan>{{1, 2, 2}}));
        QVERIFY(seen.trace.streams[0].pictures.empty());
        input.pixels = pictures(1).flip(3);
        const ForwardResult other = run(loaded, input);
        QVERIFY(apart(seen.outputs.at("logits").select(1, 5), other.outputs.at("logits").select(1, 5)) > 1e-3);
        QVERIFY(apart(seen.outputs.at("logits").select(1, 0), other.outputs.at("logits").select(1, 0)) ==
                0); // before it
    }
    void theTowerAloneCanBeAskedOfAnotherBatch()
    {
        const LoadedModel loaded = llava();
        ModelInput input;
        input.ids = line({1, kImage, kImage, kImage, kImage, 2});
        input.pixels = pictures(3);
        ForwardOptions options;
        options.lastBlock = 0;
        const ForwardResult seen = loaded.model->run(input, options, {});
        QCOMPARE(seen.trace.blocks.size(), std::size_t(1));
        QVERIFY(!seen.outputs.contains("logits"));
    }
    void aTextWithoutAPictureIsRead()
    {
        ModelInput input;
        input.ids = line({1, 2, 3});
        QCOMPARE(run(llava(), input).trace.blocks.size(), std::size_t(2));
    }
    void placesThatNoPictureFillsAreRefused_data()
    {
        QTest::addColumn<int>("places");
        QTest::addColumn<int>("count");
        QTest::newRow("none was given") << 4 << 0;
        QTest::newRow("too few places") << 3 << 1;
        QTest::newRow("too many places") << 5 << 1;
        QTest::newRow("one picture is not named") << 4 << 2;
    }
    void placesThatNoPictureFillsAreRefused()
    {
        QFETCH(const int, places);
        QFETCH(const int, count);
        ModelInput input;
        input.ids = line(std::vector<std::int64_t>(std::size_t(places), kImage));
        if (count > 0) input.pixels = pictures(count);
        QCOMPARE(errorOf([&] { run(llava(), input); }), ErrorCode::BadRequest);
    }
    void whatIsWrittenAfterAPictureEqualsTheWholeText_data()
    {
        QTest::addColumn<bool>("gated");
        QTest::newRow("LLaVA") << false;
        QTest::newRow("Idefics") << true;
    }
    void whatIsWrittenAfterAPictureEqualsTheWholeText()
    {
        QFETCH(const bool, gated);
        const LoadedModel loaded = gated ? idefics() : llava();
        const std::vector<std::int64_t> prompt = gated
                                                     ? std::vector<std::int64_t>{1, kImage, 2}
                                                     : std::vector<std::int64_t>{1, kImage, kImage, kImage, kImage, 2};
        ModelInput input;
        input.pixels = pictures(1);
        input.ids = line(prompt);
        const auto writer = loaded.model->startGeneration(input, {});
        at::Tensor scores = writer->next(input.ids);
        for (const std::int64_t next : {5, 7, 3}) {
            QVERIFY(apart(scores, run(loaded, input).outputs.at("logits").select(1, -1)) < 1e-4);
            input.ids = at::cat({input.ids, line({next})}, 1);
            scores = writer->next(line({next}));
        }
        QVERIFY(apart(scores, run(loaded, input).outputs.at("logits").select(1, -1)) < 1e-4);
    }
    void everyTokenHearsThePictureThatWasNamedLast()
    {
        const LoadedModel loaded = idefics();
        QVERIFY(loaded.unusedTensors.empty());
        ModelInput input;
        input.ids = line({1, kImage, 2, kImage, 3});
        input.pixels = pictures(2);
        const ForwardResult heard = run(loaded, input);
        QVERIFY(heard.outputs.at("text.cross_attention_gate")
                    .equal(at::tensor({0.0F, 1.0F, 1.0F, 1.0F, 1.0F}).view({1, 5})));
        const auto cross =
            std::ranges::find(heard.trace.blocks, AttentionKind::Cross, [](const AttentionRecord& record) {
                return record.tower == "text" ? record.kind : AttentionKind::Self;
            });
        const at::Tensor map = attentionMap(*cross)[0]; // [H,5,2 x 3 latents]
        const auto hears = [&](std::int64_t token, std::int64_t picture) {
            return map.select(1, token).slice(1, 3 * picture, 3 * picture + 3).max().item<float>() > 0;
        };
        QVERIFY(!hears(0, 0) && !hears(0, 1)); // nothing was named yet
        for (const std::int64_t token : {1, 2}) QVERIFY(hears(token, 0) && !hears(token, 1));
        for (const std::int64_t token : {3, 4}) QVERIFY(!hears(token, 0) && hears(token, 1));
        QCOMPARE(heard.trace.blocks.size(), loaded.model->facts().blocks.size());
    }
    void aModelThatHearsPicturesAsksForOne()
    {
        ModelInput input;
        input.ids = line({1, 2});
        QCOMPARE(errorOf([&] { run(idefics(), input); }), ErrorCode::BadRequest);
    }
};

QTEST_APPLESS_MAIN(TestSeeingDecoders)
#include "tst_seeing_decoders.moc"
