// SPDX-License-Identifier: GPL-3.0-or-later
// In which order heads stand, what the chosen token cannot see, and the words for both: over made-up and real engines.
#include "tests/support/engine_stage.h"
#include "tests/support/fake_stage.h"
#include "widgets/heads/head_order.h"
#include "widgets/heads/head_reach.h"
#include "widgets/heads/head_sections.h"
#include "widgets/heads/head_words.h"
#include "widgets/viewmodel/live_rows.h"

#include <QSignalSpy>
#include <QTest>

#include <cmath>

using namespace headlens;
using namespace headlens::test;

class TestHeadOrder : public QObject {
    Q_OBJECT

    static QList<HeadPlace> placesOf(const HeadOrder& order)
    {
        QList<HeadPlace> places;
        for (const RankedHead& one : order.ranked()) places << one.place;
        return places;
    }
    static bool select(FakeStage& stage, int token)
    {
        stage.selection.tokens()->setToken(token);
        return QTest::qWaitFor(
            [&] { return stage.model.link()->isSettled() && stage.model.rows()->of().token == token; }, 10'000);
    }

private Q_SLOTS:
    void layerByLayerThereIsNoSequence()
    {
        FakeStage stage;
        QVERIFY(stage.open("plain"));
        const HeadOrder order(&stage.model, stage.selection.heads());
        QVERIFY(order.ranked().empty());
        QCOMPARE(order.text(order.sort()), "layer");
    }
    void theMostSimilarHeadStandsFirst()
    {
        FakeStage stage;
        QVERIFY(stage.open("plain"));
        stage.selection.heads()->setLayer(1);
        stage.selection.heads()->setHead(2);
        HeadOrder order(&stage.model, stage.selection.heads());
        QSignalSpy changed(&order, &HeadOrder::changed);
        order.setSort(HeadSort::Similarity);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(int(order.ranked().size()), 8);
        QCOMPARE(order.ranked().front().place, (HeadPlace{1, 2}));
        QVERIFY(std::abs(order.ranked().front().value - 1) < 1e-9);
        for (std::size_t i = 1; i < order.ranked().size(); ++i)
            QVERIFY(order.ranked()[i - 1].value >= order.ranked()[i].value);
        QCOMPARE(order.sortedBy(), "similarity to head 1.2");
        QCOMPARE(order.text(HeadSort::Similarity), "similarity to the chosen head");
        order.setLargestFirst(false);
        QCOMPARE(order.ranked().back().place, (HeadPlace{1, 2}));
    }
    // A click would otherwise throw everything about.
    void anotherChosenHeadLeavesTheSequenceAlone()
    {
        FakeStage stage;
        QVERIFY(stage.open("plain"));
        HeadOrder order(&stage.model, stage.selection.heads());
        order.setSort(HeadSort::Similarity);
        const QList<HeadPlace> before = placesOf(order);
        stage.selection.heads()->setHead(3);
        QCOMPARE(placesOf(order), before);
        order.setSort(HeadSort::Similarity); // asked for again
        QCOMPARE(order.ranked().front().place, (HeadPlace{0, 3}));
    }
    void anotherQueryIsComparedAnew()
    {
        FakeStage stage;
        QVERIFY(stage.open("plain"));
        HeadOrder order(&stage.model, stage.selection.heads());
        order.setSort(HeadSort::Similarity);
        const double before = order.valueOf({1, 1});
        QVERIFY(select(stage, 20));
        QVERIFY(order.valueOf({1, 1}) != before);
        const auto hit = std::ranges::find(order.ranked(), HeadPlace{1, 1}, &RankedHead::place);
        QCOMPARE(hit->value, order.valueOf({1, 1}));
    }
    void headsWithoutANumberStandAtTheEnd()
    {
        FakeStage stage;
        QVERIFY(stage.open("infini"));
        HeadOrder order(&stage.model, stage.selection.heads());
        QVERIFY(select(stage, 2)); // the first segment: the memories of layers 1 and 3 are empty
        order.setSort(HeadSort::Similarity);
        const auto& ranked = order.ranked();
        QVERIFY(!std::isnan(ranked[7].value));
        for (std::size_t i = 8; i < 16; ++i) {
            QVERIFY(std::isnan(ranked[i].value));
            QCOMPARE(ranked[i].place.layer % 2, 1);
        }
        QCOMPARE(order.valueText(ranked.back().value), QStringLiteral("\u2013"));
    }
    // "The head that looks most at CLS": the statistics come later than the wish for them.
    void whatIsSortedByAStatisticFollowsItsNumbers_data()
    {
        QTest::addColumn<int>("sort");
        for (const HeadSortRow& row : headSorts())
            if (row.statistic) QTest::newRow(row.id) << int(row.sort);
    }
    void whatIsSortedByAStatisticFollowsItsNumbers()
    {
        QFETCH(int, sort);
        FakeStage stage;
        QVERIFY(stage.open("plain"));
        HeadOrder order(&stage.model, stage.selection.heads());
        order.setSort(HeadSort(sort));
        QCOMPARE(int(order.ranked().size()), 8);
        QCOMPARE(order.isLargestFirst(), rowOf(HeadSort(sort)).largestFirst);
        static_cast<void>(QTest::qWaitFor([&] { return !order.isWaiting(); }, 1'000));
        double last = std::numeric_limits<double>::infinity();
        for (const RankedHead& one : order.ranked()) {
            const double value =
                stage.model.statistics()->of(one.place.layer, one.place.head, *rowOf(HeadSort(sort)).statistic);
            QVERIFY(std::isnan(value) || value == one.value);
            QVERIFY(std::isnan(value) || value <= last);
            if (!std::isnan(value)) last = value;
        }
    }
    void theFirstTokenHasItsName()
    {
        FakeStage stage;
        QVERIFY(stage.open("plain"));
        const HeadOrder pictures(&stage.model, stage.selection.heads());
        QCOMPARE(pictures.text(HeadSort::FirstToken), "share on CLS");
        QVERIFY(stage.open("infini"));
        QCOMPARE(pictures.text(HeadSort::FirstToken), "share on the first token");
    }
    void layersBelongTogetherByTowerAndKind()
    {
        FakeStage stage;
        QVERIFY(stage.open("infini"));
        const std::vector<HeadSection> sections = sectionsOf(stage.model.input().blocks);
        QCOMPARE(int(sections.size()), 2);
        QCOMPARE(sections[0].layers, (std::vector<int>{0, 2}));
        QCOMPARE(sections[0].title(), "Self-attention");
        QCOMPARE(sections[1].layers, (std::vector<int>{1, 3}));
        QCOMPARE(sections[1].title(), "Memory");
        QCOMPARE(headName(stage.model, {3, 1}), "Layer 3, head 1 (Memory)");
    }
    void whatATokenCannotSeeIsSaid()
    {
        FakeStage stage;
        QVERIFY(stage.open("infini"));
        QVERIFY(select(stage, 2));
        QCOMPARE(reachOf(stage.model, 0), Reach::Reached);
        QVERIFY(whyNotReached(stage.model, 0).isEmpty());
        QCOMPARE(reachOf(stage.model, 1), Reach::EmptyMemory);
        QCOMPARE(whyNotReached(stage.model, 1), "The memory of layer 1 is still empty here");
        QVERIFY(select(stage, 20)); // in the third segment
        QCOMPARE(reachOf(stage.model, 1), Reach::Reached);
        const std::vector<bool> kept = keysInReach(stage.model, 0);
        QCOMPARE(int(kept.size()), 36);
        QVERIFY(kept[16] && kept[20]);
        QVERIFY(!kept[15] && !kept[21]); // another segment, a later word
    }
    void aPatchThatALayerPassesByIsSaid()
    {
        FakeStage stage;
        QVERIFY(stage.open("routed"));
        const auto& taking = stage.model.input().blocks[1].taking;
        int out = 1;
        while (std::ranges::find(taking, out) != taking.end()) ++out;
        QVERIFY(select(stage, out));
        QCOMPARE(reachOf(stage.model, 1), Reach::TakesNoPart);
        QCOMPARE(whyNotReached(stage.model, 1), "Layer 1 passes this token by");
        QVERIFY(std::ranges::count(keysInReach(stage.model, 1), true) < 10);
    }
    // An encoder-decoder: the words that are written have no row in the encoder, nor those that are read in the
    // decoder.
    void aLayerOfTheOtherTextSaysWhichWordToChoose()
    {
        EngineStage stage;
        stage.model.loader()->open("number-words");
        QVERIFY(stage.settles());
        const auto& blocks = stage.model.input().blocks;
        const auto elsewhere = std::ranges::find_if(
            blocks, [&](const verbs::BlockGrid& one) { return one.queryStream != stage.model.rows()->of().stream; });
        QVERIFY(elsewhere != blocks.end());
        const int layer = int(elsewhere - blocks.begin());
        QTRY_VERIFY(!stage.model.rows()->layers().empty());
        QCOMPARE(reachOf(stage.model, layer), Reach::AsksElsewhere);
        const QString other = elsewhere->tower == "decoder" ? "decoder" : "encoder";
        QCOMPARE(whyNotReached(stage.model, layer),
                 QStringLiteral("Layer %1 asks about the text of the %2: choose a word there").arg(layer).arg(other));
        QCOMPARE(int(sectionsOf(blocks).size()), 3); // encoder, decoder, decoder across
    }
    void theQueryIsNamed()
    {
        FakeStage stage;
        QVERIFY(stage.open("plain"));
        QVERIFY(select(stage, 1 + 8 * 4 + 7));
        QCOMPARE(queryName(stage.model), "query patch (4, 7)");
        QVERIFY(select(stage, 0));
        QCOMPARE(queryName(stage.model), "query CLS");
        stage.selection.tokens()->setReverse(true);
        QTRY_COMPARE(queryName(stage.model), "key CLS");
    }
    void linesOfLayersAreNamed()
    {
        QCOMPARE(layersLabel({3}), "3");
        QCOMPARE(layersLabel({2, 3}), QStringLiteral("2\u20133"));
        QCOMPARE(layersLabel({7, 6}), QStringLiteral("7\u20136"));
        QCOMPARE(layersLabel({1, 3}), "1, 3");
    }
};

QTEST_GUILESS_MAIN(TestHeadOrder)
#include "tst_head_order.moc"
