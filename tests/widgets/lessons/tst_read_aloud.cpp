// SPDX-License-Identifier: GPL-3.0-or-later
// Reading a lesson aloud, with a narrator that only writes down what it is told.
#include "widgets/lessons/lesson_page.h"
#include "widgets/lessons/lesson_player.h"
#include "widgets/lessons/read_aloud.h"

#include <QPointer>
#include <QSignalSpy>
#include <QTest>
#include <QTextDocument>

using namespace headlens;

namespace {

class FakeNarrator : public Narrator {
public:
    QStringList said;
    QList<QLocale::Language> languages{QLocale::English};
    int stops = 0, asked = 0;

    bool canSpeak(const QLocale& language) override
    {
        ++asked;
        return languages.contains(language.language());
    }
    void say(const QString& sentence) override { said << sentence; }
    void stop() override { ++stops; }
    void end() { Q_EMIT finished(); }
};

constexpr const char* kSteps = "{\"id\":\"tiny\",\"base\":{\"model\":\"toy\"},\"steps\":["
                               "{\"id\":\"one\",\"reveal\":[{\"layer\":1}]},{\"id\":\"two\"}]}";
constexpr const char* kEnglish = "# Tiny\n\n## one\nIt gives {{ best() }} to [its row](trace:blk0.h0.attn[row=0]). "
                                 "That is **much**.\n### reveal\nAnd more.\n\n## two\nThe end.\n";
constexpr const char* kChinese = "# 小课\n\n## one\n这里是一句。这里是第二句。\n### reveal\n还有。\n\n## two\n完。\n";

// A player with a narrator that it owns, over a model that never ran.
struct Stage {
    EngineClient engine{{QStringLiteral("/does/not/exist")}}; // never started
    Selection selection;
    InspectionModel model{&engine, &selection};
    LessonPlayer player{&model, &selection};
    QPointer<FakeNarrator> voice;
    std::string best = "3 %";

    Stage()
    {
        player.setEvaluate([this](const std::vector<std::string>& asked, const LessonPlayer::Answered& done) {
            done(std::vector<verbs::EvaluatedOne>(asked.size(), {best, 0, {}}));
        });
        auto narrator = std::make_unique<FakeNarrator>();
        voice = narrator.get();
        player.setLanguage(QStringLiteral("en"));
        player.setNarrator(std::move(narrator));
    }
    void open() { player.open(parseLesson("/tmp", kSteps, {{"en", kEnglish}, {"zh_CN", kChinese}})); }
    ReadAloud* button() { return player.findChild<ReadAloud*>(); }
    QString marked()
    {
        const auto marks = player.findChild<LessonPage*>()->extraSelections();
        return marks.isEmpty() ? QString() : marks.front().cursor.selectedText();
    }
    // The engine says so from a thread of its own: the next sentence comes with the next event.
    void endSentence()
    {
        voice->end();
        QCoreApplication::sendPostedEvents(button());
    }
};

QStringList words(const QTextDocument& document)
{
    QStringList all;
    for (const SentencePlace& place : sentencesOf(document))
        all << document.toPlainText().mid(place.begin, place.end - place.begin);
    return all;
}

} // namespace

