// SPDX-License-Identifier: GPL-3.0-or-later
// Llama with heads that share their keys, as a checkpoint with random weights: what is shown of it agrees with itself.
// Its numbers are checked against transformers by engine/language.sh.
#include "core/session/questions/questions.h"
#include "core/session/session.h"
#include "tests/support/expect_error.h"
#include "tests/support/inputs.h"
#include "tests/support/random_weights.h"
#include "tests/support/tiny_model.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <numeric>

using namespace headlens;
using namespace headlens::test;

class TestLlama : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;

    static constexpr std::int64_t kWidth = 32, kHeads = 4, kKeyHeads = 2, kVocabulary = 20;

    static Json config()
    {
        return {{"model_type", "llama"},
                {"hidden_size", kWidth},
                {"num_hidden_layers", 2},
                {"num_attention_heads", kHeads},
                {"num_key_value_heads", kKeyHeads},
                {"intermediate_size", 48},
                {"max_position_embeddings", 64},
                {"rms_norm_eps", 1e-5},
                {"eos_token_id", {7, 8}}};
    }
    // `experts`: of every layer; 0: one MLP.
    std::string write(const char* name, const Json& json, int experts = 0) const
    {
        const std::string folder = m_folder.filePath(QString::fromLatin1(name)).toStdString();
        std::filesystem::create_directories(folder);
        RandomWeights writer(3, {});
        constexpr std::int64_t kKeys = kWidth / kHeads * kKeyHeads;
        writer.add("model.embed_tokens.weight", {kVocabulary, kWidth});
        for (const std::string layer : {"model.layers.0.", "model.layers.1."}) {
            writer.add(layer + "input_layernorm.weight", {kWidth});
            writer.add(layer + "self_attn.q_proj.weight", {kWidth, kWidth});
            writer.add(layer + "self_attn.k_proj.weight", {kKeys, kWidth});
            writer.add(layer + "self_attn.v_proj.weight", {kKeys, kWidth});
            writer.add(layer + "self_attn.o_proj.weight", {kWidth, kWidth});
            writer.add(layer + "post_attention_layernorm.weight", {kWidth});
            if (experts > 0) writer.add(layer + "block_sparse_moe.gate.weight", {experts, kWidth});
            for (int i = 0; i < experts; ++i) {
                const std::string expert = layer + "block_sparse_moe.experts." + std::to_string(i);
                writer.add(expert + ".w1.weight", {48, kWidth});
                writer.add(expert + ".w3.weight", {48, kWidth});
                writer.add(expert + ".w2.weight", {kWidth, 48});
            }
            if (experts > 0) continue;
            writer.add(layer + "mlp.gate_proj.weight", {48, kWidth});
            writer.add(layer + "mlp.up_proj.weight", {48, kWidth});
            writer.add(layer + "mlp.down_proj.weight", {kWidth, 48});
        }
        writer.add("model.norm.weight", {kWidth});
        writeSafetensors(folder + "/model.safetensors", writer.tensors, {{"format", "pt"}});
        writeBytes(folder + "/config.json", json.dump());
        return folder;
    }
    static TensorBytes ids(std::vector<std::int64_t> tokens)
    {
        auto owner = std::make_shared<const std::vector<std::int64_t>>(std::move(tokens));
        return {"input_ids", DType::I64, {1, std::int64_t(owner->size())}, owner, std::as_bytes(std::span(*owner))};
    }

private Q_SLOTS:
    void whichExpertsComputeATokenIsAStateOfItsLayer()
    {
        Json mixtral = config();
        mixtral.update({{"model_type", "mixtral"},
                        {"num_local_experts", 3},
                        {"num_experts_per_tok", 2},
                        {"vocab_size", kVocabulary}});
        mixtral.erase("eos_token_id");
        Session session;
        session.openModel({write("experts", mixtral, 3), "cpu", {}});
        session.setTensors({ids({3, 1, 4, 1, 5})});
        const Run& run = session.run();
        for (const char* name : {"experts.0", "experts.1"}) {
            const FloatArray weights = questions::state(run, {name}).numbers;
            QCOMPARE(weights.shape, (std::vector<std::int64_t>{5, 3}));
            for (int token = 0; token < 5; ++token) {
                const auto row = weights.part(token);
                QCOMPARE(std::ranges::count_if(row, [](float one) { return one > 0; }), 2);
                QVERIFY(std::abs(std::accumulate(row.begin(), row.end(), 0.F) - 1) < 1e-5F);
            }
        }
        QCOMPARE(errorOf([&] { questions::state(run, {"experts.2"}); }), ErrorCode::BadRequest);
    }
    void whatIsShownOfOneWeightAgrees()
    {
        Session session;
        const verbs::ModelInfo model = session.openModel({write("plain", config()), "cpu", {}});
        QCOMPARE(model.architecture, std::string("Llama"));
        QVERIFY(model.text.writes);
        QCOMPARE(model.unusedTensors.size(), std::size_t(0));
        session.setTensors({ids({3, 1, 4, 1, 5, 9, 2, 6})});
        const Run& run = session.run();
        const FloatArray rows = questions::rows(run, {5}).layers.at(1);
        QCOMPARE(rows.rows(), int(kHeads));
        for (int head = 0; head < int(kHeads); ++head) {
            const auto row = rows.part(head);
            QVERIFY(std::abs(std::accumulate(row.begin(), row.end(), 0.0) - 1) < 1e-5);
            QCOMPARE(row[6], 0.0F); // later
            const FloatArray map = questions::wholeMap(run, 1, head, "single", 0);
            const verbs::Pair pair = questions::pair(run, {1, head, 5, 2});
            const verbs::RowFormula formula = questions::rowFormula(run, {1, head, 5});
            for (const double weight : {double(map.part(5)[2]), pair.weight, double(formula.weight[2])})
                QVERIFY(std::abs(weight - double(row[2])) < 1e-5);
            QCOMPARE(formula.values.rows(), 8);
        }
    }
    void positionsCanBeTurnedOff()
    {
        Session session;
        session.openModel({write("switched", config()), "cpu", {}});
        verbs::SetInput off;
        off.switches = {{"positions", "off"}};
        session.setTensors({ids({3, 3, 3, 3})}, off); // without places equal words are equal
        const auto row = questions::rows(session.run(), {3}).layers.at(0);
        for (int token = 0; token < 4; ++token) QVERIFY(std::abs(row.part(0)[std::size_t(token)] - 0.25F) < 1e-5F);
        QCOMPARE(questions::positions(session.run(), {}).kind, std::string("rotary"));
    }
    void unknownScalingIsRefusedByName()
    {
        Json json = config();
        json["rope_scaling"] = {{"rope_type", "spiral"}, {"factor", 2.0}};
        const std::string path = write("spiral", json);
        QCOMPARE(errorOf([&] { Session().openModel({path, "cpu", {}}); }), ErrorCode::UnsupportedModel);
    }
    void headsThatDoNotFitAreRefused()
    {
        Json json = config();
        json["num_attention_heads"] = 5;
        const std::string path = write("five", json);
        QCOMPARE(errorOf([&] { Session().openModel({path, "cpu", {}}); }), ErrorCode::BadConfig);
    }
};

QTEST_APPLESS_MAIN(TestLlama)
#include "tst_llama.moc"
