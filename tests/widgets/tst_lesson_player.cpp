// SPDX-License-Identifier: GPL-3.0-or-later
// The player of lessons without an engine: which states it asks for, what holds the learner back, what is said when.
#include "widgets/lessons/lesson_page.h"
#include "widgets/lessons/lesson_player.h"
#include "widgets/lessons/lesson_prediction.h"

#include <QComboBox>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollBar>
#include <QShortcut>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace headlens;

namespace {

constexpr const char* kSteps = "{'id':'tiny','base':{'model':'toy','text':'a cat'},'steps':["
                               "{'id':'look','set':{'head':1},'expect':['sum(blk0.h0.attn[row=0]) ~= 1'],"
                               " 'reveal':[{'layer':1},{'hidden':['word(cat)'],'expect':['layers() == 2']}]},"
                               "{'id':'guess','focus':['blk1.h2.attn[row=0]'],"
                               " 'gate':{'predict':{'answer':'argmax(blk0.h0.attn[row=0])'}},'reveal':[{'head':2}]},"
                               "{'id':'act','gate':{'do':{'layer':1,'head':2,'token':'word(cat)'}}}]}";

constexpr const char* kEnglish =
    "# A tiny lesson\n\n"
    "## look\nHere it gives {{ max(blk0.h0.attn[row=0]) | pct }}. See "
    "[its row](trace:blk1.h2.attn[row=word(cat),col=1]) and [nothing](trace:tok(word(dog))).\n"
    "### reveal\nFirst reveal: {{ best() }}.\n### reveal\nSecond reveal: {{ best() }}.\n"
    "### otherwise\nYour text gives {{ max(blk0.h0.attn[row=0]) | pct }}.\n\n"
    "## guess\nNow guess.\n### reveal\nIt was {{ secret() }}.\n### question\nWhich one?\n* the *{{ best() }}*\n* "
    "cat\n\n"
    "## act\n### question\n\n";

constexpr const char* kChinese = "# 小课\n\n## look\n这里是 {{ max(blk0.h0.attn[row=0]) | pct }}。\n### reveal\n一。\n"
                                 "### reveal\n二。\n\n"
                                 "## guess\n猜一猜。\n### reveal\n揭晓。\n### question\n哪个？\n* 甲\n* 乙\n\n"
                                 "## act\n选一个。\n";

void write(const QString& path, QByteArray text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

std::string described(const ViewState& state)
{
    std::string all =
        state.model + "|" + state.text + "|" + std::to_string(state.layer) + "|" + std::to_string(state.head);
    for (const std::string& hidden : state.hidden) all += "|" + hidden;
    return all;
}

// A player over a model that never ran, and an engine that is this test.
struct Stage {
    EngineClient engine{{QStringLiteral("/does/not/exist")}}; // never started
    Selection selection;
    InspectionModel model{&engine, &selection};
    LessonPlayer player{&model, &selection};
    verbs::ModelInfo info;
    verbs::InputInfo input;
    std::vector<std::string> states;
    std::map<std::string, verbs::EvaluatedOne> values;
    std::vector<std::vector<std::string>> questions;
    std::vector<LessonPlayer::Answered> waiting; // answers that are held back
    bool holdsBack = false;

    Stage()
    {
        values["max(blk0.h0.attn[row=0]) | pct"] = {"37 %", 0.37, {}};
        values["sum(blk0.h0.attn[row=0]) ~= 1"] = {"1", 1, {}};
        values["argmax(blk0.h0.attn[row=0])"] = {"1", 1, {}};
        values["layers() == 2"] = {"1", 1, {}};
        values["best()"] = {"*_<b>cat</b>", 0, {}};
        info.blocks = {verbs::BlockOutline{0, 3, 8, {}, "self"}, verbs::BlockOutline{0, 3, 8, {}, "self"}};
        input.blocks.resize(2);
        verbs::Stream stream;
        for (const char* piece : {"[CLS]", "a", "cat"}) {
            verbs::TextToken token;
            token.piece = piece;
            stream.tokens.push_back(token);
        }
        input.streams = {stream};
        selection.setExtent({3, 3}, 3);
        player.setPlaces({&info, &input, &selection});
        player.setEvaluate([this](const std::vector<std::string>& asked, LessonPlayer::Answered done) {
            questions.push_back(asked);
            if (holdsBack)
                waiting.push_back(std::move(done));
            else
                done(answers(asked));
        });
        QObject::connect(&player, &LessonPlayer::stateWanted, &player,
                         [this](const ViewState& state) { states.push_back(described(state)); });
    }
    std::vector<verbs::EvaluatedOne> answers(const std::vector<std::string>& asked) const
    {
        std::vector<verbs::EvaluatedOne> all;
        for (const std::string& one : asked) {
            const auto found = values.find(one);
            all.push_back(found != values.end() ? found->second : verbs::EvaluatedOne{{}, 0, "unknown"});
        }
        return all;
    }
    template <class Widget>
    Widget* child()
    {
        return player.findChild<Widget*>();
    }
    LessonPage* page() { return child<LessonPage>(); }
    QString text() { return page()->toPlainText(); }
    QPushButton* button(const QString& name)
    {
        for (QPushButton* one : player.findChildren<QPushButton*>())
            if (one->text() == name) return one;
        return nullptr;
    }
    bool says(const QString& words) const
    {
        for (const QLabel* label : player.findChildren<QLabel*>())
            if (label->text().contains(words)) return true;
        return false;
    }
    void show(QWidget& window)
    {
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
    }
};

} // namespace

class TestLessonPlayer : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    Lesson m_lesson;

private Q_SLOTS:
    void initTestCase()
    {
        QByteArray steps(kSteps);
        steps.replace('\'', '"');
        write(m_folder.filePath("lesson.json"), steps);
        write(m_folder.filePath("text.en.md"), kEnglish);
        write(m_folder.filePath("text.zh_CN.md"), kChinese);
        m_lesson = readLesson(m_folder.path().toStdString());
    }
    void withoutALessonEverythingIsQuiet()
    {
        Stage stage;
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
        Stage stage;
        stage.player.open(m_lesson);
        QVERIFY(!stage.selection.emphasises());
        stage.player.go(1);
        QVERIFY(stage.selection.isEmphasised(1, 2));
        QVERIFY(!stage.selection.isEmphasised(1, 1));
        QVERIFY(!stage.selection.isEmphasised(0, 2));
        stage.player.go(2);
        QVERIFY(stage.selection.isEmphasised(0, 0));
        stage.player.go(1);
        stage.player.close();
        QVERIFY(!stage.selection.emphasises());
    }
    void aStepIsTheSameFromWhereverOneComes()
    {
        Stage stage;
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
        QCOMPARE(stage.player.revealed(), 0);
        stage.player.go(99);
        QCOMPARE(stage.player.step(), 2);
        stage.player.go(-1);
        QCOMPARE(stage.player.step(), 0);
    }
    void theFolderComesWithEveryState()
    {
        Stage stage;
        QSignalSpy wanted(&stage.player, &LessonPlayer::stateWanted);
        stage.player.open(m_lesson);
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(wanted[0][1].toString(), m_folder.path());
    }
    void continueShowsTheRevealsThenTheNextStep()
    {
        Stage stage;
        stage.player.open(m_lesson);
        stage.player.next();
        QCOMPARE(stage.player.revealed(), 1);
        QCOMPARE(stage.states.back(), std::string("toy|a cat|1|1"));
        QVERIFY(stage.text().contains("First reveal"));
        QVERIFY(!stage.text().contains("Second reveal"));
        stage.player.next();
        QCOMPARE(stage.states.back(), std::string("toy|a cat|1|1|word(cat)"));
        stage.player.back();
        QCOMPARE(stage.states.back(), std::string("toy|a cat|1|1"));
        stage.player.next();
        stage.player.next();
        QCOMPARE(stage.player.step(), 1);
        QCOMPARE(stage.child<QProgressBar>()->value(), 2);
        QCOMPARE(stage.child<QComboBox>()->currentIndex(), 1);
        stage.player.back();
        QCOMPARE(stage.player.step(), 0);
        QCOMPARE(stage.player.revealed(), 0);
    }
    void aPredictionHoldsContinueBackAndTheAnswerWithIt()
    {
        Stage stage;
        stage.player.open(m_lesson);
        stage.player.go(1);
        QVERIFY(!stage.player.isGateOpen());
        QVERIFY(!stage.button("Continue")->isEnabled());
        stage.player.next();
        QCOMPARE(stage.player.step(), 1);
        QCOMPARE(stage.player.revealed(), 0);
        QVERIFY(stage.text().contains("Which one?"));
        QVERIFY(!stage.text().contains("It was"));
        QVERIFY(stage.child<LessonPrediction>()->verdict().isEmpty());
        for (const std::string& asked : stage.questions.back()) QVERIFY(asked != "secret()");
        stage.player.predict(7); // there is none such
        QVERIFY(!stage.player.isGateOpen());
        stage.player.predict(1);
        QVERIFY(stage.child<LessonPrediction>()->verdict().startsWith("✓"));
        QVERIFY(stage.says("✓ cat (your choice, right)"));
        QVERIFY(stage.button("Continue")->isEnabled());
        stage.player.predict(0); // too late
        QVERIFY(stage.child<LessonPrediction>()->verdict().startsWith("✓"));
        stage.player.next();
        QVERIFY(stage.text().contains("It was –"));
    }
    void aWrongPredictionIsToldInWordsAndSigns()
    {
        Stage stage;
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
        QVERIFY(!stage.player.isGateOpen());
    }
    void anInputWithoutARightAnswerSaysSo()
    {
        Stage stage;
        stage.values["argmax(blk0.h0.attn[row=0])"] = {"9", 9, {}};
        stage.player.open(m_lesson);
        stage.player.go(1);
        stage.player.predict(0);
        QVERIFY(stage.child<LessonPrediction>()->verdict().contains("none of the answers"));
    }
    void doingWhatIsAskedOpensTheGate()
    {
        Stage stage;
        stage.player.open(m_lesson);
        stage.player.go(2);
        QVERIFY(!stage.player.isGateOpen());
        QVERIFY(stage.says("choose layer 1, head 2, the word “cat”"));
        stage.selection.setLayer(1);
        stage.selection.setHead(2);
        QVERIFY(!stage.player.isGateOpen());
        stage.selection.pin(2);
        QVERIFY(stage.player.isGateOpen());
        stage.selection.setHead(0); // once is enough
        QVERIFY(stage.player.isGateOpen());
    }
    void nobodyIsStuckAtAGate()
    {
        Stage stage;
        stage.player.open(m_lesson);
        QVERIFY(stage.button("Skip")->isHidden());
        stage.player.go(1);
        QVERIFY(!stage.button("Skip")->isHidden());
        stage.button("Skip")->click();
        QCOMPARE(stage.player.revealed(), 1);
        stage.player.next();
        stage.button("Skip")->click();
        QVERIFY(stage.player.isGateOpen());
        QVERIFY(!stage.button("Continue")->isEnabled()); // the last step
    }
    void theKeyboardAloneDoes()
    {
        QWidget window;
        Stage stage; // goes first, and takes the player out of the window
        stage.player.setParent(&window);
        QShortcut space(QKeySequence(Qt::Key_Space), &window), left(QKeySequence(Qt::Key_Left), &window);
        QSignalSpy stolen(&space, &QShortcut::activated), stolenToo(&left, &QShortcut::activated);
        stage.show(window);
        stage.player.open(m_lesson);
        QVERIFY(stage.page()->hasFocus());
        QWidget* page = stage.page();
        QTest::keyClick(page, Qt::Key_Space);
        QTest::keyClick(page, Qt::Key_PageDown);
        QCOMPARE(stage.player.revealed(), 2);
        QTest::keyClick(page, Qt::Key_Right);
        QCOMPARE(stage.player.step(), 1);
        QTest::keyClick(page, Qt::Key_Space);
        QCOMPARE(stage.player.revealed(), 0);
        QTest::keyClick(page, Qt::Key_2);
        QVERIFY(stage.player.isGateOpen());
        QTest::keyClick(page, Qt::Key_Space);
        QCOMPARE(stage.player.revealed(), 1);
        QTest::keyClick(page, Qt::Key_Backspace);
        QTest::keyClick(page, Qt::Key_Left);
        QCOMPARE(stage.player.step(), 0);
        stage.player.go(2);
        QTest::keyClick(page, Qt::Key_PageUp);
        QCOMPARE(stage.player.step(), 1);
        QTest::keyClick(page, Qt::Key_Home);
        QCOMPARE(stage.player.step(), 0);
        QTest::keyClick(page, Qt::Key_Space, Qt::ControlModifier); // not ours
        QCOMPARE(stage.player.revealed(), 0);
        stage.player.close();
        QTest::keyClick(page, Qt::Key_Space);
        QCOMPARE(stage.player.revealed(), 0);
        QCOMPARE(stolen.count(), 1); // once the lesson is closed, the key is the window's again
        QCOMPARE(stolenToo.count(), 0);
    }
    void aFocusedButtonKeepsSpace()
    {
        QWidget window;
        Stage stage; // goes first, and takes the player out of the window
        stage.player.setParent(&window);
        QShortcut space(QKeySequence(Qt::Key_Space), &window);
        QSignalSpy stolen(&space, &QShortcut::activated);
        stage.show(window);
        stage.player.open(m_lesson);
        stage.player.go(1);
        stage.button("Back")->setFocus();
        QTest::keyClick(stage.button("Back"), Qt::Key_Space);
        QCOMPARE(stage.player.step(), 0);
        QVERIFY(stage.page()->hasFocus()); // Back is disabled now; Skip must not be next
        QCOMPARE(stolen.count(), 0);
    }
    void linksPointAndSelect()
    {
        Stage stage;
        stage.player.open(m_lesson);
        LessonPage* page = stage.page();
        QCOMPARE(page->addressOf("trace:0"), std::string("blk1.h2.attn[row=word(cat),col=1]"));
        QVERIFY(stage.text().contains("See its row and nothing."));
        Q_EMIT page->highlighted(QUrl("trace:0"));
        QCOMPARE(stage.selection.token(), 2);
        QVERIFY(!stage.selection.isPinned());
        Q_EMIT page->highlighted(QUrl());
        QCOMPARE(stage.selection.layer(), 0);
        for (int again = 0; again < 2; ++again) {
            Q_EMIT page->anchorClicked(QUrl("trace:0"));
            QCOMPARE(stage.selection.layer(), 1);
            QCOMPARE(stage.selection.head(), 2);
            QVERIFY(stage.selection.isPinned());
            QCOMPARE(stage.selection.token(), 2);
            QCOMPARE(stage.selection.otherToken(), 1);
        }
        Q_EMIT page->anchorClicked(QUrl("trace:1")); // no dog here
        Q_EMIT page->anchorClicked(QUrl("https://example.org"));
        QCOMPARE(stage.selection.token(), 2);
        const LessonPlaces places(&stage.info, &stage.input, &stage.selection);
        QVERIFY(places.explained("blk1.h2.attn[row=word(cat)]").contains("layer 1, head 2"));
        for (const char* nowhere : {"tok(word(dog))", "blk9.h0.attn[row=0]", "blk0.h9.attn[row=0]", "nonsense", ""})
            QVERIFY2(places.explained(nowhere).startsWith("This leads nowhere"), nowhere);
        places.choose("blk0.hmean.attn[row=0]");
        QCOMPARE(stage.selection.fusion(), HeadFusion::Mean);
    }
    void tabReachesLinks()
    {
        Stage stage;
        stage.show(stage.player);
        stage.player.open(m_lesson);
        QTest::keyClick(stage.page(), Qt::Key_Tab);
        QCOMPARE(stage.selection.token(), 2);
        QTest::keyClick(stage.page(), Qt::Key_Return);
        QCOMPARE(stage.selection.layer(), 1);
    }
    void numbersComeFromTheRun()
    {
        Stage stage;
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
    void anAnswerForAnEarlierStateIsNoAnswer()
    {
        Stage stage;
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
        Stage stage;
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
        Stage stage;
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
        QVERIFY(stage.text().startsWith("What follows was written for"));
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
        Stage stage;
        stage.player.open(m_lesson);
        stage.player.next();
        stage.values["layers() == 2"] = {"0", 0, {}};
        stage.player.next(); // hides a token: the model runs again
        const QString text = stage.text();
        QVERIFY2(text.contains("Second reveal") && text.contains("What follows was written for"), qPrintable(text));
        QVERIFY(text.indexOf("First reveal") < text.indexOf("What follows was written for"));
        QVERIFY(text.indexOf("What follows was written for") < text.indexOf("Second reveal"));
        stage.values["layers() == 2"] = {"1", 1, {}};
        Q_EMIT stage.model.inputChanged();
        QVERIFY(stage.text().contains("Second reveal") && !stage.text().contains("What follows was written for"));
    }
    void anEvaluationThatIsLostIsNotAskedForEver()
    {
        Stage stage;
        stage.holdsBack = true; // and never answered
        stage.player.open(m_lesson);
        for (int i = 0; i < 20; ++i) Q_EMIT stage.model.settled();
        QCOMPARE(stage.questions.size(), std::size_t(3));
        Q_EMIT stage.model.inputChanged();
        QCOMPARE(stage.questions.size(), std::size_t(4));
    }
    void theLanguageChangesInPlace()
    {
        Stage stage;
        stage.player.open(m_lesson);
        stage.player.next();
        const std::size_t states = stage.states.size();
        stage.player.setLanguage("zh_CN");
        QVERIFY(stage.text().contains("一。"));
        QCOMPARE(stage.child<QComboBox>()->itemText(1), QString("2. 猜一猜。"));
        QCOMPARE(stage.states.size(), states);
        QCOMPARE(stage.player.revealed(), 1);
        stage.player.setLanguage("en");
        QCOMPARE(stage.child<QComboBox>()->itemText(0), QString("1. look"));
        QCOMPARE(stage.child<QComboBox>()->itemText(2), QString("3. act"));
        QEvent language(QEvent::LanguageChange);
        QCoreApplication::sendEvent(&stage.player, &language);
        QVERIFY(stage.text().contains("First reveal"));
    }
    void theListJumps()
    {
        Stage stage;
        stage.player.open(m_lesson);
        Q_EMIT stage.child<QComboBox>()->activated(2);
        QCOMPARE(stage.player.step(), 2);
    }
    void closingSaysSoOnce()
    {
        Stage stage;
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
        Stage stage;
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
        Stage stage;
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
