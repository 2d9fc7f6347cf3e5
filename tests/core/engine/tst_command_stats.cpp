// SPDX-License-Identifier: GPL-3.0-or-later
// headlens-cli stats as a person runs it.
#include "core/wire/safe_json.h"
#include "tests/support/tiny_model.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace headlens;
using namespace headlens::test;

class TestCommandStats : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;
    QString m_model, m_picture, m_pictures;

    struct Result {
        int status;
        QString out, errors;
    };
    static Result run(const QStringList& arguments)
    {
        QProcess process;
        process.start(HEADLENS_CLI, QStringList{"stats"} + arguments);
        if (!process.waitForFinished(60'000)) return {-1, {}, "it did not end"};
        return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
                QString::fromUtf8(process.readAllStandardError())};
    }
    static QStringList linesOf(const QString& file)
    {
        return QString::fromStdString(readBytes(file.toStdString())).trimmed().split('\n');
    }
    static QString gpt() { return HEADLENS_SOURCE "/resources/models/story-gpt"; }

private Q_SLOTS:
    void initTestCase()
    {
        m_model = m_folder.filePath("model");
        TinyModel().write(m_model.toStdString()); // 2 layers of 4 heads
        m_picture = m_folder.filePath("picture.png");
        writeBytes(m_picture.toStdString(), gradientPng(50, 40));
        m_pictures = m_folder.filePath("pictures");
        QDir().mkpath(m_pictures);
        for (int i = 0; i < 4; ++i)
            writeBytes((m_pictures + QString("/p%1.png").arg(i)).toStdString(), gradientPng(30 + 9 * i, 30));
    }
    void aLineAHeadIsPrinted()
    {
        const Result result = run({"--model", m_model, "--image", m_picture});
        QVERIFY2(result.status == 0, qPrintable(result.errors));
        const QStringList lines = result.out.trimmed().split('\n');
        QCOMPARE(lines.size(), 1 + 2 * 4);
        QVERIFY(lines.first().contains("entropy") && lines.first().contains("vertical"));
        QVERIFY(!lines.first().contains("induction")); // a picture has no words
    }
    void theTableIsSortedAndCut()
    {
        const Result result = run({"--model", m_model, "--image", m_picture, "--sort", "entropy", "--top", "3"});
        QVERIFY2(result.status == 0, qPrintable(result.errors));
        const QStringList lines = result.out.trimmed().split('\n');
        QCOMPARE(lines.size(), 1 + 3);
        const qsizetype end = lines.first().indexOf("entropy") + 7;
        double before = 1e9;
        for (const QString& line : lines.mid(1)) {
            const double entropy = line.left(end).simplified().split(' ').last().toDouble();
            QVERIFY(entropy > 0 && entropy <= before);
            before = entropy;
        }
    }
    void csvHasEveryNumberOfEveryHead()
    {
        const QString out = m_folder.filePath("one.csv");
        const Result result =
            run({"--model", gpt(), "--text", "the cat saw the dog and the cat saw the dog", "--out", out});
        QVERIFY2(result.status == 0, qPrintable(result.errors));
        const QStringList lines = linesOf(out), header = lines.first().split(',');
        QVERIFY(header.startsWith("layer") && header.contains("induction") && header.contains("score previous-token"));
        QVERIFY(!header.contains("entropy sd"));
        for (const QString& line : lines.mid(1)) QCOMPARE(line.split(',').size(), header.size());
        QVERIFY(lines.at(1).split(',').at(header.indexOf("cls")).isEmpty()); // a text has no CLS
    }
    void headsOfOnePatternAreFound()
    {
        const QString out = m_folder.filePath("found.json");
        const QStringList asked{"--model", gpt(), "--text", "the cat saw the dog and the cat saw the dog"};
        QCOMPARE(run(asked + QStringList{"--pattern", "diffuse", "--out", out}).status, 0);
        const Json found = Json::parse(readBytes(out.toStdString()));
        QVERIFY(!found["heads"].empty());
        double before = 1e9;
        for (const Json& head : found["heads"]) {
            QCOMPARE(QString::fromStdString(head["pattern"]), QString("diffuse"));
            QVERIFY(head["score"].get<double>() >= 0.9 && head["score"].get<double>() <= before);
            before = head["score"].get<double>();
        }
        QCOMPARE(run(asked + QStringList{"--pattern", "dancing"}).status, 2);
    }
    void aFolderGivesMeanAndDeviation()
    {
        const QString out = m_folder.filePath("folder.json"), single = m_folder.filePath("single.json");
        const Result result = run({"--model", m_model, "--image", m_pictures, "--out", out});
        QVERIFY2(result.status == 0, qPrintable(result.errors));
        const Json folder = Json::parse(readBytes(out.toStdString()));
        QCOMPARE(folder["inputs"].get<int>(), 4);
        double sum = 0, squares = 0;
        for (int i = 0; i < 4; ++i) {
            run({"--model", m_model, "--image", m_pictures + QString("/p%1.png").arg(i), "--out", single});
            const double entropy =
                Json::parse(readBytes(single.toStdString()))["heads"][5]["mean"]["entropy"].get<double>();
            sum += entropy;
            squares += entropy * entropy;
        }
        const double mean = sum / 4, deviation = std::sqrt(std::max(0.0, squares - 4 * mean * mean) / 3);
        QVERIFY(std::abs(folder["heads"][5]["mean"]["entropy"].get<double>() - mean) < 1e-4);
        QVERIFY(std::abs(folder["heads"][5]["sd"]["entropy"].get<double>() - deviation) < 1e-3);
    }
    void aSplitFolderEqualsTheWhole()
    {
        const QString whole = m_folder.filePath("whole.csv"), parts = m_folder.filePath("split.csv");
        const QStringList asked{"--model", m_model, "--image", m_pictures, "--out"};
        QCOMPARE(run(asked + QStringList{whole}).status, 0);
        for (const char* shard : {"1/2", "2/2"}) QCOMPARE(run(asked + QStringList{parts, "--shard", shard}).status, 0);
        QVERIFY(!QFile::exists(parts));
        QCOMPARE(QProcess::execute(HEADLENS_CLI, {"merge", parts + ".parts"}), 0);
        const Result joined = run(asked + QStringList{parts, "--resume"});
        QVERIFY2(joined.status == 0, qPrintable(joined.errors));
        QCOMPARE(linesOf(parts), linesOf(whole));
    }
    void whatWasCountedIsTakenOver()
    {
        const QString out = m_folder.filePath("again.csv"), late = m_pictures + "/late.png";
        const QStringList asked{"--model", m_model, "--image", m_pictures, "--out", out};
        QCOMPARE(run(asked).status, 0);
        const QString part = out + ".parts/p1.safetensors";
        const QDateTime before = QFileInfo(part).fileTime(QFile::FileModificationTime);
        writeBytes(late.toStdString(), gradientPng(44, 31));
        const Result again = run(asked + QStringList{"--resume"});
        QFile::remove(late);
        QVERIFY2(again.status == 0 && again.errors.contains("5 pictures counted"), qPrintable(again.errors));
        QCOMPARE(QFileInfo(part).fileTime(QFile::FileModificationTime), before);
    }
    void oneBadPictureDoesNotCostTheOthers()
    {
        const QString bad = m_pictures + "/bad.png";
        writeBytes(bad.toStdString(), "no picture");
        const Result result = run({"--model", m_model, "--image", m_pictures});
        QFile::remove(bad);
        QCOMPARE(result.status, 0);
        QVERIFY2(result.errors.contains("bad.png") && result.errors.contains("4 pictures counted, 1 failed"),
                 qPrintable(result.errors));
    }
    void faultsHaveTheirStatusAndOneLine_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("status");
        const QStringList some{"--model", m_model, "--image", m_picture};
        QTest::newRow("no input") << QStringList{"--model", m_model} << 2;
        QTest::newRow("unknown number") << some + QStringList{"--sort", "beauty"} << 2;
        QTest::newRow("unknown ending") << some + QStringList{"--out", m_folder.filePath("x.xls")} << 2;
        QTest::newRow("a part of nothing kept") << some + QStringList{"--shard", "1/2"} << 2;
        QTest::newRow("no such picture") << QStringList{"--model", m_model, "--image", "/no/such.png"} << 1;
        QTest::newRow("a place that cannot be written") << some + QStringList{"--out", "/no/such/x.csv"} << 1;
    }
    void faultsHaveTheirStatusAndOneLine()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, status);
        const Result result = run(arguments);
        QCOMPARE(result.status, status);
        QCOMPARE(result.errors.trimmed().count('\n'), 0);
        QVERIFY2(result.errors.startsWith("headlens-cli: "), qPrintable(result.errors));
    }
};

QTEST_APPLESS_MAIN(TestCommandStats)
#include "tst_command_stats.moc"
