// SPDX-License-Identifier: GPL-3.0-or-later
// Attention roll-out: by hand over two layers, its two variants, and where it is refused. The published figures are
// checked by engine/attribution.sh.
#include "core/attribution/maps.h"
#include "core/session/questions/questions.h"
#include "core/session/session.h"
#include "tests/support/expect_error.h"
#include "tests/support/inputs.h"
#include "tests/support/tiny_model.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <numeric>

using namespace headlens;
using namespace headlens::test;

class TestRollout : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;
    Session m_session;
    std::string m_png = gradientPng(40, 40);

    std::span<const std::byte> file() const { return std::as_bytes(std::span(m_png.data(), m_png.size())); }
    std::vector<float> row(std::map<std::string, std::string> settings) const
    {
        return tokenMap(m_session.run(), {.method = "rollout", .settings = std::move(settings)}).streams.at(0).values;
    }

    void open(int side)
    {
        TinyModel model;
        model.image = side;
        model.write(m_folder.path().toStdString());
        m_session.openModel({m_folder.path().toStdString(), "cpu", {}});
        m_session.setInput(picture("a.png"), file());
    }

private Q_SLOTS:
    void init() { open(32); }
    void twoLayersAreTheirProductWithHalfOfEveryTokenCarriedAlong_data()
    {
        QTest::addColumn<int>("side");
        QTest::newRow("few tokens, as a matrix") << 32;
        QTest::newRow("many tokens, row by row") << 264; // 1,089 patches
    }
    void twoLayersAreTheirProductWithHalfOfEveryTokenCarriedAlong()
    {
        QFETCH(const int, side);
        open(side);
        const int tokens = m_session.run().info.tokens;
        const auto mixed = [&](int layer) {
            FloatArray map = questions::wholeMap(m_session.run(), layer, 0, "mean", 0);
            for (int i = 0; i < tokens; ++i) map.values[std::size_t(i * tokens + i)] += 1;
            for (float& value : map.values) value /= 2;
            return map;
        };
        const FloatArray first = mixed(0), second = mixed(1);
        const std::vector<float> found = row({});
        QCOMPARE(found.size(), std::size_t(tokens));
        for (int j = 0; j < tokens; ++j) {
            double expected = 0;
            for (int k = 0; k < tokens; ++k)
                expected += double(second.values[std::size_t(k)]) * double(first.values[std::size_t(k * tokens + j)]);
            QVERIFY(std::abs(expected - double(found[std::size_t(j)])) < 1e-6);
        }
    }
    void rowsSumToOneAsCorrectedAndNotAsPublished_data()
    {
        twoLayersAreTheirProductWithHalfOfEveryTokenCarriedAlong_data();
    }
    void rowsSumToOneAsCorrectedAndNotAsPublished()
    {
        QFETCH(const int, side);
        open(side);
        const auto sum = [this](std::map<std::string, std::string> settings) {
            const std::vector<float> values = row(std::move(settings));
            return std::accumulate(values.begin(), values.end(), 0.0);
        };
        QVERIFY(std::abs(sum({{"fusion", "max"}, {"discard", "0.8"}}) - 1) < 1e-5);
        QVERIFY(std::abs(sum({{"fusion", "max"}, {"discard", "0.8"}, {"variant", "published"}}) - 1) > 1e-4);
        const std::vector<float> published = row({{"variant", "published"}}), corrected = row({});
        for (std::size_t i = 0; i < corrected.size(); ++i) // of whole rows both are the same
            QVERIFY(std::abs(published[i] - corrected[i]) < 1e-6F);
    }
    void itsMapIsThePatchesOfItsRow()
    {
        const verbs::TokenMap map = tokenMap(m_session.run(), {.method = "rollout"});
        QCOMPARE(map.map.rows(), 4);
        QVERIFY(std::equal(map.map.values.begin(), map.map.values.end(), map.streams.at(0).values.begin() + 1));
    }
    void aLaterBlockToBeginWithLeavesTheEarlierOut()
    {
        QVERIFY(row({{"start", "1"}}) != row({}));
        QCOMPARE(errorOf([&] { row({{"start", "2"}}); }), ErrorCode::BadRequest);
        QCOMPARE(errorOf([&] { row({{"query", "17"}}); }), ErrorCode::BadRequest);
        QCOMPARE(errorOf([&] { row({{"variant", "newest"}}); }), ErrorCode::BadRequest);
    }
    void itIsRefusedWhereTokensDoNotLookAtOneSequence()
    {
        m_session.openModel({"number-words", "cpu", {}});
        verbs::SetInput text;
        text.text = "nine";
        m_session.setInput(text);
        QCOMPARE(errorOf([&] { row({}); }), ErrorCode::BadRequest);
    }
};

QTEST_APPLESS_MAIN(TestRollout)
#include "tst_rollout.moc"
