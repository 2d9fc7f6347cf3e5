// SPDX-License-Identifier: GPL-3.0-or-later
// How far a learner is in a lesson, without a widget: steps, reveals, gates and predictions.
#include "widgets/lessons/lesson_progress.h"

#include <QtTest>

using namespace headlens;

namespace {

LessonText textIn(const std::string& language)
{
    LessonText text;
    text.language = language;
    text.steps["read"].body = language;
    text.steps["guess"].choices = {"a", "b"};
    text.steps["guess"].asksAfter = 1;
    text.steps["act"];
    return text;
}

// Read (one reveal), predict (asked after one of two reveals), do.
Lesson threeSteps()
{
    LessonStep read, guess, act;
    read.id = "read";
    read.reveals.resize(1);
    read.reveals[0].view.layer = 3;
    guess.id = "guess";
    guess.reveals.resize(2);
    guess.gate = Gate::Predict;
    act.id = "act";
    act.gate = Gate::Do;
    Lesson lesson;
    lesson.steps = {read, guess, act};
    lesson.texts = {textIn("en"), textIn("zh_CN")};
    return lesson;
}

} // namespace

class TestLessonProgress : public QObject {
    Q_OBJECT

    LessonProgress m_progress;

private Q_SLOTS:
    void init()
    {
        m_progress = {};
        m_progress.open(threeSteps());
    }
    void nothingIsOpenBeforeALesson()
    {
        const LessonProgress none;
        QVERIFY(!none.isOpen() && !none.isGateOpen() && !none.asks());
    }
    void aRevealIsShownUntilTheNextStep()
    {
        QCOMPARE(m_progress.shown().layer, 0);
        m_progress.reveal();
        QVERIFY(m_progress.isRevealed());
        QCOMPARE(m_progress.shown().layer, 3);
        m_progress.go(1);
        QCOMPARE(m_progress.revealed(), 0);
    }
    void stepsBehindTheEndsAreTheEnds()
    {
        m_progress.go(99);
        QCOMPARE(m_progress.step(), 2);
        QVERIFY(m_progress.isLast());
        m_progress.go(-1);
        QCOMPARE(m_progress.step(), 0);
        QCOMPARE(m_progress.farthest(), 2);
    }
    void aQuestionClosesTheGateOnceItIsAsked()
    {
        m_progress.go(1);
        QVERIFY(m_progress.isGateOpen() && !m_progress.asks()); // the reveal before it comes first
        QVERIFY(!m_progress.predict(0));
        m_progress.reveal();
        QVERIFY(m_progress.asks() && !m_progress.isGateOpen());
        QVERIFY(!m_progress.predict(2));
        QVERIFY(m_progress.predict(1));
        QCOMPARE(m_progress.predicted(), 1);
        QVERIFY(m_progress.isGateOpen());
        QVERIFY2(!m_progress.predict(0), "a prediction is made once");
    }
    void aGateStaysOpenUntilAllIsForgotten()
    {
        m_progress.go(2);
        QVERIFY(!m_progress.isGateOpen());
        m_progress.pass();
        m_progress.go(0);
        m_progress.go(2);
        QVERIFY(m_progress.isGateOpen());
        m_progress.forget();
        QVERIFY(!m_progress.isGateOpen());
    }
    void whatIsSaidFollowsTheLanguage()
    {
        m_progress.setLanguage("zh_CN");
        QCOMPARE(m_progress.said().body, std::string("zh_CN"));
        m_progress.setLanguage("fr");
        QCOMPARE(m_progress.said().body, std::string("en"));
    }
    void aLessonOpenedAnewBeginsAnew()
    {
        m_progress.go(2);
        m_progress.pass();
        m_progress.open(threeSteps());
        QCOMPARE(m_progress.farthest(), 0);
        m_progress.go(2);
        QVERIFY(!m_progress.isGateOpen());
    }
};

QTEST_APPLESS_MAIN(TestLessonProgress)
#include "tst_lesson_progress.moc"
