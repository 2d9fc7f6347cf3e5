// SPDX-License-Identifier: GPL-3.0-or-later
// The player of lessons without an engine: which states it asks for, what holds the learner back, what is said when.
#include "tests/support/lesson_scene.h"
#include "widgets/lessons/lesson_prediction.h"

#include <QComboBox>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace headlens;
using namespace headlens::test;

class TestLessonPlayer : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    Lesson m_lesson;

private Q_SLOTS:
    void initTestCase() { m_lesson = tinyLesson(m_folder.path()); }
    void withoutALessonEverythingIsQuiet()
    {
        LessonScene stage;
        stage.player.next();
        stage.player.back();
        stage.player.go(3);
        stage.player.skip();
        stage.player.restart();
        stage.player.predict(0);
        stage.player.close();
        stage.player.open({});
        QVERIFY(!stage.player.isOpen());
        QVERIFY(stage.states.empty());
        QVERIFY(!stage.player.grab().isNull());
        QVERIFY(!stage.player.accessibleName().isEmpty());
    }
    void theHeadsThatAStepSpeaksOfStepForward()
    {
        LessonScene stage;
        stage.player.open(m_lesson);
        QVERIFY(!stage.selection.emphasis()->isOn());
        stage.player.go(1);
        QVERIFY(stage.selection.emphasis()->includes(1, 2));
        QVERIFY(!stage.selection.emphasis()->includes(1, 1));
        QVERIFY(!stage.selection.emphasis()->includes(0, 2));
        stage.player.go(2);
        QVERIFY(stage.selection.emphasis()->includes(0, 0));
        stage.player.go(1);
        stage.player.close();
        QVERIFY(!stage.selection.emphasis()->isOn());
    }
    void aStepIsTheSameFromWhereverOneComes()
    {
        LessonScene stage;
        stage.player.open(m_lesson);
        stage.player.go(2);
        stage.player.go(0);
        stage.player.next();
        stage.player.next();
        stage.player.go(0);
        stage.player.go(2);
        QCOMPARE(stage.states[2], stage.states[0]);
        QCOMPARE(stage.states[5], stage.states[0]);
        QCOMPARE(stage.states[6], stage.states[1]);
        QCOMPARE(stage.states[0], std::string("toy|a cat|0|1"));
        QCOMPARE(stage.player.progress().revealed(), 0);
        stage.player.go(99);
        QCOMPARE(stage.player.progress().step(), 2);
        stage.player.go(-1);
        QCOMPARE(stage.player.progress().step(), 0);
    }
    void theFolderComesWithEveryState()
    {
        LessonScene stage;
        QSignalSpy wanted(&stage.player, &LessonPlayer::stateWanted);
        stage.player.open(m_lesson);
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(wanted[0][1].toString(), m_folder.path());
    }
    void continueShowsTheRevealsThenTheNextStep()
    {
        LessonScene stage;
        stage.player.open(m_lesson);
        stage.player.next();
        QCOMPARE(stage.player.progress().revealed(), 1);
        QCOMPARE(stage.states.back(), std::string("toy|a cat|1|1"));
        QVERIFY(stage.text().contains("First reveal"));
        QVERIFY(!stage.text().contains("Second reveal"));
        stage.player.next();
        QCOMPARE(stage.states.back(), std::string("toy|a cat|1|1|word(cat)"));
        stage.player.back();
        QCOMPARE(stage.states.back(), std::string("toy|a cat|1|1"));
        stage.player.next();
        stage.player.next();
        QCOMPARE(stage.player.progress().step(), 1);
        QCOMPARE(stage.child<QProgressBar>()->value(), 2);
        QCOMPARE(stage.child<QComboBox>()->currentIndex(), 1);
        stage.player.back();
        QCOMPARE(stage.player.progress().step(), 0);
        QCOMPARE(stage.player.progress().revealed(), 0);
    }
    void aPredictionHoldsContinueBackAndTheAnswerWithIt()
    {
        LessonScene stage;
        stage.player.open(m_lesson);
        stage.player.go(1);
        QVERIFY(!stage.player.progress().isGateOpen());
        QVERIFY(!stage.button("Continue")->isEnabled());
        stage.player.next();
        QCOMPARE(stage.player.progress().step(), 1);
        QCOMPARE(stage.player.progress().revealed(), 0);
        QVERIFY(stage.text().contains("Which one?"));
        QVERIFY(!stage.text().contains("It was"));
        QVERIFY(stage.child<LessonPrediction>()->verdict().isEmpty());
        for (const std::string& asked : stage.questions.back()) QVERIFY(asked != "secret()");
        stage.player.predict(7); // there is none such
        QVERIFY(!stage.player.progress().isGateOpen());
        stage.player.predict(1);
        QVERIFY(stage.child<LessonPrediction>()->verdict().startsWith("✓"));
        QVERIFY(stage.says("✓ cat (your choice, right)"));
        QVERIFY(stage.button("Continue")->isEnabled());
        stage.player.predict(0); // too late
        QVERIFY(stage.child<LessonPrediction>()->verdict().startsWith("✓"));
        stage.player.next();
        QVERIFY(stage.text().contains("It was –"));
    }
    void aLessonThatWaitsSaysSoAndGoesOnWhereItWas()
    {
        LessonScene stage;
        stage.player.open(m_lesson);
        stage.player.go(1);
        QSignalSpy goesOn(&stage.player, &LessonPlayer::goesOn);
        stage.player.wait();
        QCOMPARE(stage.text(), QString("The lesson waits: it speaks of toy. Continue brings it back."));
        QVERIFY(!stage.child<LessonPrediction>()->isVisibleTo(&stage.player));
        QVERIFY(!stage.selection.emphasis()->isOn());
        stage.player.predict(1);
        QVERIFY(!stage.player.progress().isGateOpen() || stage.player.progress().waits());
        QVERIFY(stage.button("Continue")->isEnabled());
        const std::size_t states = stage.states.size();
        stage.button("Continue")->click();
        QCOMPARE(goesOn.count(), 1);
        QCOMPARE(stage.states.size(), states + 1);
        QCOMPARE(stage.states.back(), stage.states[states - 1]);
        QVERIFY(stage.text().contains("Which one?"));
        QCOMPARE(stage.player.progress().predicted(), -1);
    }
    void aQuestionBelowARevealIsAskedAfterIt()
    {
        QTemporaryDir folder;
        Lesson lesson = tinyLesson(folder.path());
        for (LessonText& text : lesson.texts) text.steps.at("guess").asksAfter = 1;
        LessonScene stage;
        stage.player.open(lesson);
        stage.player.go(1);
        QVERIFY(!stage.text().contains("Which one?"));
        QVERIFY(!stage.child<LessonPrediction>()->isVisibleTo(&stage.player));
        for (const std::string& asked : stage.questions.back()) QVERIFY(asked != "argmax(blk0.h0.attn[row=0])");
        stage.player.predict(1); // nobody has asked yet
        QVERIFY(stage.button("Continue")->isEnabled());
        stage.player.next();
        QCOMPARE(stage.player.progress().revealed(), 1);
        QVERIFY(stage.text().indexOf("Which one?") > stage.text().indexOf("It was"));
        QVERIFY(!stage.player.progress().isGateOpen());
        stage.player.next();
        QCOMPARE(stage.player.progress().step(), 1);
        stage.player.predict(1);
        QVERIFY(stage.child<LessonPrediction>()->verdict().startsWith("✓"));
        stage.player.next();
        QCOMPARE(stage.player.progress().step(), 2);
    }
    void aGateWaitsUntilTheStageIsSet()
    {
        LessonScene stage;
        stage.arranges = false;
        stage.selection.heads()->setLayer(1); // what the step asks for, left from before
        stage.selection.heads()->setHead(2);
        stage.selection.tokens()->hover({0, 2});
        stage.player.open(m_lesson);
        stage.player.go(2);
        QVERIFY(!stage.player.progress().isGateOpen());
        stage.selection.tokens()->hover({0, 0}); // as the step is set
        stage.player.stageIsSet();
        QVERIFY(!stage.player.progress().isGateOpen());
        stage.selection.tokens()->hover({0, 2});
        QVERIFY(stage.player.progress().isGateOpen());
    }
    void noMarkIsLeftInTheTextsThatComeAlong()
    {
        const auto isPlain = [](const std::string& markdown) {
            const std::vector<std::string> values(bindingsOf(markdown).size(), "7");
            const QString shown = LessonPage::plainText(filledIn(markdown, values));
            const int stars = int(shown.indexOf(QLatin1String("**")));
            if (stars >= 0) qWarning("%s", qPrintable(shown.mid(std::max(0, stars - 20), 60)));
            return stars < 0 && !shown.contains(QLatin1String("](trace"));
        };
        for (const std::string& folder : lessonFolders(HEADLENS_SOURCE "/resources/lessons"))
            for (const LessonText& text : readLesson(folder).texts)
                for (const auto& [id, said] : text.steps) {
                    std::vector<std::string> parts{said.body, said.otherwise, said.question};
                    parts.insert(parts.end(), said.reveals.begin(), said.reveals.end());
                    parts.insert(parts.end(), said.choices.begin(), said.choices.end());
                    for (const std::string& part : parts)
                        QVERIFY2(isPlain(part), (folder + ", " + text.language + ", " + id).c_str());
                }
    }
    void aWrongPredictionIsToldInWordsAndSigns()
    {
        LessonScene stage;
        stage.player.open(m_lesson);
        stage.player.go(1);
        QTest::mouseClick(stage.button("1"), Qt::LeftButton);
        const QString verdict = stage.child<LessonPrediction>()->verdict();
        QVERIFY2(verdict.startsWith("✗") && verdict.endsWith("cat"), qPrintable(verdict));
        QVERIFY(stage.says("(your choice, wrong)"));
        QVERIFY(stage.says("✓ cat (right)"));
        QVERIFY(stage.button("2")->accessibleName().contains("right"));
        QVERIFY(stage.button("Continue")->isEnabled());
        stage.player.restart();
        stage.player.go(1);
        QVERIFY(!stage.player.progress().isGateOpen());
    }
    void anInputWithoutARightAnswerSaysSo()
    {
        LessonScene stage;
        stage.values["argmax(blk0.h0.attn[row=0])"] = {"9", 9, {}};
        stage.player.open(m_lesson);
        stage.player.go(1);
        stage.player.predict(0);
        QVERIFY(stage.child<LessonPrediction>()->verdict().contains("none of the answers"));
    }
    void doingWhatIsAskedOpensTheGate()
    {
        LessonScene stage;
        stage.player.open(m_lesson);
        stage.player.go(2);
        QVERIFY(!stage.player.progress().isGateOpen());
        QVERIFY(stage.says("choose layer 1, head 2, the word “cat”"));
        stage.selection.heads()->setLayer(1);
        stage.selection.heads()->setHead(2);
        QVERIFY(!stage.player.progress().isGateOpen());
        stage.selection.tokens()->pin({0, 2});
        QVERIFY(stage.player.progress().isGateOpen());
        stage.selection.heads()->setHead(0); // once is enough
        QVERIFY(stage.player.progress().isGateOpen());
    }
    void nobodyIsStuckAtAGate()
    {
        LessonScene stage;
        stage.player.open(m_lesson);
        QVERIFY(stage.button("Skip")->isHidden());
        stage.player.go(1);
        QVERIFY(!stage.button("Skip")->isHidden());
        stage.button("Skip")->click();
        QCOMPARE(stage.player.progress().revealed(), 1);
        stage.player.next();
        stage.button("Skip")->click();
        QVERIFY(stage.player.progress().isGateOpen());
        QVERIFY(!stage.button("Continue")->isEnabled()); // the last step
    }
    void stepsThatLieAheadHaveNumbersOnly()
    {
        LessonScene stage;
        stage.player.open(m_lesson);
        auto* steps = stage.child<QComboBox>();
        QCOMPARE(steps->itemText(1), QString("Step 2"));
        stage.player.go(1);
        QCOMPARE(steps->itemText(1), QString("2. Now guess."));
        stage.player.go(0); // what was seen keeps its name
        QCOMPARE(steps->itemText(1), QString("2. Now guess."));
    }
    void aRevealThatMovesOnTakesTheEmphasisAlong()
    {
        LessonScene stage;
        Lesson lesson = m_lesson;
        LessonStep& step = lesson.steps[1];
        step.gate = Gate::Next;
        step.view.layer = 1;
        step.view.head = 2;
        step.reveals[0].view = step.view;
        step.reveals[0].view.layer = 0;
        step.reveals[0].view.head = 1;
        stage.player.open(lesson);
        stage.player.go(1);
        QVERIFY(stage.selection.emphasis()->includes(1, 2));
        stage.player.next();
        QVERIFY(stage.selection.emphasis()->includes(0, 1));
        QVERIFY(!stage.selection.emphasis()->includes(1, 2));
        stage.player.back();
        QVERIFY(stage.selection.emphasis()->includes(1, 2));
    }
    void theLastStepOffersTheNextLesson()
    {
        LessonScene stage;
        QSignalSpy wanted(&stage.player, &LessonPlayer::followingWanted);
        stage.player.setFollowing("Another one");
        stage.player.open(m_lesson);
        QVERIFY(stage.button("Next lesson")->isHidden());
        stage.player.go(2);
        stage.player.skip();
        QVERIFY(!stage.button("Next lesson")->isHidden());
        stage.button("Next lesson")->click();
        QCOMPARE(wanted.count(), 1);
    }
    void theLanguageChangesInPlace()
    {
        LessonScene stage;
        stage.player.open(m_lesson);
        stage.player.next();
        const std::size_t states = stage.states.size();
        stage.player.setLanguage("zh_CN");
        QVERIFY(stage.text().contains("一。"));
        QVERIFY(stage.child<QComboBox>()->itemText(0).startsWith("1. "));
        QCOMPARE(stage.states.size(), states);
        QCOMPARE(stage.player.progress().revealed(), 1);
        stage.player.setLanguage("en");
        QCOMPARE(stage.child<QComboBox>()->itemText(0), QString("1. See its row and nothing."));
        QEvent language(QEvent::LanguageChange);
        QCoreApplication::sendEvent(&stage.player, &language);
        QVERIFY(stage.text().contains("First reveal"));
    }
    void theListJumps()
    {
        LessonScene stage;
        stage.player.open(m_lesson);
        Q_EMIT stage.child<QComboBox>()->activated(2);
        QCOMPARE(stage.player.progress().step(), 2);
    }
    void closingSaysSoOnce()
    {
        LessonScene stage;
        QSignalSpy closed(&stage.player, &LessonPlayer::closed);
        stage.player.open(m_lesson);
        stage.button("Close")->click();
        stage.player.close();
        QCOMPARE(closed.count(), 1);
        QVERIFY(!stage.player.isOpen());
        QVERIFY(stage.text().isEmpty());
        stage.player.open(m_lesson);
        QVERIFY(stage.player.isOpen());
    }
    void anotherStepBeginsAtItsTopAndARevealIsSeen()
    {
        LessonScene stage;
        Lesson lesson = m_lesson;
        for (StepText* text : {&lesson.texts.front().steps["look"], &lesson.texts.front().steps["guess"]})
            for (int i = 0; i < 60; ++i) text->body += "\n\nOne more line.";
        stage.show(stage.player);
        stage.player.open(lesson);
        const QScrollBar* bar = stage.page()->verticalScrollBar();
        QCOMPARE(bar->value(), 0);
        stage.player.next();
        QVERIFY(bar->value() > 0);
        stage.values["best()"] = {"dog", 0, {}};
        Q_EMIT stage.model.inputChanged();
        QVERIFY(bar->value() > 0); // numbers come in where one reads
        stage.player.go(1);
        QCOMPARE(bar->value(), 0);
    }
    void everyPartHasAName()
    {
        LessonScene stage;
        stage.player.open(m_lesson);
        stage.player.go(1);
        for (QWidget* part : {static_cast<QWidget*>(stage.page()), static_cast<QWidget*>(stage.child<QComboBox>()),
                              static_cast<QWidget*>(stage.child<QProgressBar>()),
                              static_cast<QWidget*>(stage.child<LessonPrediction>())})
            QVERIFY(!part->accessibleName().isEmpty());
        for (const QPushButton* button : stage.player.findChildren<QPushButton*>()) QVERIFY(!button->text().isEmpty());
    }
    void aPageLoadsAndOpensNothing()
    {
        LessonPage page;
        page.showMarkdown("![x](file:///etc/passwd) <b>bold</b> [out](https://example.org)", LessonPage::Place::Top);
        QVERIFY(!page.loadResource(QTextDocument::ImageResource, QUrl("file:///etc/passwd")).isValid());
        QVERIFY(page.toPlainText().contains("<b>bold</b>"));
        QVERIFY(page.addressOf("https://example.org").empty());
        QVERIFY(page.addressOf("trace:99999999999999999999").empty());
        QVERIFY(page.addressOf("trace:-1").empty());
    }
};

QTEST_MAIN(TestLessonPlayer)
#include "tst_lesson_player.moc"
