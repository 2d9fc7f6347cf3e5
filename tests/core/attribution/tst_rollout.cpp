// SPDX-License-Identifier: GPL-3.0-or-later
// Attention roll-out: by hand over two layers, its two variants, and where it is refused. The published figures are
// checked by engine/attribution.sh.
#include "core/attribution/maps.h"
#include "core/session/questions/questions.h"
#include "core/session/session.h"
#include "tests/support/example_input.h"
#include "tests/support/expect_error.h"
#include "tests/support/inputs.h"
#include "tests/support/tiny_model.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
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

    void openEmbedded(const std::string& model) { openExample(m_session, model, file()); }
    // One row of the product of (mean over heads + I) / 2 over the blocks of one tower, from the last to the first.
    std::vector<float> productBy(const std::string& tower, int query) const
    {
        std::vector<double> row;
        for (int layer = int(m_session.run().info.blocks.size()) - 1; layer >= 0; --layer) {
            const verbs::BlockOutline& block = m_session.model().blocks[std::size_t(layer)];
            if (block.tower != tower || block.kind != "self") continue;
            const FloatArray map = questions::wholeMap(m_session.run(), layer, 0, "mean", 0);
            const auto tokens = std::size_t(map.shape.back());
            if (row.empty()) {
                row.assign(tokens, 0);
                row[std::size_t(query)] = 1;
            }
            std::vector<double> next(tokens, 0);
            for (std::size_t i = 0; i < tokens; ++i)
                for (std::size_t j = 0; j < tokens; ++j)
                    next[j] += row[i] * (double(map.values[i * tokens + j]) + (i == j ? 1 : 0)) / 2;
            row = next;
        }
        return {row.begin(), row.end()};
    }
    static bool near(const std::vector<float>& a, const std::vector<float>& b)
    {
        return a.size() == b.size() &&
               std::equal(a.begin(), a.end(), b.begin(), [](float x, float y) { return std::abs(x - y) < 1e-5F; });
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
    void eachTowerOfAClipHasItsOwn()
    {
        openEmbedded("emoji-clip");
        const verbs::TokenMap map = tokenMap(m_session.run(), {.method = "rollout"});
        QCOMPARE(map.streams.size(), std::size_t(2));
        for (int stream = 0; stream < 2; ++stream) {
            const std::vector<float>& found = map.streams[std::size_t(stream)].values;
            QVERIFY(std::abs(std::accumulate(found.begin(), found.end(), 0.0) - 1) < 1e-5);
        }
        QVERIFY(near(map.streams[0].values, productBy("vision", 0)));
        QVERIFY(!map.map.empty() && map.remark.empty());
        const std::vector<float>& text = map.streams[1].values; // of the token whose features are compared
        const auto last = std::ranges::find_if(text.rbegin(), text.rend(), [](float value) { return value > 0; });
        QVERIFY(near(text, productBy("text", int(text.rend() - last) - 1)));
    }
    void whatIsReadByAnotherSequenceHasOneAndTheReaderHasNone()
    {
        openEmbedded("number-words");
        const verbs::TokenMap map = tokenMap(m_session.run(), {.method = "rollout"});
        QCOMPARE(map.streams.size(), std::size_t(2));
        QVERIFY(near(map.streams[0].values, productBy("encoder", 0)));
        QVERIFY(map.streams[1].empty());
        QVERIFY2(map.remark.find("cross-attention") != std::string::npos, map.remark.c_str());
    }
    void ofAWriterItIsTheRowOfTheLastToken()
    {
        openEmbedded("story-gpt");
        const verbs::TokenMap map = tokenMap(m_session.run(), {.method = "rollout"});
        const int last = int(map.streams[0].values.size()) - 1;
        QVERIFY(last > 1);
        QVERIFY(near(map.streams[0].values, productBy("", last)));
        QVERIFY(!map.remark.empty()); // that nobody sees the future
        const std::vector<float> first = row({{"query", "0"}});
        QVERIFY(std::abs(first[0] - 1) < 1e-6F && std::abs(first[1]) < 1e-9F);
    }
    void itIsRefusedWhereTokensDoNotLookAtOneSequence()
    {
        openEmbedded("glyph-depths"); // blocks that leave tokens out
        QCOMPARE(errorOf([&] { row({}); }), ErrorCode::BadRequest);
    }
};

QTEST_APPLESS_MAIN(TestRollout)
#include "tst_rollout.moc"
