// SPDX-License-Identifier: GPL-3.0-or-later
// config.json and preprocessor_config.json: defaults that files omit, and files that lie.
#include "core/imaging/preprocess_plan.h"
#include "core/models/skeletons/swin_config.h"
#include "core/models/skeletons/vit_config.h"
#include "core/wire/safe_json.h"
#include "tests/support/expect_error.h"

#include <QTest>

using namespace headlens;
using namespace headlens::test;

class TestConfigs : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void omittedKeysTakeTheClassDefaults()
    {
        const VitConfig config = parseVitConfig(Json::object(), "config");
        QCOMPARE(config.eps, 1e-12);
        QCOMPARE(config.width, std::int64_t(768));
        QCOMPARE(config.mlpWidth, std::int64_t(3072));
        QVERIFY(config.keyBias);
    }
    void sizesMayBePairs()
    {
        const VitConfig config = parseVitConfig(Json{{"image_size", {64, 96}}, {"patch_size", {16, 16}}}, "config");
        QCOMPARE(config.gridHeight(), std::int64_t(4));
        QCOMPARE(config.gridWidth(), std::int64_t(6));
    }
    void configsThatLieAreRefused_data()
    {
        QTest::addColumn<QByteArray>("json");
        for (const char* json :
             {R"({"num_attention_heads":7})", R"({"num_hidden_layers":1000000000})", R"({"num_hidden_layers":-1})",
              R"({"hidden_size":0})", R"({"hidden_size":"768"})", R"({"hidden_size":18446744073709551615})",
              R"({"patch_size":0})", R"({"patch_size":300})", R"({"patch_size":[8,16]})", R"({"image_size":[1,2,3]})",
              R"({"layer_norm_eps":-1})", R"({"layer_norm_eps":"tiny"})", R"({"qkv_bias":"yes"})",
              R"({"num_channels":1e9})", R"({"id2label":{"5":"x"}})", R"({"id2label":{"a":"x"}})",
              R"({"hidden_size":1.5})", R"({"pooler_act":"relu"})"})
            QTest::newRow(json) << QByteArray(json);
    }
    void configsThatLieAreRefused()
    {
        QFETCH(QByteArray, json);
        QCOMPARE(errorOf([&] { parseVitConfig(Json::parse(json.toStdString()), "config"); }), ErrorCode::BadConfig);
    }
    void plansThatLieAreRefused_data()
    {
        QTest::addColumn<QByteArray>("json");
        for (const char* json :
             {R"({"size":-1})", R"({"size":{"height":10}})", R"({"size":[1,2,3]})", R"({"size":1000000})",
              R"({"resample":9})", R"({"image_mean":[1,2]})", R"({"image_std":[0,0,0]})", R"({"do_resize":1})",
              R"({"rescale_factor":"x"})", R"({"crop_size":{"height":1e12,"width":4}})", R"({"image_mean":"x"})",
              R"({"size":"224"})"})
            QTest::newRow(json) << QByteArray(json);
    }
    void plansThatLieAreRefused()
    {
        QFETCH(QByteArray, json);
        QCOMPARE(errorOf([&] { parsePreprocessPlan(Json::parse(json.toStdString()), "plan", 224); }),
                 ErrorCode::BadConfig);
    }
    void familiesHaveTheirOwnDefaults()
    {
        const auto parsed = [](const char* json) { return parseVitConfig(Json::parse(json), "config"); };
        QCOMPARE(parsed(R"({"model_type":"dinov2"})").eps, 1e-6);
        QCOMPARE(parsed(R"({"model_type":"dinov2"})").patch, std::int64_t(14));
        QCOMPARE(parsed(R"({"model_type":"dinov2","hidden_size":1536,"use_swiglu_ffn":true,"num_attention_heads":24})")
                     .mlpWidth,
                 std::int64_t(4096));
        const VitConfig dino3 = parsed(R"({"model_type":"dinov3_vit","num_register_tokens":4})");
        QVERIFY(!dino3.keyBias && !dino3.positions && dino3.ropeTheta == 100);
        QCOMPARE(dino3.prefixTokens(), std::int64_t(5));
        QVERIFY(!parsed(R"({"model_type":"beit"})").finalNorm);
        const SwinConfig swin = parseSwinConfig(Json::parse("{}"), "config");
        QCOMPARE(swin.stages.size(), std::size_t(4));
        QCOMPARE(swin.lastWidth(), std::int64_t(768));
    }
    void windowsFollowTheirImplementation()
    {
        SwinConfig config = parseSwinConfig(Json::parse(R"({"window_size":7})"), "config");
        QCOMPARE(windowsOf(config, 0, 1, 56, 56).shiftY, 3);
        QCOMPARE(windowsOf(config, 0, 0, 56, 56).shiftY, 0);
        QCOMPARE(windowsOf(config, 3, 1, 7, 14).shiftX, 0); // Hugging Face: one small side stops both axes
        config.rule = WindowRule::Timm;
        QCOMPARE(windowsOf(config, 3, 1, 7, 14).shiftX, 3);
        config.rule = WindowRule::Torchvision;
        QCOMPARE(windowsOf(config, 3, 1, 5, 14).shiftY, 0);
        const SwinConfig second = parseSwinConfig(
            Json::parse(
                R"({"model_type":"swinv2","window_size":8,"image_size":64,"depths":[2,2,2],"num_heads":[2,3,4],"embed_dim":24})"),
            "config");
        QCOMPARE(second.stages[2].windowHeight, std::int64_t(4)); // clamped to the map when the model is built
        QVERIFY(second.stages[0].shifts && !second.stages[1].shifts);
    }
    void swinConfigsThatLieAreRefused_data()
    {
        QTest::addColumn<QByteArray>("json");
        for (const char* json :
             {R"({"depths":[2,2]})", R"({"depths":[]})", R"({"depths":2})", R"({"num_heads":[3,6,12,"24"]})",
              R"({"num_heads":[5,6,12,24]})", R"({"window_size":0})", R"({"window_size":1000000})",
              R"({"mlp_ratio":0})", R"({"embed_dim":-1})", R"({"depths":[1,1,1,1,1,1,1,1,1]})"})
            QTest::newRow(json) << QByteArray(json);
    }
    void swinConfigsThatLieAreRefused()
    {
        QFETCH(QByteArray, json);
        QCOMPARE(errorOf([&] { parseSwinConfig(Json::parse(json.toStdString()), "config"); }), ErrorCode::BadConfig);
    }
    void everyPrefixAndEveryFlippedBitIsReadOrRefused()
    {
        const std::string whole =
            R"({"model_type":"swin","embed_dim":96,"depths":[2,2],"num_heads":[3,6],"window_size":7,"mlp_ratio":4.0,)"
            R"("qkv_bias":true,"patch_size":[4,4],"id2label":{"0":"a"},"input_size":[3,48,48],"mean":[0.5,0.5,0.5]})";
        const auto read = [](const std::string& text) {
            for (const auto& parse : {+[](const Json& json) { parseSwinConfig(json, "x"); },
                                      +[](const Json& json) { parseVitConfig(json, "x"); },
                                      +[](const Json& json) { parseTimmPlan(json, "x"); },
                                      +[](const Json& json) { parsePreprocessPlan(json, "x", 224); }})
                errorOf([&] { parse(parseJsonObject({text.data(), text.size()}, "x")); }); // others fail the test
        };
        for (std::size_t length = 0; length < whole.size(); ++length) read(whole.substr(0, length));
        for (std::size_t bit = 0; bit < 8 * whole.size(); ++bit) {
            std::string flipped = whole;
            flipped[bit / 8] = char(flipped[bit / 8] ^ (1 << (bit % 8)));
            read(flipped);
        }
    }
    void jsonIsGuarded_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("damaged"); // or JSON that is not taken
        QTest::newRow("duplicate key") << QByteArray(R"({"a":1,"a":2})") << false;
        QTest::newRow("nested too deep") << QByteArray("{\"a\":") + QByteArray(100, '[') + QByteArray(100, ']') + "}"
                                         << false;
        QTest::newRow("a million brackets") << QByteArray(1'000'000, '[') << false;
        QTest::newRow("NUL byte") << QByteArray("{}\0", 3) << false;
        QTest::newRow("no object") << QByteArray("[1]") << false;
        QTest::newRow("bad UTF-8") << QByteArray("{\"\xff\":1}") << true;
        QTest::newRow("cut off") << QByteArray("{\"a\":") << true;
        QTest::newRow("empty") << QByteArray() << true;
        QTest::newRow("too large") << QByteArray(20 << 20, ' ') << false;
    }
    void jsonIsGuarded()
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, damaged);
        QCOMPARE(errorOf([&] {
                     parseJsonObject({text.constData(), std::size_t(text.size())}, "x");
                 }),
                 damaged ? ErrorCode::BadHeader : ErrorCode::BadConfig);
    }
};

QTEST_APPLESS_MAIN(TestConfigs)
#include "tst_configs.moc"
