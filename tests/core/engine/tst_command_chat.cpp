// SPDX-License-Identifier: GPL-3.0-or-later
// headlens-cli chat, as a person runs it.
#include "tests/support/tiny_model.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace headlens::test;

class TestCommandChat : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;

    struct Result {
        int status;
        QString out, errors;
    };
    Result chat(const QString& messages, const QStringList& more = {}) const
    {
        const QString file = m_folder.filePath("chat.json");
        writeBytes(file.toStdString(), messages.toStdString());
        return run(QStringList{"--model", m_folder.path(), "--messages", file} + more);
    }
    static Result run(const QStringList& arguments)
    {
        QProcess process;
        process.start(HEADLENS_CLI, QStringList{"chat"} + arguments);
        if (!process.waitForFinished(60'000)) return {-1, {}, "it did not end"};
        return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
                QString::fromUtf8(process.readAllStandardError())};
    }

private Q_SLOTS:
    void initTestCase()
    {
        writeBytes(m_folder.filePath("tokenizer_config.json").toStdString(),
                   R"({"bos_token": "<s>", "eos_token": "</s>"})");
        writeBytes(m_folder.filePath("chat_template.jinja").toStdString(),
                   R"({{ bos_token }}{% for m in messages %}
{% if m.role == 'tool' %}{{ raise_exception('no tools here') }}{% endif %}
[{{ m.role }}]{{ m.content }}
{% endfor %}
{{ tools | tojson }}{{ depth }}{% if add_generation_prompt %}[assistant]{% endif %}
)");
    }
    void messagesComeOutAsTheModelReadsThem_data()
    {
        QTest::addColumn<QString>("messages");
        QTest::addColumn<QStringList>("more");
        QTest::addColumn<QString>("text");
        const QString one = R"([{"role": "user", "content": "Größe?"}])";
        QTest::newRow("a list") << one << QStringList{} << "<s>[user]Größe?\nnull[assistant]";
        QTest::newRow("no prompt") << one << QStringList{"--no-generation-prompt"} << "<s>[user]Größe?\nnull";
        QTest::newRow("a number") << one << QStringList{"--set", "depth=2"} << "<s>[user]Größe?\nnull2[assistant]";
        QTest::newRow("a text") << one << QStringList{"--set", "depth=so deep", "--set", "tools=[1]"}
                                << "<s>[user]Größe?\n[1]so deep[assistant]";
        QTest::newRow("an object") << R"({"tools": [{"z": 1, "a": 2}], "messages": []})" << QStringList{}
                                   << R"(<s>[{"z": 1, "a": 2}][assistant])";
    }
    void messagesComeOutAsTheModelReadsThem()
    {
        QFETCH(QString, messages);
        QFETCH(QStringList, more);
        QFETCH(QString, text);
        const Result result = chat(messages, more);
        QVERIFY2(result.status == 0, qPrintable(result.errors));
        QCOMPARE(result.out, text);
    }
    void whatIsRefusedIsSaidInOneLine_data()
    {
        QTest::addColumn<QString>("messages");
        QTest::addColumn<QStringList>("more");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("why");
        QTest::newRow("by the template") << R"([{"role": "tool", "content": "x"}])" << QStringList{} << 1
                                         << "chat_template.jinja, line 2: no tools here";
        QTest::newRow("no list") << "3" << QStringList{} << 1 << "holds no list of messages";
        QTest::newRow("no role") << R"([{"content": "x"}])" << QStringList{} << 1 << "holds no list of messages";
        QTest::newRow("no JSON") << "[" << QStringList{} << 1 << "no valid JSON";
        QTest::newRow("no value") << "[]" << QStringList{"--set", "depth"} << 2 << "NAME=VALUE";
    }
    void whatIsRefusedIsSaidInOneLine()
    {
        QFETCH(QString, messages);
        QFETCH(QStringList, more);
        QFETCH(int, status);
        QFETCH(QString, why);
        const Result result = chat(messages, more);
        QCOMPARE(result.status, status);
        QVERIFY2(result.errors.contains(why) && result.errors.count('\n') == 1, qPrintable(result.errors));
    }
    void aModelWithoutATemplateIsRefused()
    {
        const Result result = run({"--model", "number-words", "--messages", "none.json"});
        QCOMPARE(result.status, 1);
        QVERIFY2(result.errors.contains("holds no chat template"), qPrintable(result.errors));
    }
};

QTEST_GUILESS_MAIN(TestCommandChat)
#include "tst_command_chat.moc"
