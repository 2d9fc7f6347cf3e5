// SPDX-License-Identifier: GPL-3.0-or-later
// Where patches lie on a picture, as arithmetic.
#include "widgets/canvas/canvas_place.h"
#include "widgets/viewmodel/view_transform.h"

#include <QTest>

#include <cmath>
#include <numeric>

using namespace headlens;

class TestCanvasPlace : public QObject {
    Q_OBJECT

    static verbs::InputInfo input(double x, double y, double width, double height)
    {
        verbs::InputInfo info;
        info.seenWidth = info.seenHeight = 224;
        info.originalWidth = 800;
        info.originalHeight = 400;
        info.region = {x, y, width, height};
        return info;
    }

private Q_SLOTS:
    void everyFitPutsThePatchesWhereTheModelSeesThem_data()
    {
        QTest::addColumn<QRectF>("region"); // in pixels of the original
        QTest::addColumn<QRectF>("picture");
        QTest::addColumn<QRectF>("grid");
        QTest::newRow("cropped") << QRectF(200, 0, 400, 400) << QRectF(0, 0, 800, 400) << QRectF(200, 0, 400, 400);
        QTest::newRow("squashed") << QRectF(0, 0, 800, 400) << QRectF(0, 0, 800, 400) << QRectF(0, 0, 800, 400);
        QTest::newRow("padded") << QRectF(0, -200, 800, 800) << QRectF(0, 200, 800, 400) << QRectF(0, 0, 800, 800);
    }
    void everyFitPutsThePatchesWhereTheModelSeesThem()
    {
        QFETCH(QRectF, region);
        QFETCH(QRectF, picture);
        QFETCH(QRectF, grid);
        const verbs::InputInfo info = input(region.x(), region.y(), region.width(), region.height());
        const PicturePlace whole = placeOf(info, {800, 400}, true);
        QCOMPARE(whole.picture, picture);
        QCOMPARE(whole.grid(14, 14, 16), grid);
        // A very large original travels smaller than it is.
        const PicturePlace half = placeOf(info, {400, 200}, true);
        QCOMPARE(half.grid(14, 14, 16).width(), grid.width() / 2);
        // What the model sees is covered by its patches whatever was cut.
        QCOMPARE(placeOf(info, {224, 224}, false).grid(14, 14, 16), QRectF(0, 0, 224, 224));
    }
    void aGridThatPadsReachesBeyondWhatTheModelSees()
    {
        const PicturePlace place = placeOf(input(0, 0, 800, 400), {800, 400}, true);
        QCOMPARE(place.grid(8, 8, 32), QRectF(0, 0, 800.0 * 256 / 224, 400.0 * 256 / 224)); // of a Swin: 8 x 32 = 256
        QCOMPARE(place.grid(6, 6, 32), QRectF(0, 0, 800.0 * 192 / 224, 400.0 * 192 / 224)); // the rest is lost
    }
    void anotherPictureOfTheSameInputStaysWhereItWasZoomedTo()
    {
        ViewTransform view;
        view.fit({224, 224}, {0, 0, 500, 500});
        view.zoomAt({120, 300}, 3);
        const PicturePlace seen = placeOf(input(200, 0, 400, 400), {224, 224}, false),
                           whole = placeOf(input(200, 0, 400, 400), {800, 400}, true);
        const QRectF before = view.toWidget(seen.grid(14, 14, 16));
        view.place(whole.seen, view.toWidget(seen.seen));
        const QRectF after = view.toWidget(whole.grid(14, 14, 16));
        QVERIFY(QLineF(before.topLeft(), after.topLeft()).length() < 1e-6);
        QVERIFY(QLineF(before.bottomRight(), after.bottomRight()).length() < 1e-6);
        QVERIFY(!view.isFitted());
    }
};

QTEST_GUILESS_MAIN(TestCanvasPlace)
#include "tst_canvas_place.moc"
