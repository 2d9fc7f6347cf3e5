// SPDX-License-Identifier: GPL-3.0-or-later
// The door of the engine: tiny models, damaged models, cancelled runs, and what stays when something fails.
#include "core/export/exporter.h"
#include "core/session/memory.h"
#include "core/session/questions/questions.h"
#include "core/session/session.h"
#include "tests/support/adapter_writer.h"
#include "tests/support/expect_error.h"
#include "tests/support/inputs.h"
#include "tests/support/tiny_model.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <limits>
#include <numeric>

using namespace headlens;
using namespace headlens::test;

class TestSession : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;

    std::string write(const TinyModel& model)
    {
        static int count = 0;
        const std::string path = m_folder.filePath("m" + QString::number(++count)).toStdString();
        model.write(path);
        return path;
    }
    static verbs::InputAnswer show(Session& session, const std::string& png, const std::string& fit = "trained")
    {
        return session.setInput(picture("picture.png", fit), std::as_bytes(std::span(png.data(), png.size())));
    }

    // With a config.json of timm, which says little beside the name.
    static TinyModel timmModel(const QString& architecture, const QString& pool)
    {
        TinyModel tiny;
        tiny.changeConfig = [=](Json& config) {
            config = Json{{"architecture", architecture.toStdString()},
                          {"global_pool", pool.toStdString()},
                          {"model_args", {{"num_heads", 4}, {"img_size", 32}}}};
        };
        return tiny;
    }

