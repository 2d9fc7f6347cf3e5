// SPDX-License-Identifier: GPL-3.0-or-later
// Lessons: what their files may say, and the sums and claims in them.
#include "core/lesson/address.h"
#include "core/lesson/expression.h"
#include "core/lesson/lesson.h"
#include "tests/support/expect_error.h"
#include "tests/support/tiny_model.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace headlens;
using namespace headlens::test;

namespace {

const char* const kLesson = "{\"id\": \"tiny\", \"base\": {\"model\": \"story-gpt\", \"layer\": 1},"
                            "\"steps\": [{\"id\": \"one\", \"focus\": [\"blk0.h1.attn[row=last]\"],"
                            "\"reveal\": [{\"head\": 2, \"expect\": [\"2 < 3\"]}], \"expect\": [\"1 < 2\"]},"
                            "{\"id\": \"two\", \"set\": {\"layer\": 0}, \"gate\": {\"predict\": {\"answer\": \"1\"}}},"
                            "{\"id\": \"three\", \"gate\": {\"do\": {\"layer\": 2, \"token\": \"word(cat)\"}}}]}";
const char* const kText =
    "# A tiny lesson\nWhat it is about.\n\n## one\nThe row is {{ sum(blk0.h1.attn[row=last]) | 2 }}.\n"
    "### reveal\nMore.\n\n## two\nGuess.\n### question\nWhich?\n* this\n* that\n\n"
    "## three\nLook at [the cat](trace:tok(word(cat))).\n### otherwise\nYour text is another one.\n";

// Two words and a picture of 1 x 2 patches beside them; one block with two heads.
struct Facts {
    verbs::ModelInfo model;
    verbs::InputInfo input;
    EvaluationContext facts;

    Facts()
    {
        model.prefixTokens = {"cls"};
        model.blocks = {{0, 2, 8, "", "self"}};
        verbs::Stream stream;
        for (const char* piece : {"[CLS]", "the", "Ġcat"}) {
            verbs::TextToken token;
            token.piece = piece;
            token.special = piece[0] == '[';
            stream.tokens.push_back(token);
        }
        stream.prefix = 1;
        stream.gridHeight = 1;
        stream.gridWidth = 2;
        input.streams = {stream};
        verbs::BlockGrid block;
        block.queries = block.keys = 6;
        block.heads = 2;
        input.blocks = {block};
        input.outputs.set(verbs::Classes{{{3, "dog", 0.75}, {1, "cat", 0.25}}});
        facts.model = &model;
        facts.input = &input;
        facts.rows = [](int, int, int token) {
            std::vector<float> sharp(6, 0.0F), even(6, 1.0F / 6);
            sharp[std::size_t(token)] = 1;
            return std::vector<std::vector<float>>{sharp, even};
        };
        facts.distance = [](int layer, int head) { return 10.0 * layer + head; };
        input.streams[0].tokens[1].near = {{"red", 0.9}, {"\u0120blue", 0.4}};
        facts.history = [] {
            verbs::History history;
            history.curves = {{"loss", "loss", {3, 2, 1.5}}};
            return history;
        };
    }
};

} // namespace

class TestLesson : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;

    std::string folder(const QString& name, const QByteArray& json, const QByteArray& text)
    {
        QDir(m_folder.path()).mkpath(name);
        const std::string path = m_folder.filePath(name).toStdString();
        writeBytes(path + "/lesson.json", json.toStdString());
        writeBytes(path + "/text.en.md", text.toStdString());
        return path;
    }

    static void columns()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("says");
    }

