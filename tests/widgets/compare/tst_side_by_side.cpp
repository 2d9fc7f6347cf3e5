// SPDX-License-Identifier: GPL-3.0-or-later
// Panes beside the main picture over the fake engine: what they follow, when they cost an engine, what they subtract.
#include "core/base/error.h"
#include "core/wire/changes.h"
#include "core/wire/safe_json.h"
#include "tests/support/expect_error.h"
#include "tests/support/fake_stage.h"
#include "tests/support/view_shots.h"
#include "widgets/canvas/canvas.h"
#include "widgets/canvas/canvas_scene.h"
#include "widgets/common/field_button.h"
#include "widgets/compare/pane_header.h"
#include "widgets/compare/side_by_side.h"
#include "widgets/text/token_strip.h"
#include "widgets/training/step_player.h"
#include "widgets/viewmodel/live_rows.h"
#include "widgets/viewmodel/method_map.h"

#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QToolButton>

#include <algorithm>
#include <csignal>

using namespace headlens;
using namespace headlens::test;

namespace {

// The main picture with the view beside it, as in the window.
struct Seen {
    FakeStage stage;
    DisplaySettings display;
    Canvas canvas{&stage.model, &stage.selection, &display};
    SideBySide view{&stage.model, &stage.selection, &display};

    bool open(const char* model = "plain")
    {
        view.setMainCanvas(&canvas);
        canvas.resize(500, 500);
        view.resize(700, 500);
        canvas.show();
        view.show();
        return QTest::qWaitForWindowExposed(&view) && stage.open(model);
    }
    ComparePane* first() const { return view.panes().first(); }
    PaneModel* pane() const { return first()->pane(); }
    void wish(const std::function<void(PaneWish&)>& change) const
    {
        PaneWish wish = pane()->wish();
        change(wish);
        pane()->setWish(wish);
    }
    bool settled() const
    {
        return QTest::qWaitFor(
            [this] {
                const InspectionModel* model = pane()->model();
                return model != nullptr && model->link()->isSettled() && model->hasInput() &&
                       !model->rows()->layers().empty();
            },
            10'000);
    }
    // Another model in the first pane.
    bool openBeside(const char* model)
    {
        wish([model](PaneWish& wish) { wish.model = QString::fromLatin1(model); });
        return settled() &&
               QTest::qWaitFor([&] { return pane()->model()->model().name == model && settled(); }, 10'000);
    }
    TokenPlace query() const { return pane()->selection()->tokens()->query(); }
};

bool isAlive(qint64 process)
{
    return process > 0 && ::kill(pid_t(process), 0) == 0;
}

QStringList linesOf(FieldButton* field)
{
    Q_EMIT field->menu()->aboutToShow();
    QStringList lines;
    for (const QAction* line : field->menu()->actions())
        if (!line->isSeparator()) lines << line->text() + (line->isEnabled() ? QString() : QString(" (grey)"));
    return lines;
}

} // namespace

class TestSideBySide : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anEngineIsStartedWithTheFirstChoiceAndEndsWithThePane()
    {
        Seen seen;
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
        Seen seen;
        QVERIFY(seen.open() && seen.openBeside("patterns"));
        QPointer<ComparePane> before = seen.first();
        before->header()->removal()->click();
        QTRY_VERIFY(before == nullptr);
        QCOMPARE(seen.view.panes().size(), 1);
        QVERIFY(!seen.pane()->isStarted() && seen.pane()->wish() == PaneWish());
    }
    void nothingIsStartedWhileNobodySeesIt()
    {
        Seen seen;
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
        Seen seen;
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
        Seen seen;
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
        Seen seen;
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
        Seen seen;
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
        Seen seen;
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
        Seen seen;
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
        Seen seen;
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
        Seen seen;
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
        Seen seen;
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
        Seen seen;
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
        Seen seen;
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
    void theLastStepOfATrainingThatWasAskedForIsShown()
    {
        QTemporaryDir folder;
        for (const int step : {100, 200, 300, 400}) {
            QDir().mkpath(folder.filePath(QStringLiteral("step-%1").arg(step)));
            QFile weights(folder.filePath(QStringLiteral("step-%1/model.safetensors").arg(step)));
            QVERIFY(weights.open(QIODevice::WriteOnly));
        }
        Seen seen;
        QVERIFY(seen.open(qPrintable(folder.filePath("step-400"))));
        QVERIFY(linesOf(seen.first()->header()->modelField()).contains("Checkpoints of this training (4)"));
        QVERIFY(seen.first()->steps()->isHidden());
        seen.first()->showCheckpoints();
        QVERIFY(seen.settled());
        QVERIFY(!seen.first()->steps()->isHidden());
        QCOMPARE(seen.first()->steps()->text(), QString("step 400 of 400"));
        seen.stage.selection.tokens()->pin({0, 17});
        seen.stage.selection.heads()->setHead(3);
        QSignalSpy opened(seen.pane()->model()->loader(), &ModelLoader::opened);
        for (const int place : {2, 1, 0, 1, 0}) seen.first()->steps()->setStep(place);
        const auto shown = [&] { return QString::fromStdString(seen.pane()->model()->model().name); };
        QTRY_COMPARE_WITH_TIMEOUT(shown(), folder.filePath("step-100"), 10'000);
        QCOMPARE(opened.size(), 2); // the first, and the last that was asked for meanwhile
        QVERIFY(seen.settled());
        QCOMPARE(seen.query(), (TokenPlace{0, 17}));
        QCOMPARE(seen.pane()->selection()->heads()->head(), 3);
        QCOMPARE(seen.first()->steps()->text(), QString("step 100 of 400"));
        seen.wish([](PaneWish& wish) { wish.model.clear(); });
        QVERIFY(seen.first()->steps()->isHidden());
    }
    void anEngineThatDiesIsToldAndStartedAgain()
    {
        Seen seen;
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
    void whatCannotBeOpenedIsToldInThePane()
    {
        Seen seen;
        QVERIFY(seen.open());
        seen.wish([](PaneWish& wish) { wish.model = "guess heads"; });
        QTRY_VERIFY_WITH_TIMEOUT(!seen.first()->status().isEmpty(), 10'000);
        QVERIFY(seen.openBeside("patterns"));
        QCOMPARE(seen.first()->status(), QString());
        seen.wish([](PaneWish& wish) { wish.picture = "/nowhere.png"; });
        QVERIFY(seen.first()->status().contains("/nowhere.png"));
        QVERIFY(seen.pane()->model()->hasInput()); // the last picture stays
    }
    void aTextOfItsOwnIsTyped()
    {
        Seen seen;
        QVERIFY(seen.open("infini"));
        QVERIFY(seen.first()->text()->isHidden());
        seen.wish([](PaneWish& wish) { wish.hasText = true; });
        QVERIFY(seen.settled());
        QVERIFY(!seen.first()->text()->isHidden() && !seen.first()->strip()->isHidden());
        QVERIFY(seen.first()->canvas()->isHidden());
        seen.first()->text()->setFocus();
        seen.first()->text()->setText("words of its own");
        QTest::keyClick(seen.first()->text(), Qt::Key_Return);
        QCOMPARE(seen.pane()->model()->request().text.text, QString("words of its own"));
        QVERIFY(seen.stage.model.request().text.text != QString("words of its own"));
    }
    void menusOfferWhatTheModelAllows()
    {
        Seen seen;
        seen.view.setSources({[](QMenu* menu, const ChoosePath& choose) {
                                  menu->addAction("a model", menu, [choose] { choose("patterns"); });
                              },
                              {}});
        QVERIFY(seen.open("methods"));
        PaneHeader* header = seen.first()->header();
        QCOMPARE(linesOf(header->modelField()), (QStringList{"As shown", "a model"}));
        QCOMPARE(linesOf(header->inputField()), (QStringList{"As shown", "Another text (grey)"}));
        QCOMPARE(linesOf(header->mapField()).mid(0, 2), (QStringList{"As shown", "raw attention"}));
        QVERIFY(linesOf(header->mapField()).size() > 2);
        QCOMPARE(linesOf(header->changesField()), (QStringList{"As shown", "As trained"}));
        Q_EMIT header->modelField()->menu()->aboutToShow();
        header->modelField()->menu()->actions().last()->trigger();
        QCOMPARE(seen.pane()->wish().model, QString("patterns"));
        QVERIFY(seen.settled());
        QCOMPARE(header->modelField()->name(), QString("patterns"));
        QVERIFY(header->modelField()->detail().isEmpty());
        QCOMPARE(header->inputField()->detail(), QString("as shown"));
        everyPartHasAName(seen.view);
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
    void wishesTravelAsJson()
    {
        const PaneWish wish{"a/model", "cat.jpg", "words", true, "rollout", true, true};
        const Json list = Json::array({toJson(wish), toJson(PaneWish())});
        QCOMPARE(paneWishesFrom(list, "s"), (QList<PaneWish>{wish, PaneWish()}));
        QCOMPARE(paneWishesFrom(Json::parse("[{}, {}, {}, {}, {}]"), "s").size(), kMostPanes);
        for (const char* bad : {"{}", "[1]", R"([{"model": 3}])", R"([{"difference": "yes"}])"})
            QCOMPARE(errorOf([&] { paneWishesFrom(Json::parse(bad), "s"); }), ErrorCode::BadConfig);
    }
    void aPictureOfIt()
    {
        Seen seen;
        QVERIFY(seen.open() && seen.openBeside("patterns"));
        photograph(seen.view, "side-by-side");
    }
};

QTEST_MAIN(TestSideBySide)
#include "tst_side_by_side.moc"
