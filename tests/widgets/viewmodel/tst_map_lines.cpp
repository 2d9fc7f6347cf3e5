// SPDX-License-Identifier: GPL-3.0-or-later
// A map as lines: levels, contours, and the strongest tokens.
#include "widgets/viewmodel/map_lines.h"

#include <QTest>

#include <cmath>

using namespace headlens;

class TestMapLines : public QObject {
    Q_OBJECT

private Q_SLOTS:
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
    // A contour of patches runs along their edges, one of the smooth map through them; neither leaves what is kept.
    void contoursHoldTheirShareAndStayWithinWhatIsKept()
    {
        const std::vector<float> weights{0.9F, 0.02F, 0.02F, 0.06F};
        const QRectF grid(0, 0, 20, 20);
        const QList<ContourLines> patches = contoursOf(weights, {2, 2}, {}, false, grid);
        QCOMPARE(patches.size(), qsizetype(kContours.size()));
        QCOMPARE(patches.last().contour.share, 0.5);
        QCOMPARE(patches.last().lines.size(), 4); // one patch
        for (const QLineF& line : patches.last().lines) QVERIFY(QRectF(0, 0, 10, 10).contains(line.center()));
        const std::vector<bool> kept{true, false, true, false};
        for (const auto& [contour, lines] : contoursOf(weights, {2, 2}, kept, true, grid))
            for (const QLineF& line : lines) QVERIFY(line.center().x() < 10.6);
    }
};

QTEST_GUILESS_MAIN(TestMapLines)
#include "tst_map_lines.moc"
