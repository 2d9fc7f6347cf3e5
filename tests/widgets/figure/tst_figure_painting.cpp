// SPDX-License-Identifier: GPL-3.0-or-later
// Figures as they are painted. The goldens are small pictures in tests/golden/figures; they are made again with
//     HEADLENS_MAKE_GOLDENS=1 build/dev/bin/tst_figure_painting
// and must be looked at before they are committed. Fonts differ between computers: pictures are compared by their mean
// difference and by blocks, so that letters may look otherwise but nothing may move or change its colour.
#include "tests/widgets/figure/made_up_figure.h"
#include "widgets/figure/figure_file.h"
#include "widgets/figure/figure_paint.h"
#include "widgets/figure/figure_words.h"

#include <QSvgRenderer>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace headlens;
using namespace headlens::test;

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

} // namespace

class TestFigurePainting : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void onlyTheStrongestPatchesAreDrawn()
    {
        const FigureData data = madeUpFigure({}, {}, 1, 1);
        const auto painted = [&](double keep) {
            return figureImage(specOf(data, FigurePreset::OneColumn,
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
    void paintedFiguresLookLikeTheGoldens_data()
    {
        QTest::addColumn<FigureData>("data");
        QTest::addColumn<FigureSpec>("spec");
        const auto row = [](const char* name, const FigureData& data, FigurePreset preset,
                            const std::function<void(FigureSpec&)>& change = {}) {
            QTest::newRow(name) << data << specOf(data, preset, change);
        };
        row("head-grid", madeUpHeadGrid(3, 6), FigurePreset::TwoColumns);
        row("one-map-dark", madeUpFigure({}, {}, 1, 1), FigurePreset::OneColumn,
            [](FigureSpec& s) { s.sheet.background = FigureBackground::Dark; });
        row("methods-lettered", madeUpMethods(), FigurePreset::TwoColumns,
            [](FigureSpec& s) { s.sheet.letters = true; });
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
    void anSvgIsPaintedAsTheSheet()
    {
        const FigureData data = madeUpHeadGrid(1, 2);
        const FigureSpec spec = specOf(data, FigurePreset::OneColumn, [](FigureSpec& s) { s.sheet.captioned = false; });
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

QTEST_MAIN(TestFigurePainting)
#include "tst_figure_painting.moc"
