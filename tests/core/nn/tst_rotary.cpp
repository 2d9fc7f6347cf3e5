// SPDX-License-Identifier: GPL-3.0-or-later
// How rotary positions are stretched to long texts, by closed forms.
// Before Qt, whose word "slots" means something else to LibTorch.
#include <ATen/ATen.h>

#include "core/nn/rotary.h"

#include <QTest>

#include <cmath>

using namespace headlens;

namespace {

constexpr std::int64_t kWidth = 16;

double apart(const at::Tensor& a, const at::Tensor& b)
{
    return (a - b).abs().max().item<double>();
}

} // namespace

class TestRotary : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void dynamicScalingBeginsBehindTheTrainedLength()
    {
        const RotaryConfig scaled{.scaling = RotaryConfig::Dynamic, .factor = 2, .positions = 32};
        const at::Tensor plain = rotaryFrequencies({}, kWidth);
        QVERIFY(apart(rotaryFrequencies(scaled, kWidth, 32), plain) < 1e-7);
        // At 64 tokens the base grows by (2 * 64 / 32 - 1)^(16/14).
        const RotaryConfig larger{.theta = 10'000 * std::pow(3.0, 16.0 / 14)};
        QVERIFY(apart(rotaryFrequencies(scaled, kWidth, 64), rotaryFrequencies(larger, kWidth)) < 1e-7);
    }
    void longFactorsAreChosenByTheLengthOfTheText()
    {
        const RotaryConfig config{.scaling = RotaryConfig::Long,
                                  .originalPositions = 8,
                                  .positions = 64,
                                  .shortFactors = std::vector<double>(8, 1.0),
                                  .longFactors = std::vector<double>(8, 4.0)};
        const at::Tensor plain = rotaryFrequencies({}, kWidth);
        QVERIFY(apart(rotaryFrequencies(config, kWidth, 8), plain) < 1e-7);
        QVERIFY(apart(rotaryFrequencies(config, kWidth, 9), plain / 4) < 1e-7);
        // sqrt(1 + ln 8 / ln 8), for short texts as well
        QVERIFY(std::abs(rotaryMagnitude(config) - std::sqrt(2.0)) < 1e-12);
    }
    void yarnKeepsQuickWavesAndStretchesSlowOnes()
    {
        const RotaryConfig config{.scaling = RotaryConfig::Yarn, .factor = 4, .originalPositions = 2'048};
        const at::Tensor before = rotaryFrequencies({}, 64), after = rotaryFrequencies(config, 64);
        QVERIFY(apart(after[0], before[0]) < 1e-7);
        QVERIFY(apart(after[31], before[31] / 4) < 1e-9);
        QVERIFY(std::abs(rotaryMagnitude(config) - (0.1 * std::log(4.0) + 1)) < 1e-12);
        QCOMPARE(rotaryMagnitude({.scaling = RotaryConfig::Yarn, .factor = 4, .magnitude = 1.5}), 1.5);
    }
    void everyFrequencyMayHaveADivisorOfItsOwn()
    {
        RotaryConfig config;
        config.divisors = {1, 2, 4, 8, 8, 8, 8, 8};
        const at::Tensor ratio = rotaryFrequencies({}, kWidth) / rotaryFrequencies(config, kWidth);
        QVERIFY(apart(ratio, at::tensor(config.divisors).to(at::kFloat)) < 1e-5);
    }
    void everyAxisTurnsItsOwnFrequencies()
    {
        const at::Tensor frequencies = rotaryFrequencies({}, kWidth); // 8
        const at::Tensor axes = at::tensor({5, 7, 9}, at::kLong).view({3, 1, 1});
        const RotaryTable table = rotaryTable(frequencies, axes, {2, 3, 3});
        QCOMPARE(table.cosine.sizes().vec(), (std::vector<std::int64_t>{1, 1, 1, kWidth}));
        const double places[] = {5, 5, 7, 7, 7, 9, 9, 9};
        for (std::int64_t j = 0; j < 8; ++j)
            for (const std::int64_t half : {j, j + 8})
                QVERIFY(std::abs(table.sine.flatten()[half].item<double>() -
                                 std::sin(places[j] * frequencies[j].item<double>())) < 1e-5);
    }
};

QTEST_APPLESS_MAIN(TestRotary)
#include "tst_rotary.moc"
