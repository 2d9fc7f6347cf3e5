// SPDX-License-Identifier: GPL-3.0-or-later
// What PEFT writes beside its adapters, and what it calls their tensors.
#include "core/checkpoint/adapter_config.h"
#include "core/checkpoint/adapter_keys.h"
#include "core/wire/safe_json.h"
#include "tests/support/expect_error.h"

#include <QTest>

#include <cmath>

using namespace headlens;
using namespace headlens::test;

class TestAdapterConfig : public QObject {
    Q_OBJECT

    static AdapterConfig parsed(const char* json)
    {
        return parseAdapterConfig(Json::parse(json), "adapter_config.json");
    }

private Q_SLOTS:
    void theFactorIsAlphaOverTheRank()
    {
        const AdapterConfig config = parsed(R"({"peft_type":"LORA","r":4,"lora_alpha":16})");
        QCOMPARE(config.scalingOf("model.layers.0.self_attn.q_proj"), 4.0);
        QCOMPARE(parsed(R"({"peft_type":"LORA"})").scalingOf("x"), 1.0); // 8 of 8, as PEFT begins
    }
    void rankStabilisedFactorsAreOverItsRoot()
    {
        const AdapterConfig config = parsed(R"({"peft_type":"LORA","r":4,"lora_alpha":16,"use_rslora":true})");
        QCOMPARE(config.scalingOf("x"), 8.0);
    }
    void patternsAreForModulesWhoseNamesEndLikeThem()
    {
        const AdapterConfig config = parsed(
            R"({"peft_type":"LORA","r":4,"lora_alpha":16,"rank_pattern":{"k_proj":8,"^model.layers.1.v_proj$":2},)"
            R"("alpha_pattern":{"layers\\.0\\.k_proj":24}})");
        QCOMPARE(config.rankOf("model.layers.0.k_proj"), std::int64_t(8));
        QCOMPARE(config.rankOf("model.layers.0.thank_proj"), std::int64_t(4)); // another name that ends alike
        QCOMPARE(config.rankOf("model.layers.1.v_proj"), std::int64_t(2));
        QCOMPARE(config.scalingOf("model.layers.0.k_proj"), 3.0);
        QCOMPARE(config.scalingOf("model.layers.1.k_proj"), 2.0);
    }
    void otherAdaptersAreRefusedInASentence_data()
    {
        QTest::addColumn<QString>("json");
        QTest::addColumn<int>("code");
        const auto unsupported = int(ErrorCode::UnsupportedModel), bad = int(ErrorCode::BadConfig);
        QTest::newRow("IA3") << R"({"peft_type":"IA3"})" << unsupported;
        QTest::newRow("prefix tuning") << R"({"peft_type":"PREFIX_TUNING"})" << unsupported;
        QTest::newRow("DoRA") << R"({"peft_type":"LORA","use_dora":true})" << unsupported;
        QTest::newRow("a bias") << R"({"peft_type":"LORA","lora_bias":true})" << unsupported;
        QTest::newRow("PiSSA") << R"({"peft_type":"LORA","init_lora_weights":"pissa_niter_4"})" << unsupported;
        QTest::newRow("LoftQ") << R"({"peft_type":"LORA","init_lora_weights":"loftq"})" << unsupported;
        QTest::newRow("repeated layers") << R"({"peft_type":"LORA","layer_replication":[[0,2]]})" << unsupported;
        QTest::newRow("parameters") << R"({"peft_type":"LORA","target_parameters":["experts.w"]})" << unsupported;
        QTest::newRow("nothing") << R"({})" << bad;
        QTest::newRow("no rank") << R"({"peft_type":"LORA","r":0})" << bad;
        QTest::newRow("a huge rank") << R"({"peft_type":"LORA","r":100000000})" << bad;
        QTest::newRow("alpha is a text") << R"({"peft_type":"LORA","lora_alpha":"16"})" << bad;
        QTest::newRow("patterns are a list") << R"({"peft_type":"LORA","rank_pattern":[1]})" << bad;
        QTest::newRow("an expression") << R"x({"peft_type":"LORA","alpha_pattern":{"layers\\.(0|1)":2}})x" << bad;
        QTest::newRow("a rank of a pattern") << R"({"peft_type":"LORA","rank_pattern":{"q":-1}})" << bad;
    }
    void otherAdaptersAreRefusedInASentence()
    {
        QFETCH(QString, json);
        QFETCH(int, code);
        const auto refused = errorOf([&] { parsed(json.toUtf8().constData()); });
        QVERIFY(refused);
        QCOMPARE(int(*refused), code);
    }
    void whatIsOffIsNoObstacle()
    {
        parsed(R"({"peft_type":"LORA","use_dora":false,"layer_replication":null,"init_lora_weights":true,)"
               R"("target_parameters":null,"trainable_token_indices":null,"arrow_config":null,"loftq_config":{}})");
        parsed(R"({"peft_type":"LORA","init_lora_weights":"gaussian"})");
    }

