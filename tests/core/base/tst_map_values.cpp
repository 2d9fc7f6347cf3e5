// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/map_values.h"

#include <QTest>

#include <cmath>
#include <vector>

using namespace headlens;

class TestMapValues : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aFewOutliersDoNotStretchTheScale()
    {
        std::vector<float> values(196, 0.004F);
        values[7] = 0.04F;
        values[90] = 0.03F;
        // 0.995 * 195 = 194.025: just above the second largest, as NumPy's percentile.
        QVERIFY(std::abs(robustHigh(values) - 0.03025F) < 1e-6F);
        values[90] = -0.03F; // of differences how far they are from 0
        QVERIFY(std::abs(robustHigh(values) - 0.03025F) < 1e-6F);
        values[90] = 0.0001F;
        QVERIFY(robustHigh(values) > 0.004F);
        values[7] = 1;
        QCOMPARE(robustHigh(values), 0.05F); // noise is not made to look like weight
    }
    void whatCannotBeSeenDoesNotCountInTheScale()
    {
        std::vector<float> values(576, 0.0F);
        for (std::size_t i = 0; i < 49; ++i) values[i] = 0.01F * float(i + 1); // a window of a Swin
        QCOMPARE(robustHigh(values), 0.49F);
        QCOMPARE(robustHigh({}), 0.0F);
        QCOMPARE(robustHigh(std::vector<float>(300, 0.0F)), 0.0F);
    }
    void smoothValuesGoThroughTheMiddlesAndNotBeyondTheirNeighbours()
    {
        const std::vector<float> values{0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0};
        QCOMPARE(bicubicAt(values, 4, 3, 0.5, 1.5), 1.0F);
        QCOMPARE(bicubicAt(values, 4, 3, 1.5, 1.5), 0.0F);
        const float between = bicubicAt(values, 4, 3, 1.0, 1.5);
        QVERIFY(between > 0.4F && between < 0.7F);
        for (double x = 0; x < 4; x += 0.1)
            for (double y = 0; y < 3; y += 0.1) {
                const float value = bicubicAt(values, 4, 3, x, y);
                QVERIFY(value >= 0 && value <= 1); // no rings
            }
    }
};

QTEST_APPLESS_MAIN(TestMapValues)
#include "tst_map_values.moc"