private Q_SLOTS:
    void aLessonIsReadWholeAndEveryStepIsComplete()
    {
        const Lesson lesson = readLesson(folder("whole", kLesson, kText));
        QCOMPARE(lesson.id, std::string("tiny"));
        QCOMPARE(lesson.steps.size(), std::size_t(3));
        QCOMPARE(lesson.steps[0].view.model, std::string("story-gpt"));
        QCOMPARE(lesson.steps[0].view.layer, 1);
        QCOMPARE(lesson.steps[0].reveals.at(0).view.head, 2);
        QCOMPARE(lesson.steps[0].reveals.at(0).view.layer, 1); // the rest stays
        QCOMPARE(lesson.steps[0].reveals.at(0).expect, std::vector<std::string>{"2 < 3"});
        QCOMPARE(lesson.steps[0].expect, std::vector<std::string>{"1 < 2"});
        QCOMPARE(lesson.steps[1].view.layer, 0);
        QCOMPARE(int(lesson.steps[1].gate), int(Gate::Predict));
        QCOMPARE(lesson.steps[2].wanted.at("token"), std::string("word(cat)"));
        const LessonText& text = lesson.textFor("zh_CN"); // English where there is no other
        QCOMPARE(text.title, std::string("A tiny lesson"));
        QCOMPARE(text.steps.at("two").choices, (std::vector<std::string>{"this", "that"}));
        QVERIFY(text.steps.at("one").reveals.at(0).find("More.") != std::string::npos);
        QVERIFY(text.steps.at("three").otherwise.find("another") != std::string::npos);
        QCOMPARE(lessonFolders(m_folder.path().toStdString()).size(), std::size_t(1));
    }
    void aStepSetsSwitchesAndAStepWithoutThemHasThoseOfTheBase()
    {
        QByteArray json(kLesson);
        json.replace("\"layer\": 1}", "\"layer\": 1, \"switches\": {\"memory\": \"off\"}}");
        json.replace("\"layer\": 0}", "\"switches\": {\"gate.1.2\": 0.25, \"capacity\": 4, \"routing\": \"all\"}}");
        const Lesson lesson = readLesson(folder("switches", json, kText));
        using Switches = std::map<std::string, std::string>;
        QCOMPARE(lesson.steps[0].view.switches, (Switches{{"memory", "off"}}));
        QCOMPARE(lesson.steps[0].reveals.at(0).view.switches, (Switches{{"memory", "off"}})); // the rest stays
        QCOMPARE(lesson.steps[1].view.switches,
                 (Switches{{"gate.1.2", "0.25"}, {"capacity", "4"}, {"routing", "all"}}));
        QCOMPARE(lesson.steps[2].view.switches, (Switches{{"memory", "off"}}));
        QVERIFY(readLesson(folder("plain", kLesson, kText)).steps[0].view.switches.empty());
    }
    void aListAfterAQuestionIsNoChoice()
    {
        const QByteArray text = QByteArray(kText).replace("## three\n", "## three\n* a point\n");
        const Lesson lesson = readLesson(folder("list", kLesson, text));
        QCOMPARE(lesson.texts[0].steps.at("two").choices.size(), std::size_t(2));
        QVERIFY(lesson.texts[0].steps.at("three").choices.empty());
        QVERIFY(lesson.texts[0].steps.at("three").body.starts_with("* a point"));
    }
    void aByteOrderMarkDoesNotHideTheTitle()
    {
        const Lesson lesson = readLesson(folder("bom", kLesson, QByteArray("\xEF\xBB\xBF") + kText));
        QCOMPARE(lesson.texts[0].title, std::string("A tiny lesson"));
    }
    void aQuestionIsAskedAfterTheRevealsAboveIt()
    {
        const QByteArray text = QByteArray(kText).replace("### reveal\nMore.\n",
                                                          "### reveal\nMore.\n### question\nWhich?\n* this\n* that\n");
        const QByteArray json =
            QByteArray(kLesson).replace("\"expect\": [\"1 < 2\"]}", "\"gate\": {\"predict\": {\"answer\": \"0\"}}}");
        const Lesson lesson = readLesson(folder("order", json, text));
        QCOMPARE(lesson.texts[0].steps.at("one").asksAfter, std::size_t(1));
        QCOMPARE(lesson.texts[0].steps.at("two").asksAfter, std::size_t(0));
        QByteArray other = text;
        other.replace("### reveal\nMore.\n", "").replace("* that\n\n## two", "* that\n### reveal\nMore.\n\n## two");
        const std::map<std::string, std::string> texts{{"en", text.toStdString()}, {"zh_CN", other.toStdString()}};
        QCOMPARE(errorOf([&] { parseLesson("order", json.toStdString(), texts); }), ErrorCode::BadConfig);
    }
    void whatIsWrongIsSaidWithFileAndStep_data()
    {
        columns();
        const auto json = [](const char* from, const char* to) { return QByteArray(kLesson).replace(from, to); };
        QTest::newRow("an unknown key") << json("\"focus\"", "\"fokus\"") << QByteArray(kText)
                                        << QByteArray("step one");
        QTest::newRow("an unknown address")
            << json("blk0.h1.attn[row=last]", "blk0.attention") << QByteArray(kText) << QByteArray("step one");
        QTest::newRow("a reveal with an unknown key")
            << json("\"head\": 2", "\"hed\": 2") << QByteArray(kText) << QByteArray("reveal 1");
        QTest::newRow("a reveal that is no object")
            << json("{\"head\": 2, \"expect\": [\"2 < 3\"]}", "2") << QByteArray(kText) << QByteArray("reveal 1");
        QTest::newRow("an id twice") << json("\"two\"", "\"one\"") << QByteArray(kText) << QByteArray("twice");
        QTest::newRow("no model") << json("\"model\": \"story-gpt\", ", "") << QByteArray(kText)
                                  << QByteArray("opens no model");
        QTest::newRow("a gate that is none")
            << json("{\"answer\": \"1\"}", "{}") << QByteArray(kText) << QByteArray("answer");
        QTest::newRow("a negative layer")
            << json("\"layer\": 0", "\"layer\": -1") << QByteArray(kText) << QByteArray("layer");
        QTest::newRow("a view that does not exist")
            << json("\"layer\": 0", "\"view\": \"aura\"") << QByteArray(kText) << QByteArray("aura");
        QTest::newRow("switches that are a list")
            << json("\"layer\": 0", "\"switches\": [\"memory\"]") << QByteArray(kText) << QByteArray("step two, set");
        QTest::newRow("a switch that is neither text nor number")
            << json("\"layer\": 0", "\"switches\": {\"memory\": null}") << QByteArray(kText)
            << QByteArray("texts and numbers");
        QTest::newRow("a dock that does not exist")
            << json("\"layer\": 0", "\"panel\": \"hat\"") << QByteArray(kText) << QByteArray("hat");
        QTest::newRow("no steps") << QByteArray("{\"id\": \"x\", \"steps\": []}") << QByteArray(kText)
                                  << QByteArray("steps");
        QTest::newRow("no JSON") << QByteArray("{") << QByteArray(kText) << QByteArray("lesson.json");
        QTest::newRow("no JSON in its third line")
            << QByteArray("{\n\"id\": \"x\",\n\"steps\": oops}") << QByteArray(kText) << QByteArray("line 3");
        QTest::newRow("a token that is none")
            << json("word(cat)", "wrd(cat)") << QByteArray(kText) << QByteArray("step three, do");
    }
    void whatIsWrongIsSaidWithFileAndStep()
    {
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, says);
        const std::string path = folder("wrong", json, text);
        try {
            const Lesson lesson = readLesson(path);
            requireViews(lesson, {"entropy", "received"});
            requirePanels(lesson, {"lines", "pair"});
            QFAIL("nothing was said");
        } catch (const Error& problem) {
            QVERIFY2(QByteArray(problem.what()).contains(says), problem.what());
            QVERIFY2(QByteArray(problem.what()).contains("wrong"), problem.what()); // the file
        }
    }
    void whatIsWrongInATextIsSaidWithFileAndStep_data()
    {
        columns();
        const auto text = [](const char* from, const char* to) { return QByteArray(kText).replace(from, to); };
        QTest::newRow("a step without text")
            << QByteArray(kLesson) << text("## three", "## four") << QByteArray("three");
        QTest::newRow("a question without choices")
            << QByteArray(kLesson) << text("* this\n* that\n", "") << QByteArray("step two");
        QTest::newRow("a reveal too few")
            << QByteArray(kLesson) << text("### reveal\nMore.\n", "") << QByteArray("reveal");
        QTest::newRow("a value without its end")
            << QByteArray(kLesson) << text("| 2 }}", "| 2 }") << QByteArray("step one");
        QTest::newRow("a link without its end")
            << QByteArray(kLesson) << text("(trace:tok(word(cat)))", "(trace:tok(word(cat)")
            << QByteArray("step three");
        QTest::newRow("a link to elsewhere")
            << QByteArray(kLesson) << text("(trace:tok(word(cat)))", "(https://example.org)")
            << QByteArray("step three");
        QTest::newRow("a picture in the text")
            << QByteArray(kLesson) << text("[the cat](", "![the cat](") << QByteArray("step three");
        QTest::newRow("a text with a zero byte")
            << QByteArray(kLesson) << QByteArray(kText).append('\0') << QByteArray("UTF-8");
        QTest::newRow("a text in Latin-1") << QByteArray(kLesson) << text("A tiny", "A t\xECny") << QByteArray("UTF-8");
        QTest::newRow("an unknown part") << QByteArray(kLesson) << text("### otherwise", "### else")
                                         << QByteArray("else");
        QTest::newRow("more choices than there are keys")
            << QByteArray(kLesson) << text("* this\n", "* 1\n* 2\n* 3\n* 4\n* 5\n* 6\n* 7\n* 8\n* 9\n")
            << QByteArray("nine choices");
        QTest::newRow("no title") << QByteArray(kLesson) << text("# A tiny lesson\n", "") << QByteArray("title");
        QTest::newRow("a text of ten megabytes")
            << QByteArray(kLesson) << QByteArray(10'000'000, 'x') << QByteArray("1 MB");
    }
    void whatIsWrongInATextIsSaidWithFileAndStep() { whatIsWrongIsSaidWithFileAndStep(); }
    void expressionsMeanWhatTheySay_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<double>("value");
        QTest::newRow("precedence") << "1 + 2 * 3 - 4 / 2" << 5.0;
        QTest::newRow("brackets and signs") << "-(1 + 2) * -2" << 6.0;
        QTest::newRow("a row sums to one") << "sum(blk0.h1.attn[row=last])" << 1.0;
        QTest::newRow("one weight") << "blk0.h0.attn[row=cls,col=cls]" << 1.0;
        QTest::newRow("the mean of the heads") << "blk0.hmean.attn[row=word(cat),col=word(cat)]" << (1 + 1.0 / 6) / 2;
        QTest::newRow("entropy") << "entropy(blk0.h1.attn[row=0])" << std::log(6.0);
        QTest::newRow("the strongest") << "argmax(blk0.h0.attn[row=patch(0,1)])" << 5.0;
        QTest::newRow("at a named token") << "at(blk0.h0.attn[row=word(the)], \"word(the)\")" << 1.0;
        QTest::newRow("patches get a third") << "share(blk0.h1.attn[row=cls], \"patches\")" << 2.0 / 6;
        QTest::newRow("special tokens as well") << "share(blk0.h1.attn[row=cls], \"special\")" << 2.0 / 6;
        QTest::newRow("probability") << "probability(\"cat\")" << 0.25;
        QTest::newRow("distance") << "distance(0, 1)" << 1.0;
        QTest::newRow("what holds") << "heads(0) == 2" << 1.0;
        QTest::newRow("what does not hold") << "layers() > 1" << 0.0;
        QTest::newRow("texts") << "best() == \"dog\"" << 1.0;
        QTest::newRow("a piece without its marks") << "piece(2) == \"cat\"" << 1.0;
        QTest::newRow("part of a row") << "mass(blk0.h1.attn[row=cls], \"word(the)\", 3)" << 0.5;
        QTest::newRow("the nearest word") << "near(\"word(the)\", 2) == \"blue\"" << 1.0;
        QTest::newRow("how near it is") << "likeness(1, 1)" << 0.9;
        QTest::newRow("the first step of a training") << "history(\"loss\", 1)" << 3.0;
        QTest::newRow("the last step of a training") << "history(\"loss\", -1)" << 1.5;
        QTest::newRow("nearly") << "0.501 ~= 0.5" << 1.0;
    }
    void expressionsMeanWhatTheySay()
    {
        QFETCH(QString, expression);
        QFETCH(double, value);
        const Facts facts;
        const LessonValue found = evaluate(expression.toStdString(), facts.facts);
        QVERIFY(std::holds_alternative<double>(found));
        QVERIFY2(std::abs(std::get<double>(found) - value) < 1e-6,
                 qPrintable(QString::number(std::get<double>(found))));
    }
    void aPatchOfASmallerMapIsTheOneThatCoversIt()
    {
        Facts facts;
        verbs::Stream& stream = facts.input.streams[0];
        stream.tokens.clear();
        stream.prefix = 0;
        stream.gridHeight = stream.gridWidth = 4;
        verbs::BlockGrid& block = facts.input.blocks[0];
        block.gridHeight = block.gridWidth = 2; // merged once
        stream.cell = 8;
        block.cell = 16;
        facts.facts.rows = [](int, int, int) { return std::vector<std::vector<float>>{{0.1F, 0.2F, 0.3F, 0.4F}}; };
        const auto valueOf = [&](const char* text) { return std::get<double>(evaluate(text, facts.facts)); };
        QVERIFY(std::abs(valueOf("blk0.h0.attn[row=0,col=patch(3,3)]") - 0.4) < 1e-6);
        QVERIFY(std::abs(valueOf("at(blk0.h0.attn[row=0], \"patch(2,1)\")") - 0.3) < 1e-6);
        QCOMPARE(std::get<std::string>(evaluate("top(blk0.h0.attn[row=0])", facts.facts)), std::string("patch (1, 1)"));
    }
    void badExpressionsAreRefused_data()
    {
        QTest::addColumn<QString>("expression");
        for (const char* text : {"",
                                 "1 +",
                                 "(1",
                                 "sum(",
                                 "sum()",
                                 "sum(1)",
                                 "nothing(1)",
                                 "blk9.h0.attn[row=cls]",
                                 "blk0.h9.attn[row=cls]",
                                 "blk0.h0.attn[row=word(dog)]",
                                 "blk0.h0.attn[row=patch(3,3)]",
                                 "blk0.h0.attn[row=99]",
                                 "blk0.h0.attn[",
                                 "\"open",
                                 "1 2",
                                 "\"a\" < \"b\"",
                                 "\"a\" + 1",
                                 "share(blk0.h0.attn[row=0], \"dogs\")",
                                 "blk0.h0.attn[row=dec:last]",
                                 "near(0, 1)",
                                 "likeness(1, 3)",
                                 "history(\"none\", 1)",
                                 "history(\"loss\", 4)",
                                 "history(\"loss\", 0)",
                                 "mass(blk0.h1.attn[row=cls], 3, 1)",
                                 "mass(blk0.h1.attn[row=cls], 0, 9)",
                                 "1 / 0",
                                 "0 / (2 - 2)",
                                 "piece(1e300)",
                                 "piece(-1e300)",
                                 "heads(1e99)",
                                 "router(1e99, 0)",
                                 "@"})
            QTest::newRow(text[0] == '\0' ? "nothing" : text) << text;
        QTest::newRow("very deep") << QString(500, '(') + "1" + QString(500, ')');
        QTest::newRow("very long") << QString(2000, '1');
        QTest::newRow("many signs") << QString(900, '-') + "1";
    }
    void badExpressionsAreRefused()
    {
        QFETCH(QString, expression);
        const Facts facts;
        QCOMPARE(errorOf([&] { evaluate(expression.toStdString(), facts.facts); }), ErrorCode::BadRequest);
    }
    void aClaimMustCompare()
    {
        const Facts facts;
        QVERIFY(holds("1 < 2", facts.facts));
        QVERIFY(!holds("2 < 1", facts.facts));
        std::string sides;
        QVERIFY(!holds("1 + 1 > 2.5", facts.facts, &sides));
        QCOMPARE(sides, std::string("2 > 2.5"));
        QCOMPARE(errorOf([&] { holds("piece(1 == 1)", facts.facts); }), ErrorCode::BadRequest);
        QCOMPARE(errorOf([&] { holds("1", facts.facts); }), ErrorCode::BadRequest);
    }
    void numbersAreShownAsAsked()
    {
        QCOMPARE(shown(0.3712, "pct"), std::string("37 %"));
        QCOMPARE(shown(0.3712, "3"), std::string("0.371"));
        QCOMPARE(shown(0.3712, ""), std::string("0.37"));
        QCOMPARE(shown(12.0, ""), std::string("12"));
        QCOMPARE(shown(std::string("cat"), "pct"), std::string("cat"));
        QCOMPARE(errorOf([] { shown(1.0, "percent"); }), ErrorCode::BadRequest);
        QCOMPARE(errorOf([] { shown(std::vector<float>{1}, ""); }), ErrorCode::BadRequest);
    }
    void bindingsAndLinksAreFoundInTheText()
    {
        const std::string text = "a {{ 1 + 1 | 0 }} b {{best()}} [row](trace:blk0.h1.attn[row=word(cat)]) {{ open";
        const auto bindings = bindingsOf(text);
        QCOMPARE(bindings.size(), std::size_t(2));
        QCOMPARE(bindings[0].expression, std::string("1 + 1"));
        QCOMPARE(bindings[0].format, std::string("0"));
        QCOMPARE(linksOf(text), std::vector<std::string>{"blk0.h1.attn[row=word(cat)]"});
        QVERIFY(filledIn(text, {"2", "dog"}).starts_with("a 2 b dog [row]"));
        QVERIFY(linksOf("[broken](trace:word(").empty());
    }
};

QTEST_GUILESS_MAIN(TestLesson)
#include "tst_lesson.moc"