    void tensorsAreKnownByTheNamesOfPeft_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("module");
        QTest::addColumn<int>("half");
        using Half = AdapterKey::Half;
        const auto row = [](const char* name, const char* module, Half half) {
            QTest::newRow(name) << QString::fromLatin1(name) << QString::fromLatin1(module) << int(half);
        };
        row("base_model.model.h.0.attn.c_attn.lora_A.weight", "h.0.attn.c_attn", Half::Down);
        row("base_model.model.h.0.attn.c_attn.lora_B.default.weight", "h.0.attn.c_attn", Half::Up);
        row("base_model.model.model.embed_tokens.lora_embedding_A", "model.embed_tokens", Half::EmbeddingDown);
        row("base_model.model.model.embed_tokens.lora_embedding_B.default", "model.embed_tokens", Half::EmbeddingUp);
        row("base_model.model.classifier.weight", "classifier.weight", Half::Whole);
        row("base_model.model.classifier.modules_to_save.default.weight", "classifier.weight", Half::Whole);
        row("base_model.model.classifier.modules_to_save.bias", "classifier.bias", Half::Whole);
        row("base_model.model.classifier.original_module.bias", "classifier.original_module.bias", Half::Ignored);
        row("base_model.model.model.embed_tokens.base_layer.weight", "model.embed_tokens.weight", Half::Whole);
        row("base_model.model.q.lora_magnitude_vector", "q.lora_magnitude_vector", Half::Unknown);
        row("base_model.model.q.lora_B.bias", "q", Half::Unknown);
    }
    void tensorsAreKnownByTheNamesOfPeft()
    {
        QFETCH(QString, name);
        QFETCH(QString, module);
        QFETCH(int, half);
        const AdapterKey key = adapterKeyOf(name.toStdString());
        QCOMPARE(QString::fromStdString(key.module), module);
        QCOMPARE(int(key.half), half);
    }
    void namesAreFoundInOtherSurroundings()
    {
        const BaseNames gpt2({"wte.weight", "h.0.attn.c_attn.weight", "h.1.attn.c_attn.weight", "ln_f.weight"});
        QCOMPARE(gpt2.find("transformer.h.1.attn.c_attn.weight"), std::optional<std::size_t>(2));
        QCOMPARE(gpt2.find("transformer.wte.weight"), std::optional<std::size_t>(0));
        QCOMPARE(gpt2.find("transformer.h.2.attn.c_attn.weight"), std::nullopt);
        QCOMPARE(gpt2.find("classifier.weight"), std::nullopt);
        const BaseNames llava({"vision_tower.encoder.layers.0.self_attn.q_proj.weight",
                               "language_model.model.layers.0.self_attn.q_proj.weight"});
        QCOMPARE(llava.find("model.language_model.layers.0.self_attn.q_proj.weight"), std::optional<std::size_t>(1));
        QCOMPARE(llava.find("layers.0.self_attn.q_proj.weight"), std::nullopt); // of either
    }
};

QTEST_GUILESS_MAIN(TestAdapterConfig)
#include "tst_adapter_config.moc"
