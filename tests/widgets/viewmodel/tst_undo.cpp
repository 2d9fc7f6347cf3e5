// SPDX-License-Identifier: GPL-3.0-or-later
// Undo and redo: what becomes a step, what becomes one step, and what is there again afterwards.
#include "tests/support/fake_stage.h"
#include "widgets/viewmodel/film_player.h"
#include "widgets/viewmodel/history.h"
#include "widgets/viewmodel/interventions.h"

#include <QSignalSpy>
#include <QUndoStack>

using namespace headlens;
using namespace headlens::test;

namespace {

struct Stage : FakeStage {
    DisplaySettings display;
    FilmPlayer player{&model};
    Workbench bench{{&model, &selection, &display, &player},
                    {[this](const TextRequest& wish) { model.wishes()->change([&](RunRequest& r) { r.text = wish; }); },
                     [](const QString&) {}},
                    nullptr};
    History history{&bench};
    qint64 now = 0;

    Stage()
    {
        history.setClock([this] { return now; });
    }
    QUndoStack& steps() { return *history.stack(); }
    // Whatever is on its way is there, and was looked at.
    bool rests()
    {
        const auto quiet = [this] { return model.link()->isSettled() && !bench.isBusy(); };
        if (!QTest::qWaitFor(quiet, 10'000)) return false;
        QCoreApplication::processEvents();
        now += 1'000; // what comes next is a step of its own
        return quiet() || rests();
    }
    bool begin(const char* name)
    {
        if (!open(name) || !rests()) return false;
        steps().clear();
        return true;
    }
};

} // namespace

class TestUndo : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatWasOpenedFirstIsNoStep()
    {
        Stage stage;
        stage.model.loader()->open(QStringLiteral("routed"));
        stage.model.wishes()->openPicture("a picture", QStringLiteral("one"));
        QVERIFY(stage.settled() && stage.rests());
        QCOMPARE(stage.steps().count(), 0);
    }
    void aFactorThatIsDraggedIsOneStep()
    {
        Stage stage;
        QVERIFY(stage.begin("plain"));
        for (const double factor : {0.5, 0.0, -0.5}) { // through 0, where the head is off
            stage.model.wishes()->change([&](RunRequest& r) { setHeadFactor(r, {1, 2}, factor); });
            QTRY_VERIFY(stage.model.link()->isSettled());
            QCoreApplication::processEvents();
        }
        QVERIFY(stage.rests());
        QCOMPARE(stage.steps().count(), 1);
        QCOMPARE(stage.steps().text(0), QStringLiteral("Head 1.2 × -0.5"));
        stage.steps().undo();
        QTRY_VERIFY(stage.model.request() == RunRequest());
    }
    void hiddenTokensComeBackWithTheTextTheyAreOf()
    {
        Stage stage;
        QVERIFY(stage.begin("infini"));
        const auto write = [&](const QString& text) {
            stage.model.wishes()->change([&](RunRequest& r) { r.text.text = text; });
            return stage.rests();
        };
        const auto hide = [&] {
            stage.model.wishes()->change([](RunRequest& r) { setIntervention(r, {"hide", -1, -1, 0, {}, {3}}); });
            return stage.rests();
        };
        QVERIFY(write("one") && hide());
        const int first = stage.steps().index();
        QVERIFY(write("another"));
        QVERIFY2(stage.model.request().changes.empty(), "of the text before");
        QVERIFY(hide());
        stage.steps().setIndex(first); // both hide 3, each of its own text
        QTRY_COMPARE(stage.model.request().text.text, QStringLiteral("one"));
        QVERIFY(stage.rests());
        QCOMPARE(keysOf(stage.model.request(), "hide"), std::vector<int>{3});
    }
    void stepsGoBackAndForth()
    {
        Stage stage;
        QVERIFY(stage.begin("routed"));
        stage.selection.heads()->setLayer(2);
        QVERIFY(stage.rests());
        stage.selection.heads()->setHead(3);
        QVERIFY(stage.rests());
        stage.display.change([](headlens::Display& d) { d.opacity = 0.2; });
        QVERIFY(stage.rests());
        QCOMPARE(stage.steps().count(), 3);
        QCOMPARE(stage.steps().text(0), QStringLiteral("Layer 0 → 2"));
        QCOMPARE(stage.steps().text(1), QStringLiteral("Head 3"));
        stage.steps().undo();
        QTRY_COMPARE(stage.display.get().opacity, headlens::Display().opacity);
        QVERIFY(stage.rests());
        QCOMPARE(stage.selection.heads()->head(), 3);
        stage.steps().undo();
        QTRY_COMPARE(stage.selection.heads()->head(), 0);
        QVERIFY(stage.rests());
        stage.steps().redo();
        QTRY_COMPARE(stage.selection.heads()->head(), 3);
        QVERIFY(stage.rests());
        QCOMPARE(stage.steps().count(), 3); // going there is none itself
        QCOMPARE(stage.steps().index(), 2);
    }
    void aJumpInTheListGoesThereAtOnce()
    {
        Stage stage;
        QVERIFY(stage.begin("routed"));
        for (const int layer : {1, 3, 2}) {
            stage.selection.heads()->setLayer(layer);
            QVERIFY(stage.rests());
        }
        QSignalSpy ways(stage.selection.heads(), &HeadChoice::changed);
        stage.steps().setIndex(0);
        QTRY_COMPARE(stage.selection.heads()->layer(), 0);
        QVERIFY(stage.rests());
        QCOMPARE(ways.count(), 1); // and nowhere else on the way
        stage.steps().setIndex(3);
        QTRY_COMPARE(stage.selection.heads()->layer(), 2);
    }
    void hoveringIsNoStepAndStaysWhereItIs()
    {
        Stage stage;
        QVERIFY(stage.begin("routed"));
        stage.selection.tokens()->hover({0, 4});
        QVERIFY(stage.rests());
        QCOMPARE(stage.steps().count(), 0);
        stage.selection.heads()->setLayer(1);
        QVERIFY(stage.rests());
        stage.selection.tokens()->hover({0, 9});
        QVERIFY(stage.rests());
        stage.steps().undo();
        QTRY_COMPARE(stage.selection.heads()->layer(), 0);
        QVERIFY(stage.rests());
        QCOMPARE(stage.selection.tokens()->query().token, 9); // under the mouse
    }
    void aPinIsAStep()
    {
        Stage stage;
        QVERIFY(stage.begin("routed"));
        stage.selection.tokens()->pin({0, 7});
        QVERIFY(stage.rests());
        QCOMPARE(stage.steps().undoText(), QStringLiteral("Token 7 pinned"));
        stage.selection.tokens()->pin({0, 11});
        QVERIFY(stage.rests());
        stage.steps().undo();
        QTRY_COMPARE(stage.selection.tokens()->query().token, 7);
        QVERIFY(stage.selection.tokens()->isPinned());
        QVERIFY(stage.rests());
        stage.steps().undo();
        QTRY_VERIFY(!stage.selection.tokens()->isPinned());
    }
    void changesOfOneKindInARowAreOneStep_data()
    {
        QTest::addColumn<qint64>("between");
        QTest::addColumn<int>("steps");
        QTest::newRow("quickly") << qint64(600) << 1;
        QTest::newRow("slowly") << qint64(601) << 3;
    }
    void changesOfOneKindInARowAreOneStep()
    {
        QFETCH(qint64, between);
        QFETCH(int, steps);
        Stage stage;
        QVERIFY(stage.begin("routed"));
        for (const double opacity : {0.1, 0.2, 0.3}) {
            stage.now += between;
            stage.display.change([=](headlens::Display& d) { d.opacity = opacity; });
            stage.history.look();
        }
        QCOMPARE(stage.steps().count(), steps);
        stage.steps().setIndex(0);
        QTRY_COMPARE(stage.display.get().opacity, headlens::Display().opacity);
    }
    void changesOfDifferentKindsStayApartAndThereAndBackIsNone()
    {
        Stage stage;
        QVERIFY(stage.begin("routed"));
        stage.display.change([](headlens::Display& d) { d.opacity = 0.1; });
        stage.history.look();
        stage.display.change([](headlens::Display& d) { d.smooth = true; });
        stage.history.look();
        QCOMPARE(stage.steps().count(), 2);
        stage.display.change([](headlens::Display& d) { d.smooth = false; });
        stage.history.look();
        QCOMPARE(stage.steps().count(), 1);
    }
    void whatNeedsAnotherRunIsRunAgain()
    {
        Stage stage;
        QVERIFY(stage.begin("routed"));
        setSwitch(&stage.model, QStringLiteral("routing"), QStringLiteral("all"));
        QVERIFY(stage.rests());
        QCOMPARE(stage.asked(), QStringLiteral("routing=all;"));
        stage.model.wishes()->change([](RunRequest& r) { r.text.ablated.push_back({1, 2}); });
        QVERIFY(stage.rests());
        QCOMPARE(stage.steps().undoText(), QStringLiteral("Head 2 of layer 1 off"));
        stage.steps().undo();
        QTRY_VERIFY(stage.model.request().text.ablated.empty());
        QVERIFY(stage.rests());
        stage.steps().undo();
        QTRY_COMPARE(stage.asked(), QString());
        QVERIFY(stage.rests());
        stage.steps().redo();
        QTRY_COMPARE(stage.asked(), QStringLiteral("routing=all;"));
    }
    void aModelComesBackWithItsPictureAndPlace()
    {
        Stage stage;
        QVERIFY(stage.begin("routed"));
        stage.selection.heads()->setLayer(3);
        QVERIFY(stage.rests());
        QVERIFY(stage.open("plain") && stage.rests());
        QCOMPARE(stage.steps().text(1), QStringLiteral("Model plain"));
        stage.steps().setIndex(1);
        QTRY_COMPARE(stage.model.model().name, std::string("routed"));
        QVERIFY(stage.rests());
        QCOMPARE(stage.selection.heads()->layer(), 3);
        QVERIFY(stage.model.hasInput());
        stage.steps().undo();
        QTRY_COMPARE(stage.selection.heads()->layer(), 0);
    }
    void anotherPictureComesBack()
    {
        Stage stage;
        QVERIFY(stage.begin("plain"));
        stage.model.wishes()->openPicture("other bytes", QStringLiteral("two"));
        QVERIFY(stage.rests());
        QCOMPARE(stage.steps().undoText(), QStringLiteral("Picture two"));
        stage.steps().undo();
        QTRY_COMPARE(stage.model.input().name, std::string("one"));
        QCOMPARE(stage.model.wishes()->picture().file, QByteArray("a picture"));
    }
    void aWholeStateIsOneStep()
    {
        Stage stage;
        QVERIFY(stage.begin("routed"));
        WorkState wanted = stage.bench.state();
        wanted.look.layer = 2;
        wanted.look.heads = {{2, 1}, {2, 3}};
        wanted.look.query = {0, 5};
        wanted.display.colormap = QStringLiteral("magma");
        stage.history.jumpTo(wanted, QStringLiteral("Session mine"));
        QTRY_COMPARE(stage.steps().count(), 1);
        QCOMPARE(stage.steps().undoText(), QStringLiteral("Session mine"));
        QVERIFY(stage.bench.state() == wanted); // with the query that is not pinned
        stage.steps().undo();
        QTRY_COMPARE(stage.display.get().colormap, headlens::Display().colormap);
        QVERIFY(stage.rests());
        QCOMPARE(stage.selection.heads()->layer(), 0);
        QCOMPARE(stage.steps().count(), 1);
    }
    void theOldestStepsGoWhenThereAreTooMany()
    {
        Stage stage;
        QVERIFY(stage.begin("plain"));
        for (int i = 0; i < 210; ++i) {
            stage.now += 1'000;
            stage.display.change([=](headlens::Display& d) { d.opacity = 0.001 * i; });
            stage.history.look();
        }
        QCOMPARE(stage.steps().count(), 200);
    }
};

QTEST_MAIN(TestUndo)
#include "tst_undo.moc"
