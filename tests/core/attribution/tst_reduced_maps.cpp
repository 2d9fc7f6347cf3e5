// SPDX-License-Identifier: GPL-3.0-or-later
// Maps and their gradients all at once, and block by block where memory is short: the same numbers.
#include <ATen/ATen.h>

#include "core/attribution/reduced_maps.h"
#include "core/attribution/relevance.h"
#include "core/session/session.h"
#include "tests/support/expect_error.h"
#include "tests/support/inputs.h"
#include "tests/support/tiny_model.h"

#include <QTest>

#include <limits>

using namespace headlens;
using namespace headlens::test;

namespace {

constexpr std::uint64_t kPlenty = std::numeric_limits<std::uint64_t>::max();

} // namespace

class TestReducedMaps : public QObject {
    Q_OBJECT
    Session m_session;

    void open(const char* model)
    {
        const verbs::ModelInfo info =
            m_session.openModel({std::string(HEADLENS_SOURCE "/resources/models/") + model, "cpu", {}});
        const std::string png = gradientPng(90, 70);
        verbs::SetInput request = picture("picture.png");
        request.text = info.text.example.empty() ? "a dog" : info.text.example;
        m_session.setInput(request, info.takesPictures ? std::as_bytes(std::span(png.data(), png.size()))
                                                       : std::span<const std::byte>());
    }
    // Too little for all blocks, enough for two of them.
    std::uint64_t little() const { return std::uint64_t(1.6 * double(costOfMaps(m_session.run(), {}).bytes)); }

private Q_SLOTS:
    void blockByBlockGivesTheSame_data()
    {
        QTest::addColumn<QString>("model");
        for (const char* model : {"emoji-vit", "story-gpt"}) QTest::newRow(model) << QString::fromLatin1(model);
    }
    void blockByBlockGivesTheSame()
    {
        QFETCH(QString, model);
        open(qPrintable(model));
        const ScoredModel scored(m_session.run(), {}, {});
        const ReducedMaps whole = reducedMaps(scored, {weightedMap, kWeightedBytes}, kPlenty);
        const ReducedMaps split = reducedMaps(scored, {weightedMap, kWeightedBytes}, little());
        QVERIFY(whole.remark.empty() && !split.remark.empty());
        QVERIFY(at::allclose(whole.score, split.score, 1e-4, 1e-5));
        QCOMPARE(split.of.size(), whole.of.size());
        QCOMPARE(split.trace.blocks.size(), whole.trace.blocks.size());
        for (std::size_t i = 0; i < whole.of.size(); ++i) {
            QVERIFY(whole.of[i].max().item<double>() > 0);
            QVERIFY2(at::allclose(whole.of[i], split.of[i], 1e-3, 1e-6 * whole.of[i].max().item<double>()),
                     qPrintable(QString::number(i)));
        }
        const auto all = relevance(whole.trace, whole.of, whole.score),
                   parts = relevance(split.trace, split.of, split.score);
        QVERIFY(at::allclose(all[0].relevance, parts[0].relevance, 1e-3, 1e-6));
    }
    void itCanBeCancelledBetweenBlocks()
    {
        open("emoji-vit");
        const ScoredModel scored(m_session.run(), {}, JobControl{[] { return true; }, {}});
        QCOMPARE(errorOf([&] { reducedMaps(scored, {weightedMap, kWeightedBytes}, little()); }), ErrorCode::Cancelled);
    }
    void whatDoesNotFitEvenSoIsRefused_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<quint64>("bytes");
        QTest::newRow("nothing is free") << "emoji-vit" << quint64(1000);
        QTest::newRow("two towers") << "emoji-clip" << quint64(100'000); // run() kept no single sequence
        QTest::newRow("windows") << "emoji-swin" << quint64(100'000);
    }
    void whatDoesNotFitEvenSoIsRefused()
    {
        QFETCH(QString, model);
        QFETCH(quint64, bytes);
        open(qPrintable(model));
        const ScoredModel scored(m_session.run(), {}, {});
        QCOMPARE(errorOf([&] {
                     reducedMaps(scored, {weightedMap, kWeightedBytes}, bytes);
                 }),
                 ErrorCode::NotEnoughMemory);
    }
};

QTEST_APPLESS_MAIN(TestReducedMaps)
#include "tst_reduced_maps.moc"
