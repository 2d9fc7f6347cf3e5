// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line.h"
#include "app/opening.h"

#include <QDir>
#include <QImage>
#include <QMimeData>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

using namespace headlens;

class TestOpening : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;

    QString touch(const QString& name)
    {
        const QString path = m_folder.filePath(name);
        QDir().mkpath(QFileInfo(path).absolutePath());
        QFile file(path);
        file.open(QIODevice::WriteOnly);
        return path;
    }

private Q_SLOTS:
    void thingsAreWhatTheyLookLike()
    {
        touch("model/config.json");
        touch("photos/a.JPG");
        touch("photos/b.png");
        touch("photos/notes.txt");
        const QString model = m_folder.filePath("model");
        QCOMPARE(openingOf({model}).model, model);
        QCOMPARE(openingOf({model + "/config.json"}).model, model);
        QCOMPARE(openingOf({m_folder.filePath("photos")}).pictures.size(), 2);
        QCOMPARE(openingOf({touch("x.safetensors")}).model, m_folder.filePath("x.safetensors"));
        const Opening both = openingOf({model, touch("c.webp")});
        QVERIFY(!both.model.isEmpty() && both.pictures.size() == 1);
    }
    void droppedFilesComeBeforePictureData()
    {
        QMimeData mime;
        mime.setUrls({QUrl::fromLocalFile(touch("a.png"))});
        mime.setImageData(QImage(4, 4, QImage::Format_RGB32));
        QCOMPARE(openingOf(mime).pictures.size(), 1);
        QVERIFY(openingOf(mime).inMemory.isEmpty());
    }
    void aPastedImageBecomesAPng()
    {
        QMimeData mime;
        QImage image(4, 4, QImage::Format_RGB32);
        image.fill(Qt::red);
        mime.setImageData(image);
        QVERIFY(openingOf(mime).inMemory.value(0).bytes.startsWith("\x89PNG"));
    }
    void aPastedPathIsOpenedAndOtherTextIsNot()
    {
        QMimeData mime;
        mime.setText(touch("p.png") + "\n");
        QCOMPARE(openingOf(mime).pictures.size(), 1);
        mime.setText("just a sentence");
        QVERIFY(openingOf(mime).isEmpty());
    }
    void theCommandLineIsRead()
    {
        const CommandLine line =
            parseCommandLine({"headlens", "--model", "m", "--image", "i.png", "--layer", "5", "--head", "2", "--query",
                              "100", "--size", "1600x1000", "--screenshot", "f.png"});
        QVERIFY(line.problem.isEmpty());
        QCOMPARE(line.model, QString("m"));
        QCOMPARE(*line.layer, 5);
        QCOMPARE(line.size, QSize(1600, 1000));
    }
    void commandLineFaultsAreSaid_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("layer") << QStringList{"headlens", "--layer", "five"};
        QTest::newRow("negative") << QStringList{"headlens", "--head", "-1"};
        QTest::newRow("size") << QStringList{"headlens", "--size", "big"};
        QTest::newRow("huge") << QStringList{"headlens", "--size", "99999x10"};
    }
    void commandLineFaultsAreSaid()
    {
        QFETCH(QStringList, arguments);
        QVERIFY(!parseCommandLine(arguments).problem.isEmpty());
    }
};

QTEST_MAIN(TestOpening)
#include "tst_opening.moc"
