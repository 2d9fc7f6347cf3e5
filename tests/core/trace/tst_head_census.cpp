// SPDX-License-Identifier: GPL-3.0-or-later
// Statistics of heads on small maps made by hand, whose numbers are known.
#include <ATen/ATen.h>

#include "core/base/error.h"
#include "core/trace/head_census.h"
#include "tests/support/expect_error.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace headlens;
using namespace headlens::test;

namespace {

using enum HeadNumber;

// A block whose map is `map` [H,N,N]: queries are the logarithms, keys the unit vectors.
AttentionRecord blockOf(const at::Tensor& map)
{
    constexpr double kNothing = 1e-30;
    const std::int64_t tokens = map.size(-1);
    return {map.clamp_min(kNothing).log().unsqueeze(0),
            at::eye(tokens, map.options()).expand({1, map.size(0), -1, -1})};
}

// Row `query` gives everything to `key`.
at::Tensor pointing(const std::vector<int>& keys)
{
    const auto tokens = std::int64_t(keys.size());
    at::Tensor map = at::zeros({1, tokens, tokens});
    for (std::int64_t i = 0; i < tokens; ++i) map[0][i][keys[std::size_t(i)]].fill_(1);
    return map;
}

// [H,N,N]: only what lies before a query, and itself.
at::Tensor causalMask(std::int64_t tokens)
{
    return at::full({1, 1, tokens, tokens}, -1e9).triu(1);
}

AttentionRecord causal(AttentionRecord block)
{
    block.mask = causalMask(block.keys());
    return block;
}

BlockMap lineOf(std::int64_t tokens)
{
    return {int(tokens), {}};
}

HeadCensus counted(const AttentionRecord& block, const BlockMap& map, const TokenFacts& facts)
{
    return headCensus(block, map, facts, [] {});
}

double of(const HeadCensus& census, HeadNumber number, std::int64_t head = 0)
{
    return census.numbers[head][std::int64_t(number)].item<double>();
}

std::array<double, kHeadPatterns> scoresOf(const HeadCensus& census, std::int64_t head = 0)
{
    const at::Tensor own = census.numbers[head].contiguous(), chance = census.chance.contiguous();
    return patternScores(std::span<const double, kHeadNumbers>(own.data_ptr<double>(), kHeadNumbers),
                         std::span<const double, kHeadNumbers>(chance.data_ptr<double>(), kHeadNumbers));
}

double scoreOf(const HeadCensus& census, const char* pattern)
{
    return scoresOf(census)[std::size_t(headPatternFrom(pattern))];
}

QString nameOf(const HeadCensus& census)
{
    const int pattern = patternOf(scoresOf(census));
    return pattern < 0 ? QString() : QString::fromLatin1(headPatterns()[std::size_t(pattern)].id);
}

bool near(double a, double b, double within = 1e-5)
{
    return std::abs(a - b) < within;
}

// A B C D twice.
const TokenFacts kTwice{{7, 8, 9, 10, 7, 8, 9, 10}, -1, {}};

} // namespace

