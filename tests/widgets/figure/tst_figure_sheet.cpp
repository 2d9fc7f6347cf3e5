// SPDX-License-Identifier: GPL-3.0-or-later
// Figures as they are laid out, painted and written. The goldens are small pictures in tests/golden/figures; they are
// made again with
//     HEADLENS_MAKE_GOLDENS=1 build/dev/bin/tst_figure_sheet
// and must be looked at before they are committed. Fonts differ between computers: pictures are compared by their mean
// difference and by blocks, so that letters may look otherwise but nothing may move or change its colour.
#include "core/base/error.h"
#include "tests/widgets/figure/made_up_figure.h"
#include "widgets/figure/figure_file.h"
#include "widgets/figure/figure_paint.h"
#include "widgets/figure/figure_words.h"

#include <QDir>
#include <QFile>
#include <QImageReader>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace headlens;
using namespace headlens::test;
using Part = FigureText::Part;

namespace {

constexpr double kGoldenDpi = 72, kMostInABlock = 30;

// Mean absolute difference of the channels, 0 to 255.
double meanDifference(const QImage& a, const QImage& b)
{
    double sum = 0;
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x) {
            const QRgb p = a.pixel(x, y), q = b.pixel(x, y);
            sum += std::abs(qRed(p) - qRed(q)) + std::abs(qGreen(p) - qGreen(q)) + std::abs(qBlue(p) - qBlue(q));
        }
    return sum / (3.0 * a.width() * a.height());
}

