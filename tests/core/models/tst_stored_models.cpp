// SPDX-License-Identifier: GPL-3.0-or-later
// A model whose weights stay in memory as its file stores them is the same model: its maps, its size, what it is said
// to need, and when it is opened so without being asked.
#include "core/models/registry.h"
#include "core/session/model_estimate.h"
#include "core/session/questions/questions.h"
#include "core/session/session.h"
#include "tests/support/inputs.h"
#include "tests/support/random_weights.h"
#include "tests/support/tiny_model.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>

using namespace headlens;
using namespace headlens::test;

class TestStoredModels : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;

    static constexpr std::int64_t kWidth = 32, kVocabulary = 20;

    // Random numbers of which bfloat16 holds every digit, stored as such or as float32.
    static std::vector<TensorBytes> weights(bool isShort)
    {
        RandomWeights writer(3, [](std::string&, std::vector<std::int64_t>&, std::vector<float>& values) {
            for (float& value : values) value = std::round(value * 128) / 128;
        });
        writer.add("model.embed_tokens.weight", {kVocabulary, kWidth});
        for (const std::string layer : {"model.layers.0.", "model.layers.1."}) {
            writer.add(layer + "input_layernorm.weight", {kWidth});
            for (const char* name : {"q", "k", "v", "o"})
                writer.add(layer + "self_attn." + name + "_proj.weight", {kWidth, kWidth});
            writer.add(layer + "post_attention_layernorm.weight", {kWidth});
            for (const char* name : {"gate", "up"}) writer.add(layer + "mlp." + name + "_proj.weight", {48, kWidth});
            writer.add(layer + "mlp.down_proj.weight", {kWidth, 48});
        }
        writer.add("model.norm.weight", {kWidth});
        if (isShort)
            for (TensorBytes& tensor : writer.tensors) tensor = shortened(tensor);
        return writer.tensors;
    }
    static TensorBytes shortened(const TensorBytes& tensor)
    {
        auto owner = std::make_shared<std::vector<std::uint16_t>>(tensor.data.size() / 4);
        for (std::size_t i = 0; i < owner->size(); ++i) std::memcpy(&(*owner)[i], tensor.data.data() + 4 * i + 2, 2);
        return {tensor.name, DType::BF16, tensor.shape, owner, std::as_bytes(std::span(*owner))};
    }
    std::string write(bool isShort) const
    {
        const std::string folder = m_folder.filePath(isShort ? "short" : "long").toStdString();
        std::filesystem::create_directories(folder);
        writeSafetensors(folder + "/model.safetensors", weights(isShort), {{"format", "pt"}});
        const Json config{{"model_type", "llama"},       {"hidden_size", kWidth},   {"num_hidden_layers", 2},
                          {"num_attention_heads", 4},    {"intermediate_size", 48}, {"max_position_embeddings", 64},
                          {"tie_word_embeddings", true}, {"rms_norm_eps", 1e-5},    {"vocab_size", kVocabulary}};
        writeBytes(folder + "/config.json", config.dump());
        return folder;
    }
    static TensorBytes ids(std::vector<std::int64_t> tokens)
    {
        auto owner = std::make_shared<const std::vector<std::int64_t>>(std::move(tokens));
        return {"input_ids", DType::I64, {1, std::int64_t(owner->size())}, owner, std::as_bytes(std::span(*owner))};
    }

