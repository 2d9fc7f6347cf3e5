// SPDX-License-Identifier: GPL-3.0-or-later
// The same network saved by other libraries, with other channels and sides: opened to the same numbers, or named.
#include "core/checkpoint/container.h"
#include "core/models/heads/imagenet_labels.h"
#include "core/session/questions/questions.h"
#include "core/session/session.h"
#include "tests/support/expect_error.h"
#include "tests/support/inputs.h"
#include "tests/support/random_weights.h"
#include "tests/support/tiny_model.h"
#include "tests/support/zip_writer.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <map>

using namespace headlens;
using namespace headlens::test;

class TestEcosystems : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;

    struct Array {
        std::vector<std::int64_t> shape;
        std::vector<float> values; // row-major
    };
    using Arrays = std::map<std::string, Array>;

    std::string path(const std::string& name) const
    {
        return m_folder.filePath(QString::fromStdString(name)).toStdString();
    }
    // The tiny ViT in Hugging Face's names, written to `folder`, and its tensors without "vit.".
    Arrays write(const std::string& folder) const
    {
        Arrays arrays;
        TinyModel tiny;
        tiny.changeConfig = [](Json& config) { config["layer_norm_eps"] = 1e-6; };
        tiny.change = [&](std::string& name, std::vector<std::int64_t>& shape, std::vector<float>& values) {
            arrays[name.starts_with("vit.") ? name.substr(4) : name] = {shape, values};
        };
        tiny.write(path(folder));
        return arrays;
    }
    static std::string bytesOf(const std::vector<float>& values)
    {
        return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float)};
    }
    // [out,in] to [in,out].
    static std::vector<float> turned(const Array& matrix)
    {
        const auto rows = std::size_t(matrix.shape[0]), columns = matrix.values.size() / rows;
        std::vector<float> out(matrix.values.size());
        for (std::size_t r = 0; r < rows; ++r)
            for (std::size_t c = 0; c < columns; ++c) out[c * rows + r] = matrix.values[r * columns + c];
        return out;
    }
    // [out,in,height,width] to [height,width,in,out].
    static std::vector<float> kernel(const Array& patches)
    {
        const auto& s = patches.shape;
        std::vector<float> out(patches.values.size());
        std::size_t i = 0;
        for (std::int64_t o = 0; o < s[0]; ++o)
            for (std::int64_t c = 0; c < s[1]; ++c)
                for (std::int64_t y = 0; y < s[2]; ++y)
                    for (std::int64_t x = 0; x < s[3]; ++x)
                        out[std::size_t(((y * s[3] + x) * s[1] + c) * s[0] + o)] = patches.values[i++];
        return out;
    }
    static std::string tuple(const std::vector<std::int64_t>& shape)
    {
        std::string text = "(";
        for (const std::int64_t extent : shape) text += std::to_string(extent) + ", ";
        return text + ")";
    }
    void writeSafe(const std::string& name, const Arrays& arrays) const
    {
        std::vector<TensorBytes> tensors;
        for (const auto& [key, array] : arrays)
            tensors.push_back({key, DType::F32, array.shape, nullptr, std::as_bytes(std::span(array.values))});
        writeSafetensors(path(name), tensors, {});
    }
    // Every attention map and the logits of a made-up picture, text or both.
    static std::map<std::string, std::vector<float>> traced(const std::string& model,
                                                            const std::map<std::string, std::string>& set = {},
                                                            std::int64_t channels = 3, std::int64_t height = 32,
                                                            std::int64_t width = 32)
    {
        Session session;
        const verbs::ModelInfo info = session.openModel({model, "cpu", set});
        std::vector<float> pixels(std::size_t(channels * height * width));
        for (std::size_t i = 0; i < pixels.size(); ++i) pixels[i] = float(std::sin(0.1 * double(i)));
        std::vector<std::int64_t> ids{1, 4, 2, 5};
        std::vector<TensorBytes> inputs;
        if (info.takesPictures)
            inputs.push_back(
                {"pixel_values", DType::F32, {1, channels, height, width}, nullptr, std::as_bytes(std::span(pixels))});
        else
            inputs.push_back({"input_ids", DType::I64, {1, 4}, nullptr, std::as_bytes(std::span(ids))});
        session.setTensors(inputs);
        std::map<std::string, std::vector<float>> found;
        for (const TensorBytes& tensor : questions::traceTensors(session.run())) {
            if (tensor.dtype != DType::F32 || (!tensor.name.starts_with("attentions.") && tensor.name != "logits"))
                continue;
            auto& values = found[tensor.name];
            values.resize(tensor.data.size() / sizeof(float));
            std::memcpy(values.data(), tensor.data.data(), tensor.data.size());
        }
        return found;
    }
    static void requireEqual(const std::map<std::string, std::vector<float>>& got,
                             const std::map<std::string, std::vector<float>>& wanted)
    {
        QCOMPARE(got.size(), wanted.size());
        QVERIFY(wanted.size() >= 3); // two layers and the logits
        for (const auto& [name, values] : wanted) {
            QCOMPARE(got.at(name).size(), values.size());
            for (std::size_t i = 0; i < values.size(); ++i)
                QVERIFY2(std::abs(got.at(name)[i] - values[i]) < 1e-5, name.c_str());
        }
    }
    static std::string assumed(const std::string& model, const std::map<std::string, std::string>& set = {})
    {
        Session session;
        std::string all;
        for (const std::string& line : session.openModel({model, "cpu", set}).assumptions) all += line + "\n";
        return all;
    }
    static std::string refusal(const std::string& model)
    {
        Session session;
        try {
            session.openModel({model, "cpu", {}});
        } catch (const Error& error) {
            return error.what();
        }
        return "opened";
    }

