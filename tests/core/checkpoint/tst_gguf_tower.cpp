// SPDX-License-Identifier: GPL-3.0-or-later
// The tower of a model that sees in a GGUF file of its own: its settings, its names, and where it is found.
#include "core/checkpoint/gguf_tower.h"
#include "core/wire/safe_json.h"
#include "tests/support/gguf_writer.h"
#include "tests/support/tiny_model.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cstring>

using namespace headlens;
using namespace headlens::test;

class TestGgufTower : public QObject {
    Q_OBJECT

    static GgufHeader headerOf(const std::string& bytes)
    {
        return readGguf({"mmproj.gguf", bytes.size(), [&](std::uint64_t offset, std::span<std::byte> target) {
                             std::memcpy(target.data(), bytes.data() + offset, target.size());
                         }});
    }
    // A tower 4 wide, 6 within its MLP; `swapped`: as old files have it.
    static GgufWriter tower(bool swapped)
    {
        GgufWriter file;
        file.word("general.architecture", "clip").number("clip.vision.embedding_length", 4);
        file.number("clip.vision.block_count", 1).number("clip.vision.image_size", 8);
        file.counting("v.class_embd", {4}).counting("v.blk.0.attn_out.weight", {4, 4});
        file.counting(swapped ? "v.blk.0.ffn_down.weight" : "v.blk.0.ffn_up.weight", {6, 4});
        file.counting(swapped ? "v.blk.0.ffn_up.weight" : "v.blk.0.ffn_down.weight", {4, 6});
        return file.counting("mm.2.bias", {4});
    }
    static std::vector<std::int64_t> shapeOf(const std::vector<GgufView>& views, const std::string& name)
    {
        const auto found = std::ranges::find(views, name, &GgufView::name);
        return found == views.end() ? std::vector<std::int64_t>() : found->shape;
    }

private Q_SLOTS:
    void settingsHaveTheNamesOfHuggingFace()
    {
        const GgufWriter file = tower(false)
                                    .word("clip.projector_type", "mlp")
                                    .flag("clip.use_gelu", true)
                                    .real("clip.vision.attention.layer_norm_epsilon", 0.5F);
        const std::string bytes = file.bytes();
        const GgufHeader header = headerOf(bytes);
        QVERIFY(isGgufTower(header.settings));
        QCOMPARE(QString::fromStdString(ggufTowerConfig(header).dump()),
                 QString(R"({"model_type":"mmproj","projector_type":"mlp","vision_config":{"hidden_act":"gelu",)"
                         R"("hidden_size":4,"image_size":8,"layer_norm_eps":0.5,"num_hidden_layers":1},)"
                         R"("vision_feature_layer":-1})"));
    }
    void theActivationThatNoFlagNamesIsTheQuickOne()
    {
        const std::string bytes = tower(false).flag("clip.has_llava_projector", true).bytes();
        const Json config = ggufTowerConfig(headerOf(bytes));
        QVERIFY(config["vision_config"]["hidden_act"] == "quick_gelu");
        QVERIFY(config["projector_type"] == "mlp"); // files before the key
    }
    void theFirstLayerOfAnMlpIsTheOneThatReadsTheTower_data()
    {
        QTest::addColumn<bool>("swapped");
        QTest::newRow("old files swap them") << true;
        QTest::newRow("newer ones do not") << false;
    }
    void theFirstLayerOfAnMlpIsTheOneThatReadsTheTower()
    {
        QFETCH(const bool, swapped);
        const std::string bytes = tower(swapped).bytes();
        const std::vector<GgufView> views = ggufTowerViews(headerOf(bytes));
        const std::string layer = "vision_model.encoder.layers.0.";
        QCOMPARE(shapeOf(views, layer + "mlp.fc1.weight"), (std::vector<std::int64_t>{6, 4}));
        QCOMPARE(shapeOf(views, layer + "mlp.fc2.weight"), (std::vector<std::int64_t>{4, 6}));
        QCOMPARE(shapeOf(views, layer + "self_attn.out_proj.weight"), (std::vector<std::int64_t>{4, 4}));
        QCOMPARE(shapeOf(views, "vision_model.embeddings.class_embedding"), (std::vector<std::int64_t>{4}));
        QCOMPARE(shapeOf(views, "multi_modal_projector.linear_2.bias"), (std::vector<std::int64_t>{4}));
    }
    void theTowerBesideAModelIsFoundByItsName()
    {
        const QTemporaryDir folder;
        const auto path = [&](const char* name) { return folder.filePath(QString::fromLatin1(name)).toStdString(); };
        QCOMPARE(ggufTowerBeside(path("model.gguf")), std::string());
        for (const char* name : {"mmproj-b.gguf", "a-mmproj.gguf", "mmproj.txt", "model.gguf"})
            writeBytes(path(name), "GGUF");
        QCOMPARE(ggufTowerBeside(path("model.gguf")), path("a-mmproj.gguf"));
        QCOMPARE(ggufTowerBeside(path("a-mmproj.gguf")), path("mmproj-b.gguf")); // not itself
        QCOMPARE(ggufTowerBeside("/nowhere/model.gguf"), std::string());
    }
};

QTEST_APPLESS_MAIN(TestGgufTower)
#include "tst_gguf_tower.moc"
