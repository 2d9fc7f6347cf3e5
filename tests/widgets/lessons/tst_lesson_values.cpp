// SPDX-License-Identifier: GPL-3.0-or-later
// The numbers and claims in a lesson's text: when they are asked for, which ones stay, what is said where one fails.
#include "tests/support/lesson_scene.h"

#include <QTemporaryDir>
#include <QTextDocument>

using namespace headlens;
using namespace headlens::test;

class TestLessonValues : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    Lesson m_lesson;

private Q_SLOTS:
    void initTestCase() { m_lesson = tinyLesson(m_folder.path()); }
    void numbersComeFromTheRun()
    {
        LessonScene stage;
        stage.holdsBack = true;
        stage.player.open(m_lesson);
        QVERIFY2(stage.text().contains("gives …."), qPrintable(stage.text()));
        QCOMPARE(stage.waiting.size(), std::size_t(1));
        stage.waiting.front()(stage.answers(stage.questions.front()));
        QVERIFY2(stage.text().contains("gives 37 %."), qPrintable(stage.text()));
        stage.player.next();
        stage.waiting.back()(stage.answers(stage.questions.back()));
        QVERIFY2(stage.text().contains("First reveal: *_<b>cat</b>."),
                 qPrintable(stage.text())); // no Markdown, no HTML
    }
    void aNumberAndItsPercentSignStayTogether()
    {
        LessonScene stage;
        stage.player.open(m_lesson);
        QVERIFY(stage.page()->document()->toRawText().contains(QString("37\u00A0%"))); // plain text has a blank there
    }
    void anAnswerForAnEarlierStateIsNoAnswer()
    {
        LessonScene stage;
        stage.holdsBack = true;
        stage.player.open(m_lesson);
        stage.player.go(2);
        stage.player.go(0);
        stage.waiting.front()(stage.answers(stage.questions.front()));
        QVERIFY(stage.text().contains("gives …."));
        stage.player.close();
        for (const auto& late : stage.waiting) late({});
        QVERIFY(stage.text().isEmpty());
    }
    void whatWasReadBeforeAnotherRunStays()
    {
        LessonScene stage;
        stage.player.open(m_lesson);
        stage.player.next();
        stage.values["max(blk0.h0.attn[row=0]) | pct"] = {"99 %", 0.99, {}};
        stage.values["sum(blk0.h0.attn[row=0]) ~= 1"] = {"0", 0, {}};
        stage.values["best()"] = {"dog", 0, {}};
        stage.player.next(); // hides a token: the model runs again
        QVERIFY2(stage.text().contains("gives 37 %."), qPrintable(stage.text()));
        QVERIFY(stage.text().contains("Second reveal: dog."));
        QVERIFY(!stage.text().contains("First reveal: dog."));
    }
    void aClaimThatFailsBringsTheOtherText()
    {
        LessonScene stage;
        stage.player.open(m_lesson);
        QVERIFY(stage.text().startsWith("Here it gives"));
        stage.values["sum(blk0.h0.attn[row=0]) ~= 1"] = {"0", 0, {}};
        stage.values["max(blk0.h0.attn[row=0]) | pct"] = {"12 %", 0.12, {}};
        Q_EMIT stage.model.inputChanged();
        QVERIFY2(stage.text().startsWith("Your text gives 12 %."), qPrintable(stage.text()));
        QVERIFY(!stage.text().contains("Here it gives"));
        stage.values["sum(blk0.h0.attn[row=0]) ~= 1"] = {{}, 0, "no such token"};
        Q_EMIT stage.model.inputChanged();
        QVERIFY(stage.text().startsWith("Your text gives"));
        stage.player.setLanguage("zh_CN"); // has no other text: the same with a warning in front
        QVERIFY(stage.text().startsWith("What follows does not fit"));
        QVERIFY2(stage.text().contains("这里是 12 %。"), qPrintable(stage.text()));
        stage.values["sum(blk0.h0.attn[row=0]) ~= 1"] = {"1", 1, {}};
        Q_EMIT stage.model.inputChanged();
        QVERIFY(stage.text().startsWith("这里是"));
    }
    void aValueInsideCodeIsNotEscapedOnAnyLine()
    {
        LessonValues values;
        LessonStep step;
        StepText text;
        text.body = "First.\n\nIt says `{{ guess() }}`, or {{ guess() }}.";
        values.begin(step, text);
        values.take(0, {"guess()"}, {{".", 0, {}}});
        QCOMPARE(values.filled(text.body, 0), std::string("First.\n\nIt says `.`, or \\.."));
    }
    void aClaimOfARevealThatFailsIsSaidBeforeItsText()
    {
        LessonScene stage;
        stage.player.open(m_lesson);
        stage.player.next();
        stage.values["layers() == 2"] = {"0", 0, {}};
        stage.player.next(); // hides a token: the model runs again
        const QString text = stage.text();
        QVERIFY2(text.contains("Second reveal") && text.contains("What follows does not fit"), qPrintable(text));
        QVERIFY(text.indexOf("First reveal") < text.indexOf("What follows does not fit"));
        QVERIFY(text.indexOf("What follows does not fit") < text.indexOf("Second reveal"));
        stage.values["layers() == 2"] = {"1", 1, {}};
        Q_EMIT stage.model.inputChanged();
        QVERIFY(stage.text().contains("Second reveal") && !stage.text().contains("What follows does not fit"));
    }
    void anEvaluationThatIsLostIsNotAskedForEver()
    {
        LessonScene stage;
        stage.holdsBack = true; // and never answered
        stage.player.open(m_lesson);
        for (int i = 0; i < 20; ++i) Q_EMIT stage.model.link()->settled();
        QCOMPARE(stage.questions.size(), std::size_t(3));
        Q_EMIT stage.model.inputChanged();
        QCOMPARE(stage.questions.size(), std::size_t(4));
    }
};

QTEST_MAIN(TestLessonValues)
#include "tst_lesson_values.moc"
