// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/attention_math.h"
#include "core/base/colormap.h"

#include <QTest>

using namespace headlens;

class TestAttentionMath : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theMassMaskKeepsTheSmallestSetThatReachesTheShare()
    {
        // Two patches with mass 0.65.
        const std::vector<float> weights{.10F, .40F, .06F, .25F, .15F, .04F};
        QCOMPARE(massMask(weights, 0.6), (std::vector<bool>{false, true, false, true, false, false}));
    }
    void theMassMaskOfAZeroRowKeepsNothing()
    {
        QCOMPARE(massMask(std::vector<float>(3, 0.0F), 0.5), std::vector<bool>(3, false));
    }
    void theWholeMassKeepsEverything()
    {
        QCOMPARE(massMask(std::vector<float>{.5F, .25F, .25F}, 1.0), std::vector<bool>(3, true));
    }

    void headsFuse_data()
    {
        QTest::addColumn<int>("fusion");
        QTest::addColumn<QList<float>>("expected");
        QTest::newRow("single") << int(HeadFusion::Single) << QList<float>{3, 1};
        QTest::newRow("mean") << int(HeadFusion::Mean) << QList<float>{2, 2};
        QTest::newRow("max") << int(HeadFusion::Max) << QList<float>{3, 3};
        QTest::newRow("min") << int(HeadFusion::Min) << QList<float>{1, 1};
    }
    void headsFuse()
    {
        QFETCH(int, fusion);
        QFETCH(QList<float>, expected);
        const std::vector<float> rows{1, 3, 3, 1}; // two heads of two tokens
        const auto fused = fuseHeads(rows, 2, HeadFusion(fusion), 1);
        QCOMPARE(QList<float>(fused.begin(), fused.end()), expected);
    }
    void scalesAreInvertible_data()
    {
        QTest::addColumn<bool>("logarithmic");
        QTest::newRow("linear") << false;
        QTest::newRow("logarithmic") << true;
    }
    void scalesAreInvertible()
    {
        QFETCH(bool, logarithmic);
        const ValueScale scale{0, 0.5F, logarithmic};
        for (const float unit : {0.1F, 0.5F, 1.0F}) QVERIFY(std::abs(scale.unit(scale.valueAt(unit)) - unit) < 1e-5F);
    }
    void aScaleWithoutExtentIsZeroAndNotNaN() { QCOMPARE((ValueScale{0, 0, false}.unit(1)), 0.0F); }
    void everyColorMapHasTwoDifferentEnds()
    {
        for (const std::string_view name : colorMapNames()) {
            const ColorTable& table = colorTable(name);
            QVERIFY(table.front().r != table.back().r || table.front().g != table.back().g);
        }
        QCOMPARE(int(colorTable("viridis")[0].r), 0x44); // the published first entry is #440154
        QCOMPARE(int(colorTable("turbo")[255].r), 0x7A); // and the last of turbo #7A0403
    }
    void overAPictureWeightIsOpacityAndTheDarkEndIsLeftOut()
    {
        QCOMPARE(overlayOpacity(0.85, 0), 0.0);
        QCOMPARE(overlayOpacity(0.85, 0.5F), 0.425);
        QCOMPARE(overlayOpacity(0.85, 1), 0.85);
        const ColorTable& inferno = colorTable("inferno");
        QCOMPARE(int(overlayColor(inferno, 1).g), int(inferno[255].g));
        QVERIFY(overlayColor(inferno, 0).r > 100);
    }
};

QTEST_APPLESS_MAIN(TestAttentionMath)
#include "tst_attention_math.moc"
