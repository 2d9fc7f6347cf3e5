// SPDX-License-Identifier: GPL-3.0-or-later
// The files of figures: what is in them, and that each can be made again from itself.
#include "core/base/error.h"
#include "tests/widgets/figure/made_up_figure.h"
#include "widgets/figure/figure_file.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QTest>

using namespace headlens;
using namespace headlens::test;

namespace {

// All streams of a PDF, unpacked where they are.
QByteArray unpacked(const QByteArray& pdf)
{
    QByteArray all;
    for (qsizetype at = pdf.indexOf("stream\n"); at >= 0; at = pdf.indexOf("stream\n", at + 1)) {
        const QByteArray size("\0\x10\0\0", 4); // what qUncompress begins with; it grows
        const QByteArray packed = pdf.mid(at + 7, pdf.indexOf("endstream", at) - at - 7);
        if (packed.startsWith('\x78')) all += qUncompress(size + packed) + '\n'; // of zlib
    }
    return all;
}

} // namespace

class TestFigureFormats : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyFormatCanBeMadeAgainFromItself_data()
    {
        QTest::addColumn<QString>("ending");
        for (const QString& ending : figureEndings()) QTest::newRow(qPrintable(ending)) << ending;
    }
    void everyFormatCanBeMadeAgainFromItself()
    {
        QFETCH(QString, ending);
        QTemporaryDir folder;
        const QString picture = folder.filePath("scene & <cat>.png"), path = folder.filePath("figure." + ending);
        QVERIFY(madeUpPicture().save(picture));
        FigureData data = madeUpHeadGrid();
        data.content.inputs[0].picture = picture;
        FigureSpec spec = specOf(data);
        spec.sheet.caption = QStringLiteral("\"Quoted\" & <marked>, 注意力.");
        QVERIFY(writeFigure(path, spec, data));
        QVERIFY(figureSpecOfFile(path) == spec);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        if (ending != "png") // whose texts are packed
            for (const char* part : {"HeadLens 0", "aaaaaaaa", "bbbbbbbb"})
                QVERIFY2(file.readAll().contains(part) || file.seek(0), part);
    }
    void metadataNamesNoFolderOfThePerson()
    {
        QTemporaryDir folder;
        const QString picture = folder.filePath("scene.png");
        QVERIFY(madeUpPicture().save(picture));
        FigureData data = madeUpHeadGrid();
        data.content.inputs[0].picture = picture;
        const QByteArray said = provenanceOf(specOf(data), data, folder.path());
        QVERIFY(!said.contains(folder.path().toUtf8()));
        QVERIFY(said.contains("scene.png"));
    }
    void otherFilesAreRefused()
    {
        QTemporaryDir folder;
        QVERIFY(madeUpPicture().save(folder.filePath("plain.png")));
        QVERIFY_THROWS_EXCEPTION(Error, figureSpecOfFile(folder.filePath("plain.png")));
        QVERIFY_THROWS_EXCEPTION(Error, figureSpecOfFile(folder.filePath("none.pdf")));
        QVERIFY_THROWS_EXCEPTION(Error, figureSpecOfFile(folder.path()));
        const FigureData data = madeUpHeadGrid();
        QVERIFY(!writeFigure(folder.filePath("figure.bmp"), specOf(data), data));
        QVERIFY(!writeFigure(folder.filePath("no/such/figure.png"), specOf(data), data));
    }
    void aPngHasItsResolution()
    {
        const FigureData data = madeUpHeadGrid();
        FigureSpec spec = specOf(data, FigurePreset::OneColumn);
        spec.sheet.dpi = 300;
        const QImage image = QImage::fromData(figureFile("png", spec, data, "/"));
        QCOMPARE(image.width(), 975); // 3.25 in
        QCOMPARE(qRound(image.dotsPerMeterX() * 0.0254), 300);
    }
    void aTransparentPngIs()
    {
        const FigureData data = madeUpHeadGrid();
        FigureSpec spec = specOf(data, FigurePreset::OneColumn);
        spec.sheet.background = FigureBackground::Transparent;
        const QImage image = QImage::fromData(figureFile("png", spec, data, "/"));
        QVERIFY(image.hasAlphaChannel());
        QCOMPARE(qAlpha(image.pixel(0, 0)), 0);
    }
    void heatIsOnePixelAPatchInAPdfAndWordsAreText()
    {
        const FigureData data = madeUpHeadGrid(2, 3);
        QTemporaryDir folder;
        const QString path = folder.filePath("figure.pdf");
        QVERIFY(writeFigure(path, specOf(data, FigurePreset::TwoColumns), data));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray pdf = file.readAll();
        // Six maps of 14 x 14 and their masks, one photograph, one bar: nothing is blown up.
        QCOMPARE(pdf.count("/Width 14\n"), 12);
        QCOMPARE(pdf.count("/Width 224\n"), 1);
        QVERIFY(!pdf.contains("/Interpolate true") || pdf.count("/Interpolate true") == 1); // of the photograph
        QVERIFY(pdf.contains("/FontFile2") || pdf.contains("/FontFile3"));                  // embedded
        QVERIFY(unpacked(pdf).contains(" Tj") || unpacked(pdf).contains("TJ"));
        QVERIFY(pdf.size() < 400'000);
    }
    void thePopplerToolsReadThePdf()
    {
        if (QStandardPaths::findExecutable("pdftotext").isEmpty()) QSKIP("poppler-utils is not installed");
        const FigureData data = madeUpHeadGrid(2, 3);
        QTemporaryDir folder;
        const QString path = folder.filePath("figure.pdf");
        QVERIFY(writeFigure(path, specOf(data, FigurePreset::TwoColumns), data));
        const auto said = [&](const char* program, const QStringList& arguments) {
            QProcess process;
            process.start(QString::fromLatin1(program), arguments);
            process.waitForFinished();
            return QString::fromUtf8(process.readAllStandardOutput());
        };
        const QString text = said("pdftotext", {path, "-"}).simplified();
        for (const char* part : {"layer", "emoji-vit", "scene.png"}) QVERIFY2(text.contains(part), qPrintable(text));
        const QString fonts = said("pdffonts", {path});
        QVERIFY2(fonts.contains(QRegularExpression("yes\\s+(yes|no)\\s+yes")),
                 qPrintable(fonts)); // embedded, subset, unicode
        QVERIFY(said("pdfinfo", {path}).contains("HeadLens"));
    }
    void anSvgHoldsTextAndRectangles()
    {
        const FigureData data = madeUpHeadGrid(2, 3);
        const QByteArray svg = figureFile("svg", specOf(data, FigurePreset::TwoColumns), data, "/");
        QVERIFY(svg.contains(">layer 0<"));
        QVERIFY(QSvgRenderer(svg).isValid());
        QVERIFY(!svg.contains("pixelated"));
        QCOMPARE(svg.count("crispEdges"), 7); // six maps and the bar
        QCOMPARE(svg.count("<image "), 6);    // the photograph, below each
        QVERIFY(!svg.contains("font-family=\"Sans"));
        const QRegularExpression family("font-family=\"'[^']+', (sans-serif|serif|monospace)\"");
        QVERIFY(QString::fromUtf8(svg).contains(family));
        QVERIFY(svg.size() < 1'500'000);
    }
};

QTEST_MAIN(TestFigureFormats)
#include "tst_figure_formats.moc"
