// SPDX-License-Identifier: GPL-3.0-or-later
// headlens-cli attribute, measure and intervene as a person runs them, and the sheet over pictures. What the numbers
// are is checked by reference/attribution.sh.
#include "tests/support/tiny_model.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace headlens;
using namespace headlens::test;

class TestCommandAttribute : public QObject {
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
        process.start(HEADLENS_CLI, arguments);
        if (!process.waitForFinished(60'000)) return {-1, {}, "it did not end"};
        return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
                QString::fromUtf8(process.readAllStandardError())};
    }
    Result onPicture(const QString& verb, const QStringList& rest) const
    {
        return run(QStringList{verb, "--model", m_model, "--image", m_picture} + rest);
    }
    Result sheet(const QString& out, const QStringList& rest) const
    {
        return run(QStringList{"attribute", "--model", m_model, "--image", m_pictures, "--sheet", "--methods",
                               "rollout,grad-cam,random", "--out", out} +
                   rest);
    }
    static QStringList linesOf(const QString& file)
    {
        return QString::fromStdString(readBytes(file.toStdString())).trimmed().split('\n');
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_model = m_folder.filePath("model");
        TinyModel().write(m_model.toStdString());
        m_picture = m_folder.filePath("picture.png");
        writeBytes(m_picture.toStdString(), gradientPng(50, 40));
        m_pictures = m_folder.filePath("pictures");
        QDir().mkpath(m_pictures);
        for (int i = 0; i < 3; ++i)
            writeBytes((m_pictures + QString("/p%1.png").arg(i)).toStdString(), gradientPng(30 + 9 * i, 30));
    }
    void everyVerbTakesEveryRow_data()
    {
        QTest::addColumn<QString>("verb");
        QTest::addColumn<QString>("method");
        for (const char* verb : {"attribute", "measure", "intervene"})
            for (const char* method : {"grad-cam", "head-entropy", "sweep-heads"})
                QTest::addRow("%s %s", verb, method) << verb << method;
    }
    void everyVerbTakesEveryRow()
    {
        QFETCH(QString, verb);
        QFETCH(QString, method);
        const Result result = onPicture(verb, {"--method", method});
        QVERIFY2(result.status == 0 && !result.out.isEmpty(), qPrintable(result.errors));
    }
    void theFormerNameOfAMethodIsKnown()
    {
        QCOMPARE(onPicture("attribute", {"--method", "relevance"}).out,
                 onPicture("attribute", {"--method", "chefer-generic"}).out);
    }
    void whatIsTypedWronglyEndsWithTwo_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("no such method") << QStringList{"--method", "charm"};
        QTest::newRow("no such setting") << QStringList{"--method", "rollout", "--param", "charm=1"};
        QTest::newRow("no such value") << QStringList{"--method", "rollout", "--param", "fusion=median"};
        QTest::newRow("no such head") << QStringList{"--method", "ablate-head", "--param", "heads=9.9"};
        QTest::newRow("no such class") << QStringList{"--method", "grad-cam", "--target", "99"};
        QTest::newRow("no such change") << QStringList{"--method", "grad-cam", "--change", "charm 1"};
        QTest::newRow("a sheet without a folder") << QStringList{"--sheet"};
    }
    void whatIsTypedWronglyEndsWithTwo()
    {
        QFETCH(QStringList, arguments);
        const Result result = onPicture("attribute", arguments);
        QCOMPARE(result.status, 2);
        QCOMPARE(result.errors.trimmed().count('\n'), 0); // one sentence
    }
    void aChangeStaysChangedForWhatIsAsked()
    {
        const QStringList asked{"--method", "sweep-heads"};
        const QString plain = onPicture("intervene", asked).out,
                      changed = onPicture("intervene", asked + QStringList{"--change", "head 1.2 x0"}).out;
        QVERIFY(!plain.isEmpty() && !changed.isEmpty());
        QVERIFY(plain != changed);
    }
    void aSheetHasAFigureAPictureALineAMethodAndAverages()
    {
        const QString out = m_folder.filePath("sheet");
        const Result result = sheet(out, {});
        QVERIFY2(result.status == 0, qPrintable(result.errors));
        for (const char* file : {"p0.png", "p1.svg", "p2.png", "manifest.json"})
            QVERIFY(QFile::exists(out + "/" + file));
        QCOMPARE(linesOf(out + "/sheet.csv").size(), 1 + 3 * 3);
        const QStringList averages = linesOf(out + "/averages.csv");
        QCOMPARE(averages.size(), 1 + 3);
        double before = 1;
        for (const QString& line : averages.mid(1)) { // best first
            QCOMPARE(line.section(',', 1, 1), QString("3"));
            const double difference = line.section(',', 4).toDouble();
            QVERIFY(difference <= before);
            before = difference;
        }
    }
    void partsOfASheetAreTheWhole()
    {
        const QString whole = m_folder.filePath("whole"), parts = m_folder.filePath("parts");
        QCOMPARE(sheet(whole, {}).status, 0);
        for (const char* shard : {"1/2", "2/2"}) QCOMPARE(sheet(parts, {"--shard", shard}).status, 0);
        QCOMPARE(run({"merge", parts}).status, 0);
        QCOMPARE(sheet(parts, {"--resume"}).status, 0);
        QCOMPARE(linesOf(parts + "/averages.csv"), linesOf(whole + "/averages.csv"));
    }
    void aModelThatComparesHasASheetForEveryText()
    {
        for (const char* text : {"0", "1"}) {
            const QString out = m_folder.filePath(QString("clip%1").arg(text));
            const Result result = run({"attribute", "--model", HEADLENS_SOURCE "/resources/models/emoji-clip",
                                       "--image", m_picture, "--candidate", "a cat", "--candidate", "a car", "--sheet",
                                       "--target", text, "--methods", "rollout,grad-cam,random", "--out", out});
            QVERIFY2(result.status == 0, qPrintable(result.errors));
            const QStringList lines = linesOf(out + "/sheet.csv");
            QCOMPARE(lines.size(), 1 + 3);
            QVERIFY(lines.filter("grad-cam").value(0).contains(*text == '0' ? "a cat" : "a car"));
        }
    }
    void aTextHasNoSheet()
    {
        const Result result = run({"attribute", "--model", HEADLENS_SOURCE "/resources/models/story-gpt", "--image",
                                   m_picture, "--sheet", "--out", m_folder.filePath("none")});
        QVERIFY(result.status != 0);
        QVERIFY2(result.errors.contains("pictures"), qPrintable(result.errors));
    }
};

QTEST_GUILESS_MAIN(TestCommandAttribute)
#include "tst_command_attribute.moc"