private Q_SLOTS:
    void googlesArraysAreTheSameNetwork_data()
    {
        QTest::addColumn<QString>("prefix");
        QTest::addColumn<QString>("attention");
        QTest::addColumn<QString>("after");
        QTest::addColumn<QString>("mlp");
        QTest::addColumn<QString>("positions");
        QTest::newRow("vision_transformer") << ""
                                            << "MultiHeadDotProductAttention_1"
                                            << "LayerNorm_2"
                                            << "MlpBlock_3"
                                            << "Transformer/posembed_input/pos_embedding";
        QTest::newRow("big_vision") << "params/"
                                    << "MultiHeadDotProductAttention_0"
                                    << "LayerNorm_1"
                                    << "MlpBlock_0"
                                    << "pos_embedding";
    }
    void googlesArraysAreTheSameNetwork()
    {
        QFETCH(QString, prefix);
        QFETCH(QString, attention);
        QFETCH(QString, after);
        QFETCH(QString, mlp);
        QFETCH(QString, positions);
        const Arrays hf = write("hf");
        std::vector<std::pair<std::string, std::string>> entries;
        const auto add = [&](const std::string& name, const std::vector<std::int64_t>& shape,
                             const std::vector<float>& values, bool columnMajor = false) {
            entries.emplace_back(prefix.toStdString() + name + ".npy",
                                 npy("<f4", tuple(shape), bytesOf(values), columnMajor));
        };
        const auto plain = [&](const std::string& name, const std::string& from) {
            add(name, hf.at(from).shape, hf.at(from).values);
        };
        const std::int64_t d = 16, heads = 4, each = 4, m = 24;
        plain("cls", "embeddings.cls_token");
        plain(positions.toStdString(), "embeddings.position_embeddings");
        const Array& patches = hf.at("embeddings.patch_embeddings.projection.weight");
        add("embedding/kernel", {8, 8, 3, d}, kernel(patches));
        plain("embedding/bias", "embeddings.patch_embeddings.projection.bias");
        plain("Transformer/encoder_norm/scale", "layernorm.weight");
        plain("Transformer/encoder_norm/bias", "layernorm.bias");
        // Column-major, as NumPy keeps what was turned: the bytes are those of [out,in].
        add("head/kernel", {d, 3}, hf.at("classifier.weight").values, true);
        plain("head/bias", "classifier.bias");
        for (int i = 0; i < 2; ++i) {
            const std::string from = "encoder.layer." + std::to_string(i) + ".",
                              to = "Transformer/encoderblock_" + std::to_string(i) + "/",
                              heart = to + attention.toStdString() + "/", hidden = to + mlp.toStdString() + "/";
            plain(to + "LayerNorm_0/scale", from + "layernorm_before.weight");
            plain(to + "LayerNorm_0/bias", from + "layernorm_before.bias");
            plain(to + after.toStdString() + "/scale", from + "layernorm_after.weight");
            plain(to + after.toStdString() + "/bias", from + "layernorm_after.bias");
            for (const std::string part : {"query", "key", "value"}) {
                add(heart + part + "/kernel", {d, heads, each},
                    turned(hf.at(from + "attention.attention." + part + ".weight")));
                add(heart + part + "/bias", {heads, each},
                    hf.at(from + "attention.attention." + part + ".bias").values);
            }
            add(heart + "out/kernel", {heads, each, d}, turned(hf.at(from + "attention.output.dense.weight")));
            plain(heart + "out/bias", from + "attention.output.dense.bias");
            add(hidden + "Dense_0/kernel", {d, m}, turned(hf.at(from + "intermediate.dense.weight")));
            plain(hidden + "Dense_0/bias", from + "intermediate.dense.bias");
            add(hidden + "Dense_1/kernel", {m, d}, turned(hf.at(from + "output.dense.weight")));
            plain(hidden + "Dense_1/bias", from + "output.dense.bias");
        }
        writeZip(path("google.npz"), entries);
        requireEqual(traced(path("google.npz")), traced(path("hf"))); // the heads stand in the arrays
        QVERIFY(assumed(path("google.npz")).find("mean and deviation 0.5") != std::string::npos);
    }
    void openMmLabsNamesAreTheSameNetwork()
    {
        const Arrays hf = write("hf");
        Arrays mm;
        const auto both = [&](const std::string& to, const std::string& from) {
            for (const std::string part : {".weight", ".bias"}) mm["backbone." + to + part] = hf.at(from + part);
        };
        mm["backbone.cls_token"] = hf.at("embeddings.cls_token");
        mm["backbone.pos_embed"] = hf.at("embeddings.position_embeddings");
        both("patch_embed.projection", "embeddings.patch_embeddings.projection");
        both("ln1", "layernorm");
        for (const std::string part : {".weight", ".bias"}) mm["head.layers.head" + part] = hf.at("classifier" + part);
        for (int i = 0; i < 2; ++i) {
            const std::string from = "encoder.layer." + std::to_string(i) + ".",
                              to = "layers." + std::to_string(i) + ".";
            both(to + "ln1", from + "layernorm_before");
            both(to + "ln2", from + "layernorm_after");
            both(to + "attn.proj", from + "attention.output.dense");
            both(to + "ffn.layers.0.0", from + "intermediate.dense");
            both(to + "ffn.layers.1", from + "output.dense");
            for (const std::string part : {".weight", ".bias"}) {
                Array& fused = mm["backbone." + to + "attn.qkv" + part];
                for (const std::string of : {"query", "key", "value"}) {
                    const Array& one = hf.at(from + "attention.attention." + of + part);
                    fused.values.insert(fused.values.end(), one.values.begin(), one.values.end());
                    fused.shape = one.shape;
                    fused.shape[0] *= 3;
                }
            }
        }
        writeSafe("mm.safetensors", mm);
        requireEqual(traced(path("mm.safetensors"), {{"num_heads", "4"}}), traced(path("hf")));
        QVERIFY(assumed(path("mm.safetensors")).find("activation: gelu") != std::string::npos);
    }
    // Linear layers where GPT-2 has its own kind, exact GELU, and no biases where the training chose so.
    void nanoGptIsGpt2TheOtherWayRound_data()
    {
        QTest::addColumn<bool>("biased");
        QTest::newRow("with biases") << true;
        QTest::newRow("without biases") << false;
    }
    void nanoGptIsGpt2TheOtherWayRound()
    {
        QFETCH(bool, biased);
        const std::int64_t d = 8, vocabulary = 7;
        Arrays nano, gpt2;
        RandomWeights random(3, [&](std::string& name, std::vector<std::int64_t>& shape, std::vector<float>& values) {
            const bool bias = name.ends_with(".bias");
            if (bias && !biased) std::ranges::fill(values, 0.0F);
            if (!bias || biased) nano["_orig_mod.transformer." + name] = {shape, values};
            const bool conv = name.starts_with("h.") && shape.size() == 2;
            gpt2["transformer." + name] =
                conv ? Array{{shape[1], shape[0]}, turned({shape, values})} : Array{shape, values};
        });
        random.add("wte.weight", {vocabulary, d});
        random.add("wpe.weight", {6, d});
        for (int i = 0; i < 2; ++i) {
            const std::string at = "h." + std::to_string(i) + ".";
            random.pair(at + "ln_1", {d}, true);
            random.pair(at + "attn.c_attn", {3 * d, d});
            random.pair(at + "attn.c_proj", {d, d});
            random.pair(at + "ln_2", {d}, true);
            random.pair(at + "mlp.c_fc", {4 * d, d});
            random.pair(at + "mlp.c_proj", {d, 4 * d});
        }
        random.pair("ln_f", {d}, true);
        nano["_orig_mod.lm_head.weight"] = nano.at("_orig_mod.transformer.wte.weight");
        writeSafe("nano.safetensors", nano);
        QVERIFY(QDir(m_folder.path()).mkpath("gpt2"));
        writeSafe("gpt2/model.safetensors", gpt2);
        writeBytes(path("gpt2/config.json"),
                   R"({"model_type":"gpt2","n_embd":8,"n_layer":2,"n_head":2,"activation_function":"gelu"})");
        requireEqual(traced(path("nano.safetensors"), {{"num_heads", "2"}}), traced(path("gpt2")));
    }
    void otherNetworksAreNamed_data()
    {
        QTest::addColumn<QString>("tensor");
        QTest::addColumn<QString>("name");
        QTest::newRow("vit-pytorch") << "to_patch_embedding.1.weight"
                                     << "lucidrains";
        QTest::newRow("MONAI") << "blocks.0.mlp.linear1.weight"
                               << "MONAI";
        QTest::newRow("Swin of OpenMMLab") << "backbone.stages.0.blocks.0.attn.w_msa.qkv.weight"
                                           << "OpenMMLab";
    }
    void otherNetworksAreNamed()
    {
        QFETCH(QString, tensor);
        QFETCH(QString, name);
        writeSafe("other.safetensors", {{tensor.toStdString(), {{2, 2}, {1, 2, 3, 4}}}});
        const std::string said = refusal(path("other.safetensors"));
        QVERIFY2(said.find(name.toStdString()) != std::string::npos, said.c_str());
    }
    void aConfigOfAnotherModelIsNotBelieved()
    {
        Arrays timm;
        timm["blocks.0.attn.qkv.weight"] = {{6, 2}, std::vector<float>(12, 1)};
        QVERIFY(QDir(m_folder.path()).mkpath("foreign"));
        writeSafe("foreign/model.safetensors", timm);
        writeBytes(path("foreign/config.json"), R"({"model_type":"bert"})");
        const std::string said = refusal(path("foreign"));
        QVERIFY2(said.find("different models") != std::string::npos, said.c_str());
    }
    void onePartOfAModelIsNamed()
    {
        QVERIFY(QDir(m_folder.path()).mkpath("parts"));
        writeSafe("parts/model-00002-of-00003.safetensors", {{"a", {{1}, {1}}}});
        for (const char* name : {"parts", "parts/model-00002-of-00003.safetensors"}) {
            const std::string said = refusal(path(name));
            QVERIFY2(said.find("part 2 of 3") != std::string::npos, said.c_str());
        }
    }

    // timm's model as transformers saves it: the sizes stand in timm's words, heads among them.
    void timmInsideTransformersIsReadAsTimms()
    {
        TinyModel tiny;
        tiny.changeConfig = [](Json& config) {
            config = Json{{"architecture", "vit_tiny_patch16_224"},
                          {"model_type", "timm_wrapper"},
                          {"model_args", {{"num_heads", 4}, {"img_size", 32}}}};
        };
        tiny.write(path("wrapper"));
        Session session;
        const verbs::ModelInfo info = session.openModel({path("wrapper"), "cpu", {}});
        QCOMPARE(info.blocks.size(), 2U);
        QCOMPARE(info.blocks[0].heads, 4);
        QCOMPARE(info.imageHeight, 32);
    }
    void ofSeveralWeightFilesTheChosenOneIsSaid()
    {
        const Arrays hf = write("hf");
        QVERIFY(QDir(m_folder.path()).mkpath("several"));
        for (const char* name : {"several/best.safetensors", "several/last.safetensors"}) writeSafe(name, hf);
        const std::string said = assumed(path("several"), {{"num_heads", "4"}});
        QVERIFY2(said.find("best.safetensors, the first of 2") != std::string::npos, said.c_str());
    }
    // A ViT of one channel sees what Pillow's convert("L") makes of colours.
    void picturesForOneChannelBecomeGrey()
    {
        TinyModel tiny;
        tiny.change = [](std::string& name, std::vector<std::int64_t>& shape, std::vector<float>& values) {
            if (!name.ends_with("projection.weight")) return;
            shape[1] = 1;
            values.resize(values.size() / 3);
        };
        tiny.changeConfig = [](Json& config) { config["num_channels"] = 1; };
        tiny.write(path("grey"));
        Session session;
        session.openModel({path("grey"), "cpu", {}});
        const std::string png = gradientPng(32, 32);
        session.setInput(picture("p.png"), std::as_bytes(std::span(png.data(), png.size())));
        const std::vector<TensorBytes> trace = questions::traceTensors(session.run());
        const auto pixels = std::ranges::find(trace, "pixel_values", &TensorBytes::name);
        QCOMPARE(pixels->shape, (std::vector<std::int64_t>{1, 1, 32, 32}));
        // Pixel (5, 3): red 39, green 23, blue 74; (39 * 19595 + 23 * 38470 + 74 * 7471 + 32768) >> 16 = 34.
        const float value = reinterpret_cast<const float*>(pixels->data.data())[3 * 32 + 5];
        QVERIFY2(std::abs(value - (34.0F / 255 - 0.5F) / 0.5F) < 1e-6F, std::to_string(value).c_str());
        QCOMPARE(int(session.run().seen.at(5, 3)[0]), 34);
        QVERIFY(assumed(path("grey")).find("grey") != std::string::npos);
    }
    void fourChannelsAreTakenAsTensorsOnly()
    {
        TinyModel tiny;
        tiny.change = [](std::string& name, std::vector<std::int64_t>& shape, std::vector<float>& values) {
            if (!name.ends_with("projection.weight")) return;
            shape[1] = 4;
            values.resize(values.size() / 3 * 4, 0.1F);
        };
        tiny.changeConfig = [](Json& config) { config["num_channels"] = 4; };
        tiny.write(path("four"));
        std::filesystem::remove(path("four/preprocessor_config.json"));
        QCOMPARE(traced(path("four"), {}, 4).size(), 3U);
        Session session;
        session.openModel({path("four"), "cpu", {}});
        const std::string png = gradientPng(32, 32);
        QCOMPARE(errorOf([&] { session.setInput(picture("p.png"), std::as_bytes(std::span(png.data(), png.size()))); }),
                 ErrorCode::UnsupportedModel);
    }

    // 16 positions are a square of 32 pixels; with the setting they are 8 x 2 patches.
    void rectanglesAreToldBySettings()
    {
        TinyModel tiny;
        tiny.changeConfig = [](Json& config) { config = Json::object(); };
        tiny.write(path("bare"));
        Session session;
        const verbs::ModelInfo info =
            session.openModel({path("bare/model.safetensors"), "cpu", {{"image_size", "64x16"}, {"num_heads", "4"}}});
        QCOMPARE(std::pair(info.imageHeight, info.imageWidth), std::pair(64, 16));
        for (const char* wrong : {"64x", "x16", "0x16", "64x16x3", "big"})
            QCOMPARE(errorOf([&] {
                         session.openModel({path("bare"), "cpu", {{"image_size", wrong}}});
                     }),
                     ErrorCode::Usage);
    }
    void positionsThatMakeNoSquareAskForTheSize()
    {
        TinyModel tiny;
        tiny.changeConfig = [](Json& config) { config = Json::object(); };
        tiny.change = [](std::string& name, std::vector<std::int64_t>& shape, std::vector<float>& values) {
            if (!name.ends_with("position_embeddings")) return;
            shape[1] = 1 + 12; // 4 x 3 patches
            values.resize(std::size_t(shape[1]) * 16);
        };
        tiny.write(path("rectangle"));
        const std::string said = refusal(path("rectangle"));
        QVERIFY2(said.find("--set image_size=HEIGHTxWIDTH") != std::string::npos, said.c_str());
        const std::map<std::string, std::string> set{{"image_size", "32x24"}, {"num_heads", "4"}};
        QCOMPARE(traced(path("rectangle"), set, 3, 32, 24).at("attentions.0").size(), std::size_t(4 * 13 * 13));
    }

    void theActivationCanBeSet()
    {
        write("hf");
        const auto plain = traced(path("hf")), quick = traced(path("hf"), {{"activation", "quick_gelu"}});
        QVERIFY(plain.at("logits") != quick.at("logits"));
        Session session;
        QCOMPARE(errorOf([&] { session.openModel({path("hf"), "cpu", {{"activation", "tanh"}}}); }), ErrorCode::Usage);
    }
    void weightsOfImageNetsShapeShowItsNames()
    {
        TinyModel tiny;
        tiny.classes = 1000;
        tiny.changeConfig = [](Json& config) { config.erase("id2label"); };
        tiny.write(path("thousand"));
        Session session;
        const verbs::ModelInfo info = session.openModel({path("thousand"), "cpu", {}});
        QVERIFY(std::ranges::any_of(info.assumptions, [](const std::string& line) {
            return line.find("ImageNet with 1000") != std::string::npos;
        }));
        const std::string png = gradientPng(32, 32);
        session.setInput(picture("p.png"), std::as_bytes(std::span(png.data(), png.size())));
        QVERIFY(!session.run().info.outputs.get<verbs::Classes>().best.empty());
        const std::vector<std::string> names = imagenetLabels(1000);
        QCOMPARE(names.front(), std::string("tench"));
        QCOMPARE(names.back(), std::string("toilet tissue"));
        QCOMPARE(names[207], std::string("golden retriever"));
        for (const verbs::Prediction& one : session.run().info.outputs.get<verbs::Classes>().best)
            QCOMPARE(one.label, names[std::size_t(one.index)]);
        for (const int classes : {10'450, 11'221, 11'821, 21'841, 21'843})
            QCOMPARE(int(imagenetLabels(classes).size()), classes);
        QVERIFY(imagenetLabels(999).empty());
    }
};

QTEST_GUILESS_MAIN(TestEcosystems)
#include "tst_ecosystems.moc"