private Q_SLOTS:
    void aViTIsInspected()
    {
        Session session;
        const auto model = session.openModel({write({}), "auto", {}});
        QCOMPARE(int(model.blocks.size()), 2);
        QCOMPARE(model.blocks[0].heads, 4);
        QCOMPARE(model.classes, 3);
        QCOMPARE(model.sha256.size(), std::size_t(64));
        QVERIFY(model.unusedTensors.empty());
        const verbs::InputAnswer input = show(session, gradientPng(50, 40));
        QCOMPARE(input.info.tokens, 17);
        QCOMPARE(input.seen.width, 32);
        QCOMPARE(input.info.outputs.get<verbs::Classes>().best.size(), std::size_t(3));
        const auto rows = questions::rows(session.run(), {3, false}).layers;
        QCOMPARE(rows.size(), std::size_t(2));
        for (const FloatArray& layer : rows)
            for (int h = 0; h < layer.rows(); ++h)
                QVERIFY(std::abs(std::accumulate(layer.values.begin() + h * layer.columns(),
                                                 layer.values.begin() + (h + 1) * layer.columns(), 0.0) -
                                 1) < 1e-5);
    }
    void aSilencedHeadChangesOnlyWhatComesBehindIt()
    {
        Session session;
        session.openModel({write({}), "cpu", {}});
        const std::string png = gradientPng(50, 40);
        show(session, png);
        const auto before = questions::rows(session.run(), {3, false}).layers;
        verbs::SetInput request = picture("picture.png");
        request.ablated = {{0, 2}};
        session.setInput(request); // the same picture again
        const auto after = questions::rows(session.run(), {3, false}).layers;
        QCOMPARE(after[0].values, before[0].values);
        QVERIFY(after[1].values != before[1].values);
        request.ablated = {};
        session.setInput(request);
        QCOMPARE(questions::rows(session.run(), {3, false}).layers[1].values, before[1].values);
    }
    void aBatchSaysWhatSinglePicturesSay()
    {
        Session one, many;
        const std::string path = write({});
        one.openModel({path, "cpu", {}});
        many.openModel({path, "cpu", {}});
        const std::vector<PictureFile> files{
            {"a", gradientPng(50, 40)}, {"bad", "no picture"}, {"c", gradientPng(40, 70)}};
        const std::vector<BatchEntry> batch = many.runBatch(files, {});
        QVERIFY(!batch[0].failure && batch[1].failure && !batch[2].failure);
        QCOMPARE(batch[1].failure->code(), ErrorCode::ImageUnreadable);
        QVERIFY(batch[1].run == nullptr);
        QCOMPARE(errorOf([&] { many.run(); }), ErrorCode::NothingOpen); // a batch is not the session's run
        for (const std::size_t i : {0U, 2U}) {
            show(one, files[i].bytes);
            const Run &alone = one.run(), &together = *batch[i].run;
            QCOMPARE(together.info.sha256, alone.info.sha256);
            QCOMPARE(together.info.outputs.get<verbs::Classes>().best[0].label,
                     alone.info.outputs.get<verbs::Classes>().best[0].label);
            const auto expected = questions::rows(alone, {3, false}).layers,
                       found = questions::rows(together, {3, false}).layers;
            for (std::size_t layer = 0; layer < expected.size(); ++layer)
                for (std::size_t k = 0; k < expected[layer].values.size(); ++k)
                    QVERIFY(std::abs(expected[layer].values[k] - found[layer].values[k]) < 1e-5F);
        }
    }
    void lessIsKeptWhereMemoryIsShort()
    {
        const auto fails = [] { throw Error(ErrorCode::NotEnoughMemory, "this", "is too large"); };
        const auto breaks = [] { throw Error(ErrorCode::BadRequest, "this", "is wrong"); };
        int runs = 0;
        const auto works = [&] { ++runs; };
        QCOMPARE(runSmaller({{"", works}, {"hidden", works}}), std::string());
        QCOMPARE(runSmaller({{"", fails}, {"hidden", works}, {"cpu", works}}), std::string("hidden"));
        QCOMPARE(runSmaller({{"", fails}, {"hidden", fails}, {"cpu", works}}), std::string("cpu"));
        QCOMPARE(runs, 3);
        QCOMPARE(errorOf([&] { runSmaller({{"", fails}, {"cpu", fails}}); }), ErrorCode::NotEnoughMemory);
        QCOMPARE(errorOf([&] { runSmaller({{"", breaks}, {"cpu", works}}); }), ErrorCode::BadRequest);
        QCOMPARE(runs, 3);
    }
    void theTraceIsQueriesAndKeysAndNothingElse()
    {
        Session session;
        const auto model = session.openModel({write({}), "cpu", {}});
        for (const int side : {16, 32, 64}) { // a straight line in the number of tokens
            session.setTensors(
                {pixelValues(std::vector<float>(std::size_t(3 * side * side), 0.1F), {1, 3, side, side})});
            const std::int64_t tokens = session.run().info.tokens, width = model.blocks[0].width;
            const auto layers = std::int64_t(model.blocks.size());
            QCOMPARE(session.run().info.traceBytes, layers * 2 * tokens * width * 4);
            QCOMPARE(session.run().info.hiddenBytes, (layers + 1) * tokens * width * 4);
        }
    }
    void rowsColumnsAndTilesAgree()
    {
        Session session;
        session.openModel({write({}), "auto", {}});
        show(session, gradientPng(50, 40));
        const auto from = questions::rows(session.run(), {2, false}).layers,
                   to = questions::rows(session.run(), {5, true}).layers;
        const FloatArray map = questions::wholeMap(session.run(), 1, 3, "single", 0);
        QCOMPARE(map.rows(), 17);
        // The weight of key 5 for query 2, asked in three ways.
        const float weight = from[1].values[3 * 17 + 5];
        QVERIFY(std::abs(to[1].values[3 * 17 + 2] - weight) < 1e-6F);
        QVERIFY(std::abs(map.values[2 * 17 + 5] - weight) < 1e-6F);
    }
    void aDistilledModelHasTwoSpecialTokens()
    {
        TinyModel tiny;
        tiny.distilled = true;
        Session session;
        QCOMPARE(session.openModel({write(tiny), "auto", {}}).prefixTokens, (std::vector<std::string>{"cls", "dist"}));
        QCOMPARE(show(session, gradientPng(9, 9)).info.tokens, 18);
    }
    void aModelWithoutHeadPredictsNothing()
    {
        TinyModel tiny;
        tiny.head = false;
        Session session;
        QCOMPARE(session.openModel({write(tiny), "auto", {}}).classes, 0);
        QVERIFY(show(session, gradientPng(40, 40)).info.outputs.get<verbs::Classes>().best.empty());
    }
    void nativeAspectGivesARectangularGrid()
    {
        Session session;
        session.openModel({write({}), "auto", {}});
        const auto info = show(session, gradientPng(128, 64), "native").info;
        QCOMPARE(info.gridWidth, 8);
        QCOMPARE(info.gridHeight, 4);
    }
    void halfPrecisionAndShardsGiveTheSameModel()
    {
        // The same values, rounded to what float16 can hold, must give the same rows from either file.
        TinyModel tiny;
        tiny.change = [](std::string&, std::vector<std::int64_t>&, std::vector<float>& values) {
            for (float& v : values) v = std::round(v * 1024) / 1024;
        };
        const std::string whole = write(tiny);
        Session session;
        session.openModel({whole, "auto", {}});
        show(session, gradientPng(40, 40));
        const auto expected = questions::rows(session.run(), {1, false}).layers;
        writeBytes(whole + "/model.safetensors.index.json", Json{{"weight_map",
                                                                  [&] {
                                                                      Json map = Json::object();
                                                                      for (const auto& tensor : session.model().tensors)
                                                                          map[tensor.name] = "model-1.safetensors";
                                                                      return map;
                                                                  }()}}
                                                                .dump());
        writeBytes(whole + "/model-1.safetensors", readBytes(whole + "/model.safetensors"));
        std::remove((whole + "/model.safetensors").c_str());
        session.openModel({whole, "auto", {}});
        show(session, gradientPng(40, 40));
        QVERIFY(questions::rows(session.run(), {1, false}).layers[1].values == expected[1].values);
    }
    void damagedModelsAreNamed_data()
    {
        QTest::addColumn<QString>("damage");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("says");
        QTest::newRow("missing tensor") << "missing" << int(ErrorCode::BadWeights)
                                        << "encoder.layer.1.output.dense.bias";
        QTest::newRow("wrong shape") << "shape" << int(ErrorCode::BadWeights) << "[17,16]";
        QTest::newRow("NaN") << "nan" << int(ErrorCode::BadWeights) << "layernorm.weight";
        QTest::newRow("infinite") << "inf" << int(ErrorCode::BadWeights) << "layernorm.weight";
        QTest::newRow("heads that do not divide") << "heads" << int(ErrorCode::BadConfig) << "5 heads";
        QTest::newRow("a billion layers") << "layers" << int(ErrorCode::BadConfig) << "1000000000";
        QTest::newRow("unknown type") << "type" << int(ErrorCode::UnsupportedModel) << "mamba";
    }
    void damagedModelsAreNamed()
    {
        QFETCH(QString, damage);
        QFETCH(int, code);
        QFETCH(QString, says);
        TinyModel tiny;
        tiny.change = [&](std::string& name, std::vector<std::int64_t>& shape, std::vector<float>& values) {
            if (damage == "missing" && name.ends_with("layer.1.output.dense.bias")) name.clear();
            if (damage == "shape" && name == "vit.encoder.layer.0.attention.output.dense.weight") {
                shape[0] += 1;
                values.resize(values.size() + 16);
            }
            if (damage == "nan" && name == "vit.layernorm.weight") values[0] = std::numeric_limits<float>::quiet_NaN();
            if (damage == "inf" && name == "vit.layernorm.weight") values[0] = std::numeric_limits<float>::infinity();
        };
        tiny.changeConfig = [&](Json& config) {
            if (damage == "heads") config["num_attention_heads"] = 5;
            if (damage == "layers") config["num_hidden_layers"] = 1'000'000'000;
            if (damage == "type") config["model_type"] = "mamba";
        };
        const std::string bad = write(tiny);
        Session session;
        session.openModel({write({}), "auto", {}});
        show(session, gradientPng(40, 40));
        QElapsedTimer clock;
        clock.start();
        try {
            session.openModel({bad, "auto", {}});
            QFAIL("it opened");
        } catch (const Error& error) {
            QCOMPARE(int(error.code()), code);
            QVERIFY2(QString(error.what()).contains(says), error.what());
        }
        QVERIFY(clock.elapsed() < 1000);
        QCOMPARE(questions::rows(session.run(), {0, false}).layers.size(),
                 std::size_t(2)); // the previous state is intact
    }
    void wrongThingsAreNamed_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code");
        QTest::newRow("web page") << "a.safetensors" << QByteArray("<!DOCTYPE html><html>")
                                  << int(ErrorCode::WrongContent);
        QTest::newRow("Git-LFS pointer") << "b.safetensors"
                                         << QByteArray("version https://git-lfs.github.com/spec/v1\n")
                                         << int(ErrorCode::WrongContent);
        QTest::newRow("GGUF, cut off") << "c.safetensors" << QByteArray("GGUF\3\0\0\0\0\0\0\0", 12)
                                       << int(ErrorCode::Truncated);
        QTest::newRow("zip") << "d.pth" << QByteArray("PK\3\4nonsense") << int(ErrorCode::BadHeader);
        QTest::newRow("empty") << "e.safetensors" << QByteArray() << int(ErrorCode::Truncated);
        QTest::newRow("old pickle") << "f.pth" << QByteArray("\x80\x02\x8a\x0a", 4) << int(ErrorCode::WrongContent);
    }
    void wrongThingsAreNamed()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, bytes);
        QFETCH(int, code);
        const std::string path = m_folder.filePath(name).toStdString();
        writeBytes(path, bytes.toStdString());
        Session session;
        QCOMPARE(errorOf([&] { session.openModel({path, "auto", {}}); }), ErrorCode(code));
    }
    void foldersWithoutAModelAreNamed()
    {
        QTemporaryDir empty;
        Session session;
        QCOMPARE(errorOf([&] { session.openModel({empty.path().toStdString(), "auto", {}}); }), ErrorCode::PartMissing);
        QCOMPARE(errorOf([&] { session.openModel({"/no/such/place", "auto", {}}); }), ErrorCode::FileMissing);
        QCOMPARE(errorOf([&] { session.openModel({"x", "tpu", {}}); }), ErrorCode::Usage);
    }
    void whatTimmComputesOtherwiseIsRefused_data()
    {
        QTest::addColumn<QString>("architecture");
        QTest::addColumn<QString>("pool");
        QTest::addColumn<QString>("extra"); // what a tensor of the head is called instead
        QTest::newRow("norms behind attention") << "vit_base_patch16_rpn_224"
                                                << "avg"
                                                << "";
        QTest::newRow("rotary positions of its own") << "vit_pe_core_base_patch16_224"
                                                     << "map"
                                                     << "";
        QTest::newRow("an unknown pooling") << "vit_base_patch16_224"
                                            << "max"
                                            << "";
        QTest::newRow("a norm within attention") << "beit3_base_patch16_224"
                                                 << "avg"
                                                 << "vit.encoder.layer.0.attn.norm.bias";
    }
    void whatTimmComputesOtherwiseIsRefused()
    {
        QFETCH(QString, architecture);
        QFETCH(QString, pool);
        QFETCH(QString, extra);
        TinyModel tiny = timmModel(architecture, pool);
        tiny.change = [&](std::string& name, std::vector<std::int64_t>&, std::vector<float>&) {
            if (name == "classifier.bias" && !extra.isEmpty()) name = extra.toStdString();
        };
        Session session;
        QCOMPARE(int(errorOf([&] {
                         session.openModel({write(tiny), "auto", {}});
                     }).value()),
                 int(ErrorCode::UnsupportedModel));
    }
    void activationsThatOnlyTheNameTells_data()
    {
        QTest::addColumn<QString>("architecture");
        QTest::addColumn<QString>("activation");
        QTest::newRow("plain") << "vit_base_patch16_224"
                               << "gelu";
        QTest::newRow("SigLIP's first") << "vit_so400m_patch14_siglip_384"
                                        << "gelu";
        QTest::newRow("SigLIP's later ones") << "vit_so400m_patch16_siglip_256"
                                             << "gelu_pytorch_tanh";
        QTest::newRow("SigLIP of one size") << "vit_large_patch16_siglip_gap_512"
                                            << "gelu_pytorch_tanh";
        QTest::newRow("CLIP of OpenAI") << "vit_base_patch16_clip_quickgelu_224"
                                        << "quick_gelu";
    }
    void activationsThatOnlyTheNameTells()
    {
        QFETCH(QString, architecture);
        QFETCH(QString, activation);
        Session session;
        std::string said;
        for (const std::string& one :
             session.openModel({write(timmModel(architecture, "token")), "auto", {}}).assumptions)
            if (one.find("activation: ") != std::string::npos) said = one.substr(one.find("activation: ") + 12);
        QCOMPARE(said, activation.toStdString());
    }
    void aFusedTensorThatDoesNotDivideIsRefused()
    {
        // timm names without config: width 1, so that four rows round down to the right shape.
        const std::string json =
            R"({"cls_token":{"dtype":"F32","shape":[1,1,1],"data_offsets":[0,4]},)"
            R"("pos_embed":{"dtype":"F32","shape":[1,2,1],"data_offsets":[4,12]},)"
            R"("patch_embed.proj.weight":{"dtype":"F32","shape":[1,3,1,1],"data_offsets":[12,24]},)"
            R"("blocks.0.mlp.fc1.weight":{"dtype":"F32","shape":[1,1],"data_offsets":[24,28]},)"
            R"("blocks.0.norm1.weight":{"dtype":"F32","shape":[1],"data_offsets":[28,32]},)"
            R"("blocks.0.attn.qkv.weight":{"dtype":"F32","shape":[4,1],"data_offsets":[32,48]}})";
        const std::string path = m_folder.filePath("fused.safetensors").toStdString();
        writeBytes(path, blob(json, std::string(48, '\1')));
        Session session;
        QCOMPARE(int(errorOf([&] { session.openModel({path, "auto", {}}); }).value()), int(ErrorCode::BadWeights));
    }
    void nonFiniteWeightsOpenWhenAskedTo()
    {
        TinyModel tiny;
        tiny.change = [](std::string& name, std::vector<std::int64_t>&, std::vector<float>& values) {
            if (name == "vit.layernorm.weight") values[0] = std::numeric_limits<float>::quiet_NaN();
        };
        Session session;
        QCOMPARE(errorOf([&] { session.openModel({write(tiny), "auto", {{"allow_nonfinite", "1"}}}); }), std::nullopt);
    }
    void aCancelledRunLeavesThePreviousOne()
    {
        Session session;
        session.openModel({write({}), "auto", {}});
        show(session, gradientPng(40, 40));
        const auto before = questions::rows(session.run(), {1, false}).layers;
        int checks = 0;
        const JobControl control{[&] { return ++checks > 1; }, {}};
        const std::string png = gradientPng(60, 20);
        QCOMPARE(errorOf([&] {
                     session.setInput(picture("other", "trained"), std::as_bytes(std::span(png.data(), png.size())),
                                      control);
                 }),
                 ErrorCode::Cancelled);
        QVERIFY(questions::rows(session.run(), {1, false}).layers[0].values == before[0].values);
    }
    void theSameInputTwiceIsBitIdentical()
    {
        Session session;
        session.openModel({write({}), "auto", {}});
        show(session, gradientPng(40, 40));
        const auto first = questions::rows(session.run(), {4, true}).layers;
        show(session, gradientPng(40, 40));
        QVERIFY(questions::rows(session.run(), {4, true}).layers[1].values == first[1].values);
    }
    void questionsBeforeAnythingIsOpenAreAnswered()
    {
        Session session;
        QCOMPARE(errorOf([&] { questions::rows(session.run(), {0, false}); }), ErrorCode::NothingOpen);
        QCOMPARE(errorOf([&] { questions::tile(session.run(), {}); }), ErrorCode::NothingOpen);
        QCOMPARE(errorOf([&] { show(session, gradientPng(8, 8)); }), ErrorCode::NothingOpen);
    }
    void everyExportIsMade_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("format");
        QTest::addColumn<QByteArray>("start");
        for (const char* what : {"map", "grid"}) {
            QTest::addRow("%s png", what) << what << "png" << QByteArray("\x89PNG");
            QTest::addRow("%s svg", what) << what << "svg" << QByteArray("<svg");
        }
        for (const char* what : {"map", "grid", "row", "matrix"}) {
            QTest::addRow("%s csv", what) << what << "csv" << QByteArray();
            QTest::addRow("%s npy", what) << what << "npy" << QByteArray("\x93NUMPY");
        }
    }
    void everyExportIsMade()
    {
        QFETCH(QString, what);
        QFETCH(QString, format);
        QFETCH(QByteArray, start);
        Session session;
        session.openModel({write({}), "auto", {}});
        show(session, gradientPng(50, 40));
        verbs::Export request;
        request.what = what.toStdString();
        request.format = format.toStdString();
        request.layer = 1;
        request.token = 3;
        const std::string file = renderExport(session.run(), request);
        QVERIFY(QByteArray::fromStdString(file).startsWith(start));
        QVERIFY(file.size() > 40);
    }
    void anExportedRowHoldsTheNumbersOfTheMap()
    {
        Session session;
        session.openModel({write({}), "auto", {}});
        show(session, gradientPng(50, 40));
        verbs::Export request;
        request.what = "row";
        request.format = "npy";
        request.layer = 1;
        request.head = 2;
        request.token = 4;
        const std::string file = renderExport(session.run(), request);
        const auto rows = questions::rows(session.run(), {4, false}).layers;
        float value = 0;
        std::memcpy(&value, file.data() + file.size() - 17 * sizeof(float) + 9 * sizeof(float), sizeof(float));
        QCOMPARE(value, rows[1].values[2 * 17 + 9]);
    }
    void exportsOfWhatDoesNotExistAreRefused_data()
    {
        QTest::addColumn<QString>("field");
        for (const char* field : {"what", "format", "layer", "head", "token", "fusion"}) QTest::newRow(field) << field;
    }
    void exportsOfWhatDoesNotExistAreRefused()
    {
        QFETCH(QString, field);
        Session session;
        session.openModel({write({}), "auto", {}});
        show(session, gradientPng(50, 40));
        verbs::Export request;
        if (field == "what") request.what = "poem";
        if (field == "format") request.format = "docx";
        if (field == "layer") request.layer = 9;
        if (field == "head") request.head = -1;
        if (field == "token") request.token = 99;
        if (field == "fusion") request.fusion = "median";
        QCOMPARE(errorOf([&] { renderExport(session.run(), request); }), ErrorCode::BadRequest);
    }

    void anAdapterChangesTheModelAsFarAsItIsWanted()
    {
        const std::string base = write({}), adapter = m_folder.filePath("adapter").toStdString();
        writeTinyAdapter(adapter, {});
        const auto scoresAt = [&](const char* strength) {
            Session session;
            const auto model = session.openModel({base, "cpu", {{"adapter", adapter}, {"adapter_strength", strength}}});
            if (model.adapter.matrices != 4 || model.adapter.rank != 2 || model.path != base) return 0.0;
            show(session, gradientPng(40, 40));
            return session.run().info.outputs.get<verbs::Classes>().best.at(0).logit;
        };
        Session plain;
        plain.openModel({base, "cpu", {}});
        show(plain, gradientPng(40, 40));
        QCOMPARE(scoresAt("0"), double(plain.run().info.outputs.get<verbs::Classes>().best.at(0).logit));
        QVERIFY(scoresAt("1") != scoresAt("0"));
        QVERIFY(scoresAt("0.5") != scoresAt("1"));
    }
    void anAdapterAloneOpensItsBaseWhichLiesBesideIt()
    {
        const std::string base = write({}), adapter = m_folder.filePath("beside").toStdString();
        writeTinyAdapter(adapter, {}, "somebody/" + std::filesystem::path(base).filename().string());
        Session session;
        const auto model = session.openModel({adapter, "cpu", {}});
        QCOMPARE(model.path, base);
        QCOMPARE(model.adapter.folder, adapter);
        QCOMPARE(session.openModel({adapter + "/adapter_model.safetensors", "cpu", {}}).path, base);
    }
    void anAdapterWhoseBaseIsNowhereGoesOnTheOpenModel()
    {
        const std::string base = write({}), adapter = m_folder.filePath("lonely").toStdString();
        writeTinyAdapter(adapter, {}, "somebody/model-of-nobody");
        Session session;
        QCOMPARE(errorOf([&] { session.openModel({adapter, "cpu", {}}); }), std::optional(ErrorCode::PartMissing));
        session.openModel({base, "cpu", {{"layer_norm_eps", "1e-6"}}});
        QCOMPARE(session.openModel({adapter, "cpu", {}}).adapter.folder, adapter);
        QCOMPARE(session.opened().request.set.at("layer_norm_eps"), std::string("1e-6"));
    }
    void anAdapterOfAnotherBaseLeavesTheOpenModelAsItIs()
    {
        TinyModel wider;
        wider.width = 32;
        const std::string base = write({}), adapter = m_folder.filePath("foreign").toStdString();
        writeTinyAdapter(adapter, wider);
        Session session;
        session.openModel({base, "cpu", {}});
        show(session, gradientPng(40, 40));
        QCOMPARE(errorOf([&] { session.openModel({adapter, "cpu", {}}); }), std::optional(ErrorCode::BadWeights));
        QVERIFY(session.model().adapter.folder.empty());
        QCOMPARE(session.run().info.tokens, 17);
    }
    void strengthsThatAreNoneAreRefused_data()
    {
        QTest::addColumn<QString>("strength");
        for (const char* strength : {"2", "-0.1", "half", "nan", "1x"}) QTest::newRow(strength) << strength;
    }
    void strengthsThatAreNoneAreRefused()
    {
        QFETCH(QString, strength);
        const std::string base = write({}), adapter = m_folder.filePath("strong").toStdString();
        writeTinyAdapter(adapter, {});
        Session session;
        const auto open = [&](std::map<std::string, std::string> set) {
            return errorOf([&] { session.openModel({base, "cpu", std::move(set)}); });
        };
        const std::string text = strength.toStdString();
        QCOMPARE(open({{"adapter", adapter}, {"adapter_strength", text}}), std::optional(ErrorCode::Usage));
        QCOMPARE(open({{"adapter_strength", "1"}}), std::optional(ErrorCode::Usage));
    }
};

QTEST_APPLESS_MAIN(TestSession)
#include "tst_session.moc"