class TestReadAloud : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aTextIsSplitIntoTheSentencesThatSaySomething()
    {
        QTextDocument document;
        document.setMarkdown("It gives 37.5 % to *cat*. Why? [See here](trace:0)!\n\n→\n\n* one\n* two\n");
        QCOMPARE(words(document), QStringList({"It gives 37.5 % to cat.", "Why?", "See here!", "one", "two"}));
        document.setPlainText(QStringLiteral("这里是一句。这里是第二句！"));
        QCOMPARE(words(document), QStringList({"这里是一句。", "这里是第二句！"}));
        document.clear();
        QVERIFY(words(document).isEmpty());
    }
    void nothingIsSaidUntilAPersonAsksForIt()
    {
        Stage stage;
        QCOMPARE(stage.voice->asked, 0); // a window that shows no lesson starts no speech service
        stage.open();
        QVERIFY(!stage.button()->isHidden());
        QVERIFY(!stage.button()->isChecked());
        stage.player.next();
        stage.player.next();
        QVERIFY(stage.voice->said.isEmpty());
    }
    void sentencesAreSpokenOneAfterTheOtherAndMarked()
    {
        Stage stage;
        stage.open();
        stage.button()->click();
        QCOMPARE(stage.voice->said, QStringList{"It gives 3 % to its row."}); // numbers and links as one sees them
        QCOMPARE(stage.marked(), QString("It gives 3\u00A0% to its row."));
        stage.endSentence();
        QCOMPARE(stage.voice->said.last(), QString("That is much."));
        QCOMPARE(stage.marked(), QString("That is much."));
        stage.endSentence();
        QVERIFY(!stage.button()->isChecked());
        QVERIFY(stage.marked().isEmpty());
        QCOMPARE(stage.voice->said.size(), 2);
    }
    void readingGoesOnWhereItStoppedAndAfterARevealWithWhatIsNew()
    {
        Stage stage;
        stage.open();
        stage.button()->click();
        stage.endSentence();
        stage.button()->click();
        QCOMPARE(stage.voice->stops, 1);
        stage.button()->click();
        QCOMPARE(stage.voice->said.last(), QString("That is much."));
        stage.endSentence();
        stage.player.next();
        QVERIFY(!stage.button()->isChecked());
        stage.button()->click();
        QCOMPARE(stage.voice->said.last(), QString("And more."));
        stage.endSentence();
        stage.button()->click(); // all of it was read: from the top
        QVERIFY(stage.voice->said.last().startsWith("It gives"));
    }
    void anotherStepStopsTheVoice()
    {
        Stage stage;
        stage.open();
        stage.button()->click();
        stage.player.go(1);
        QVERIFY(!stage.button()->isReading() && !stage.button()->isChecked());
        QVERIFY(stage.voice->stops > 0);
        QVERIFY(stage.marked().isEmpty());
        stage.endSentence(); // what was said before still ends
        QCOMPARE(stage.voice->said.size(), 1);
        stage.button()->click();
        QCOMPARE(stage.voice->said.last(), QString("The end."));
        stage.player.close();
        QVERIFY(!stage.button()->isReading());
        QVERIFY(!stage.button()->isEnabled());
    }
    void numbersThatComeInMoveTheMarkAlong()
    {
        Stage stage;
        stage.open();
        stage.button()->click();
        stage.endSentence();
        stage.best = "a hundred per cent";
        Q_EMIT stage.model.inputChanged();
        QVERIFY(stage.button()->isReading());
        QCOMPARE(stage.marked(), QString("That is much."));
    }
    void aLanguageWithoutAVoiceHasNoButton()
    {
        Stage stage;
        stage.open();
        stage.button()->click();
        stage.player.setLanguage(QStringLiteral("zh_CN"));
        QVERIFY(stage.button()->isHidden());
        QVERIFY(!stage.button()->isReading());
        stage.voice->languages << QLocale::Chinese;
        stage.player.setLanguage(QStringLiteral("en"));
        stage.player.setLanguage(QStringLiteral("zh_CN"));
        QVERIFY(!stage.button()->isHidden());
        stage.button()->click();
        QCOMPARE(stage.voice->said.last(), QStringLiteral("这里是一句。"));
    }
    void withoutANarratorThereIsNoButton()
    {
        Stage stage;
        stage.player.setNarrator(nullptr);
        stage.open();
        QVERIFY(stage.button()->isHidden());
        stage.button()->click();
        QVERIFY(!stage.button()->isChecked());
    }
    void aVoiceThatFailsIsPutAway()
    {
        Stage stage;
        stage.open();
        stage.button()->click();
        Q_EMIT stage.voice->failed();
        QVERIFY(stage.button()->isHidden());
        QVERIFY(!stage.button()->isReading());
    }
    void readyAfterOurOwnStopEndsNoSentence()
    {
        SpokenTurn turn;
        QVERIFY(!turn.ends()); // ready at the start
        turn.say();
        turn.speaks();
        turn.stop();
        QVERIFY(!turn.ends());
        turn.say();
        QVERIFY(!turn.ends()); // still that of the stop
        turn.speaks();
        QVERIFY(turn.ends());
        QVERIFY(!turn.ends());
    }
};

QTEST_MAIN(TestReadAloud)
#include "tst_read_aloud.moc"
