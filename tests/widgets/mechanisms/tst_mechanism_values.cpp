// SPDX-License-Identifier: GPL-3.0-or-later
// The arithmetic behind the views of mechanisms: segments, memory, routing and the formula.
#include "widgets/mechanisms/compute_bars.h"
#include "widgets/mechanisms/formula_explanation.h"
#include "widgets/mechanisms/memory_state.h"
#include "widgets/mechanisms/routing.h"
#include "widgets/mechanisms/segment_strip.h"
#include "widgets/mechanisms/switch_editor.h"

#include <QTest>

#include <cmath>
#include <random>

using namespace headlens;

namespace {

verbs::BlockGrid routed(std::vector<double> router, std::vector<int> taking)
{
    verbs::BlockGrid block;
    block.gridHeight = 1;
    block.gridWidth = int(router.size()) - 1; // the class token lies before them
    block.keys = block.queries = int(router.size());
    block.router = std::move(router);
    block.taking = std::move(taking);
    return block;
}

verbs::RowFormula rowOf(const std::vector<float>& scores, const std::string& rule = "softmax")
{
    verbs::RowFormula row;
    row.rule = rule;
    row.scale = 0.5;
    row.highest = double(*std::ranges::max_element(scores));
    row.queryVector = {1, 2, 3, 4};
    for (std::size_t i = 0; i < scores.size(); ++i) {
        row.score.push_back(scores[i]);
        row.dot.push_back(2 * scores[i]);
        const double part = rule == "softmax" ? std::exp(double(scores[i]) - row.highest) : double(row.dot[i]);
        row.weight.push_back(float(part));
        row.sum += part;
        for (int d = 0; d < 4; ++d) row.values.values.push_back(float(d) + float(i));
    }
    for (float& weight : row.weight) weight = float(double(weight) / row.sum);
    row.bias.resize(scores.size());
    row.mask.resize(scores.size());
    row.forbidden.resize(scores.size());
    return row;
}

double numberIn(const QString& text)
{
    bool reads = false;
    const double number = text.toDouble(&reads);
    return reads ? number : std::nan("");
}

} // namespace