private Q_SLOTS:
    void itIsTheSameModel()
    {
        const std::string path = write(true);
        Session widened, kept;
        const verbs::ModelInfo there = widened.openModel({path, "cpu", {}}),
                               here = kept.openModel({path, "cpu", {}, "stored"});
        QCOMPARE(there.precision, std::string("float32"));
        QCOMPARE(here.precision, std::string("stored"));
        QVERIFY(!here.isRounded());
        QCOMPARE(here.parameters, there.parameters);
        QVERIFY(here.predictedBytes != there.predictedBytes);
        for (Session* session : {&widened, &kept}) session->setTensors({ids({3, 1, 4, 1, 5, 9, 2, 6})});
        for (int layer = 0; layer < 2; ++layer) {
            const FloatArray truth = questions::rows(widened.run(), {5}).layers.at(std::size_t(layer)),
                             found = questions::rows(kept.run(), {5}).layers.at(std::size_t(layer));
            QCOMPARE(found.values.size(), truth.values.size());
            for (std::size_t i = 0; i < truth.values.size(); ++i)
                QVERIFY(std::abs(found.values[i] - truth.values[i]) < 1e-5F);
        }
    }
    void itsMatricesStayAsTheyAreStored()
    {
        const Checkpoint checkpoint = openCheckpoint(write(true)), keeping = checkpoint.keeping();
        QVERIFY(!checkpoint.stored("text.layer.0.mlp.up.weight"));
        const auto matrix = keeping.stored("text.layer.0.mlp.up.weight");
        QVERIFY(matrix && matrix->format == BlockFormat::BF16);
        QCOMPARE(matrix->rows(), 48);
        QCOMPARE(keeping.kept().values, 48 * kWidth);
        QCOMPARE(keeping.kept().bytes, 2 * 48 * kWidth);
        const auto rows = keeping.stored("text.layer.0.mlp.up.weight", {{40, 2}, {3, 1}});
        QVERIFY(rows && rows->rows() == 3);
        std::vector<float> found(static_cast<std::size_t>(kWidth)), truth = found;
        rows->unpack(2, 1, found.data());
        matrix->unpack(3, 1, truth.data());
        QCOMPARE(found, truth);
        QVERIFY(!keeping.stored("text.layer.0.mlp.up.weight", {{47, 2}})); // there is no row 48
        QVERIFY(!keeping.stored("text.norm.weight"));                      // no matrix
        QVERIFY(!keeping.stored("no such tensor"));
        QVERIFY(!keeping.changed([](const std::string&, const at::Tensor& weight) { return weight; })
                     .stored("text.layer.0.mlp.up.weight"));
    }
    void itIsChosenWhereFloat32WouldTakeAQuarterOfTheMemory_data()
    {
        QTest::addColumn<bool>("isShort");
        QTest::addColumn<QString>("device");
        QTest::addColumn<int>("memory"); // in eighths of what the weights would take as float32
        QTest::addColumn<QString>("precision");
        QTest::newRow("little memory") << true << "cpu" << 31 << "stored";
        QTest::newRow("enough") << true << "cpu" << 32 << "float32";
        QTest::newRow("on a GPU") << true << "cuda" << 8 << "float32";
        QTest::newRow("float32 in the file") << false << "cpu" << 8 << "float32";
    }
    void itIsChosenWhereFloat32WouldTakeAQuarterOfTheMemory()
    {
        QFETCH(bool, isShort);
        QFETCH(QString, device);
        QFETCH(int, memory);
        QFETCH(QString, precision);
        const verbs::OpenModel request{write(isShort), "cpu", {}};
        const std::int64_t floats = 4 * estimateModel(request).parameters;
        const OpeningPlan plan =
            planOf(request, device.toStdString(), std::uint64_t(floats) * std::uint64_t(memory) / 8);
        QCOMPARE(plan.precision, precision.toStdString());
        QCOMPARE(plan.checkpoint.keeps(), precision == "stored");
        QCOMPARE(plan.remark.empty(), precision != "stored");
        QCOMPARE(4 * plan.outline.estimate.parameters, floats);
    }
    void whatIsSaidToBeNeededCountsTheBytesOfTheFile()
    {
        const Checkpoint checkpoint = openCheckpoint(write(true));
        const Checkpoint keeping = checkpoint.keeping();
        const Outline outline = outlineOf(keeping, {});
        const std::int64_t norms = 5 * kWidth;
        QCOMPARE(keeping.kept().bytes, 2 * (outline.estimate.parameters - norms));
        QVERIFY(outline.estimate.weightBytes >= keeping.kept().bytes);
    }
};

QTEST_APPLESS_MAIN(TestStoredModels)
#include "tst_stored_models.moc"
