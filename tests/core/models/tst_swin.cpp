// SPDX-License-Identifier: GPL-3.0-or-later
// A small random Swin: maps stitched in place, windows, overviews, the effective map, components, tables and exports.
#include "core/training/tasks/image_classifier.h"
#include "core/training/trainer/model_files.h"
#include "core/training/trainer/training_state.h"

#include "core/attribution/maps.h"
#include "core/export/exporter.h"
#include "core/nn/window_tensors.h"
#include "core/session/questions/questions.h"
#include "core/session/session.h"
#include "core/wire/block_grid.h"
#include "tests/support/expect_error.h"
#include "tests/support/inputs.h"
#include "tests/support/tiny_model.h"

#include <ATen/ATen.h>

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <numeric>

using namespace headlens;
using namespace headlens::test;

class TestSwin : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;
    Session m_session;

    // Maps of 12 and 6 tokens a side in windows of 4: the second is padded to 8. `side` 64 has no padding.
    void open(int side)
    {
        const QString folder = m_folder.filePath(QString::number(side));
        QDir().mkpath(folder);
        TrainingState state(makeClassifier({{2, 2}, {2, 4}, 16, 4, 4}, side, 5), 11);
        state.saveModel(folder.toStdString(),
                        {{"id2label", {{"0", "a"}, {"1", "b"}, {"2", "c"}, {"3", "d"}, {"4", "e"}}}});
        writePreprocessor(folder.toStdString(), side);
        m_session.openModel({folder.toStdString(), "cpu", {}});
        const std::string png = gradientPng(70, 50);
        m_session.setInput(picture("picture.png"), std::as_bytes(std::span(png.data(), png.size())));
    }
    static double sumOf(const std::vector<float>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

private Q_SLOTS:
    void everyStageHasItsOwnMap()
    {
        open(48);
        const verbs::ModelInfo& model = m_session.model();
        QCOMPARE(model.architecture, std::string("Swin"));
        QCOMPARE(model.blocks.size(), std::size_t(4));
        QCOMPARE(model.blocks[3].heads, 4);
        const verbs::InputInfo& input = m_session.run().info;
        QCOMPARE(input.tokens, 144);
        QCOMPARE(input.blocks[1].shiftY, 2);
        QCOMPARE(input.blocks[3].gridHeight, 6);
        QCOMPARE(input.blocks[3].cell, 2 * input.blocks[0].cell);
        QCOMPARE(input.blocks[0].cell, input.patchPixels);
        QCOMPARE(input.outputs.get<verbs::Classes>().best.size(), std::size_t(5));
    }
    void rowsLieInTheirWindowAndSumToOne()
    {
        open(64);
        for (const int token : {0, 37, 255}) {
            const auto rows = questions::rows(m_session.run(), {token, false}).layers;
            for (std::size_t l = 0; l < rows.size(); ++l) {
                const verbs::BlockGrid& grid = m_session.run().info.blocks[l];
                const auto seen = reachablePatches(
                    grid, cellUnder({16, 16, m_session.run().info.patchPixels}, gridOf(grid), token), {});
                for (int h = 0; h < rows[l].rows(); ++h) {
                    double sum = 0;
                    for (int i = 0; i < rows[l].columns(); ++i) {
                        const float value = rows[l].values[std::size_t(h * rows[l].columns() + i)];
                        QVERIFY(seen[std::size_t(i)] || value == 0);
                        sum += double(value);
                    }
                    QVERIFY(std::abs(sum - 1) < 1e-5);
                }
            }
        }
    }
    void rowsAndColumnsAgree()
    {
        open(48);
        const auto from = questions::rows(m_session.run(), {40, false}).layers,
                   to = questions::rows(m_session.run(), {41, true}).layers;
        // What token 40 gives to token 41, asked from both sides, in the unshifted first block.
        QVERIFY(std::abs(from[0].values[41] - to[0].values[40]) < 1e-6F);
    }
    void theTileOfAWindowHoldsTheRow()
    {
        open(48);
        const verbs::BlockGrid& grid = m_session.run().info.blocks[1];
        const auto place = windowsOf(grid).placeOf({5, 6});
        const FloatArray map = questions::wholeMap(m_session.run(), 1, 1, "single", place.window);
        const auto rows = questions::rows(m_session.run(), {5 * 12 + 6, false}).layers;
        for (int inner = 0; inner < 16; ++inner) {
            const Cell cell = windowsOf(grid).cellOf({place.window, inner});
            QVERIFY(std::abs(map.values[std::size_t(place.inner * 16 + inner)] -
                             rows[1].values[std::size_t(144 + cell.y * 12 + cell.x)]) < 1e-6F);
        }
        QCOMPARE(errorOf([&] { questions::wholeMap(m_session.run(), 1, 1, "single", 99); }), ErrorCode::BadRequest);
    }
    void cuttingAndJoiningIsTheIdentity_data()
    {
        QTest::addColumn<bool>("padsAfterRoll");
        QTest::newRow("padding first") << false;
        QTest::newRow("roll first, as timm") << true;
    }
    void cuttingAndJoiningIsTheIdentity()
    {
        QFETCH(bool, padsAfterRoll);
        const WindowGrid grid{7, 10, 4, 4, 2, 2, padsAfterRoll};
        const at::Tensor x = at::arange(2 * 70 * 3, at::kFloat).view({2, 70, 3});
        const at::Tensor windows = intoWindows(x, grid);
        QVERIFY(at::equal(outOfWindows(windows, grid, at::zeros_like(x)), x));
        for (int y = 0; y < 7; ++y) // the arithmetic of WindowGrid is that of the tensors
            for (int column = 0; column < 10; ++column) {
                const auto place = grid.placeOf({y, column});
                QVERIFY(at::equal(windows[place.window][place.inner], x[0][y * 10 + column]));
            }
    }
    void everybodyReceivesWhatEverybodyGives()
    {
        open(64);
        QVERIFY(std::abs(sumOf(tokenMap(m_session.run(), {"received", 1, 0, "mean", -1}).map.values) - 256) < 1e-2);
        const FloatArray entropy = tokenMap(m_session.run(), {"entropy", 0, 1, "single", -1}).map;
        for (const float value : entropy.values) QVERIFY(value > 0 && value <= std::log(16.0F) + 1e-4F);
        const FloatArray distance = tokenMap(m_session.run(), {"distance", 2, 0, "mean", -1}).map;
        QCOMPARE(distance.rows(), 8);
        for (const float value : distance.values) QVERIFY(value >= 0 && value < 8 * 8 * 1.5F);
        QCOMPARE(errorOf([&] { tokenMap(m_session.run(), {"charm", 0, 0, "mean", -1}); }), ErrorCode::BadRequest);
    }
    void theEffectiveMapSharesOutOne()
    {
        open(64);
        for (const int token : {-1, 0, 130}) {
            const FloatArray map = tokenMap(m_session.run(), {"effective", 3, 0, "mean", token}).map;
            QCOMPARE(map.rows(), 16);
            QVERIFY(std::abs(sumOf(map.values) - 1) < 1e-4);
        }
        open(48); // what padding receives is lost
        const double sum = sumOf(tokenMap(m_session.run(), {"effective", 3, 0, "mean", -1}).map.values);
        QVERIFY(sum > 0.3 && sum < 1);
    }
    void theBiasOfAPairIsItsEntryInTheTable()
    {
        open(48);
        const FloatArray tables = questions::positionBias(m_session.run(), {0}).tables;
        QCOMPARE(tables.extent(1), 7);
        QCOMPARE(tables.extent(0), 2);
        at::Tensor table = at::from_blob(const_cast<float*>(tables.values.data()), {2, 7, 7});
        const at::Tensor bias = biasFromTable(table, {8, 8, 4, 4});
        // Query (3,0), key (1,2): two rows below and two columns left, entry (2 + 3, -2 + 3).
        QVERIFY(at::equal(bias[1][12][6], table[1][5][1]));
    }
    void componentsKeepTheirBasis()
    {
        open(64);
        const verbs::PcaResult last = m_session.pca({1, "v2", false, false});
        QCOMPARE(last.fittedLayer, 1);
        QCOMPARE(last.picture.width, 16);
        QCOMPARE(m_session.pca({0, "v2", false, false}).fittedLayer, 1);
        QCOMPARE(m_session.pca({0, "v2", true, false}).fittedLayer, 0);
        QCOMPARE(m_session.pca({3, "v2", false, false}).fittedLayer, 3); // another width
        QCOMPARE(m_session.pca({3, "v3", false, false}).explained.size(), std::size_t(3));
        QVERIFY(std::ranges::any_of(last.picture.pixels, [](auto p) { return p > 0; }));
        QCOMPARE(errorOf([&] { m_session.pca({0, "v9", false, false}); }), ErrorCode::BadRequest);
    }
    void everyFigureIsMade_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("format");
        for (const char* what : {"map", "grid", "received", "entropy", "distance", "effective", "bias"})
            for (const char* format : {"png", "svg", "csv", "npy"})
                QTest::addRow("%s as %s", what, format) << what << format;
        for (const char* what : {"row", "matrix"})
            for (const char* format : {"csv", "npy"}) QTest::addRow("%s as %s", what, format) << what << format;
        QTest::newRow("components") << "pca"
                                    << "png";
    }
    void everyFigureIsMade()
    {
        QFETCH(QString, what);
        QFETCH(QString, format);
        open(48);
        verbs::Export request;
        request.what = what.toStdString();
        request.format = format.toStdString();
        request.layer = 3;
        request.head = 2;
        request.token = 77;
        QVERIFY(renderExport(m_session.run(), request).size() > 40);
        request.layer = 9;
        QCOMPARE(errorOf([&] { renderExport(m_session.run(), request); }), ErrorCode::BadRequest);
    }
    void theEffectiveFigureSaysWhoseDefinitionItIs()
    {
        open(48);
        verbs::Export request;
        request.what = "effective";
        request.format = "svg";
        QVERIFY(renderExport(m_session.run(), request).find("own definition") != std::string::npos);
    }
    void aPictureOfAnotherShapeIsPadded()
    {
        open(48);
        const std::string png = gradientPng(101, 40);
        const auto input =
            m_session.setInput(picture("wide.png", "native"), std::as_bytes(std::span(png.data(), png.size())));
        QVERIFY(input.info.gridWidth > input.info.gridHeight);
        for (const FloatArray& layer : questions::rows(m_session.run(), {5, false}).layers)
            for (const float value : layer.values) QVERIFY(std::isfinite(value));
    }
    void aMaskedAutoencoderHidesAndPaints()
    {
        if (sharedFolder().empty()) QSKIP("the folder of reference models is not here");
        const std::string png = gradientPng(40, 40);
        m_session.openModel({sharedFolder() + "/oracle/mae_pretrain", "cpu", {}});
        const auto shown =
            m_session.setInput(picture("p.png", "trained", 0.5, 3), std::as_bytes(std::span(png.data(), png.size())));
        QCOMPARE(shown.info.hiddenPatches.size(), std::size_t(8));
        QCOMPARE(shown.reconstruction.width, 32);
        const int hidden = shown.info.hiddenPatches[0];
        const auto rows = questions::rows(m_session.run(), {1 + hidden, false}).layers;
        QCOMPARE(sumOf(rows[0].values), 0.0);                             // the encoder never saw it
        QVERIFY(std::abs(sumOf(rows[2].values) - rows[2].rows()) < 1e-4); // the decoder did
        const auto cls = questions::rows(m_session.run(), {0, false}).layers;
        QCOMPARE(cls[0].values[std::size_t(1 + hidden)], 0.0F);
        const auto again =
            m_session.setInput(picture("p.png", "trained", 0.5, 4), std::as_bytes(std::span(png.data(), png.size())));
        QVERIFY(again.info.hiddenPatches != shown.info.hiddenPatches);
        QCOMPARE(errorOf([&] { m_session.pca({0, "v2", false, false}); }), ErrorCode::BadRequest);
    }
    void trainingLearnsAFixedBatch()
    {
        const std::shared_ptr<ImageClassifier> network = makeClassifier({{2, 2}, {2, 4}, 16, 4, 4}, 32, 3);
        TrainingState state(network, 5);
        const at::Tensor pixels = at::rand({6, 3, 32, 32}) * 2 - 1, labels = at::arange(6, at::kLong) % 3;
        const auto step = [&] {
            const at::Tensor loss = at::cross_entropy_loss(network->logits(pixels), labels);
            const double value = loss.item<double>();
            loss.backward();
            state.update(3e-3);
            return value;
        };
        const double first = step();
        for (int i = 0; i < 30; ++i) step();
        QVERIFY(step() < 0.5 * first);
    }
    void theEstimateComesBeforeTheLoading()
    {
        open(48);
        const auto estimate = estimateModel({m_session.model().path, "cpu", {}});
        QCOMPARE(estimate.parameters, m_session.model().parameters);
        QVERIFY(estimate.fits && estimate.totalBytes > estimate.weightBytes);
        QCOMPARE(m_session.model().predictedBytes, estimate.totalBytes);
    }
};

QTEST_APPLESS_MAIN(TestSwin)
#include "tst_swin.moc"
