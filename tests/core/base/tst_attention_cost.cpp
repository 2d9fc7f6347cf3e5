// SPDX-License-Identifier: GPL-3.0-or-later
// What patterns of attention cost: the closed forms against counting pair by pair, and against each other.
#include "core/base/attention_cost.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <random>
#include <set>

using namespace headlens;

namespace {

AttentionShape grid(int side, int special = 1, int width = 16, int heads = 4)
{
    return {special, side, side, width, heads, 8};
}

AttentionShape text(int tokens, int width = 16)
{
    return {tokens, 0, 0, width, 4, 8};
}

// As allowedPairs() of core/nn/attention_patterns.cpp says it, one pair after the other.
int countedPairs(const AttentionShape& shape, int radius, bool global, const std::set<std::pair<int, int>>& extra = {})
{
    const int patches = shape.gridHeight * shape.gridWidth, tokens = shape.special + patches;
    int count = 0;
    for (int query = 0; query < tokens; ++query)
        for (int key = 0; key < tokens; ++key) {
            const int a = query - shape.special, b = key - shape.special;
            if (a < 0 || b < 0)
                count += global || query == key ? 1 : 0;
            else
                count += (std::abs(a / shape.gridWidth - b / shape.gridWidth) <= radius &&
                          std::abs(a % shape.gridWidth - b % shape.gridWidth) <= radius) ||
                                 extra.contains({a, b})
                             ? 1
                             : 0;
        }
    return count;
}

} // namespace

class TestAttentionCost : public QObject {
    Q_OBJECT

