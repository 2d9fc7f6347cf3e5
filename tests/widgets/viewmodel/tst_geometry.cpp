// SPDX-License-Identifier: GPL-3.0-or-later
// Zoom, hit testing, token places and colours as arithmetic, without a widget.
#include "core/base/error.h"
#include "widgets/viewmodel/error_text.h"
#include "widgets/viewmodel/heat_image.h"
#include "widgets/viewmodel/token_layout.h"
#include "widgets/viewmodel/view_transform.h"

#include <QTest>

using namespace headlens;

class TestGeometry : public QObject {
    Q_OBJECT

    static TokenLayout layout() { return {{"cls", "dist"}, 3, 4}; }

private Q_SLOTS:
    void aFittedPictureIsCentred()
    {
        ViewTransform view;
        view.fit({100, 50}, {0, 0, 400, 400});
        QCOMPARE(view.scale(), 4.0);
        QCOMPARE(view.toWidget(QPointF(0, 0)), QPointF(0, 100));
    }
    void zoomKeepsThePointUnderTheMouse()
    {
        ViewTransform view;
        view.fit({100, 100}, {0, 0, 300, 300});
        const QPointF before = view.toPicture({70, 220});
        view.zoomAt({70, 220}, 3.3);
        QVERIFY(QLineF(before, view.toPicture({70, 220})).length() < 1e-9);
        view.refit({100, 100}, {0, 0, 900, 900}); // zoomed by hand: a resize does not undo it
        QVERIFY(!view.isFitted());
    }
    void zoomEnds()
    {
        ViewTransform view;
        for (int i = 0; i < 1000; ++i) view.zoomAt({1, 1}, 10);
        QCOMPARE(view.scale(), ViewTransform::kLargest);
        for (int i = 0; i < 1000; ++i) view.zoomAt({1, 1}, 0.1);
        QCOMPARE(view.scale(), ViewTransform::kSmallest);
    }
    void everyPatchIsFoundWhereItIsDrawn()
    {
        const TokenLayout l = layout();
        const QRectF grid(10, 20, 80, 60);
        QCOMPARE(l.tokens(), 14);
        for (int token = 2; token < l.tokens(); ++token)
            QCOMPARE(l.tokenAt(l.rectOf(token, grid).center(), grid), token);
        QCOMPARE(l.tokenAt(QPointF(9, 30), grid), -1);
        QCOMPARE(l.tokenAt(QPointF(90.5, 30), grid), -1);
    }
    void arrowsWalkThroughEveryToken()
    {
        const TokenLayout l = layout();
        QCOMPARE(l.moved(0, 1, 0), 1);
        QCOMPARE(l.moved(1, 0, 1), 2);  // from the last special token into the grid
        QCOMPARE(l.moved(2, -1, 0), 1); // and back
        QCOMPARE(l.moved(2, 0, 1), 6);
        QCOMPARE(l.moved(13, 1, 1), 13);
        QCOMPARE(l.moved(0, -1, 0), 0);
    }
    void overlaysFadeWithTheValueAndMaskedPatchesVanish()
    {
        const std::vector<float> values{0, 1, 1, 0};
        const QImage image = overlayImage(values, 2, 2, {0, 1, false}, "viridis", 1.0, {true, true, false, true});
        QVERIFY(qAlpha(image.pixel(0, 0)) < qAlpha(image.pixel(1, 0)));
        QCOMPARE(qAlpha(image.pixel(1, 0)), 255);
        QCOMPARE(qAlpha(image.pixel(0, 1)), 0);
        QCOMPARE(heatImage(values, 2, 2, {0, 1, false}, "viridis").pixelColor(0, 0), QColor(0x44, 0x01, 0x54));
    }
    void scalesAreSharedAsAsked()
    {
        AllRows rows{{{2, 3}, {9, 1, 2, 9, 3, 4}}, {{2, 3}, {9, 5, 6, 9, 7, 8}}}; // the first token is special
        const std::vector<float> row{9, 1, 2};
        headlens::Display display; // X11 has a Display as well
        QCOMPARE(scaleFor(display, rows, 0, row, 1).high, 2.0F);
        display.scope = ScaleScope::Layer;
        QCOMPARE(scaleFor(display, rows, 0, row, 1).high, 4.0F);
        display.scope = ScaleScope::Global;
        QCOMPARE(scaleFor(display, rows, 0, row, 1).high, 8.0F);
    }
    void theScaleOfAPictureEndsBelowItsOutliers()
    {
        std::vector<float> row(197, 0.01F); // a special token and 196 patches
        row[5] = 0.5F;
        row[6] = 0.2F;
        const AllRows rows{{{1, 197}, row}};
        headlens::Display display;
        for (const ScaleScope scope : {ScaleScope::Map, ScaleScope::Layer, ScaleScope::Global}) {
            display.scope = scope;
            const float high = scaleFor(display, rows, 0, row, 1).high;
            QVERIFY2(high > 0.2F && high < 0.22F, qPrintable(QString::number(double(high))));
        }
    }
    void smoothMapsKeepTheirMiddlesAndWhatDoesNotCount()
    {
        const std::vector<float> values{0, 1, 0, 0};
        const SmoothMap map = smoothMap(values, 2, 2, {true, true, false, true});
        QCOMPARE(map.width, map.height);
        QVERIFY(map.width >= 16);
        const auto at = [&](int x, int y) { return std::size_t(y * map.width + x); };
        QVERIFY(map.values[at(map.width * 3 / 4, map.height / 4)] > 0.95F);
        QVERIFY(map.kept[at(0, 0)] && !map.kept[at(0, map.height - 1)]);
        const QImage dimmed = dimmingImage(values, 2, 2, {0, 1, false}, 0.8, {true, true, false, true});
        QCOMPARE(qAlpha(dimmed.pixel(1, 0)), 0);
        QCOMPARE(qAlpha(dimmed.pixel(0, 0)), 204);
        QCOMPARE(qAlpha(dimmed.pixel(0, 1)), 204);
    }
    void everyErrorCodeBecomesOneSentence()
    {
        for (int code = 0; code <= int(ErrorCode::Internal); ++code) {
            const QString text = errorText({std::string(nameOf(ErrorCode(code))), "/a/b/file.bin", "the facts", {}});
            QVERIFY(!text.isEmpty() && !text.contains("%1") && !text.contains('\n'));
            QVERIFY(text.contains("the facts"));
        }
    }
};

QTEST_GUILESS_MAIN(TestGeometry)
#include "tst_geometry.moc"
