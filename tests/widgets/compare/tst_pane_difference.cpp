// SPDX-License-Identifier: GPL-3.0-or-later
// What panes subtract from the main picture, and where they cannot.
#include "tests/widgets/compare/panes_stage.h"
#include "widgets/canvas/canvas_scene.h"
#include "widgets/compare/pane_header.h"
#include "widgets/text/token_strip.h"

#include <QToolButton>

#include <algorithm>

using namespace headlens;
using namespace headlens::test;

class TestPaneDifference : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aDifferenceIsShownWhereShapesAllow_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("map");
        QTest::addColumn<QString>("refusal"); // a part of it; empty: there is a difference
        QTest::newRow("another model of the same grid") << "patterns" << QString() << QString();
        QTest::newRow("fewer patches") << "tiles" << QString() << "8 × 8";
        QTest::newRow("another map") << "methods"
                                     << "second"
                                     << "no unit in common";
        QTest::newRow("a text") << "infini" << QString() << "A picture and a text";
    }
    void aDifferenceIsShownWhereShapesAllow()
    {
        QFETCH(QString, model);
        QFETCH(QString, map);
        QFETCH(QString, refusal);
        PanesStage seen;
        QVERIFY(seen.open());
        seen.wish([&map](PaneWish& wish) { wish.map = map; });
        QVERIFY(seen.openBeside(qPrintable(model)));
        QVERIFY(!seen.first()->canvas()->showsDifference());
        QCOMPARE(seen.first()->status(), QString());
        seen.first()->header()->difference()->click();
        QVERIFY(seen.pane()->wish().difference);
        QTRY_COMPARE(seen.first()->canvas()->showsDifference(), refusal.isEmpty());
        QVERIFY2(seen.first()->status().contains(refusal), qPrintable(seen.first()->status()));
        QCOMPARE(seen.first()->status().isEmpty(), refusal.isEmpty());
        QCOMPARE(seen.first()->canvas()->caption().contains("minus"), refusal.isEmpty());
    }
    void aDifferenceOfTextsNeedsAsManyTokens()
    {
        PanesStage seen;
        QVERIFY(seen.open("infini"));
        seen.wish([](PaneWish& wish) {
            wish.asTrained = true;
            wish.difference = true;
        });
        QVERIFY(seen.settled());
        QTRY_VERIFY(seen.first()->strip()->showsDifference());
        QCOMPARE(seen.first()->status(), QString());
        seen.first()->header()->difference()->click();
        QVERIFY(!seen.first()->strip()->showsDifference());
        seen.first()->header()->difference()->click();
        QVERIFY(seen.openBeside("life"));
        QTRY_VERIFY(seen.first()->status().contains("tokens and the main one"));
        QVERIFY(!seen.first()->strip()->showsDifference());
    }
    void theDifferenceIsThePaneMinusTheMainPicture_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<bool>("isSame");
        QTest::newRow("the same model") << "plain" << true;
        QTest::newRow("another one") << "routed" << false;
    }
    void theDifferenceIsThePaneMinusTheMainPicture()
    {
        QFETCH(QString, model);
        QFETCH(bool, isSame);
        PanesStage seen;
        QVERIFY(seen.open());
        QVERIFY(seen.openBeside(qPrintable(model)));
        seen.stage.selection.heads()->setLayer(1);
        seen.stage.selection.tokens()->pin({0, 30});
        const auto isThere = [](const InspectionModel& one) { return one.rows()->of().token == 30; };
        QTRY_VERIFY(isThere(seen.stage.model) && isThere(*seen.pane()->model()));
        const auto sceneOf = [&seen](const InspectionModel& of, const Selection& selection) {
            return CanvasScene{&of, &selection, &seen.display, {}, {500, 500}, seen.canvas.fontMetrics(), {}};
        };
        const CanvasScene main = sceneOf(seen.stage.model, seen.stage.selection);
        CanvasScene own = sceneOf(*seen.pane()->model(), *seen.pane()->selection());
        const CanvasMap alone = mapOf(own);
        own.minus = std::make_shared<const CanvasMap>(main.map());
        const CanvasMap map = mapOf(own);
        QVERIFY(map.isMinusOther && map.isSigned && !alone.isMinusOther);
        QCOMPARE(map.colors, QString("difference"));
        QCOMPARE(map.scale.low, -map.scale.high); // zero in the middle
        QCOMPARE(map.values.size(), alone.values.size());
        for (std::size_t i = 0; i < map.values.size(); ++i)
            QCOMPARE(map.values[i], alone.values[i] - main.map().values[i]);
        QCOMPARE(std::ranges::all_of(map.values, [](float value) { return value == 0; }), isSame);
    }
};

QTEST_MAIN(TestPaneDifference)
#include "tst_pane_difference.moc"
