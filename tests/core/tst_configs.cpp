// SPDX-License-Identifier: GPL-3.0-or-later
// config.json and preprocessor_config.json: defaults that files omit, and files that lie.
#include "core/imaging/preprocess_plan.h"
#include "core/models/vit_config.h"
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
              R"({"hidden_size":1.5})"})
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
    void jsonIsGuarded_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("duplicate key") << QByteArray(R"({"a":1,"a":2})");
        QTest::newRow("nested too deep") << QByteArray("{\"a\":") + QByteArray(100, '[') + QByteArray(100, ']') + "}";
        QTest::newRow("a million brackets") << QByteArray(1'000'000, '[');
        QTest::newRow("NUL byte") << QByteArray("{}\0", 3);
        QTest::newRow("no object") << QByteArray("[1]");
        QTest::newRow("bad UTF-8") << QByteArray("{\"\xff\":1}");
        QTest::newRow("cut off") << QByteArray("{\"a\":");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("too large") << QByteArray(20 << 20, ' ');
    }
    void jsonIsGuarded()
    {
        QFETCH(QByteArray, text);
        QCOMPARE(errorOf([&] {
                     parseJsonObject({text.constData(), std::size_t(text.size())}, "x");
                 }),
                 ErrorCode::BadConfig);
    }
};

QTEST_APPLESS_MAIN(TestConfigs)
#include "tst_configs.moc"
