// SPDX-License-Identifier: GPL-3.0-or-later
// From which length on a hidden state is an outlier.
#include "core/base/outliers.h"

#include <QTest>

#include <cmath>
#include <vector>

using namespace headlens;

class TestOutliers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theLimitLiesThreeDeviationsAboveTheMean()
    {
        const std::vector<double> lengths{1, 2, 3, 4};
        QVERIFY(std::abs(outlierLimit(lengths) - (2.5 + 3 * std::sqrt(1.25))) < 1e-12);
    }
    void orAtTheNinetyNinthPercentile()
    {
        std::vector<double> lengths;
        for (int i = 0; i <= 100; ++i) lengths.push_back(100 - i);
        QVERIFY(std::abs(outlierLimit(lengths, OutlierRule::Percentile) - 99) < 1e-12);
        lengths = {1, 3}; // between its neighbours
        QVERIFY(std::abs(outlierLimit(lengths, OutlierRule::Percentile) - 2.98) < 1e-12);
    }
    void ofNothingItIsNothing()
    {
        QCOMPARE(outlierLimit({}), 0.0);
        QCOMPARE(outlierLimit({}, OutlierRule::Percentile), 0.0);
        QCOMPARE(outlierLimit(std::vector<double>{7}), 7.0);
    }
};

QTEST_GUILESS_MAIN(TestOutliers)
#include "tst_outliers.moc"