// The largest difference of the means of two blocks of pixels.
double largestBlockDifference(const QImage& a, const QImage& b)
{
    constexpr int kBlock = 12;
    const QSize blocks((a.width() + kBlock - 1) / kBlock, (a.height() + kBlock - 1) / kBlock);
    const QImage p = a.scaled(blocks, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    const QImage q = b.scaled(blocks, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    double largest = 0;
    for (int y = 0; y < blocks.height(); ++y)
        for (int x = 0; x < blocks.width(); ++x)
            largest = std::max(largest, meanDifference(p.copy(x, y, 1, 1), q.copy(x, y, 1, 1)));
    return largest;
}

FigureData withMethods()
{
    FigureLines columns{FigureAxis::Methods, {}, {"attention", "attention roll-out", "gradient times input", "Chefer"}};
    FigureData data = madeUpFigure({}, columns, 1, 4);
    data.panels[2].isSigned = true;
    for (std::size_t i = 0; i < data.panels[2].values.size(); i += 3) data.panels[2].values[i] *= -1;
    data.panels[3] = {};
    data.panels[3].picture = data.panels[0].picture;
    data.panels[3].why = QStringLiteral("needs gradients, which int8 has none of");
    return data;
}

FigureSpec of(const FigureData& data, FigurePreset preset, const std::function<void(FigureSpec&)>& change = {})
{
    FigureSpec spec = specOf(data);
    spec.sheet.preset = preset;
    if (change) change(spec);
    return spec;
}

QStringList textsOf(const FigureLayout& layout, Part part)
{
    QStringList texts;
    for (const FigureText& text : layout.texts)
        if (text.part == part) texts << text.text;
    return texts;
}

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

class TestFigureSheet : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aSheetIsAsWideAsItsPreset_data()
    {
        QTest::addColumn<FigurePreset>("preset");
        QTest::addColumn<double>("inches");
        QTest::newRow("one column") << FigurePreset::OneColumn << 3.25;
        QTest::newRow("two columns") << FigurePreset::TwoColumns << 6.75;
        QTest::newRow("slide") << FigurePreset::Slide << 13.333;
        QTest::newRow("own") << FigurePreset::Custom << 5.0;
    }
    void aSheetIsAsWideAsItsPreset()
    {
        QFETCH(FigurePreset, preset);
        QFETCH(double, inches);
        const FigureData data = madeUpHeadGrid();
        const FigureLayout layout = layOut(of(data, preset), data, 72);
        QCOMPARE(layout.size.width(), inches * 72);
        const QRectF sheet(QPointF(), layout.size);
        for (const FigurePlace& place : layout.places) QVERIFY(sheet.contains(place.area));
        for (const FigureText& text : layout.texts)
            QVERIFY2(sheet.adjusted(-1, -1, 1, 1).contains(text.rect), qPrintable(text.text));
        for (const FigureBar& bar : layout.bars) QVERIFY(sheet.contains(bar.rect));
        if (preset == FigurePreset::Slide) QCOMPARE(layout.size.height(), layout.size.width() * 9 / 16);
    }
    void panelsNeverOverlap()
    {
        const FigureData data = madeUpHeadGrid(4, 12);
        const FigureLayout layout = layOut(of(data, FigurePreset::OneColumn), data, 72);
        QCOMPARE(layout.places.size(), std::size_t(48));
        for (std::size_t i = 0; i < layout.places.size(); ++i)
            for (std::size_t j = 0; j < i; ++j) QVERIFY(!layout.places[i].area.intersects(layout.places[j].area));
    }
    void rowsAndColumnsHaveTheirNumbersAndOneTitle()
    {
        const FigureData data = madeUpHeadGrid(3, 6);
        const FigureLayout layout = layOut(of(data, FigurePreset::TwoColumns), data, 72);
        QCOMPARE(textsOf(layout, Part::Name),
                 (QStringList{"0", "1", "2", "layer 0", "layer 1", "layer 2", "layer 3", "layer 4", "layer 5"}));
        QCOMPARE(textsOf(layout, Part::Heading), (QStringList{"head"}));
    }
    void columnsTooNarrowForTheirNamesHaveNumbersAndTheWordOnceAtTheLeft()
    {
        const FigureData data = madeUpHeadGrid(3, 12);
        const FigureLayout layout = layOut(of(data, FigurePreset::OneColumn), data, 72);
        QCOMPARE(textsOf(layout, Part::Name).mid(3, 2), (QStringList{"0", "1"}));
        const auto word = std::ranges::find(layout.texts, QStringLiteral("layer"), &FigureText::text);
        const auto first = std::ranges::find_if(layout.texts, [](const FigureText& text) {
            return text.text == QLatin1String("0") && !text.turned && text.rect.top() < 10;
        });
        QVERIFY(word != layout.texts.end() && first != layout.texts.end());
        QCOMPARE(word->rect.top(), first->rect.top());
        QVERIFY(word->rect.right() <= layout.places.front().area.left());
    }
    void thePictureAloneComesFirstAndHasNoScale()
    {
        const FigureData data = madeUpPictureAndHeads(3);
        QCOMPARE(data.maps(), 3);
        const FigureLayout layout = layOut(of(data, FigurePreset::TwoColumns,
                                              [](FigureSpec& s) {
                                                  s.look.scale = FigureScale::Column;
                                                  s.look.photograph = false;
                                              }),
                                           data, 72);
        QCOMPARE(textsOf(layout, Part::Name), (QStringList{"picture", "head 0", "head 1", "head 2"}));
        QCOMPARE(layout.bars.size(), std::size_t(3));
        QVERIFY(!layout.places[0].picture.isNull()); // even where maps stand alone
        QVERIFY(layout.places[1].picture.isNull());
        const FigureData many = madeUpPictureAndHeads(12);
        const FigureLayout broken = layOut(of(many, FigurePreset::TwoColumns), many, 72);
        QCOMPARE(broken.grid.rows, 2);
        QCOMPARE(textsOf(broken, Part::Name).mid(0, 2), (QStringList{"picture", "head 0"}));
    }
    void onlyTheStrongestPatchesAreDrawn()
    {
        const FigureData data = madeUpFigure({}, {}, 1, 1);
        const auto painted = [&](double keep) {
            return figureImage(of(data, FigurePreset::OneColumn,
                                  [keep](FigureSpec& s) {
                                      s.look.keepMass = keep;
                                      s.look.photograph = false;
                                  }),
                               data, kGoldenDpi);
        };
        const auto colored = [](const QImage& image) {
            int count = 0;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x) count += image.pixelColor(x, y).saturation() > 60 ? 1 : 0;
            return count;
        };
        const int all = colored(painted(1)), some = colored(painted(0.5));
        QVERIFY2(some > 0 && some < all / 2, qPrintable(QStringLiteral("%1 of %2").arg(some).arg(all)));
        FigureSpec spec = specOf(data);
        spec.look.keepMass = 0.6;
        QVERIFY(figureCaption(spec, data).contains("60 %"));
        QVERIFY(!figureCaption(spec, data).contains("scale of its own")); // of a single panel
    }
    void numbersThatWouldStandTooCloseAreLeftOut()
    {
        const FigureData data = madeUpHeadGrid(2, 48);
        const FigureSpec spec = of(data, FigurePreset::OneColumn);
        const FigureLayout layout = layOut(spec, data, 72);
        const QStringList names = textsOf(layout, Part::Name);
        QVERIFY(names.size() < 30);
        QVERIFY(names.contains("0") && names.size() > 8);
    }
    void oneRowOfManyPanelsIsBrokenAndEveryPanelNamed()
    {
        FigureLines layers{FigureAxis::Layers, {}, {}};
        for (int i = 0; i < 12; ++i) layers.numbers << i;
        const FigureData data = madeUpFigure({}, layers, 1, 12);
        const FigureLayout layout = layOut(of(data, FigurePreset::TwoColumns), data, 72);
        QVERIFY(layout.grid.broken);
        QCOMPARE(layout.grid.rows, 2);
        QCOMPARE(layout.grid.columns, 6);
        QCOMPARE(textsOf(layout, Part::Name).last(), QStringLiteral("layer 11"));
    }
    void lettersCountOnAfterZ()
    {
        QCOMPARE(figureLetter(0), QStringLiteral("a"));
        QCOMPARE(figureLetter(25), QStringLiteral("z"));
        QCOMPARE(figureLetter(26), QStringLiteral("aa"));
        const FigureData data = madeUpHeadGrid(1, 3);
        const FigureLayout layout =
            layOut(of(data, FigurePreset::OneColumn, [](FigureSpec& s) { s.sheet.letters = true; }), data, 72);
        QCOMPARE(textsOf(layout, Part::Letter), (QStringList{"a", "b", "c"}));
    }
    void aScaleIsThatOfItsGroup_data()
    {
        QTest::addColumn<FigureScale>("scale");
        QTest::addColumn<int>("groups");
        QTest::addColumn<int>("bars");
        QTest::newRow("panel") << FigureScale::Panel << 2 << 1; // the hills of one row are alike
        QTest::newRow("row") << FigureScale::Row << 2 << 2;
        QTest::newRow("column") << FigureScale::Column << 1 << 3;
        QTest::newRow("figure") << FigureScale::Figure << 1 << 1;
    }
    void aScaleIsThatOfItsGroup()
    {
        QFETCH(FigureScale, scale);
        QFETCH(int, groups);
        QFETCH(int, bars);
        FigureData data = madeUpHeadGrid(2, 3);
        for (std::size_t i = 0; i < data.panels.size(); ++i)
            data.panels[i].values.assign(data.panels[i].values.size(), i < 3 ? 0.25F : 0.5F);
        FigureLook look;
        look.scale = scale;
        QSet<float> highs;
        for (const ValueScale& one : scalesOf(look, data)) highs << one.high;
        QCOMPARE(highs.size(), groups);
        const FigureLayout layout =
            layOut(of(data, FigurePreset::TwoColumns, [&](FigureSpec& s) { s.look.scale = scale; }), data, 72);
        QCOMPARE(layout.bars.size(), std::size_t(bars));
        const bool hasNumber = textsOf(layout, Part::Tick).contains("0.500");
        QCOMPARE(hasNumber, scale != FigureScale::Panel); // whose bar says "max"
    }
    void numbersOnBothSidesOfZeroHaveAScaleOfBoth()
    {
        FigureData data = withMethods();
        const std::vector<ValueScale> scales = scalesOf({}, data);
        QVERIFY(scales[2].isDifference());
        QVERIFY(!scales[0].isDifference());
    }
    void numbersOfABarHaveThreeDigits_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("text");
        QTest::newRow("nothing") << 0.0 << "0";
        QTest::newRow("a weight") << 0.01707 << "0.0171";
        QTest::newRow("half") << 0.5 << "0.500";
        QTest::newRow("below 0") << -2.5 << "-2.50";
        QTest::newRow("dozen") << 12.34 << "12.3";
        QTest::newRow("many") << 4567.8 << "4568";
        QTest::newRow("hardly anything") << 0.0000123 << "1.23e-05";
    }
    void numbersOfABarHaveThreeDigits()
    {
        QFETCH(double, value);
        QFETCH(QString, text);
        QCOMPARE(figureNumber(value), text);
    }
    void aBarSaysWhatItsNumbersAre()
    {
        FigureData data = madeUpHeadGrid(1, 3);
        const auto labels = [&](FigureScale scale) {
            return textsOf(
                layOut(of(data, FigurePreset::OneColumn, [&](FigureSpec& s) { s.look.scale = scale; }), data, 72),
                Part::BarLabel);
        };
        for (const FigureName<FigureScale>& one : figureNames(FigureScale::Panel))
            QCOMPARE(labels(one.value), (QStringList{"attention weight"}));
        data.content.subject.map = QStringLiteral("rollout");
        data.map = QStringLiteral("attention roll-out");
        QCOMPARE(figureBarLabel(data), QStringLiteral("attention roll-out"));
        QCOMPARE(figureBarLabel(withMethods()), QStringLiteral("value of the map"));
    }
    void aFigureWithoutNumbersHasNoBar()
    {
        FigureData data = madeUpFigure({}, {}, 1, 1);
        data.panels[0].values.clear();
        data.panels[0].why = QStringLiteral("no token nose");
        QVERIFY(layOut(of(data, FigurePreset::OneColumn), data, 72).bars.empty());
    }
    void aCaptionSaysWhatIsShownAndOneByHandWins()
    {
        const FigureData data = madeUpHeadGrid(3, 6);
        FigureSpec spec = specOf(data);
        const QString made = figureCaption(spec, data);
        for (const char* part : {"emoji-vit", "scene.png", "layers 0-5", "heads 0-2", "CLS", "inferno", "HeadLens"})
            QVERIFY2(made.contains(QLatin1String(part)), qPrintable(made));
        spec.sheet.caption = QStringLiteral("By hand.");
        QCOMPARE(figureCaption(spec, data), QStringLiteral("By hand."));
    }

    void paintedFiguresLookLikeTheGoldens_data()
    {
        QTest::addColumn<FigureData>("data");
        QTest::addColumn<FigureSpec>("spec");
        const auto row = [](const char* name, const FigureData& data, FigurePreset preset,
                            const std::function<void(FigureSpec&)>& change = {}) {
            QTest::newRow(name) << data << of(data, preset, change);
        };
        row("head-grid", madeUpHeadGrid(3, 6), FigurePreset::TwoColumns);
        row("one-map-dark", madeUpFigure({}, {}, 1, 1), FigurePreset::OneColumn,
            [](FigureSpec& s) { s.sheet.background = FigureBackground::Dark; });
        row("methods-lettered", withMethods(), FigurePreset::TwoColumns, [](FigureSpec& s) { s.sheet.letters = true; });
        row("row-scale-bare", madeUpHeadGrid(2, 4), FigurePreset::OneColumn, [](FigureSpec& s) {
            s.look.scale = FigureScale::Row;
            s.look.photograph = false;
            s.sheet.captioned = false;
        });
        row("column-scale-smooth", madeUpHeadGrid(2, 3), FigurePreset::OneColumn, [](FigureSpec& s) {
            s.look.scale = FigureScale::Column;
            s.look.smooth = true;
        });
        row("side-by-side", madeUpHeadGrid(1, 2), FigurePreset::TwoColumns, [](FigureSpec& s) {
            s.look.style = OverlayStyle::SideBySide;
            s.look.scale = FigureScale::Figure;
        });
        row("spotlight", madeUpHeadGrid(1, 3), FigurePreset::OneColumn,
            [](FigureSpec& s) { s.look.style = OverlayStyle::Spotlight; });
        row("contours", madeUpHeadGrid(1, 3), FigurePreset::OneColumn,
            [](FigureSpec& s) { s.look.style = OverlayStyle::Contours; });
        row("links", madeUpHeadGrid(1, 3), FigurePreset::OneColumn,
            [](FigureSpec& s) { s.look.style = OverlayStyle::Links; });
        row("picture-and-heads", madeUpPictureAndHeads(3), FigurePreset::TwoColumns);
        row("words", madeUpWords(), FigurePreset::OneColumn);
        row("slide", madeUpHeadGrid(3, 4), FigurePreset::Slide, [](FigureSpec& s) { s.sheet.fontSize = 14; });
    }
    void paintedFiguresLookLikeTheGoldens()
    {
        QFETCH(FigureData, data);
        QFETCH(FigureSpec, spec);
        QImage painted(figureImage(spec, data, kGoldenDpi).convertToFormat(QImage::Format_RGB32));
        const QString path = QStringLiteral(HEADLENS_SOURCE "/tests/golden/figures/%1.png")
                                 .arg(QString::fromLatin1(QTest::currentDataTag()));
        if (qEnvironmentVariableIsSet("HEADLENS_MAKE_GOLDENS")) QVERIFY(painted.save(path));
        QImage golden(path);
        QVERIFY2(!golden.isNull(), "there is no golden picture: see the head of this file");
        // Another font may have lines of another height: what must not move is compared in its own size.
        QVERIFY(std::abs(painted.height() - golden.height()) <= golden.height() / 12);
        golden = golden.convertToFormat(QImage::Format_RGB32);
        if (painted.size() != golden.size())
            painted = painted.scaled(golden.size(), Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
        const double mean = meanDifference(painted, golden), block = largestBlockDifference(painted, golden);
        QVERIFY2(mean < 5, qPrintable(QString::number(mean)));
        QVERIFY2(block < kMostInABlock, qPrintable(QString::number(block)));
    }
    void aChangedMapIsNotTheGolden()
    {
        FigureData data = madeUpHeadGrid(3, 6);
        const QImage golden = figureImage(specOf(data), data, kGoldenDpi).convertToFormat(QImage::Format_RGB32);
        std::ranges::reverse(data.panels[0].values);
        const QImage changed = figureImage(specOf(data), data, kGoldenDpi).convertToFormat(QImage::Format_RGB32);
        const double block = largestBlockDifference(golden, changed);
        QVERIFY2(block > kMostInABlock, qPrintable(QString::number(block)));
    }

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
        FigureSpec spec = of(data, FigurePreset::OneColumn);
        spec.sheet.dpi = 300;
        const QImage image = QImage::fromData(figureFile("png", spec, data, "/"));
        QCOMPARE(image.width(), 975); // 3.25 in
        QCOMPARE(qRound(image.dotsPerMeterX() * 0.0254), 300);
    }
    void aTransparentPngIs()
    {
        const FigureData data = madeUpHeadGrid();
        FigureSpec spec = of(data, FigurePreset::OneColumn);
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
        QVERIFY(writeFigure(path, of(data, FigurePreset::TwoColumns), data));
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
        QVERIFY(writeFigure(path, of(data, FigurePreset::TwoColumns), data));
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
        const QByteArray svg = figureFile("svg", of(data, FigurePreset::TwoColumns), data, "/");
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
    void anSvgIsPaintedAsTheSheet()
    {
        const FigureData data = madeUpHeadGrid(1, 2);
        const FigureSpec spec = of(data, FigurePreset::OneColumn, [](FigureSpec& s) { s.sheet.captioned = false; });
        const QImage sheet = figureImage(spec, data, 144).convertToFormat(QImage::Format_RGB32);
        QImage painted(sheet.size(), QImage::Format_RGB32);
        painted.fill(Qt::white);
        QPainter painter(&painted);
        QSvgRenderer(figureFile("svg", spec, data, "/")).render(&painter);
        painter.end();
        const double block = largestBlockDifference(sheet, painted);
        QVERIFY2(block < kMostInABlock, qPrintable(QString::number(block)));
    }
};

QTEST_MAIN(TestFigureSheet)
#include "tst_figure_sheet.moc"
