// SPDX-License-Identifier: GPL-3.0-or-later
// Panes beside the main picture: what they follow, when they cost an engine.
#include "core/wire/changes.h"
#include "tests/support/view_shots.h"
#include "tests/widgets/compare/panes_stage.h"
#include "widgets/common/field_button.h"
#include "widgets/compare/pane_header.h"
#include "widgets/viewmodel/method_map.h"

#include <QSignalSpy>
#include <QToolButton>

#include <csignal>

using namespace headlens;
using namespace headlens::test;

namespace {

bool isAlive(qint64 process)
{
    return process > 0 && ::kill(pid_t(process), 0) == 0;
}

} // namespace

class TestSideBySide : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anEngineIsStartedWithTheFirstChoiceAndEndsWithThePane()
    {
        PanesStage seen;
        QVERIFY(seen.open());
        QCOMPARE(seen.view.panes().size(), 1);
        QVERIFY(!seen.pane()->isStarted());
        QVERIFY(seen.view.add() != nullptr && seen.view.add() != nullptr);
        QVERIFY(seen.view.add() == nullptr); // three are enough
        QVERIFY(!seen.view.addButton()->isEnabled());
        QVERIFY(seen.openBeside("patterns"));
        const qint64 process = seen.pane()->engine()->processId();
        QVERIFY(isAlive(process) && process != seen.stage.engine.processId());
        QVERIFY(!seen.view.panes().last()->pane()->isStarted());
        seen.first()->header()->removal()->click();
        QCOMPARE(seen.view.panes().size(), 2);
        QVERIFY(seen.view.addButton()->isEnabled());
        QTRY_VERIFY(!isAlive(process));
    }
    void theLastPaneIsEmptiedRatherThanTakenAway()
    {
        PanesStage seen;
        QVERIFY(seen.open() && seen.openBeside("patterns"));
        QPointer<ComparePane> before = seen.first();
        before->header()->removal()->click();
        QTRY_VERIFY(before == nullptr);
        QCOMPARE(seen.view.panes().size(), 1);
        QVERIFY(!seen.pane()->isStarted() && seen.pane()->wish() == PaneWish());
    }
    void nothingIsStartedWhileNobodySeesIt()
    {
        PanesStage seen;
        QVERIFY(seen.open());
        seen.view.hide();
        seen.view.setWishes({PaneWish{.model = "patterns"}});
        QVERIFY(!seen.pane()->isStarted());
        seen.view.show();
        QVERIFY(seen.settled());
        QCOMPARE(seen.pane()->model()->model().name, std::string("patterns"));
        seen.view.hide();
        seen.stage.selection.tokens()->hover({0, 30});
        QVERIFY(seen.query().token != 30);
        seen.view.show();
        QCOMPARE(seen.query().token, 30); // it catches up
    }
    void whatIsAsShownFollowsTheWindow()
    {
        PanesStage seen;
        QVERIFY(seen.open("patterns"));
        seen.stage.model.wishes()->change([](RunRequest& request) { request.switches["attention"] = "window 1"; });
        QVERIFY(seen.stage.settled());
        seen.wish([](PaneWish& wish) { wish.map = kRowMap; });
        QVERIFY(seen.settled());
        QCOMPARE(seen.pane()->model()->model().name, std::string("patterns"));
        QCOMPARE(seen.pane()->model()->request().switches, seen.stage.model.request().switches);
        seen.stage.model.wishes()->openPicture("another", "two");
        QTRY_COMPARE_WITH_TIMEOUT(seen.pane()->model()->wishes()->picture().name, QString("two"), 10'000);
        QVERIFY(seen.stage.open("plain"));
        QTRY_COMPARE_WITH_TIMEOUT(seen.pane()->model()->model().name, std::string("plain"), 10'000);
    }
    void whatWasBeforeAChangeStandsBesideIt()
    {
        PanesStage seen;
        QVERIFY(seen.open("patterns"));
        seen.stage.model.wishes()->change([](RunRequest& request) {
            request.switches["attention"] = "window 1";
            request.text.ablated = {{0, 1}};
        });
        QVERIFY(seen.stage.settled());
        seen.wish([](PaneWish& wish) { wish.asTrained = true; });
        QVERIFY(seen.settled());
        QVERIFY(seen.pane()->model()->request().switches.empty());
        QVERIFY(seen.pane()->model()->request().text.ablated.empty());
        QCOMPARE(seen.first()->header()->changesField()->name(), QString("as trained"));
        seen.wish([](PaneWish& wish) { wish.asTrained = false; });
        QTRY_COMPARE_WITH_TIMEOUT(seen.pane()->model()->request().text.ablated.size(), std::size_t(1), 10'000);
    }
    void changesOfTokensStayWithTheirText()
    {
        PanesStage seen;
        QVERIFY(seen.open("life"));
        seen.wish([](PaneWish& wish) {
            wish.hasText = true;
            wish.text = "<cls> 1961-03 born south";
        });
        QVERIFY(seen.settled());
        const verbs::Change block = changeFrom("block 0 x0.5");
        for (const char* word : {"hide 3", "hide 4"}) { // one run after the other
            seen.stage.model.wishes()->change([&](RunRequest& request) {
                request.changes = {block, changeFrom(word)};
            });
            QVERIFY(seen.stage.settled() && seen.settled());
            QCOMPARE(seen.stage.model.request().changes.size(), std::size_t(2));
            QCOMPARE(seen.pane()->model()->request().changes, std::vector<verbs::Change>{block});
        }
    }
    void queryLayerAndHeadsGoBothWays()
    {
        PanesStage seen;
        QVERIFY(seen.open() && seen.openBeside("patterns"));
        ComparePane* second = seen.view.add(PaneWish{.model = "methods"});
        QTRY_VERIFY_WITH_TIMEOUT(second->canvas() != nullptr && second->pane()->model()->hasInput(), 10'000);
        Selection *window = &seen.stage.selection, *pane = seen.pane()->selection();
        window->heads()->setLayer(1);
        window->heads()->setHead(2);
        window->tokens()->pin({0, 20});
        QCOMPARE(pane->heads()->layer(), 1);
        QCOMPARE(pane->heads()->head(), 2);
        QVERIFY(pane->tokens()->isPinned() && seen.query() == (TokenPlace{0, 20}));
        pane->tokens()->unpin();
        pane->tokens()->hover({0, 33});
        pane->heads()->setFusion(HeadFusion::Mean);
        QCOMPARE(window->tokens()->query(), (TokenPlace{0, 33}));
        QVERIFY(!window->tokens()->isPinned());
        QCOMPARE(window->heads()->fusion(), HeadFusion::Mean);
        QCOMPARE(second->pane()->selection()->tokens()->query(), (TokenPlace{0, 33})); // the other pane as well
        window->heads()->overlayHeads({3, 0});
        QCOMPARE(pane->heads()->heads(), (QList<int>{3, 0}));
    }
    void aNewModelInThePaneLeavesTheWindowWhereItIs()
    {
        PanesStage seen;
        QVERIFY(seen.open("routed"));
        seen.stage.selection.heads()->setLayer(2);
        seen.stage.selection.heads()->setHead(1);
        seen.stage.selection.tokens()->pin({0, 11});
        QSignalSpy moved(seen.stage.selection.tokens(), &TokenChoice::changed);
        QSignalSpy chosen(seen.stage.selection.heads(), &HeadChoice::changed);
        QVERIFY(seen.openBeside("plain"));
        QVERIFY(seen.openBeside("infini")); // a text
        QCOMPARE(moved.size() + chosen.size(), 0);
        QVERIFY(seen.openBeside("plain"));
        QCOMPARE(moved.size() + chosen.size(), 0);
        QCOMPARE(seen.pane()->selection()->heads()->layer(), 1); // two thirds of the way down, of two layers
        QCOMPARE(seen.query(), (TokenPlace{0, 11}));
    }
    void aScoreIsFollowedWhereItIsTheSameOne_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("target");
        QTest::newRow("the same words") << QString() << QString() << 5;
        QTest::newRow("other words") << QString() << "<cls> 1961-03 born south" << -1;
        QTest::newRow("another vocabulary") << "tiles" << QString() << -1;
    }
    void aScoreIsFollowedWhereItIsTheSameOne()
    {
        QFETCH(QString, model);
        QFETCH(QString, text);
        QFETCH(int, target);
        PanesStage seen;
        QVERIFY(seen.open("life"));
        seen.wish([&](PaneWish& wish) {
            wish.model = model;
            wish.hasText = !text.isEmpty();
            wish.text = text;
            wish.asTrained = true; // so that there is something to compare
        });
        QVERIFY(seen.settled());
        seen.stage.model.map()->setScore({.target = 5});
        QCOMPARE(seen.pane()->model()->map()->score().target, target);
    }
    void aPaneComputesAsPreciselyAsTheWindow()
    {
        PanesStage seen;
        QVERIFY(seen.open() && seen.openBeside("patterns"));
        const auto precision = [&seen] { return seen.pane()->model()->model().precision; };
        QCOMPARE(precision(), std::string("float32"));
        seen.stage.model.loader()->setPrecision("bfloat16");
        QTRY_COMPARE_WITH_TIMEOUT(precision(), std::string("bfloat16"), 10'000);
        QVERIFY(seen.settled());
        QCOMPARE(seen.pane()->model()->model().name, std::string("patterns"));
        QCOMPARE(seen.pane()->model()->request().fit, seen.stage.model.request().fit);
    }
    void zoomIsSharedByAllPictures()
    {
        PanesStage seen;
        QVERIFY(seen.open() && seen.openBeside("patterns"));
        QVERIFY(seen.first()->canvas()->zoom().isFitted);
        seen.canvas.zoomBy(3);
        const Canvas::Zoom there = seen.first()->canvas()->zoom();
        QVERIFY(!there.isFitted);
        QVERIFY(std::abs(there.times - 3) < 1e-6);
        QVERIFY(std::abs(there.middle.x() - seen.canvas.zoom().middle.x()) < 1e-6);
        seen.first()->canvas()->fitToWindow();
        QVERIFY(seen.canvas.zoom().isFitted);
        seen.first()->canvas()->zoomBy(2);
        QVERIFY(std::abs(seen.canvas.zoom().times - 2) < 1e-6);
    }
    void anEngineThatDiesIsToldAndStartedAgain()
    {
        PanesStage seen;
        QVERIFY(seen.open() && seen.openBeside("patterns"));
        const qint64 process = seen.pane()->engine()->processId();
        ::kill(pid_t(process), SIGKILL);
        QTRY_VERIFY(seen.first()->status().contains("stopped"));
        QVERIFY(seen.settled());
        QTRY_VERIFY_WITH_TIMEOUT(seen.pane()->engine()->isReady() && seen.pane()->model()->canAsk(), 10'000);
        QVERIFY(seen.first()->status().contains("stopped")); // it can still be read
        QVERIFY(seen.pane()->engine()->processId() != process);
        QCOMPARE(seen.pane()->model()->model().name, std::string("patterns"));
        QVERIFY(seen.stage.engine.isReady()); // the main one goes on
        seen.wish([](PaneWish& wish) { wish.map = kRowMap; });
        QCOMPARE(seen.first()->status(), QString());
    }
    void panesStandWherePicturesAreLargest_data()
    {
        QTest::addColumn<int>("panes");
        QTest::addColumn<QSize>("room");
        QTest::addColumn<int>("columns");
        QTest::newRow("one") << 1 << QSize(300, 800) << 1;
        QTest::newRow("two side by side") << 2 << QSize(700, 500) << 2;
        QTest::newRow("two below each other") << 2 << QSize(300, 800) << 1;
        QTest::newRow("three in a row") << 3 << QSize(1200, 400) << 3;
        QTest::newRow("three in a square") << 3 << QSize(700, 800) << 2;
        QTest::newRow("three, too narrow for three fields") << 3 << QSize(500, 330) << 2;
        QTest::newRow("no room yet") << 3 << QSize(0, 0) << 1;
    }
    void panesStandWherePicturesAreLargest()
    {
        QFETCH(int, panes);
        QFETCH(QSize, room);
        QFETCH(int, columns);
        QCOMPARE(columnsFor(panes, room), columns);
    }
    void aPictureOfIt()
    {
        PanesStage seen;
        QVERIFY(seen.open() && seen.openBeside("patterns"));
        photograph(seen.view, "side-by-side");
    }
};

QTEST_MAIN(TestSideBySide)
#include "tst_side_by_side.moc"
