// SPDX-License-Identifier: GPL-3.0-or-later
// Lessons in the whole window against a real engine: every step of every lesson, keys, damaged folders.
#include "app/history/keeping.h"
#include "app/lesson_actions.h"
#include "app/presenter.h"
#include "tests/support/window_stage.h"
#include "widgets/canvas/canvas.h"
#include "widgets/heads/head_grid.h"
#include "widgets/lessons/lesson_page.h"
#include "widgets/lessons/lesson_player.h"
#include "widgets/text/text_caption.h"
#include "widgets/viewmodel/live_rows.h"
#include "widgets/viewmodel/method_map.h"

#include <QAction>
#include <QDir>
#include <QDockWidget>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <csignal>

using namespace headlens;
using namespace headlens::test;

class TestLessonsInWindow : public QObject, private WindowStage {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { writeFiles(); }
    void init() { openWindow(); }
    void cleanup() { closeWindow(); }

    void everyStepOfEveryLessonSetsTheStage_data()
    {
        QTest::addColumn<QString>("folder");
        for (const std::string& folder : lessonFolders(HEADLENS_SOURCE "/resources/lessons"))
            QTest::newRow(QFileInfo(QString::fromStdString(folder)).fileName().toUtf8())
                << QString::fromStdString(folder);
    }
    void everyStepOfEveryLessonSetsTheStage()
    {
        QFETCH(QString, folder);
        QVERIFY(m_window->lessons()->open(folder));
        LessonPlayer& player = *m_window->lessons()->player();
        const Lesson lesson = player.progress().lesson();
        for (int step = int(lesson.steps.size()); step-- > 0;) { // backwards: no step leans on the one before
            player.go(step);
            const ViewState& view = lesson.steps[std::size_t(step)].view;
            QTRY_COMPARE_WITH_TIMEOUT(model().model().name, view.model, 30'000);
            QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && selection().heads()->layer() == view.layer, 30'000);
            QTRY_COMPARE(selection().heads()->head(), view.head);
            QTRY_COMPARE(model().request().text.hiddenTokens.size(), view.hidden.size());
            QTRY_COMPARE(model().request().text.ablated.size(), view.ablated.size());
            if (!view.image.empty()) QTRY_COMPARE(model().input().name, view.image);
            if (!view.text.empty()) QTRY_COMPARE(model().request().text.text.toStdString(), view.text);
            QVERIFY2(m_window->message().isEmpty(), qPrintable(m_window->message()));
        }
    }
    void spaceContinuesALessonFromAnywhereAndPlaysAfterIt()
    {
        QVERIFY(m_window->lessons()->open(HEADLENS_SOURCE "/resources/lessons/01-attention"));
        LessonPlayer& player = *m_window->lessons()->player();
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled(), 30'000);
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        auto* canvas = m_window->findChild<Canvas*>();
        canvas->setFocus();
        const int step = player.progress().step(), revealed = player.progress().revealed();
        QTest::keyClick(canvas, Qt::Key_Space);
        QVERIFY(player.progress().step() > step || player.progress().revealed() > revealed);
        player.close();
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled(), 30'000);
        const auto actions = m_window->findChildren<QAction*>();
        QVERIFY(
            std::ranges::any_of(actions, [](QAction* any) { return any->shortcut() == QKeySequence(Qt::Key_Space); }));
    }
    void whatWasOpenBeforeALessonComesBackWhenItIsClosed()
    {
        selection().heads()->setLayer(1);
        selection().heads()->setHead(1);
        selection().tokens()->pin({0, 7});
        QTRY_VERIFY(model().canAsk());
        const std::string was = model().model().path, picture = model().input().name;
        QVERIFY(m_window->lessons()->open(HEADLENS_SOURCE "/resources/lessons/01-attention"));
        LessonPlayer& player = *m_window->lessons()->player();
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && model().model().name == "story-gpt", 30'000);
        player.go(2);
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled(), 30'000);
        player.close();
        QTRY_COMPARE_WITH_TIMEOUT(model().model().path, was, 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(model().input().name, picture, 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->keeping()->bench()->isBusy(), 30'000);
        QCOMPARE(selection().heads()->layer(), 1);
        QCOMPARE(selection().heads()->head(), 1);
        QTRY_COMPARE(selection().tokens()->query().token, 7);
        QVERIFY(selection().tokens()->isPinned());
    }
    void anotherModelMakesTheLessonWaitUntilItGoesOn()
    {
        QVERIFY(m_window->lessons()->open(HEADLENS_SOURCE "/resources/lessons/01-attention"));
        LessonPlayer& player = *m_window->lessons()->player();
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && model().model().name == "story-gpt", 30'000);
        m_window->openings()->openModel(path("other"));
        QTRY_VERIFY_WITH_TIMEOUT(player.progress().waits(), 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(model().canAsk(), 30'000);
        const std::string own = model().model().path;
        QVERIFY(player.findChild<LessonPage*>()->toPlainText().contains("story-gpt"));
        QVERIFY(player.findChild<LessonPage*>()->toPlainText().contains("waits"));
        player.next();
        QVERIFY(!player.progress().waits());
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && model().model().name == "story-gpt", 30'000);
        QCOMPARE(player.progress().step(), 0);
        player.close(); // what the learner opened is what comes back
        QTRY_COMPARE_WITH_TIMEOUT(model().model().path, own, 30'000);
    }
    void aModelOpenedWhileAStepIsStillBeingSetMakesTheLessonWaitToo()
    {
        const auto opensAnother = connect(&model(), &InspectionModel::modelOpened, this, [this] {
            if (model().model().name == "story-gpt") m_window->openings()->openModel(path("other")); // in the middle
        });
        QVERIFY(m_window->lessons()->open(HEADLENS_SOURCE "/resources/lessons/01-attention"));
        const LessonPlayer& player = *m_window->lessons()->player();
        QTRY_VERIFY_WITH_TIMEOUT(player.progress().waits() && model().canAsk(), 30'000);
        disconnect(opensAnother);
        QVERIFY(model().model().name != "story-gpt");
    }
    void whatIsOpenedWhileALessonWaitsStaysWhenItIsClosed()
    {
        QVERIFY(m_window->lessons()->open(HEADLENS_SOURCE "/resources/lessons/01-attention"));
        LessonPlayer& player = *m_window->lessons()->player();
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && model().model().name == "story-gpt", 30'000);
        m_window->openings()->openModel(path("other"));
        QTRY_VERIFY_WITH_TIMEOUT(player.progress().waits() && model().canAsk(), 30'000);
        const std::string own = model().model().path;
        player.close();
        QTRY_VERIFY_WITH_TIMEOUT(model().canAsk() && !m_window->keeping()->bench()->isBusy(), 30'000);
        QCOMPARE(model().model().path, own);
    }
    void presentingALessonOfATextShowsItsGridAndLeavesNoBlank()
    {
        QVERIFY(m_window->lessons()->open(HEADLENS_SOURCE "/resources/lessons/02-many-heads"));
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && !model().rows()->layers().empty(), 30'000);
        m_window->presenter()->enter(); // in the middle of a step
        const auto* heads = m_window->findChild<QDockWidget*>("Heads");
        QTRY_VERIFY(heads->isVisible());
        QTRY_VERIFY2(heads->width() * 4 > m_window->width(), "the grid takes its share");
        m_window->lessons()->player()->go(2);
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled(), 30'000);
        QVERIFY(heads->isVisible());
        const auto* lines = m_window->findChild<QDockWidget*>("Lines");
        QVERIFY(lines->isVisible());
        QTRY_VERIFY(lines->height() * 2 > m_window->height());
        const auto* caption = m_window->findChild<TextCaption*>();
        QTRY_VERIFY(caption->isVisible());
        const TokenPlace query = selection().tokens()->query();
        const std::string word = model().input().streams[0].tokens[std::size_t(query.token)].piece;
        const QString layer = QString("Layer %1, ").arg(selection().heads()->layer());
        QTRY_VERIFY2(caption->text().startsWith(layer), qPrintable(caption->text()));
        QVERIFY2(caption->text().contains(QString::fromStdString("“" + word + "”")), qPrintable(caption->text()));
        m_window->presenter()->leave();
        QTRY_VERIFY(heads->titleBarWidget() == nullptr && lines->titleBarWidget() == nullptr);
        QVERIFY(!caption->isVisible());
    }
    void whilePresentingADigitNeverMovesTheHeadBelowAQuestion()
    {
        QVERIFY(m_window->lessons()->open(HEADLENS_SOURCE "/resources/lessons/02-many-heads"));
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && !model().rows()->layers().empty(), 30'000);
        LessonPlayer& player = *m_window->lessons()->player();
        m_window->presenter()->enter();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        const int head = selection().heads()->head(), other = head == 2 ? 3 : 2;
        QTest::keyClick(m_window.get(), Qt::Key_1);
        QTRY_COMPARE(player.progress().predicted(), 0);
        QTest::keyClick(m_window.get(), Qt::Key(Qt::Key_0 + other)); // once more, or by mistake
        QTest::keyClick(m_window.get(), Qt::Key_0);
        QCOMPARE(selection().heads()->head(), head);
        QCOMPARE(player.progress().predicted(), 0);
        player.close();
        QTest::keyClick(m_window.get(), Qt::Key(Qt::Key_0 + other)); // a head again
        QCOMPARE(selection().heads()->head(), other);
        m_window->presenter()->leave();
    }
    // What "Continue" speaks of is what stands out in the head grid.
    void theHeadThatARevealNamesStandsOut()
    {
        QVERIFY(m_window->lessons()->open(HEADLENS_SOURCE "/resources/lessons/02-many-heads"));
        const Lesson lesson = m_window->lessons()->player()->progress().lesson();
        const auto moves = [](const LessonStep& step) { // to another layer, as its step 5 does
            return !step.reveals.empty() && step.reveals[0].view.layer != step.view.layer;
        };
        const auto hit = std::ranges::find_if(lesson.steps, moves);
        QVERIFY(hit != lesson.steps.end());
        m_window->lessons()->player()->go(int(hit - lesson.steps.begin()));
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && selection().heads()->layer() == hit->view.layer,
                                 30'000);
        m_window->lessons()->player()->next();
        const ViewState& view = hit->reveals[0].view;
        QTRY_COMPARE(selection().heads()->layer(), view.layer);
        QTRY_COMPARE(selection().heads()->head(), view.head);
        QVERIFY(selection().emphasis()->includes(view.layer, view.head));
        QVERIFY(!selection().emphasis()->includes(hit->view.layer, hit->view.head));
    }
    void continueWaitsUntilTheMapOfTheStepIsSeen()
    {
        QVERIFY(m_window->lessons()->open(HEADLENS_SOURCE "/resources/lessons/01-attention"));
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && !model().rows()->layers().empty(), 30'000);
        LessonPlayer& player = *m_window->lessons()->player();
        const auto& steps = player.progress().lesson().steps;
        const auto hit =
            std::ranges::find_if(steps, [](const LessonStep& one) { return one.view.view == "chefer-generic"; });
        QVERIFY(hit != steps.end());
        player.go(int(hit - steps.begin()));
        player.next();
        player.next(); // once more, in haste
        QCOMPARE(player.progress().revealed(), 0);
        QTRY_COMPARE_WITH_TIMEOUT(player.progress().revealed(), 1, 30'000);
        QCOMPARE(player.progress().step(), int(hit - steps.begin()));
        QVERIFY(!model().map()->shown().label.empty());
    }
    void digitsAnswerWhereverTheFocusIs()
    {
        QVERIFY(m_window->lessons()->open(HEADLENS_SOURCE "/resources/lessons/02-many-heads"));
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && !model().rows()->layers().empty(), 30'000);
        QVERIFY(!m_window->lessons()->player()->progress().isGateOpen()); // its first step asks
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_window->findChild<HeadGrid*>()->setFocus();
        const int head = selection().heads()->head();
        QTest::keyClick(m_window->findChild<HeadGrid*>(), Qt::Key_2);
        QTRY_VERIFY(m_window->lessons()->player()->progress().isGateOpen());
        QCOMPARE(selection().heads()->head(), head); // the digit was an answer, no head
    }
    void aKilledEngineLeavesTheLessonAsItWas()
    {
        QVERIFY(m_window->lessons()->open(HEADLENS_SOURCE "/resources/lessons/07-encoder-decoder"));
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && model().model().name == "number-words", 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && !model().request().text.decoderInputIds.empty(),
                                 30'000);
        const TextRequest before = model().request().text;
        const int token = selection().tokens()->query().token, stream = selection().tokens()->query().stream;
        QSignalSpy again(m_engine.get(), &EngineClient::ready);
        ::kill(pid_t(m_engine->processId()), SIGKILL);
        QVERIFY(again.wait(20'000));
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && model().input().streams.size() == 2, 30'000);
        QCOMPARE(model().request().text.text, before.text);
        QCOMPARE(model().request().text.decoderInputIds, before.decoderInputIds);
        QCOMPARE(model().input().streams[0].text, before.text.toStdString());
        QCOMPARE(selection().tokens()->query().token, token);
        QCOMPARE(selection().tokens()->query().stream, stream);
    }
    void aDamagedLessonIsSaidAndNothingChanges()
    {
        const QString folder = path("lesson");
        QDir().mkpath(folder);
        writeBytes((folder + "/lesson.json").toStdString(), "{\"id\": \"x\", \"steps\": 3}");
        writeBytes((folder + "/text.en.md").toStdString(), "# X\n");
        QVERIFY(!m_window->lessons()->open(folder));
        QVERIFY(m_window->message().contains("lesson.json"));
        QVERIFY(!m_window->lessons()->player()->isOpen());
        QCOMPARE(model().input().tokens, 17);
    }
};

QTEST_MAIN(TestLessonsInWindow)
#include "tst_lessons_in_window.moc"
