// SPDX-License-Identifier: GPL-3.0-or-later
// headlens-cli as a person runs it: exit statuses, one line on stderr, files written.
#include "core/checkpoint/container.h"
#include "core/wire/safe_json.h"
#include "tests/support/tiny_model.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace headlens;
using namespace headlens::test;

class TestCommandLine : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;
    QString m_model, m_picture;

    struct Result {
        int status;
        QString out, errors;
    };
    static Result run(const QStringList& arguments)
    {
        QProcess process;
        process.start(HEADLENS_CLI, arguments);
        if (!process.waitForFinished(60'000)) return {-1, {}, "it did not end"};
        return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
                QString::fromUtf8(process.readAllStandardError())};
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_model = m_folder.filePath("model");
        TinyModel().write(m_model.toStdString());
        m_picture = m_folder.filePath("picture.png");
        writeBytes(m_picture.toStdString(), gradientPng(50, 40));
    }
    void traceWritesEveryTensor()
    {
        const QString out = m_folder.filePath("out.safetensors");
        const Result result = run({"trace", "--model", m_model, "--image", m_picture, "--out", out});
        QVERIFY2(result.status == 0, qPrintable(result.errors));
        QStringList names;
        const auto written = openSafetensors(out.toStdString());
        for (const StoredTensor& tensor : written->tensors()) names << QString::fromStdString(tensor.name);
        for (const char* name : {"attentions.0", "attentions.1", "hidden_states.0", "hidden_states.2",
                                 "last_hidden_state", "logits", "pixel_values"})
            QVERIFY2(names.contains(name), name);
    }
    void exportWritesAFolderAndAManifest()
    {
        const QString out = m_folder.filePath("exported"), pictures = m_folder.filePath("pictures");
        QDir().mkpath(pictures);
        writeBytes((pictures + "/good.png").toStdString(), gradientPng(30, 30));
        writeBytes((pictures + "/bad.png").toStdString(), "no picture");
        const Result result = run({"export", "--model", m_model, "--image", pictures, "--layer", "all", "--head", "all",
                                   "--query", "cls", "--format", "png", "--format", "npy", "--out", out});
        QVERIFY2(result.status == 0, qPrintable(result.errors));
        const Json manifest = Json::parse(readBytes((out + "/manifest.json").toStdString()));
        QCOMPARE(manifest["pictures"].size(), std::size_t(1));
        QCOMPARE(manifest["failures"].size(), std::size_t(1));
        QCOMPARE(manifest["pictures"][0]["files"].size(), std::size_t(2 * 4 * 2)); // layers x heads x formats
        for (const Json& file : manifest["pictures"][0]["files"])
            QVERIFY(QFile::exists(out + "/" + QString::fromStdString(file["file"])));
    }
    void faultsHaveTheirStatusAndOneLine_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("status");
        const QString out = m_folder.filePath("x.safetensors");
        QTest::newRow("nothing") << QStringList{} << 2;
        QTest::newRow("unknown command") << QStringList{"dance"} << 2;
        QTest::newRow("no input") << QStringList{"trace", "--model", m_model, "--out", out} << 2;
        QTest::newRow("bad setting") << QStringList{"trace", "--model", m_model, "--image", m_picture,
                                                    "--set", "heads",   "--out", out}
                                     << 2;
        QTest::newRow("bad device") << QStringList{"trace",    "--model", m_model, "--image", m_picture,
                                                   "--device", "tpu",     "--out", out}
                                    << 2;
        QTest::newRow("no such model") << QStringList{"trace",   "--model", "/no/such", "--image",
                                                      m_picture, "--out",   out}
                                       << 1;
        QTest::newRow("no such picture") << QStringList{"trace",        "--model", m_model, "--image",
                                                        "/no/such.png", "--out",   out}
                                         << 1;
        QTest::newRow("text for a picture model")
            << QStringList{"trace", "--model", m_model, "--text", "hello", "--out", out} << 1;
        QTest::newRow("a place that cannot be written")
            << QStringList{"trace", "--model", m_model, "--image", m_picture, "--out", "/no/such/x"} << 1;
        QTest::newRow("bad query") << QStringList{"export",  "--model", m_model, "--image",      m_picture,
                                                  "--query", "999",     "--out", m_folder.path()}
                                   << 2;
        QTest::newRow("bad layer") << QStringList{"export",  "--model", m_model, "--image",      m_picture,
                                                  "--layer", "7",       "--out", m_folder.path()}
                                   << 2;
        QTest::newRow("train without art") << QStringList{"train", "emoji-vit"} << 2;
        QTest::newRow("train something unknown")
            << QStringList{"train", "x", "--art", "/tmp", "--out", m_folder.path()} << 2;
    }
    void faultsHaveTheirStatusAndOneLine()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, status);
        const Result result = run(arguments);
        QCOMPARE(result.status, status);
        QCOMPARE(result.errors.trimmed().count('\n'), 0);
        QVERIFY(result.errors.startsWith("headlens-cli: "));
    }
    void helpAndListsSucceed_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("help") << QStringList{"--help"};
        QTest::newRow("version") << QStringList{"--version"};
        QTest::newRow("models") << QStringList{"models"};
        QTest::newRow("train --list") << QStringList{"train", "--list"};
    }
    void helpAndListsSucceed()
    {
        QFETCH(QStringList, arguments);
        const Result result = run(arguments);
        QCOMPARE(result.status, 0);
        QVERIFY(!result.out.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_command_line.moc"
