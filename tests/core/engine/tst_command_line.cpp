// SPDX-License-Identifier: GPL-3.0-or-later
// headlens-cli as a person runs it: exit statuses, one line on stderr, files written.
#include "core/checkpoint/container.h"
#include "core/wire/safe_json.h"
#include "tests/support/made_up_caches.h"
#include "tests/support/tiny_model.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

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
    void aBatchRunsEveryLineForItselfAndSaysHowEachEnded()
    {
        const QString file = m_folder.filePath("batch.txt"), out = m_folder.filePath("of a batch.safetensors");
        const QString trace = QString("trace --model \"%1\" --out \"%2\"").arg(m_model, out);
        QStringList lines{"# a comment",
                          QString("%1 --image \"%2\" --hide 1").arg(trace, m_folder.filePath("none.png")),
                          "",
                          QString("%1 --image \"%2\"").arg(trace, m_picture),
                          "no-such-command",
                          "serve"};
        writeBytes(file.toStdString(), lines.join('\n').toStdString());
        const Result result = run({"batch", file});
        QCOMPARE(result.status, 1);
        const QStringList endings = result.out.split('\n').filter(QRegularExpression("^\\["));
        QCOMPARE(endings, (QStringList{"[2] failed", "[4] done", "[5] failed", "[6] failed"}));
        const QStringList errors = result.errors.trimmed().split('\n');
        QVERIFY2(errors.size() == 4 && errors.first().contains("none.png"), qPrintable(result.errors));
        QVERIFY2(errors.last().contains("3 of 4 commands failed"), qPrintable(errors.last()));
        const auto written = openSafetensors(out.toStdString());
        QVERIFY(written->tensors().size() > 3);
    }
    void aBatchThatHoldsNoCommandsIsRefused_data()
    {
        QTest::addColumn<QString>("file");
        writeBytes(m_folder.filePath("empty.txt").toStdString(), "");
        QTest::newRow("a folder") << m_folder.path();
        QTest::newRow("an empty file") << m_folder.filePath("empty.txt");
        QTest::newRow("nothing") << m_folder.filePath("nowhere.txt");
    }
    void aBatchThatHoldsNoCommandsIsRefused()
    {
        QFETCH(QString, file);
        const Result result = run({"batch", file});
        QCOMPARE(result.status, 1);
        QVERIFY2(result.errors.contains("is no file with commands"), qPrintable(result.errors));
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
    void aSplitExportEqualsTheWhole()
    {
        const QString pictures = m_folder.filePath("many");
        QDir().mkpath(pictures);
        for (int i = 0; i < 5; ++i)
            writeBytes((pictures + QString("/p%1.png").arg(i)).toStdString(), gradientPng(30 + i, 30));
        const QString whole = m_folder.filePath("whole"), parts = m_folder.filePath("parts");
        const QStringList wanted{"--model", m_model, "--image", pictures, "--layer", "0", "--batch", "2", "--out"};
        QCOMPARE(run(QStringList{"export"} + wanted + QStringList{whole}).status, 0);
        for (int part = 1; part <= 2; ++part) { // as Slurm starts an array of two
            QProcess process;
            QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
            environment.insert("HEADLENS_CLI", HEADLENS_CLI);
            environment.insert("SLURM_ARRAY_TASK_ID", QString::number(part));
            environment.insert("SLURM_ARRAY_TASK_COUNT", "2");
            process.setProcessEnvironment(environment);
            process.start(HEADLENS_SOURCE "/tools/slurm_export.sh", wanted + QStringList{parts});
            QVERIFY(process.waitForFinished(60'000));
            QCOMPARE(process.exitCode(), 0);
        }
        QCOMPARE(run({"merge", parts}).status, 0);
        QCOMPARE(readBytes((parts + "/manifest.json").toStdString()),
                 readBytes((whole + "/manifest.json").toStdString()));
        const QStringList figures = QDir(whole).entryList({"*.png"});
        QCOMPARE(figures.size(), 5 * 4);
        for (const QString& figure : figures) QVERIFY(QFile::exists(parts + "/" + figure));
        QCOMPARE(run({"merge", m_folder.filePath("model")}).status, 1);
    }
    void benchMeasuresAndAnswersRequests()
    {
        const Result result = run({"bench", "--model", m_model, "--runs", "2", "--json"});
        QVERIFY2(result.status == 0, qPrintable(result.errors));
        const Json figures = Json::parse(result.out.toStdString());
        QCOMPARE(figures["runs"].get<int>(), 2);
        QVERIFY(figures["median_ms"].get<double>() > 0 && figures["trace_bytes"].get<double>() > 0);
        QVERIFY(!figures.contains("kinds"));
        QProcess process;
        process.start(HEADLENS_CLI, {"bench", "--model", m_model, "--on-request"});
        process.write("\nbare\npeak\n");
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished(60'000));
        QCOMPARE(process.readAllStandardOutput().trimmed().split('\n').size(), 3);
    }
    void benchTellsWhereTheTimeGoes()
    {
        const QStringList asked{"bench", "--model", m_model, "--runs", "2", "--profile"};
        const Result result = run(asked + QStringList{"--json"});
        QVERIFY2(result.status == 0, qPrintable(result.errors));
        const Json figures = Json::parse(result.out.toStdString());
        QVERIFY(figures["peak"].get<double>() > 1e8);
        double operations = 0;
        bool attends = false;
        for (const Json& kind : figures["kinds"]) {
            QVERIFY(kind["ms"].get<double>() > 0 && kind["calls"].get<int>() > 0);
            operations += kind["operations"].get<double>();
            attends = attends || kind["kind"].get<std::string>().starts_with("attention ");
        }
        QVERIFY(attends && operations > 0);
        QVERIFY(figures["open_ms"].get<double>() > 0);
        const Result table = run(asked);
        QVERIFY(table.out.contains("all products") && table.out.contains("GFLOP/s in registers"));
    }
    void costTellsWhatPatternsNeed()
    {
        const Result result = run({"cost", "--side", "8", "--width", "16", "--heads", "4"});
        QVERIFY2(result.status == 0, qPrintable(result.errors));
        const QStringList lines = result.out.split('\n');
        const auto numbersOf = [&](const char* pattern) {
            const auto line = std::ranges::find_if(lines, [&](const QString& any) { return any.startsWith(pattern); });
            return line == lines.end() ? QString() : line->simplified();
        };
        QCOMPARE(numbersOf("dense "), QString("dense 4225 100.0 % 540800 67600"));
        QCOMPARE(numbersOf("window 2"), QString("window 2 1285 30.4 % 164480 20560"));
        QVERIFY(run({"cost", "--text", "36"}).out.contains("needs a grid"));
    }
    void faultsHaveTheirStatusAndOneLine_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("status");
        const QString out = m_folder.filePath("x.safetensors");
        QTest::newRow("nothing") << QStringList{} << 2;
        QTest::newRow("unknown command") << QStringList{"dance"} << 2;
        QTest::newRow("unknown precision") << QStringList{"bench", "--model", m_model, "--precision", "float8"} << 2;
        QTest::newRow("less than a patch") << QStringList{"bench", "--model", m_model, "--height", "2"} << 2;
        QTest::newRow("wrong part") << QStringList{"export",  "--model", m_model,
                                                   "--image", m_picture, "--shard",
                                                   "3/2",     "--out",   m_folder.filePath("none")}
                                    << 2;
        QTest::newRow("no history") << QStringList{"history", m_model} << 1;
        QTest::newRow("nothing to merge") << QStringList{"merge", m_folder.path()} << 1;
        QTest::newRow("no film")
            << QStringList{"film", "--model", m_model, "--film", m_picture + "x", "--out", m_folder.filePath("f.mp4")}
            << 1;
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
        const bool trains = arguments.value(0) == "train"; // that is a program of its own
        QVERIFY2(result.errors.startsWith(trains ? "headlens-train: " : "headlens-cli: "), qPrintable(result.errors));
    }
    void trainWithoutItsProgramSaysHowToBuildIt()
    {
        const QString alone = m_folder.filePath("headlens-cli");
        QVERIFY(QFile::copy(HEADLENS_CLI, alone));
        QProcess process;
        process.start(alone, {"train", "--list"});
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 2);
        const QByteArray errors = process.readAllStandardError();
        QVERIFY2(errors.contains("headlens-train") && errors.contains("tools/build.sh release"), errors.constData());
    }
    void trainPassesItsOptionsOn()
    {
        const Result result = run({"train", "--help"});
        QCOMPARE(result.status, 0);
        QVERIFY2(result.out.contains("--shorten"), qPrintable(result.out));
    }
    void historyPrintsALineAStep()
    {
        const Result result = run({"history", "flamingo"});
        QCOMPARE(result.status, 0);
        const QStringList lines = result.out.split('\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 2 + 89); // title, names, steps
        QVERIFY2(lines[1].contains("layer 0, attention") && lines[1].endsWith("loss"), qPrintable(lines[1]));
        QVERIFY2(lines.last().startsWith("      4000 ") && lines.last().endsWith(" 0.0285"), qPrintable(lines.last()));
    }
    void versionSaysWhatComputes()
    {
        const Result result = run({"--version"});
        QCOMPARE(result.status, 0);
        for (const char* part : {"headlens-cli ", "LibTorch ", "BLAS ", "kernels: "})
            QVERIFY2(result.out.contains(part), qPrintable(result.out));
    }
    void modelsListsThoseOnThisComputer()
    {
        const MadeUpCaches caches; // the program inherits its environment
        caches.hubFile("models--someone--tiny-vit", "r", "config.json",
                       readBytes((m_model + "/config.json").toStdString()));
        caches.hubFile("models--someone--tiny-vit", "r", "model.safetensors",
                       readBytes((m_model + "/model.safetensors").toStdString()));
        const std::string own = (caches.home() / "mine").string();
        MadeUpCaches::write(own + "/llama.gguf", std::string("GGUF\3\0\0\0", 8));
        const Result table = run({"models", "--folder", QString::fromStdString(own)});
        QVERIFY2(table.status == 0, qPrintable(table.errors));
        const QStringList lines = table.out.trimmed().split('\n');
        QVERIFY(lines.contains("On this computer:"));
        const QRegularExpression first("^someone/tiny-vit  +Hugging Face cache +[0-9.]+ .?B +vit$"),
            last("^llama.gguf +a folder of your own +0\\.0 MB +cannot be opened: The download is not finished: "
                 "llama.gguf "
                 "ends too early\\.$");
        QVERIFY2(first.match(lines[lines.size() - 2]).hasMatch(), qPrintable(table.out));
        QVERIFY2(last.match(lines.last()).hasMatch(), qPrintable(table.out));
        const Result json = run({"models", "--json", "--folder", QString::fromStdString(own)});
        const Json said = parseJsonObject(json.out.toStdString(), "models --json");
        QCOMPARE(said["found"].size(), 2U);
        QCOMPARE(said["found"][0]["path"].get<std::string>(), (caches.hub() / "models--someone--tiny-vit").string());
        QCOMPARE(said["found"][1]["whyNot"].get<std::string>(),
                 "The download is not finished: llama.gguf ends too early.");
        QVERIFY(said["embedded"].size() > 5 && said["remarks"].empty());
    }
    void helpAndListsSucceed_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("help") << QStringList{"--help"};
        QTest::newRow("models") << QStringList{"models"};
        QTest::newRow("train --list") << QStringList{"train", "--list"};
        QTest::newRow("history") << QStringList{"history", "flamingo", "--json"};
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
