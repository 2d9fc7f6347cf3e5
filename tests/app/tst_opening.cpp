// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line.h"
#include "app/opening.h"

#include <QBuffer>
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

    QString touch(const QString& name, const QByteArray& bytes = {})
    {
        const QString path = m_folder.filePath(name);
        QDir().mkpath(QFileInfo(path).absolutePath());
        QFile file(path);
        file.open(QIODevice::WriteOnly);
        file.write(bytes);
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
        QCOMPARE(openingOf({touch("adapter/adapter_config.json")}).model, m_folder.filePath("adapter"));
        QCOMPARE(openingOf({touch("original/params.json")}).model, m_folder.filePath("original"));
        touch("adapter/adapter_model.safetensors");
        QCOMPARE(openingOf({m_folder.filePath("adapter")}).model, m_folder.filePath("adapter"));
        QCOMPARE(openingOf({m_folder.filePath("photos")}).pictures.size(), 2);
        QCOMPARE(openingOf({touch("x.safetensors")}).model, m_folder.filePath("x.safetensors"));
        const Opening both = openingOf({model, touch("c.webp")});
        QVERIFY(!both.model.isEmpty() && both.pictures.size() == 1);
    }
    void contentDecidesAndNotTheEnding_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("kind");
        QImage image(4, 4, QImage::Format_RGB32);
        image.fill(Qt::red);
        QByteArray png;
        QBuffer buffer(&png);
        buffer.open(QIODevice::WriteOnly);
        image.save(&buffer, "PNG");
        const QByteArray pickle("\x80\x02}q\0X\x05\0\0\0", 10), zip("PK\x03\x04\x14\0\0\0\0\0", 10);
        QTest::newRow("picture called .bin") << "x.bin" << png << "picture";
        QTest::newRow("picture without an ending") << "download" << png << "picture";
        QTest::newRow("checkpoint.pth.tar") << "checkpoint.pth.tar" << pickle << "model";
        QTest::newRow("SlowFast's .pyth") << "k400.pyth" << pickle << "model";
        QTest::newRow("Google's .npz") << "ViT-B_16.npz" << zip << "model";
        QTest::newRow("checkpoint without an ending") << "weights" << zip << "model";
        QTest::newRow("checkpoint called .png") << "y.png" << pickle << "model";
        QTest::newRow("safetensors") << "m.safetensors" << QByteArray("\x08\0\0\0\0\0\0\0{}      ", 16) << "model";
        QTest::newRow("damaged picture") << "z.png" << QByteArray("\1\2\3\4\0\0", 6) << "picture"; // the engine says so
        QTest::newRow("safetensors whose length looks like a TGA")
            << "t.safetensors" << QByteArray("\x00\x01\x01\0\0\0\0\0{}      ", 16) << "model";
        QTest::newRow("DICOM") << "scan.dcm" << (QByteArray(128, '\0') + "DICM\2\0\0\0UL\4\0") << "picture";
        QTest::newRow("text") << "notes.txt" << QByteArray("shopping list\n") << "unknown";
        QTest::newRow("empty picture") << "e.png" << QByteArray() << "picture";
        QTest::newRow("GIF") << "g" << QByteArray("GIF89a\x01\0\x01\0\x80\0\0", 13) << "picture";
        QTest::newRow("film without an ending") << "clip"
                                                << QByteArray("\0\0\0\x20"
                                                              "ftypisom\0\0\2\0isomiso2avc1mp41",
                                                              32)
                                                << "picture";
    }
    void contentDecidesAndNotTheEnding()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, bytes);
        QFETCH(QString, kind);
        const Opening opening = openingOf({touch("content/" + name, bytes)});
        const QString got = !opening.model.isEmpty()      ? "model"
                            : !opening.pictures.isEmpty() ? "picture"
                            : !opening.unknown.isEmpty()  ? "unknown"
                                                          : "nothing";
        QCOMPARE(got, kind);
    }
    void foldersOfClassesAndOfRunsAreUnderstood()
    {
        touch("classes/cat/1.jpg");
        touch("classes/dog/1.jpg");
        QCOMPARE(openingOf({m_folder.filePath("classes")}).pictures.size(), 2);
        touch("run/checkpoint-90/model.safetensors");
        touch("run/curve.png");
        QCOMPARE(openingOf({m_folder.filePath("run")}).model, m_folder.filePath("run"));
        touch("models--a--b/snapshots/0/config.json");
        QCOMPARE(openingOf({m_folder.filePath("models--a--b")}).model, m_folder.filePath("models--a--b"));
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
    void theCommandLineSaysWhatIsExplainedAndChanged()
    {
        const CommandLine line = parseCommandLine(
            {"headlens", "--target", "282", "--second", "504", "--change", "head 3.1 x0.5", "--change", "mean 4.0"});
        QCOMPARE(line.problem, QString());
        QCOMPARE(*line.target, 282);
        QCOMPARE(*line.second, 504);
        QCOMPARE(line.changes.size(), std::size_t(2));
        QCOMPARE(line.changes[0].factor, 0.5);
        QCOMPARE(line.changes[1].kind, std::string("mean"));
    }
    void commandLineFaultsAreSaid_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("layer") << QStringList{"headlens", "--layer", "five"};
        QTest::newRow("negative") << QStringList{"headlens", "--head", "-1"};
        QTest::newRow("size") << QStringList{"headlens", "--size", "big"};
        QTest::newRow("class") << QStringList{"headlens", "--target", "cat"};
        QTest::newRow("change") << QStringList{"headlens", "--change", "head three"};
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
