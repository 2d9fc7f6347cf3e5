// SPDX-License-Identifier: GPL-3.0-or-later
// The program as scripts run it: screenshots and their exit statuses.
#include "tests/support/tiny_model.h"

#include <QElapsedTimer>
#include <QImage>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace headlens::test;

class TestHeadlens : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;

    int run(QStringList arguments, QString* errors = nullptr)
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert("XDG_RUNTIME_DIR", m_folder.path()); // without one Qt says so
        process.setProcessEnvironment(environment);
        process.start(HEADLENS_PROGRAM, arguments << "--settings" << m_folder.filePath("settings.ini"));
        if (!process.waitForFinished(60'000)) return -1;
        if (errors != nullptr) *errors = QString::fromUtf8(process.readAllStandardError());
        return process.exitCode();
    }

private Q_SLOTS:
    void initTestCase()
    {
        TinyModel().write(m_folder.filePath("model").toStdString());
        writeBytes(m_folder.filePath("p.png").toStdString(), gradientPng(60, 40));
        writeBytes(m_folder.filePath("bad.png").toStdString(), "no picture");
    }
    void aScreenshotShowsTheWindowInTheSizeAskedFor()
    {
        const QString shot = m_folder.filePath("shot.png");
        QCOMPARE(run({"--model", m_folder.filePath("model"), "--image", m_folder.filePath("p.png"), "--layer", "1",
                      "--head", "2", "--query", "9", "--size", "1200x800", "--screenshot", shot}),
                 0);
        const QImage image(shot);
        QCOMPARE(image.size(), QSize(1200, 800));
        // The canvas in the middle is painted, not one flat colour.
        QSet<QRgb> colours;
        for (int x = 400; x < 700; x += 10) colours << image.pixel(x, 300);
        QVERIFY(colours.size() > 5);
    }
    void whatCannotBeOpenedEndsWithOneAndASentence_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("picture");
        QTest::newRow("no model") << "/no/such" << m_folder.filePath("p.png");
        QTest::newRow("no picture in the file") << m_folder.filePath("model") << m_folder.filePath("bad.png");
    }
    void whatCannotBeOpenedEndsWithOneAndASentence()
    {
        QFETCH(QString, model);
        QFETCH(QString, picture);
        QString errors;
        QCOMPARE(run({"--model", model, "--image", picture, "--screenshot", m_folder.filePath("x.png")}, &errors), 1);
        QVERIFY2(errors.contains("headlens: "), qPrintable(errors));
    }
    void withoutItsEngineItEndsAtOnceWithASentence()
    {
        QString errors;
        QElapsedTimer since;
        since.start();
        QCOMPARE(run({"--engine", "/no/such/engine", "--screenshot", m_folder.filePath("x.png")}, &errors), 1);
        QVERIFY2(errors.contains("engine"), qPrintable(errors));
        QVERIFY(since.elapsed() < 30'000); // half of what a screenshot waits for an answer
    }
    void aLessonOpensItsPictureWithAModelThatRunsNothingWithoutOne_data()
    {
        QTest::addColumn<QString>("lesson");
        for (const char* name : {"12-flamingo", "16-sentence-with-holes"})
            QTest::newRow(name) << QStringLiteral(HEADLENS_SOURCE "/resources/lessons/") + name;
    }
    void aLessonOpensItsPictureWithAModelThatRunsNothingWithoutOne()
    {
        QFETCH(QString, lesson);
        QString errors;
        const QStringList arguments{"--lesson", lesson, "--screenshot", m_folder.filePath("lesson.png")};
        QVERIFY2(run(arguments, &errors) == 0, qPrintable(errors));
    }
    void aFigureIsMadeOfItsDescriptionAndAgainOfItself()
    {
        QFile spec(m_folder.filePath("figure.json"));
        QVERIFY(spec.open(QIODevice::WriteOnly));
        spec.write(
            R"({"figure": 1, "model": "model", "inputs": [{"picture": "p.png"}], "columns": {"what": "heads"}})");
        spec.close();
        const QString pdf = m_folder.filePath("figure.pdf"), png = m_folder.filePath("figure.png");
        QString errors;
        QVERIFY2(run({"--figure", spec.fileName(), "--out", pdf}, &errors) == 0, qPrintable(errors));
        QVERIFY2(run({"--figure", pdf, "--out", png, "--dpi", "100"}, &errors) == 0, qPrintable(errors));
        QCOMPARE(QImage(png).width(), 675); // 6.75 in
    }
    void aFigureThatCannotBeMadeEndsWithASentence_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("status");
        const QString bad = m_folder.filePath("bad.png");
        QTest::newRow("nowhere to write") << QStringList{"--figure", bad} << 2;
        QTest::newRow("no such format") << QStringList{"--figure", bad, "--out", "x.bmp"} << 2;
        QTest::newRow("no description") << QStringList{"--figure", bad, "--out", "x.pdf"} << 1;
        QTest::newRow("no file") << QStringList{"--figure", "/no/such.json", "--out", "x.pdf"} << 1;
    }
    void aFigureThatCannotBeMadeEndsWithASentence()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, status);
        QString errors;
        QCOMPARE(run(arguments, &errors), status);
        QVERIFY2(errors.startsWith("headlens: ") && errors.count('\n') == 1, qPrintable(errors));
    }
    void aFigureOfWhatIsNotThereIsRefused_data()
    {
        QTest::addColumn<QByteArray>("part");
        QTest::addColumn<QString>("said");
        QTest::newRow("layers") << QByteArray(R"("columns": {"what": "layers", "numbers": "0-99"})") << "no layer";
        QTest::newRow("query") << QByteArray(R"("subject": {"query": "nose"})") << "nose";
        QTest::newRow("map") << QByteArray(R"("subject": {"map": "gradcan"})") << "gradcan";
    }
    void aFigureOfWhatIsNotThereIsRefused()
    {
        QFETCH(QByteArray, part);
        QFETCH(QString, said);
        QFile spec(m_folder.filePath("refused.json"));
        QVERIFY(spec.open(QIODevice::WriteOnly));
        spec.write(R"({"figure": 1, "model": "model", "inputs": [{"picture": "p.png"}], )" + part + '}');
        spec.close();
        const QString pdf = m_folder.filePath("refused.pdf");
        QString errors;
        QCOMPARE(run({"--figure", spec.fileName(), "--out", pdf}, &errors), 1);
        QVERIFY2(errors.startsWith("headlens: ") && errors.count('\n') == 1, qPrintable(errors));
        QVERIFY2(errors.contains(said), qPrintable(errors));
        QVERIFY(!QFile::exists(pdf));
    }
    void aBadCommandLineEndsWithTwo()
    {
        QCOMPARE(run({"--layer", "x", "--screenshot", m_folder.filePath("x.png")}), 2);
    }
};

QTEST_GUILESS_MAIN(TestHeadlens)
#include "tst_headlens.moc"
