// SPDX-License-Identifier: GPL-3.0-or-later
// Statistics of heads come behind the rows, layer by layer, and belong to the run that is shown.
#include "tests/support/fake_stage.h"
#include "widgets/viewmodel/head_statistics.h"
#include "widgets/viewmodel/live_rows.h"

#include <QSignalSpy>

#include <cmath>

using namespace headlens;
using namespace headlens::test;

class TestHeadStatisticsModel : public QObject {
    Q_OBJECT

    static bool near(double a, double b) { return std::abs(a - b) < 1e-5; }

private Q_SLOTS:
    void nothingIsAskedForBeforeItIsWanted()
    {
        FakeStage stage;
        HeadStatistics* statistics = stage.model.statistics();
        QVERIFY(stage.open("routed"));
        QVERIFY(!statistics->isThere());
        QVERIFY(std::isnan(statistics->of(0, 0, HeadStatistic::Entropy)));
        QSignalSpy changed(statistics, &HeadStatistics::changed);
        statistics->want();
        QTRY_VERIFY(statistics->isThere());
        QCOMPARE(changed.count(), 1); // all layers at once: bars do not grow one by one
    }
    void everyHeadHasItsNumbersAndALayerTheirMean()
    {
        FakeStage stage;
        HeadStatistics* statistics = stage.model.statistics();
        statistics->want();
        QVERIFY(stage.open("routed")); // settled: they are there as well
        QVERIFY(statistics->isThere());
        for (int layer = 0; layer < 4; ++layer) {
            for (int head = 0; head < 4; ++head)
                QVERIFY(near(statistics->of(layer, head, HeadStatistic::Entropy), double(head + 1) / (layer + 1)));
            QVERIFY(near(statistics->ofLayer(layer, HeadStatistic::Entropy), 2.5 / (layer + 1)));
            QVERIFY(std::isnan(statistics->ofLayer(layer, HeadStatistic::Distance)));
            QVERIFY(near(statistics->ofLayer(layer, HeadStatistic::FirstToken), 0.1));
            QVERIFY(near(statistics->of(layer, 3, HeadStatistic::Itself), 0.03));
        }
        for (const auto& [layer, head] : {std::pair(4, 0), std::pair(-1, 0), std::pair(0, 4), std::pair(0, -1)})
            QVERIFY(std::isnan(statistics->of(layer, head, HeadStatistic::Entropy)));
    }
    void rowsComeBeforeThem()
    {
        FakeStage stage;
        HeadStatistics* statistics = stage.model.statistics();
        statistics->want();
        bool early = false;
        int rows = 0;
        connect(stage.model.rows(), &LiveRows::changed, &stage.model, [&] { ++rows; });
        connect(statistics, &HeadStatistics::changed, &stage.model, [&] { early = early || rows == 0; });
        QVERIFY(stage.open("infini"));
        QVERIFY(statistics->isThere() && !early);
    }
    void theyFollowTheRunAndGoWithTheModel()
    {
        FakeStage stage;
        HeadStatistics* statistics = stage.model.statistics();
        statistics->want();
        QVERIFY(stage.open("routed"));
        QSignalSpy changed(statistics, &HeadStatistics::changed);
        stage.model.wishes()->openPicture("another picture", QStringLiteral("two"));
        QVERIFY(statistics->isThere()); // those of the run before stay: nothing flickers
        QTRY_COMPARE(changed.count(), 1);
        stage.model.loader()->open(QStringLiteral("plain"));
        QTRY_COMPARE(stage.model.model().name, std::string("plain"));
        QVERIFY(stage.settled());
        QVERIFY(statistics->isThere());
        QVERIFY(!std::isnan(statistics->of(1, 0, HeadStatistic::Entropy)));
        QVERIFY(std::isnan(statistics->of(2, 0, HeadStatistic::Entropy))); // two blocks
    }
    void hoveringInBetweenLosesNothing()
    {
        FakeStage stage;
        QVERIFY(stage.open("routed"));
        HeadStatistics* statistics = stage.model.statistics();
        statistics->want();
        for (int token = 1; token < 9; ++token) stage.selection.tokens()->setToken(token);
        QVERIFY(stage.settled());
        QVERIFY(statistics->isThere());
        QCOMPARE(stage.model.rows()->of().token, 8);
    }
};

QTEST_MAIN(TestHeadStatisticsModel)
#include "tst_head_statistics_model.moc"