    static AttentionCost cost(const char* pattern, const AttentionShape& shape)
    {
        const auto found = attentionCost(pattern, shape);
        if (!found) QTest::qFail(pattern, __FILE__, __LINE__);
        return found.value_or(AttentionCost{});
    }

private Q_SLOTS:
    void thePatternsAreThoseOfTheSwitch()
    {
        QFile source(QStringLiteral(HEADLENS_SOURCE "/core/nn/attention_patterns.cpp"));
        QVERIFY(source.open(QIODevice::ReadOnly));
        std::vector<std::string> names;
        static const QRegularExpression kEntry(QStringLiteral("[{]\"([^\"]+)\", [{]AttentionPattern::"));
        for (auto found = kEntry.globalMatch(QString::fromUtf8(source.readAll())); found.hasNext();)
            names.push_back(found.next().captured(1).toStdString());
        QVERIFY(names.size() > 5);
        QCOMPARE(costedPatterns(), names);
        for (const std::string& name : names) QVERIFY2(attentionCost(name, grid(8)), name.c_str());
    }
    void whatIsNoPatternHasNoCost_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name :
             {"", "window", "window ", "window 0", "window -1", "window 1x", "coarse 0", "window alone",
              "random features", " random features", "99999999999 random features", "Dense"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void whatIsNoPatternHasNoCost()
    {
        QFETCH(QString, name);
        QVERIFY(!attentionCost(name.toStdString(), grid(8)));
        QVERIFY(!breakEvenTokens(name.toStdString(), grid(8)));
    }
    void pairsOnEightByEightAreThoseOfTheSpecification()
    {
        const AttentionShape shape = grid(8);
        QCOMPARE(cost("dense", shape).pairs, 4225.0);
        QCOMPARE(cost("window 1", shape).pairs, 613.0);
        QCOMPARE(cost("window 2", shape).pairs, 1285.0);
        QCOMPARE(cost("window 1 alone", shape).pairs, 22.0 * 22 + 1);
        QCOMPARE(cost("coarse 2", shape).pairs, 65.0 * 17);
        QCOMPARE(cost("coarse 2", grid(8, 0)).pairs, 64.0 * 16); // without a class token: 4 x 4 cells
        QCOMPARE(cost("coarse 4", shape).pairs, 65.0 * 5);
        QCOMPARE(cost("low rank", shape).pairs, 65.0 * 8);
        QCOMPARE(cost("linear", shape).pairs, 4225.0);
    }
    void windowsAreCountedAsTheyAreMasked_data()
    {
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("special");
        for (const int height : {1, 2, 5, 8, 9})
            for (const int width : {1, 3, 8})
                for (const int special : {0, 1, 5})
                    QTest::addRow("%d x %d and %d", height, width, special) << height << width << special;
    }
    void windowsAreCountedAsTheyAreMasked()
    {
        QFETCH(int, height);
        QFETCH(int, width);
        QFETCH(int, special);
        const AttentionShape shape{special, height, width, 16, 4, 8};
        for (const int radius : {1, 2, 3, 20}) {
            const std::string name = "window " + std::to_string(radius);
            QCOMPARE(cost(name.c_str(), shape).pairs, double(countedPairs(shape, radius, true)));
            QCOMPARE(cost((name + " alone").c_str(), shape).pairs, double(countedPairs(shape, radius, false)));
        }
    }
    void randomPairsAreTheMeanOverDraws()
    {
        std::mt19937 lot(7); // NOLINT: the same draws in every run
        for (const int side : {4, 8, 11}) {
            const AttentionShape shape = grid(side);
            const int patches = side * side, draws = 60;
            double sum = 0;
            for (int draw = 0; draw < draws; ++draw) {
                std::set<std::pair<int, int>> extra;
                std::vector<int> order(static_cast<std::size_t>(patches));
                for (int i = 0; i < patches; ++i) order[std::size_t(i)] = i;
                for (int query = 0; query < patches; ++query) {
                    std::ranges::shuffle(order, lot);
                    for (std::size_t i = 0; i < 3; ++i) extra.insert({query, order[i]});
                }
                sum += countedPairs(shape, 1, true, extra);
            }
            const AttentionCost found = cost("window 1 and 3 random", shape);
            QVERIFY(found.average);
            QVERIFY2(std::abs(found.pairs - sum / draws) < 3,
                     qPrintable(QStringLiteral("%1, drawn %2").arg(found.pairs).arg(sum / draws)));
        }
    }
    void moreRandomPatchesThanThereAreMakeItDense()
    {
        QCOMPARE(cost("window 1 and 1000 random", grid(8)).pairs, 4225.0);
    }
    void nobodyLooksAtMorePairsThanDense()
    {
        for (const int side : {1, 2, 4, 8, 14, 37, 64})
            for (const std::string& pattern : costedPatterns()) {
                if (pattern == "low rank" && side < 3) continue; // 8 mixtures of fewer tokens are no saving
                QVERIFY2(cost(pattern.c_str(), grid(side)).pairs <= cost("dense", grid(side)).pairs, pattern.c_str());
            }
    }
    void coarseCellsOfOnePatchAreDense()
    {
        for (const int side : {1, 7, 8, 64}) {
            const AttentionCost coarse = cost("coarse 1", grid(side)), dense = cost("dense", grid(side));
            QCOMPARE(coarse.pairs, dense.pairs);
            QCOMPARE(coarse.multiplyAdds, dense.multiplyAdds);
            QCOMPARE(coarse.own, 0.0);
        }
    }
    void aCellAtTheEdgeMayBeSmaller() // as avg_pool2d with ceil_mode makes them
    {
        QCOMPARE(cost("coarse 4", grid(9, 0)).pairs, 81.0 * 9);
        QCOMPARE(cost("coarse 4", AttentionShape{1, 4, 5, 16, 4, 8}).pairs, 21.0 * (1 + 2));
    }
    void aWindowOverEverythingIsDense()
    {
        QCOMPARE(cost("window 7", grid(8)).multiplyAdds, cost("dense", grid(8)).multiplyAdds);
        QVERIFY(cost("window 6", grid(8)).multiplyAdds < cost("dense", grid(8)).multiplyAdds);
    }
    void multiplyAddsAreTheProductsThatAreMade()
    {
        const AttentionShape shape = grid(8); // N 65, P 64, d 16, 4 heads
        QCOMPARE(cost("dense", shape).multiplyAdds, 4.0 * (65 * 65 * 16 + 65 * 65 * 16));
        QCOMPARE(cost("window 1", shape).multiplyAdds, 4.0 * 2 * 613 * 16);
        QCOMPARE(cost("coarse 2", shape).multiplyAdds, 4.0 * (2 * 65 * 17 * 16 + 2 * 64 * 16));
        QCOMPARE(cost("low rank", shape).multiplyAdds, 4.0 * (2 * 8 * 65 * 16 + 2 * 65 * 8 * 16));
        const double kv = 65 * 16 * 16, sums = 65 * 16;
        QCOMPARE(cost("linear", shape).multiplyAdds, 4.0 * (kv + sums + kv + sums));
        const double features = 2 * (65 * 64 * 16 + 65 * 16), written = 65 * 64 * 16 + 65 * 64;
        QCOMPARE(cost("64 random features", shape).multiplyAdds, 4.0 * (features + 2 * written));
        QCOMPARE(cost("64 random features", shape).own, 4.0 * features);
    }
    void linearGrowsLinearlyAndDenseDoesNot()
    {
        for (const char* pattern : {"linear", "16 random features", "low rank"}) {
            const double one = cost(pattern, text(100)).multiplyAdds;
            QCOMPARE(cost(pattern, text(200)).multiplyAdds, 2 * one);
            QCOMPARE(cost(pattern, text(1700)).multiplyAdds, 17 * one);
        }
        QCOMPARE(cost("dense", text(200)).multiplyAdds, 4 * cost("dense", text(100)).multiplyAdds);
    }
    void fromTheBreakEvenOnThePatternIsCheaper_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<double>("tokens"); // of heads of width 16
        QTest::newRow("linear") << "linear" << 17.0;
        QTest::newRow("low rank") << "low rank" << 16.0;
        QTest::newRow("16 features") << "16 random features" << 34.0;
        QTest::newRow("256 features") << "256 random features" << 529.0;
    }
    void fromTheBreakEvenOnThePatternIsCheaper()
    {
        QFETCH(QString, pattern);
        QFETCH(double, tokens);
        const QByteArray name = pattern.toLatin1();
        QCOMPARE(breakEvenTokens(name.toStdString(), text(5)), std::optional(tokens));
        const auto over = [&](int n) { return cost(name, text(n)).multiplyAdds - cost("dense", text(n)).multiplyAdds; };
        QCOMPARE(over(int(tokens)), 0.0);
        QVERIFY(over(int(tokens) + 1) < 0);
        QVERIFY(over(int(tokens) - 1) > 0);
    }
    void windowsHaveNoBreakEvenAndDenseNone()
    {
        for (const char* pattern : {"dense", "window 1", "coarse 2", "window 1 and 3 random"})
            QVERIFY(!breakEvenTokens(pattern, grid(8)));
    }
    void mapsAreFourBytesAWeight()
    {
        QCOMPARE(cost("dense", grid(8)).mapBytes, 4.0 * 4 * 4225);
        QCOMPARE(cost("coarse 4", grid(8)).mapBytes, 4.0 * 4 * 65 * 5);
        QVERIFY(cost("window 1", grid(8)).holdsMap);
        QVERIFY(!cost("linear", grid(8)).holdsMap);
        QVERIFY(!cost("16 random features", grid(8)).holdsMap);
    }
    void aTextHasNoNeighboursInAGrid()
    {
        for (const std::string& pattern : costedPatterns())
            QCOMPARE(attentionCost(pattern, text(36)).has_value(), !needsGrid(pattern));
        QVERIFY(needsGrid("coarse 2") && needsGrid("window 1 alone") && !needsGrid("dense") && !needsGrid("linear"));
    }
};

QTEST_APPLESS_MAIN(TestAttentionCost)
#include "tst_attention_cost.moc"