class TestMechanismValues : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aTextFallsIntoSegments_data()
    {
        QTest::addColumn<int>("tokens");
        QTest::addColumn<int>("segment");
        QTest::addColumn<QList<int>>("lengths");
        QTest::newRow("whole segments") << 16 << 8 << QList<int>{8, 8};
        QTest::newRow("the last one is shorter") << 20 << 8 << QList<int>{8, 8, 4};
        QTest::newRow("one segment") << 5 << 8 << QList<int>{5};
        QTest::newRow("no segments at all") << 5 << 0 << QList<int>{5};
        QTest::newRow("nothing") << 0 << 8 << QList<int>{};
    }
    void aTextFallsIntoSegments()
    {
        QFETCH(int, tokens);
        QFETCH(int, segment);
        QFETCH(QList<int>, lengths);
        const std::vector<int> found = segmentLengths(tokens, segment);
        QCOMPARE(QList<int>(found.begin(), found.end()), lengths);
    }
    void theMemoryOfThePaperHas1585152Numbers()
    {
        QCOMPARE(memoryBytes(12, 8, 128), 4.0 * 1'585'152); // arXiv 2404.07143, table 2: "1.6M"
        for (const double tokens : {1.0, 100.0, 32'768.0})
            QCOMPARE(cacheBytes(2, 4, 16, tokens) / memoryBytes(2, 4, 16), 2 * tokens / 17);
    }
    void onlyStatesThatFitTogetherAreTaken()
    {
        MemoryState state;
        QVERIFY(!state.take({"memory.0", {{2, 1, 3, 4}, std::vector<float>(24)}})); // not square
        QVERIFY(!state.take({"memory.0", {{2, 1, 2, 2}, std::vector<float>(7)}}));  // too few numbers
        QVERIFY(!state.take({"gate", {}}));
        QVERIFY(!state.take({"hat.0", {{1, 1}, {1}}}));
        QVERIFY(state.take({"memory.0", {{2, 1, 2, 2}, {1, 2, 3, 4, 5, 6, 7, -8}}}));
        QVERIFY(state.memoryAfter(0, 0).empty());
        QCOMPARE(state.memoryAfter(2, 0)[3], -8.0F);
        QVERIFY(state.memoryAfter(3, 0).empty());
        QVERIFY(state.memoryAfter(1, 1).empty());
        QCOMPARE(state.highestMemory(0), 8.0F);
    }
    void roundedPartsAddUpToTheirRoundedSum()
    {
        std::mt19937 random(1);
        std::uniform_real_distribution<double> any(0, 1);
        for (int round = 0; round < 500; ++round) {
            std::vector<double> values(2 + std::size_t(round) % 9);
            double sum = 0;
            for (double& value : values) sum += value = any(random) * (round % 3 == 0 ? 0.001 : 30);
            for (double& value : values) value /= round % 2 == 0 ? sum : 1; // weights, and exponentials
            QString total;
            const std::vector<QString> texts = roundedParts(values, 4, &total);
            double printed = 0, exact = 0;
            for (std::size_t i = 0; i < values.size(); ++i) {
                printed += numberIn(texts[i]);
                exact += values[i];
                QVERIFY2(std::abs(numberIn(texts[i]) - values[i]) < 1e-4 + 1e-12, qPrintable(texts[i]));
            }
            QCOMPARE(QString::number(printed, 'f', 4), total);
            QCOMPARE(QString::number(exact, 'f', 4), total);
        }
    }
    void roundedPartsOfNegativeNumbersAddUpAsWell()
    {
        QString total;
        const std::vector<QString> texts = roundedParts({0.70004, -0.20004, 0.00004, -0.3}, 4, &total);
        double printed = 0;
        for (const QString& text : texts) printed += numberIn(text);
        QCOMPARE(QString::number(printed, 'f', 4), total);
        QCOMPARE(total, QStringLiteral("0.2000"));
    }
    void theFormulaShowsTheStrongestKeysAndAllOthersTogether()
    {
        std::vector<float> scores;
        for (int i = 0; i < 40; ++i) scores.push_back(float(i * 7 % 40) / 10);
        const Formula formula = formulaOf(rowOf(scores), 7);
        QCOMPARE(formula.rows.size(), std::size_t(8));
        QCOMPARE(scores[std::size_t(formula.rows[0].key)], 3.9F);
        QCOMPARE(formula.rows.back().key, -1);
        QCOMPARE(formula.rows.back().count, 33);
        QCOMPARE(formula.weightSumText, QStringLiteral("1.0000"));
        double shares = 0, weights = 0;
        for (const FormulaRow& row : formula.rows) {
            shares += numberIn(row.shareText);
            weights += numberIn(row.weightText);
        }
        QCOMPARE(QString::number(shares, 'f', 4), formula.sumText);
        QCOMPARE(QString::number(weights, 'f', 4), formula.weightSumText);
        QVERIFY(std::abs(shares - formula.said.sum) < 1e-4);
        for (std::size_t d = 0; d < 4; ++d) { // the contributions add up to what the head gives on
            float sum = 0;
            for (const FormulaRow& row : formula.rows) sum += row.contribution[d];
            QVERIFY(std::abs(sum - formula.output[d]) < 1e-3F);
        }
    }
    void whatIsNoNumberHarmsNoOrder()
    {
        verbs::RowFormula row = rowOf({1, 2, 3, 4});
        row.weight[1] = std::nanf("");
        row.score[1] = std::nanf("");
        const Formula formula = formulaOf(row);
        QCOMPARE(formula.rows.size(), std::size_t(4));
        QCOMPARE(formula.rows.back().key, 1);
        QCOMPARE(formula.rows.back().weightText, QStringLiteral("0.0000"));
        const auto order = competing(routed({0, 0.5, std::nan(""), 0.9}, {0, 3}), true);
        QCOMPARE(order, (std::vector<int>{3, 1, 2}));
    }
    void oneKeyTooManyIsNoOther()
    {
        QCOMPARE(formulaOf(rowOf({1, 2, 3, 4, 5, 6, 7, 8}), 7).rows.size(), std::size_t(8));
        QCOMPARE(formulaOf(rowOf({1, 2, 3, 4, 5, 6, 7, 8}), 7).rows.back().count, 1);
        QCOMPARE(formulaOf(rowOf({1, 2, 3, 4, 5, 6, 7, 8, 9}), 7).rows.back().count, 2);
    }
    void forbiddenKeysAreCountedAndNotAmongTheOthers()
    {
        verbs::RowFormula row = rowOf({1, 2, 3, 4});
        row.forbidden[3] = 1;
        const Formula formula = formulaOf(row);
        QCOMPARE(formula.rows.size(), std::size_t(3));
        QCOMPARE(formula.forbidden, 1);
        QVERIFY(explanationOf(formula, FormulaStep::Mask).contains(": 1 here"));
    }
    void aBoundOfTheScoresIsAppliedAndSaid()
    {
        verbs::RowFormula row = rowOf({1, 3});
        QVERIFY(!explanationOf(formulaOf(row), FormulaStep::Scale).contains("tanh"));
        row.cap = 2;
        const Formula formula = formulaOf(row);
        QVERIFY(std::abs(formula.rows[0].scaled - 2 * std::tanh(1.5)) < 1e-9); // the highest first: 6 times 0.5, over 2
        QVERIFY(explanationOf(formula, FormulaStep::Scale).contains("tanh"));
    }
    void linearAttentionDividesProductsWithoutExp()
    {
        const Formula formula = formulaOf(rowOf({1, 3}, "linear"));
        QCOMPARE(formula.rows[0].shareText, QStringLiteral("6.0000"));
        QCOMPARE(formula.rows[0].weightText, QStringLiteral("0.7500"));
        QCOMPARE(formula.sumText, QStringLiteral("8.0000"));
        QCOMPARE(stepsOf("linear").size(), std::size_t(5));
        QCOMPARE(stepsOf("softmax").size(), std::size_t(6));
        QVERIFY(explanationOf(formula, FormulaStep::Divide).contains("8"));
    }
    void theThresholdLiesBetweenTakenAndNot_data()
    {
        QTest::addColumn<QList<double>>("router");
        QTest::addColumn<QList<int>>("taking");
        QTest::addColumn<double>("threshold"); // below -9: none
        QTest::newRow("two of four") << QList<double>{9, 0.1, 0.9, 0.3, 0.8} << QList<int>{0, 2, 4} << 0.55;
        QTest::newRow("the class token does not compete") << QList<double>{-5, 0.1, 0.9} << QList<int>{0, 2} << 0.5;
        QTest::newRow("equal scores") << QList<double>{0, 0.4, 0.4} << QList<int>{0, 1} << 0.4;
        QTest::newRow("by chance") << QList<double>{0, 0.1, 0.9, 0.3} << QList<int>{0, 1} << -10.0;
        QTest::newRow("all") << QList<double>{0, 0.1, 0.9} << QList<int>{0, 1, 2} << -10.0;
        QTest::newRow("no scores") << QList<double>{0} << QList<int>{0} << -10.0;
    }
    void theThresholdLiesBetweenTakenAndNot()
    {
        QFETCH(QList<double>, router);
        QFETCH(QList<int>, taking);
        QFETCH(double, threshold);
        const auto found = thresholdOf(routed({router.begin(), router.end()}, {taking.begin(), taking.end()}));
        QCOMPARE(found.has_value(), threshold > -9);
        if (found) QCOMPARE(*found, threshold);
    }
    void aRoutedBlockCostsLessThanItsShareOfTokens()
    {
        QCOMPARE(blockFlops(10, 8), 24.0 * 10 * 64 + 4.0 * 100 * 8);
        verbs::ModelInfo model;
        model.blocks = {{0, 2, 96, "", "self"}, {0, 2, 96, "", "self"}};
        verbs::InputInfo input;
        std::vector<double> scores(65);
        input.blocks = {routed(scores, {}), routed(scores, {0, 1, 2, 3, 4, 5, 6, 7, 8})};
        const std::vector<BlockLoad> loads = loadsOf(model, input);
        QCOMPARE(loads[0].share, 1.0);
        QCOMPARE(loads[1].taking, 9);
        QVERIFY(loads[1].share < 9.0 / 65 && loads[1].share > std::pow(9.0 / 65, 2));
        QCOMPARE(totalShare(loads), (1 + loads[1].share) / 2);
        QVERIFY(ComputeBars::sentence(loads).contains("%"));
    }
    void patchesThatTakeNoPartCannotBeSeen()
    {
        const std::vector<bool> seen = reachablePatches(routed({0, 0, 0, 0}, {0, 2}), 0, {});
        QCOMPARE(seen, (std::vector<bool>{false, true, false}));
        QVERIFY(reachablePatches(routed({0, 0, 0}, {}), 0, {}).empty());
    }
    void wholeNumbersHaveNoPoint_data()
    {
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        QTest::addColumn<QString>("usual");
        QTest::addColumn<int>("digits");
        QTest::newRow("a capacity") << 1.0 << 64.0 << "8" << 0;
        QTest::newRow("a gate") << 0.0 << 1.0 << "0.73" << 2;
        QTest::newRow("a gate that is shut") << 0.0 << 1.0 << "0" << 2;
        QTest::newRow("a temperature") << 0.0 << 5.0 << "1.5" << 2;
    }
    void wholeNumbersHaveNoPoint()
    {
        QFETCH(double, low);
        QFETCH(double, high);
        QFETCH(QString, usual);
        QFETCH(int, digits);
        QCOMPARE(SwitchEditor::digitsOf({"x", "X", {}, low, high, usual.toStdString()}), digits);
    }
};

QTEST_APPLESS_MAIN(TestMechanismValues)
#include "tst_mechanism_values.moc"
