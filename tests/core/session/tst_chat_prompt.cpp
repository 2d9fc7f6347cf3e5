// SPDX-License-Identifier: GPL-3.0-or-later
// A question through chat templates as models bring them: texts, lists of parts, none at all, and broken ones.
#include "core/base/error.h"
#include "core/session/chat_prompt.h"
#include "tests/support/expect_error.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>
#include <memory>

using namespace headlens;
using namespace headlens::test;

class TestChatPrompt : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    std::string path() const { return m_folder.path().toStdString(); }
    void write(const char* name, const std::string& text) const
    {
        std::ofstream(path() + "/" + name, std::ios::binary) << text;
    }
    // One word a token; 5 is the picture's.
    static Json tokenizerJson()
    {
        const Json vocabulary{{"<unk>", 0}, {"<s>", 1}, {"</s>", 2}, {"dog", 3}, {"cat", 4}, {"<image>", 5}};
        Json added = Json::array();
        for (const auto& [piece, id] : vocabulary.items())
            if (piece.front() == '<')
                added.push_back({{"id", id},
                                 {"content", piece},
                                 {"special", true},
                                 {"single_word", false},
                                 {"lstrip", false},
                                 {"rstrip", false},
                                 {"normalized", false}});
        return {{"version", "1.0"},
                {"added_tokens", added},
                {"pre_tokenizer", {{"type", "Whitespace"}}},
                {"model", {{"type", "WordLevel"}, {"vocab", vocabulary}, {"unk_token", "<unk>"}}}};
    }
    std::shared_ptr<const Tokenizer> tokenizer() const
    {
        write("tokenizer.json", tokenizerJson().dump());
        return Tokenizer::open(path());
    }
    static ModelFacts facts()
    {
        ModelFacts facts;
        facts.patch = 4;
        facts.tokenKinds = {{5, "image"}};
        return facts;
    }
    static ModelChat chatWith(const std::string& source)
    {
        ModelChat chat;
        chat.source = source;
        chat.subject = "chat_template.jinja";
        chat.specialTokens = {{"bos_token", "<s>"}};
        return chat;
    }

private Q_SLOTS:
    void aQuestionIsRenderedAsTheTemplateTakesIt_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<bool>("picture");
        QTest::addColumn<QString>("wanted");
        const QString text = "{% for m in messages %}[{{ m.role }}] {{ m.content }}\n{% endfor %}[assistant]";
        const QString parts = "{% for m in messages %}{% for p in m.content %}{% if p.type == 'image' %}<image>"
                              "{% else %}{{ p.text }}{% endif %}{% endfor %}{% endfor %} A:";
        QTest::newRow("a text") << text << false << "[user] a dog ?\n[assistant]";
        QTest::newRow("a text, with the mark of the picture before it")
            << text << true << "[user] <image>\na dog ?\n[assistant]";
        QTest::newRow("parts") << parts << true << "<image>a dog ? A:";
        QTest::newRow("parts alone, without a picture") << parts << false << "a dog ? A:";
    }
    void aQuestionIsRenderedAsTheTemplateTakesIt()
    {
        QFETCH(QString, source);
        QFETCH(bool, picture);
        QFETCH(QString, wanted);
        const ChatPrompt prompt =
            chatPrompt(chatWith(source.toStdString()), facts(), *tokenizer(), {"a dog ?", {}, picture});
        QCOMPARE(QString::fromStdString(prompt.text), wanted);
    }
    void whatIsSaidFirstIsItsFirstMessage()
    {
        const ModelChat chat = chatWith("{% for m in messages %}{{ m.role }}: {{ m.content }}. {% endfor %}");
        const ChatPrompt prompt = chatPrompt(chat, facts(), *tokenizer(), {"a dog ?", "be short", false});
        QCOMPARE(QString::fromStdString(prompt.text), "system: be short. user: a dog ?. ");
    }
    void theMarkOfTheBeginningIsAddedOnlyWhereNoneWasWritten()
    {
        const char* question = "{{ messages[0].content }}";
        const auto tokens = tokenizer();
        const Asked asked{"a dog ?", {}, false};
        ModelFacts seeing = facts(), reading;
        QVERIFY(chatPrompt(chatWith(question), seeing, *tokens, asked).addsMarks);
        QVERIFY(!chatPrompt(chatWith(std::string("{{ bos_token }}") + question), seeing, *tokens, asked).addsMarks);
        QVERIFY(!chatPrompt(chatWith(question), reading, *tokens, asked).addsMarks);
    }
    void aTemplateThatRefusesOrLosesTheQuestionIsToldOf_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("said");
        QTest::newRow("refuses") << "{{ raise_exception('no system, please') }}"
                                 << "no system, please";
        QTest::newRow("loses the question") << "hello"
                                            << "leaves the question";
        QTest::newRow("does not parse") << "{% for m in %}"
                                        << "";
        QTest::newRow("loops") << "{% for a in range(100000) %}{% for b in range(100000) %}x{% endfor %}{% endfor %}"
                               << "";
    }
    void aTemplateThatRefusesOrLosesTheQuestionIsToldOf()
    {
        QFETCH(QString, source);
        QFETCH(QString, said);
        const auto tokens = tokenizer();
        try {
            chatPrompt(chatWith(source.toStdString()), facts(), *tokens, {"a dog ?", {}, true});
            QFAIL("it was taken");
        } catch (const Error& error) {
            QVERIFY2(QString::fromUtf8(error.what()).contains(said), error.what());
            QVERIFY(QString::fromUtf8(error.what()).contains("chat_template.jinja"));
        }
    }
    void aFamilyWithoutATemplateIsAskedAsUsual()
    {
        write("tokenizer.json", tokenizerJson().dump());
        TextFacts text;
        QVERIFY(!chatOf(path(), text));
        text.usualChat = "Q {{ image }}{{ messages[0].content }} A";
        const auto chat = chatOf(path(), text);
        QVERIFY(chat && chat->isUsual);
        const ChatPrompt prompt = chatPrompt(*chat, facts(), *tokenizer(), {"a dog ?", {}, true});
        QCOMPARE(QString::fromStdString(prompt.text), "Q <image>a dog ? A");
    }
    void theMarkOfAPictureBecomesWhatTheProcessorMakesOfIt()
    {
        ModelFacts model = facts();
        model.text.pictureMark = "<picture>";
        model.text.pictureText = "<begin><image><end>";
        const ModelChat chat =
            chatWith("{% for p in messages[0].content %}{% if p.type == 'image' %}<picture>{% else %}"
                     "{{ p.text }}{% endif %}{% endfor %}");
        const ChatPrompt prompt = chatPrompt(chat, model, *tokenizer(), {"a dog ?", {}, true});
        QCOMPARE(QString::fromStdString(prompt.text), "<begin><image><end>a dog ?");
    }
    void aTemplateThatLiesBesideTheWeightsGoesBeforeTheUsualOne()
    {
        write("tokenizer.json", tokenizerJson().dump());
        write("chat_template.jinja", "{{ messages[0].content }}!");
        TextFacts text;
        text.usualChat = "Q {{ messages[0].content }} A";
        const auto chat = chatOf(path(), text);
        QVERIFY(chat && !chat->isUsual);
        QCOMPARE(chat->subject, std::string("chat_template.jinja"));
    }
    void cleanup() { QFile::remove(m_folder.filePath("chat_template.jinja")); }
};

QTEST_GUILESS_MAIN(TestChatPrompt)
#include "tst_chat_prompt.moc"
