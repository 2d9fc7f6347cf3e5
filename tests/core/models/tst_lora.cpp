// SPDX-License-Identifier: GPL-3.0-or-later
// The weights of a base with an adapter of PEFT on them: W + strength * scaling * B A, written out for every case.
#include "core/checkpoint/checkpoint.h"
#include "tests/support/adapter_writer.h"
#include "tests/support/expect_error.h"

#include <ATen/ATen.h>

#include <QTemporaryDir>
#include <QTest>

using namespace headlens;
using namespace headlens::test;

class TestLora : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;

    std::string at(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)).toStdString(); }

    // Linear layers, a norm, embeddings, a convolution, and a layer of GPT-2 with its inputs first.
    static RandomWeights baseWeights()
    {
        RandomWeights weights(3);
        weights.add("model.embed_tokens.weight", {10, 6});
        weights.add("model.layers.0.self_attn.q_proj.weight", {4, 6});
        weights.add("model.layers.0.self_attn.q_proj.bias", {4});
        weights.add("model.layers.0.self_attn.o_proj.weight", {6, 6});
        weights.add("model.patch.projection.weight", {5, 3, 2, 2});
        weights.add("model.layers.0.c_fc.weight", {6, 8});
        return weights;
    }
    std::string base() const
    {
        const std::string folder = at("base");
        std::filesystem::create_directories(folder);
        writeSafetensors(folder + "/model.safetensors", baseWeights().tensors, {});
        writeBytes(folder + "/config.json", R"({"model_type":"llama"})");
        return folder;
    }
    static at::Tensor tensor(const RandomWeights& weights, const std::string& name)
    {
        for (const TensorBytes& one : weights.tensors)
            if (one.name == name)
                return at::from_blob(const_cast<std::byte*>(one.data.data()), one.shape, at::kFloat).clone();
        return {};
    }
    at::Tensor merged(const char* adapter, const char* name, double strength) const
    {
        return Checkpoint::open(base(), {}, {}, {at(adapter), strength}).read(name);
    }
    static void compare(const at::Tensor& found, const at::Tensor& expected)
    {
        QVERIFY(found.sizes() == expected.sizes());
        QVERIFY2(at::allclose(found, expected, 1e-6, 1e-6),
                 qPrintable(QString::number((found - expected).abs().max().item<double>())));
    }
    // One product over a module of the base; answers A and B.
    std::pair<at::Tensor, at::Tensor> writeProduct(const char* folder, const std::string& module,
                                                   std::vector<std::int64_t> down, std::vector<std::int64_t> up,
                                                   const Json& config) const
    {
        RandomWeights weights(5);
        weights.add("base_model.model." + module + ".lora_A.weight", std::move(down));
        weights.add("base_model.model." + module + ".lora_B.weight", std::move(up));
        writeAdapter(at(folder), weights, config);
        return {tensor(weights, "base_model.model." + module + ".lora_A.weight"),
                tensor(weights, "base_model.model." + module + ".lora_B.weight")};
    }

