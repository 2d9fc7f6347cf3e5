// SPDX-License-Identifier: GPL-3.0-or-later
// Where patches lie on a picture, lines around them and the strongest of them, as arithmetic.
#include "widgets/canvas/canvas_contours.h"
#include "widgets/canvas/canvas_links.h"
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
    void aLevelHoldsItsShare()
    {
        const std::vector<float> values{0.5F, 0.3F, 0.15F, 0.05F};
        QCOMPARE(levelOf(values, 0.45), 0.5F);
        QCOMPARE(levelOf(values, 0.7), 0.3F);
        QCOMPARE(levelOf(values, 0.9), 0.15F);
        QCOMPARE(levelOf({}, 0.5), 0.0F);
    }
    void linesCloseAroundAHillEvenAtTheEdge_data()
    {
        QTest::addColumn<double>("x");
        QTest::addColumn<double>("y");
        QTest::newRow("in the middle") << 10.0 << 10.0;
        QTest::newRow("at the edge") << 0.0 << 10.0;
        QTest::newRow("in the corner") << 20.0 << 20.0;
    }
    void linesCloseAroundAHillEvenAtTheEdge()
    {
        QFETCH(double, x);
        QFETCH(double, y);
        SmoothMap map{20, 20, {}, {}};
        for (int j = 0; j < 20; ++j)
            for (int i = 0; i < 20; ++i)
                map.values.push_back(float(std::exp(-(std::pow(i + 0.5 - x, 2) + std::pow(j + 0.5 - y, 2)) / 18)));
        const float level = float(std::exp(-25.0 / 18)); // a circle of radius 5
        const QList<QLineF> lines = linesAt(map, level, QRectF(0, 0, 20, 20));
        QVERIFY(lines.size() > 8);
        QPointF sum; // of the ends, each of which another line shares
        for (const QLineF& line : lines) {
            int shared = 0;
            for (const QLineF& other : lines)
                for (const QPointF& end : {other.p1(), other.p2()})
                    shared += QLineF(end, line.p1()).length() < 1e-6 ? 1 : 0;
            QCOMPARE(shared, 2);
            const double radius = QLineF(QPointF(x, y), line.p1()).length();
            const QPointF at = line.p1();
            const bool onEdge = at.x() < 1 || at.y() < 1 || at.x() > 19 || at.y() > 19;
            QVERIFY2(onEdge || std::abs(radius - 5) < 0.3, qPrintable(QString::number(radius)));
        }
    }
    void linksEndWhereTheShareIsReached()
    {
        QCOMPARE(strongestOf(std::vector<float>{0.1F, 0.6F, 0.05F, 0.25F}, 0.8, 64), (std::vector<int>{1, 3}));
        QCOMPARE(strongestOf(std::vector<float>(1000, 0.001F), 0.8, 64).size(), std::size_t(64));
        QVERIFY(strongestOf(std::vector<float>{0, 0}, 0.8, 64).empty());
        QVERIFY(strongestOf({}, 0.8, 64).empty());
    }
};

QTEST_GUILESS_MAIN(TestCanvasPlace)
#include "tst_canvas_place.moc"
