// SPDX-License-Identifier: GPL-3.0-or-later
// Chat templates against Jinja, and against templates that blow up.
#include "core/text/chat/chat_template.h"
#include "core/text/chat/model_chat.h"
#include "tests/support/expect_error.h"
#include "tests/support/tiny_model.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

using namespace headlens;
using namespace headlens::test;

class TestChatTemplates : public QObject {
    Q_OBJECT

    // What comes out, or what is said instead.
    struct Outcome {
        std::string text;
        std::optional<Error> error;
    };
    static Outcome outcomeOf(const std::string& source, const Conversation& conversation = {})
    {
        try {
            return {ChatTemplate(source).render(conversation), std::nullopt};
        } catch (const Error& error) {
            return {{}, error};
        }
    }
    static OrderedJson read(const std::string& path) { return OrderedJson::parse(readBytes(path)); }
    // 5 July 2024, 07:08:09, a Friday, as tests/data/make_chat_templates.py has it
    static std::tm someDay()
    {
        std::tm day{};
        day.tm_year = 124;
        day.tm_mon = 6;
        day.tm_mday = 5;
        day.tm_hour = 7;
        day.tm_min = 8;
        day.tm_sec = 9;
        day.tm_wday = 5;
        return day;
    }
    static QByteArray nameOf(std::size_t i, const std::string& source)
    {
        return QByteArray::number(qulonglong(i)) + ": " + QString::fromStdString(source).simplified().left(60).toUtf8();
    }
    static std::string repeated(const std::string& text, int times)
    {
        return QByteArray::fromStdString(text).repeated(times).toStdString();
    }
    static void compare(const Outcome& outcome, const OrderedJson& text, const std::string& message)
    {
        if (text.is_null()) {
            QVERIFY2(outcome.error, outcome.text.c_str());
            if (!message.empty()) QCOMPARE(outcome.error->why(), message);
        } else {
            QVERIFY2(!outcome.error, outcome.error ? outcome.error->what() : "");
            QCOMPARE(outcome.text, text.get<std::string>());
        }
    }

private Q_SLOTS:
    void aSmallTemplateWritesWhatJinjaWrites_data()
    {
        QTest::addColumn<int>("row");
        const OrderedJson all = read(HEADLENS_SOURCE "/tests/data/chat_templates.json");
        for (std::size_t i = 0; i < all["rows"].size(); ++i)
            QTest::newRow(nameOf(i, all["rows"][i][0].get<std::string>()).constData()) << int(i);
    }
    void aSmallTemplateWritesWhatJinjaWrites()
    {
        QFETCH(int, row);
        static const OrderedJson all = read(HEADLENS_SOURCE "/tests/data/chat_templates.json");
        const OrderedJson& wanted = all["rows"][std::size_t(row)];
        Conversation conversation;
        conversation.messages = all["variables"]["messages"];
        conversation.variables = all["variables"];
        conversation.now = someDay();
        const Outcome outcome = outcomeOf(wanted[0].get<std::string>(), conversation);
        compare(outcome, wanted[1], wanted[1].is_null() ? wanted[2].get<std::string>() : "");
    }
    void aReferenceCaseComesOutAsTransformersHasIt_data()
    {
        QTest::addColumn<int>("row");
        if (sharedFolder().empty()) QSKIP("the folder of reference cases is not here");
        const OrderedJson all = read(sharedFolder() + "/oracle_language/chat_template/cases.json");
        for (std::size_t i = 0; i < all["cases"].size(); ++i)
            QTest::newRow(nameOf(i, all["cases"][i]["template"].get<std::string>()).constData()) << int(i);
    }
    void aReferenceCaseComesOutAsTransformersHasIt()
    {
        QFETCH(int, row);
        const OrderedJson all = read(sharedFolder() + "/oracle_language/chat_template/cases.json");
        const OrderedJson& one = all["cases"][std::size_t(row)];
        Conversation conversation;
        conversation.messages = one["messages"];
        conversation.addGenerationPrompt = one["add_generation_prompt"];
        conversation.variables = one["extra"];
        for (const char* token : {"bos_token", "eos_token"}) conversation.variables[token] = one[token];
        const Outcome outcome = outcomeOf(all["templates"][one["template"].get<std::string>()], conversation);
        compare(outcome, one.value("expected", OrderedJson()), one.value("error", ""));
    }
    void aTemplateThatNeverEndsIsStoppedSoon_data()
    {
        QTest::addColumn<QString>("source");
        const auto add = [](const char* name, const std::string& source) {
            QTest::newRow(name) << QString::fromStdString(source);
        };
        const std::string grow = "{% set ns = namespace(x=['a']) %}{% for i in range(100000) %}{% set ns.x = ";
        add("a macro that calls itself", "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}");
        add("a macro whose default calls itself", "{% macro f(a=f()) %}{% endmacro %}{{ f() }}");
        add("loops in loops", "{% set r = range(99999) %}{% for i in r %}{% for j in r %}{% for k in r %}{% endfor %}"
                              "{% endfor %}{% endfor %}");
        add("a range of 10^9", "{% for i in range(10**9) %}{% endfor %}");
        add("a text of 10^9", "{{ 'a' * 10**9 }}");
        add("a list of 10^9", "{{ [1] * 10**9 }}");
        add("a text that doubles",
            "{% set ns = namespace(x='ab') %}{% for i in range(99) %}{% set ns.x = ns.x + ns.x %}"
            "{% endfor %}");
        add("a text that is written for ever", "{% for i in range(100000) %}{{ 'a' * 1000 }}{% endfor %}");
        add("a list in a list in a list", grow + "[ns.x] %}{% endfor %}");
        add("a method of a list of a method", grow + "[ns.x.count] %}{% endfor %}");
        add("a list of itself twice",
            "{% set ns = namespace(x=[1]) %}{% for i in range(60) %}{% set ns.x = [ns.x, ns.x] %}"
            "{% endfor %}{{ ns.x == ns.x }}");
        add("a search that compares all with all", "{% set a = 'a' * 3000000 %}{% for i in range(100000) %}"
                                                   "{{ a.find('a' * 1000000 ~ 'b') }}{% endfor %}");
        add("a separator of a million", "{{ range(100000) | join('a' * 1000000) }}");
        add("an indent of 10^12", "{{ 'a' | indent(10**12, true) }}{{ [1] | tojson(indent=10**12) }}");
        add("a width of 10^9", "{{ '%1000000000d' % 1 }}");
        add("a power beyond 64 bits", "{{ 9 ** 9 ** 9 }}");
        add("the least number negated", "{{ -(-9223372036854775807 - 1) }}");
        add("the least number divided", "{{ (-9223372036854775807 - 1) // -1 }}");
        add("brackets 100,000 deep", "{{ " + repeated("(", 100'000) + "1" + repeated(")", 100'000) + " }}");
        add("brackets 190 deep", "{{ " + repeated("[", 190) + repeated("]", 190) + " }}");
        add("not, 100,000 times", "{{ " + repeated("not ", 100'000) + "1 }}");
        add("a sum of 100,000", "{{ " + repeated("1+", 100'000) + "1 }}");
        add("100,000 filters", "{{ 'a'" + repeated("|trim", 100'000) + " }}");
        add("100,000 attributes", "{{ a" + repeated(".b", 100'000) + " }}");
        add("100,000 ifs", repeated("{% if 1 %}", 100'000));
        add("a template of 2 MB", repeated("a", 2 << 20));
    }
    void aTemplateThatNeverEndsIsStoppedSoon()
    {
        QFETCH(QString, source);
        QElapsedTimer clock;
        clock.start();
        const Outcome outcome = outcomeOf(source.toStdString());
        QVERIFY(outcome.error);
        QVERIFY(outcome.error->code() == ErrorCode::BadConfig || outcome.error->code() == ErrorCode::BadRequest);
        QVERIFY2(clock.elapsed() < 20'000, outcome.error->what());
    }
    void aNamespaceMayHoldItself()
    {
        const Outcome outcome = outcomeOf("{% set a = namespace() %}{% set a.x = [a] %}{{ a.x[0].x[0] == a }}");
        QCOMPARE(outcome.text, std::string("True"));
    }
    void anErrorNamesTheLineAndWhatToDo()
    {
        const Outcome raised =
            outcomeOf("\n{% for m in [1] %}\n{{ raise_exception('roles must alternate') }}{% endfor %}");
        QCOMPARE(raised.error->what(), std::string("chat template, line 3: roles must alternate; the template refuses "
                                                   "these messages: change them"));
        QCOMPARE(int(raised.error->code()), int(ErrorCode::BadRequest));
        const Outcome unclosed = outcomeOf("a\nb {% if x %}\nc");
        QCOMPARE(unclosed.error->what(), std::string("chat template, line 3: the template ends before {% endif %}; "
                                                     "correct the template, or use another"));
        QCOMPARE(int(unclosed.error->code()), int(ErrorCode::BadConfig));
    }
    void aTemplateIsFoundWhereAModelKeepsIt_data()
    {
        QTest::addColumn<QStringList>("files");
        QTest::addColumn<QString>("source");
        const QString config = "tokenizer_config.json", named = R"([{"name": "tool_use", "template": "T"},
            {"name": "default", "template": "D"}])";
        QTest::newRow("none") << QStringList{config, "{}"} << QString();
        QTest::newRow("null") << QStringList{config, R"({"chat_template": null})"} << QString();
        QTest::newRow("a text") << QStringList{config, R"({"chat_template": "C"})"} << QString("C");
        QTest::newRow("a list") << QStringList{config, R"({"chat_template": )" + named + "}"} << QString("D");
        QTest::newRow("of a processor") << QStringList{config, R"({"chat_template": "C"})", "chat_template.json",
                                                       R"({"chat_template": "P"})"}
                                        << QString("P");
        QTest::newRow("a file of its own")
            << QStringList{config, R"({"chat_template": "C"})", "chat_template.jinja", "J\n"} << QString("J\n");
    }
    void aTemplateIsFoundWhereAModelKeepsIt()
    {
        QFETCH(QStringList, files);
        QFETCH(QString, source);
        const QTemporaryDir folder;
        for (int i = 0; i + 1 < files.size(); i += 2)
            writeBytes(folder.filePath(files[i]).toStdString(), files[i + 1].toStdString());
        const auto chat = modelChatIn(folder.path().toStdString());
        QCOMPARE(chat.has_value(), !source.isEmpty());
        if (chat) QCOMPARE(QString::fromStdString(chat->source), source);
    }
    void aListWithoutADefaultIsRefusedByItsNames()
    {
        const QTemporaryDir folder;
        writeBytes(folder.filePath("tokenizer_config.json").toStdString(),
                   R"({"chat_template": [{"name": "rag", "template": "R"}]})");
        try {
            modelChatIn(folder.path().toStdString());
            QFAIL("it was read");
        } catch (const Error& error) {
            QVERIFY2(error.why().find("rag") != std::string::npos, error.what());
        }
    }
    void specialTokensAreReadFromBothFilesAndAbsentOnesAreUndefined()
    {
        const QTemporaryDir folder;
        writeBytes(folder.filePath("tokenizer_config.json").toStdString(),
                   R"({"chat_template": "{{ bos_token }}[{{ eos_token }}]{{ image_token }}{{ pad_token is defined }}",
                       "bos_token": {"content": "<s>"}, "eos_token": "wrong", "image_token": "<img>",
                       "pad_token": null, "add_bos_token": true})");
        writeBytes(folder.filePath("special_tokens_map.json").toStdString(), R"({"eos_token": "</s>"})");
        const auto chat = modelChatIn(folder.path().toStdString());
        Conversation conversation;
        conversation.variables = chat->specialTokens;
        QCOMPARE(outcomeOf(chat->source, conversation).text, std::string("<s>[</s>]<img>False"));
    }
    void keysOfMessagesKeepTheirOrder()
    {
        Conversation conversation;
        conversation.messages = parseOrderedJson(R"([{"z": 1, "a": {"y": 2, "b": 3}}])", "messages");
        QCOMPARE(outcomeOf("{{ messages | tojson }}", conversation).text,
                 std::string(R"([{"z": 1, "a": {"y": 2, "b": 3}}])"));
        QCOMPARE(errorOf([] { parseOrderedJson(R"({"a": 1, "a": 2})", "messages"); }), ErrorCode::BadConfig);
    }
};

QTEST_APPLESS_MAIN(TestChatTemplates)
#include "tst_chat_templates.moc"