private Q_SLOTS:
    void aLinearLayerGetsTheProduct_data()
    {
        QTest::addColumn<double>("strength");
        for (const double strength : {0.0, 0.25, 1.0}) QTest::addRow("%g", strength) << strength;
    }
    void aLinearLayerGetsTheProduct()
    {
        QFETCH(double, strength);
        const char* const name = "model.layers.0.self_attn.q_proj.weight";
        const auto [a, b] = writeProduct("linear", "model.layers.0.self_attn.q_proj", {2, 6}, {4, 2}, loraConfig(2, 6));
        const at::Tensor w = tensor(baseWeights(), name), found = merged("linear", name, strength);
        compare(found, w + strength * 3 * b.matmul(a));
        if (strength == 0) QVERIFY(at::equal(found, w)); // to the bit
    }
    void whatTheAdapterDoesNotNameStays()
    {
        writeProduct("linear", "model.layers.0.self_attn.q_proj", {2, 6}, {4, 2}, loraConfig(2, 6));
        for (const char* name : {"model.layers.0.self_attn.q_proj.bias", "model.layers.0.self_attn.o_proj.weight"})
            QVERIFY(at::equal(merged("linear", name, 1), tensor(baseWeights(), name)));
    }
    void rankStabilisedFactorsAndPatternsCount()
    {
        Json config = loraConfig(8, 6);
        config["use_rslora"] = true;
        config["rank_pattern"] = {{"o_proj", 4}};
        config["alpha_pattern"] = {{"o_proj", 10}};
        const char* const name = "model.layers.0.self_attn.o_proj.weight";
        const auto [a, b] = writeProduct("pattern", "model.layers.0.self_attn.o_proj", {4, 6}, {6, 4}, config);
        compare(merged("pattern", name, 1), tensor(baseWeights(), name) + 5 * b.matmul(a));
    }
    void layersWithTheirInputsFirstAreTurned()
    {
        const char* const name = "model.layers.0.c_fc.weight"; // [in,out]
        const auto [a, b] = writeProduct("turned", "model.layers.0.c_fc", {2, 6}, {8, 2}, loraConfig(2, 2));
        compare(merged("turned", name, 1), tensor(baseWeights(), name) + b.matmul(a).t());
    }
    void squareLayersAreTurnedAsTheConfigSays()
    {
        const char* const name = "model.layers.0.self_attn.o_proj.weight";
        Json config = loraConfig(2, 2);
        config["fan_in_fan_out"] = true;
        const auto [a, b] = writeProduct("square", "model.layers.0.self_attn.o_proj", {2, 6}, {6, 2}, config);
        compare(merged("square", name, 1), tensor(baseWeights(), name) + b.matmul(a).t());
    }
    void convolutionsGetTheProductOfTheirPatches()
    {
        const char* const name = "model.patch.projection.weight";
        const auto [a, b] =
            writeProduct("patch", "model.patch.projection", {2, 3, 2, 2}, {5, 2, 1, 1}, loraConfig(2, 4));
        const at::Tensor product = b.flatten(1).matmul(a.flatten(1)).view({5, 3, 2, 2});
        compare(merged("patch", name, 0.5), tensor(baseWeights(), name) + product);
    }
    void embeddingsGetTheProductTurned()
    {
        RandomWeights weights(5);
        weights.add("base_model.model.model.embed_tokens.lora_embedding_A", {2, 10});
        weights.add("base_model.model.model.embed_tokens.lora_embedding_B", {6, 2});
        writeAdapter(at("embedding"), weights, loraConfig(2, 4));
        const at::Tensor a = tensor(weights, "base_model.model.model.embed_tokens.lora_embedding_A"),
                         b = tensor(weights, "base_model.model.model.embed_tokens.lora_embedding_B");
        const char* const name = "model.embed_tokens.weight";
        compare(merged("embedding", name, 1), tensor(baseWeights(), name) + 2 * b.matmul(a).t());
    }
    void savedTensorsTakeThePlaceOfTheirs()
    {
        RandomWeights weights(5);
        weights.add("base_model.model.model.layers.0.self_attn.q_proj.bias", {4});
        weights.add("base_model.model.score.weight", {3, 6}); // the base has none
        writeAdapter(at("saved"), weights, loraConfig(2, 4));
        const char* const name = "model.layers.0.self_attn.q_proj.bias";
        const at::Tensor own = tensor(weights, std::string("base_model.model.") + name),
                         w = tensor(baseWeights(), name);
        compare(merged("saved", name, 1), own);
        compare(merged("saved", name, 0.25), w + 0.25 * (own - w));
        compare(merged("saved", "score.weight", 0.25), tensor(weights, "base_model.model.score.weight"));
    }
    void halfNumbersAreWidenedFirst()
    {
        RandomWeights halves(3);
        const at::Tensor w = tensor(baseWeights(), "model.layers.0.self_attn.q_proj.weight").to(at::kBFloat16);
        const TensorBytes stored{"model.layers.0.self_attn.q_proj.weight",
                                 DType::BF16,
                                 {4, 6},
                                 std::make_shared<at::Tensor>(w),
                                 std::span(static_cast<const std::byte*>(w.data_ptr()), w.nbytes())};
        std::filesystem::create_directories(at("halves"));
        writeSafetensors(at("halves") + "/model.safetensors", std::vector{stored}, {});
        const auto [a, b] = writeProduct("linear", "model.layers.0.self_attn.q_proj", {2, 6}, {4, 2}, loraConfig(2, 6));
        const Checkpoint checkpoint = Checkpoint::open(at("halves"), {}, {}, {at("linear"), 1});
        compare(checkpoint.read(stored.name), w.to(at::kFloat) + 3 * b.matmul(a));
    }
    void queryKeyAndValueInOneGetTheirRows()
    {
        RandomWeights base(3);
        base.add("h.0.attn.c_attn.weight", {6, 18}); // of GPT-2: inputs first
        std::filesystem::create_directories(at("gpt2"));
        writeSafetensors(at("gpt2") + "/model.safetensors", base.tensors, {});
        const auto [a, b] = writeProduct("fused", "transformer.h.0.attn.c_attn", {2, 6}, {18, 2}, loraConfig(2, 2));
        const Checkpoint checkpoint = Checkpoint::open(at("gpt2"), {}, {}, {at("fused"), 1});
        const at::Tensor whole = tensor(base, "h.0.attn.c_attn.weight").t() + b.matmul(a);
        compare(checkpoint.read("text.layer.0.self.query.weight"), whole.narrow(0, 0, 6));
        compare(checkpoint.read("text.layer.0.self.value.weight"), whole.narrow(0, 12, 6));
    }
    void whatItIsIsTold()
    {
        writeProduct("linear", "model.layers.0.self_attn.q_proj", {2, 6}, {4, 2}, loraConfig(2, 6, "org/base"));
        const Checkpoint checkpoint = Checkpoint::open(base(), {}, {}, {at("linear"), 0.5});
        const AdapterFacts& facts = checkpoint.adapter().value();
        QCOMPARE(facts.name, std::string("linear"));
        QCOMPARE(facts.base, std::string("org/base"));
        QCOMPARE(facts.rank, std::int64_t(2));
        QCOMPARE(facts.matrices, std::int64_t(1));
        QCOMPARE(facts.parameters, std::int64_t(20));
        QCOMPARE(facts.modules, std::vector<std::string>{"q_proj"});
        QCOMPARE(checkpoint.name(), std::string("base + linear"));
        QCOMPARE(checkpoint.assumptions().back(),
                 std::string("adapter: linear, strength 0.5, LoRA of rank 2 at 1 matrices (q_proj)"));
    }
    void damagedAndForeignAdaptersAreRefused_data()
    {
        QTest::addColumn<QString>("module");
        QTest::addColumn<QList<int>>("down");
        QTest::addColumn<QList<int>>("up");
        QTest::addColumn<QString>("why");
        const QString query = "model.layers.0.self_attn.q_proj";
        QTest::newRow("wider base") << query << QList{2, 8} << QList{4, 2} << "another base";
        QTest::newRow("more heads") << query << QList{2, 6} << QList{8, 2} << "another base";
        QTest::newRow("more layers") << "model.layers.7.self_attn.q_proj" << QList{2, 6} << QList{4, 2}
                                     << "another base";
        QTest::newRow("halves of two ranks") << query << QList{2, 6} << QList{4, 3} << "do not fit each other";
        QTest::newRow("another rank") << query << QList{3, 6} << QList{4, 3} << "has the rank 3";
        QTest::newRow("a vector") << query << QList{6} << QList{4, 2} << "do not fit each other";
        QTest::newRow("nothing") << query << QList{0, 6} << QList{4, 0} << "do not fit each other";
    }
    void damagedAndForeignAdaptersAreRefused()
    {
        QFETCH(QString, module);
        QFETCH(QList<int>, down);
        QFETCH(QList<int>, up);
        QFETCH(QString, why);
        writeProduct("bad", module.toStdString(), {down.begin(), down.end()}, {up.begin(), up.end()},
                     loraConfig(2, 6, "org/base"));
        try {
            Checkpoint::open(base(), {}, {}, {at("bad"), 1});
            QFAIL("it opened");
        } catch (const Error& error) {
            QCOMPARE(error.code(), ErrorCode::BadWeights);
            QVERIFY2(error.why().find(why.toStdString()) != std::string::npos, error.why().c_str());
        }
    }
    void oneHalfAloneIsRefused()
    {
        RandomWeights weights(5);
        weights.add("base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight", {2, 6});
        writeAdapter(at("half"), weights, loraConfig(2, 6));
        QCOMPARE(errorOf([&] {
                     Checkpoint::open(base(), {}, {}, {at("half"), 1});
                 }),
                 std::optional(ErrorCode::BadWeights));
    }
    void missingFilesAreNamed()
    {
        writeProduct("gone", "model.layers.0.self_attn.q_proj", {2, 6}, {4, 2}, loraConfig(2, 6));
        std::filesystem::remove(at("gone") + "/adapter_model.safetensors");
        const auto open = [&](const char* name) {
            return errorOf([&] { Checkpoint::open(base(), {}, {}, {at(name), 1}); });
        };
        QCOMPARE(open("gone"), std::optional(ErrorCode::PartMissing));
        QCOMPARE(open("base"), std::optional(ErrorCode::PartMissing));
        QCOMPARE(open("nowhere"), std::optional(ErrorCode::FileMissing));
    }
};

QTEST_GUILESS_MAIN(TestLora)
#include "tst_lora.moc"