class TestHeadCensus : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void uniformAttentionGivesTheLogarithmOfTheKeys()
    {
        const HeadCensus census = counted(blockOf(at::full({2, 9, 9}, 1.0 / 9)), {0, {3, 3, 16}}, {});
        for (int head = 0; head < 2; ++head) {
            QVERIFY(near(of(census, Entropy, head), std::log(9.0)));
            QVERIFY(near(of(census, Normalised, head), 1));
            QVERIFY(near(of(census, Vertical, head), 0));
            QVERIFY(near(of(census, Itself, head), 1.0 / 9));
            QVERIFY(near(of(census, Near1, head), 33.0 / 81)); // nine with themselves, and 24 neighbours
        }
        QCOMPARE(nameOf(census), QString("diffuse"));
        QVERIFY(near(scoreOf(census, "local"), 0));
        QVERIFY(near(scoreOf(census, "diffuse"), 1));
    }
    void uniformAttentionBackwardsIsDiffuseToo()
    {
        const HeadCensus census = counted(causal(blockOf(at::ones({1, 8, 8}))), lineOf(8), kTwice);
        QVERIFY(near(of(census, Normalised), 1));
        QVERIFY(near(scoreOf(census, "sink"), 0)); // though 1, 1/2, 1/3 ... go to the first token
        QVERIFY(near(scoreOf(census, "previous-token"), 0));
        QVERIFY(near(scoreOf(census, "induction"), 0));
        QCOMPARE(nameOf(census), QString("diffuse"));
    }
    void aPerfectHeadScoresOne_data()
    {
        QTest::addColumn<QList<int>>("keys");
        QTest::addColumn<QString>("pattern");
        QTest::newRow("previous token") << QList<int>{0, 0, 1, 2, 3, 4, 5, 6} << "previous-token";
        QTest::newRow("induction") << QList<int>{0, 0, 0, 0, 1, 2, 3, 4} << "induction"; // behind the same word
        QTest::newRow("duplicate") << QList<int>{0, 0, 0, 0, 0, 1, 2, 3} << "duplicate";
        QTest::newRow("sink") << QList<int>{0, 0, 0, 0, 0, 0, 0, 0} << "sink";
    }
    void aPerfectHeadScoresOne()
    {
        QFETCH(QList<int>, keys);
        QFETCH(QString, pattern);
        const HeadCensus census = counted(causal(blockOf(pointing({keys.begin(), keys.end()}))), lineOf(8), kTwice);
        QVERIFY2(near(scoreOf(census, pattern.toLatin1().constData()), 1), qPrintable(pattern));
        QCOMPARE(nameOf(census), pattern);
        QVERIFY(near(of(census, Entropy), 0));
    }
    void sharesOfTextsAreThoseOfTheirKeys()
    {
        // The fifth token is the first again: 0.5 on it, 0.25 behind it, 0.25 on the token before.
        at::Tensor map = pointing({0, 1, 2, 3, 4, 5});
        map[0][4].zero_();
        map[0][4][0].fill_(0.5);
        map[0][4][1].fill_(0.25);
        map[0][4][3].fill_(0.25);
        const HeadCensus census = counted(causal(blockOf(map)), lineOf(6), {{1, 2, 3, 4, 1, 5}, -1, {}});
        QVERIFY(near(of(census, Duplicate), 0.5)); // only one query has an earlier occurrence
        QVERIFY(near(of(census, SameWord), 0.5));
        QVERIFY(near(of(census, Induction), 0.25));
        QVERIFY(near(of(census, Previous), 0.25 / 5)); // the first has none
        QVERIFY(near(of(census, Itself), 5.0 / 6));
    }
    void laterOccurrencesCountOnlyWhereTheyAreSeen()
    {
        const TokenFacts facts{{1, 2, 1}, -1, {}};
        const at::Tensor map = pointing({2, 1, 0});
        QVERIFY(near(of(counted(blockOf(map), lineOf(3), facts), SameWord), 1));
        QVERIFY(near(of(counted(blockOf(map), lineOf(3), facts), Duplicate), 1)); // of the last
        const HeadCensus backwards = counted(causal(blockOf(at::ones({1, 3, 3}))), lineOf(3), facts);
        QVERIFY(near(of(backwards, SameWord), 1.0 / 3)); // the first sees no other
    }
    void whatHasNoWordIsNoDuplicate()
    {
        const HeadCensus census = counted(blockOf(pointing({0, 1, 2})), lineOf(3), {{-1, 4, -1}, -1, {}});
        QVERIFY(std::isnan(of(census, SameWord)) && std::isnan(of(census, Induction)));
        QVERIFY(std::isnan(scoreOf(census, "induction")));
    }
    void specialTokensOfPicturesAreSinks()
    {
        // CLS, two registers, four patches; every query gives 0.5, 0.2, 0.1 to them and the rest to patch 0.
        const at::Tensor row = at::tensor({0.5, 0.2, 0.1, 0.2, 0.0, 0.0, 0.0}, at::kFloat);
        const HeadCensus census =
            counted(blockOf(row.expand({1, 7, 7}).contiguous()), {3, {2, 2, 14}}, {{}, 0, {1, 2}});
        QVERIFY(near(of(census, Cls), 0.5) && near(of(census, First), 0.5));
        QVERIFY(near(of(census, Registers), 0.3));
        QVERIFY(near(of(census, Sink), 0.8));
        QVERIFY(near(of(census, Near1), 0.15)); // of the four patches three are within 1 of the first
        QVERIFY(near(of(census, Near2), 0.2));
        QVERIFY(near(of(census, Distance), 14 * (0 + 1 + 1 + std::sqrt(2.0)) / 4)); // renormalised
        QCOMPARE(nameOf(census), QString("sink"));                                  // which vertical contains
        for (const HeadNumber number : {Previous, SameWord, Induction, Duplicate})
            QVERIFY(std::isnan(of(census, number)));
    }
    void allQueriesOnOnePatchAreVertical()
    {
        const HeadCensus census = counted(blockOf(pointing(std::vector<int>(9, 4))), {0, {3, 3, 16}}, {});
        QVERIFY(near(of(census, Vertical), 1));
        QCOMPARE(nameOf(census), QString("vertical"));
        QVERIFY(std::isnan(of(census, First)) && std::isnan(of(census, Sink)));
    }
    void everyQueryOnItselfIsLocal()
    {
        const HeadCensus census = counted(blockOf(pointing({0, 1, 2, 3, 4, 5, 6, 7, 8})), {0, {3, 3, 16}}, {});
        QVERIFY(near(of(census, Vertical), 0) && near(of(census, Distance), 0) && near(of(census, Near1), 1));
        QCOMPARE(nameOf(census), QString("local"));
    }
    void foreignKeysHaveNeitherDistanceNorItself()
    {
        AttentionRecord block{at::zeros({1, 1, 4, 2}), at::zeros({1, 1, 3, 2})};
        block.kind = AttentionKind::Cross;
        block.keyStream = 1;
        const HeadCensus census = counted(block, lineOf(3), {{1, 1, 1}, -1, {}});
        QVERIFY(near(of(census, Entropy), std::log(3.0)) && near(of(census, First), 1.0 / 3));
        for (const HeadNumber number : {Distance, Itself, Near1, Previous, SameWord, Induction, Duplicate})
            QVERIFY(std::isnan(of(census, number)));
    }
    void manyTokensAreCountedInParts()
    {
        constexpr int kTokens = 1500; // several chunks of rows
        at::manual_seed(3);
        const AttentionRecord block{at::randn({1, 2, kTokens, 8}), at::randn({1, 2, kTokens, 8}), 0.3};
        int parts = 0;
        const TokenFacts facts{std::vector<std::int64_t>(kTokens, 5), -1, {}};
        const HeadCensus census = headCensus(block, lineOf(kTokens), facts, [&parts] { ++parts; });
        QVERIFY(parts > 2);
        const at::Tensor map = at::softmax(at::matmul(block.q, block.k.transpose(-2, -1)) * block.scale, -1)[0];
        for (int head = 0; head < 2; ++head) {
            const at::Tensor one = map[head];
            QVERIFY(near(of(census, Previous, head), one.diagonal(-1).mean().item<double>()));
            QVERIFY(near(of(census, SameWord, head), 1 - one.diagonal().mean().item<double>()));
            const at::Tensor row = one.mean(0);
            const double entropy = -(row * row.log()).sum().item<double>();
            QVERIFY(near(of(census, Vertical, head), 1 - entropy / std::log(double(kTokens)), 1e-4));
        }
    }
    void itCanBeCancelledBetweenRows()
    {
        const auto stop = [] { throw Error(ErrorCode::Cancelled, {}, "cancelled"); };
        QCOMPARE(errorOf([&] { headCensus(blockOf(at::ones({1, 4, 4})), lineOf(4), {}, stop); }), ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(TestHeadCensus)
#include "tst_head_census.moc"
