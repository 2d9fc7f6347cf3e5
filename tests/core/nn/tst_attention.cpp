// SPDX-License-Identifier: GPL-3.0-or-later
// The one attention: heads that share their keys, rotary positions, the cache, ablated heads.
#include <ATen/ATen.h>

#include "core/nn/attention.h"
#include "core/nn/mask.h"
#include "core/nn/rotary.h"
#include "core/trace/readers.h"

#include <QTest>

#include <cmath>

using namespace headlens;

namespace {

constexpr std::int64_t kHeads = 4, kWidth = 32, kHead = kWidth / kHeads;

Attention weightsFor(std::int64_t keyHeads)
{
    at::manual_seed(5);
    const auto linear = [](std::int64_t out) { return Linear{at::randn({out, kWidth}) * 0.3, {}}; };
    return {linear(kWidth), linear(keyHeads * kHead), linear(keyHeads * kHead), linear(kWidth), {}, {}};
}

AttentionCall callOn(const at::Tensor& x, std::int64_t keyHeads)
{
    AttentionCall call;
    call.x = x;
    call.heads = kHeads;
    call.keyHeads = keyHeads;
    call.record.scale = -1;
    return call;
}

double apart(const at::Tensor& a, const at::Tensor& b)
{
    return (a - b).abs().max().item<double>();
}

} // namespace

class TestAttention : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void headsThatShareKeysEqualHeadsWithCopiesOfThem()
    {
        const Attention shared = weightsFor(2);
        Attention copied = shared;
        for (Linear Attention::*part : {&Attention::key, &Attention::value}) {
            const at::Tensor rows = (shared.*part).weight.view({2, kHead, kWidth});
            (copied.*part).weight = rows.repeat_interleave(2, 0).reshape({kWidth, kWidth});
        }
        const at::Tensor x = at::randn({1, 6, kWidth});
        Trace few, many;
        Pass one({}, &few), other({}, &many);
        QVERIFY(apart(attended(shared, callOn(x, 2), one), attended(copied, callOn(x, 0), other)) < 1e-6);
        QCOMPARE(few.blocks[0].k.size(1), 2); // kept once
        QVERIFY(apart(attentionMap(few.blocks[0]), attentionMap(many.blocks[0])) < 1e-6);
        QVERIFY(apart(attentionRows(few.blocks[0], 3, 4), attentionRows(many.blocks[0], 3, 4)) < 1e-6);
    }
    void writingStepByStepEqualsOnePass()
    {
        const Attention weights = weightsFor(2);
        const at::Tensor x = at::randn({1, 5, kWidth}), frequencies = rotaryFrequencies({}, kHead);
        const auto placed = [&](std::int64_t from, std::int64_t count) {
            const RotaryTable table = rotaryTable(frequencies, from, count);
            return [table](at::Tensor& q, at::Tensor& k) {
                for (at::Tensor* heads : {&q, &k}) *heads = turned(*heads, table.cosine, table.sine);
            };
        };
        AttentionCall whole = callOn(x, 2);
        whole.place = placed(0, 5);
        whole.record.mask = causalMask(0, 5, x.options());
        const at::Tensor all = attended(weights, std::move(whole), {});
        KeyCache cache;
        for (std::int64_t i = 0; i < 5; ++i) {
            AttentionCall step = callOn(x.slice(1, i, i + 1), 2);
            step.place = placed(i, 1);
            step.cache = &cache;
            QVERIFY(apart(attended(weights, std::move(step), {}), all.slice(1, i, i + 1)) < 1e-5);
        }
        QCOMPARE(cache.keys.size(2), 5);
    }
    void rotaryPositionsOnlyKnowDistances()
    {
        const at::Tensor frequencies = rotaryFrequencies({}, kHead), q = at::randn({kHead}), k = at::randn({kHead});
        const auto product = [&](std::int64_t query, std::int64_t key) {
            const auto at = [&](const at::Tensor& x, std::int64_t place) {
                const RotaryTable table = rotaryTable(frequencies, place, 1);
                return turned(x.view({1, kHead}), table.cosine, table.sine)[0];
            };
            return at::dot(at(q, query), at(k, key)).item<double>();
        };
        QVERIFY(std::abs(product(9, 4) - product(105, 100)) < 1e-4);
        QVERIFY(std::abs(product(9, 4) - product(9, 5)) > 1e-4);
    }
    void whatIsBehindTheRotatedWidthStays()
    {
        const RotaryTable table = rotaryTable(rotaryFrequencies({.width = 4}, kHead), 3, 1);
        const at::Tensor x = at::randn({1, kHead}), moved = turned(x, table.cosine, table.sine);
        QVERIFY(at::equal(moved.slice(1, 4), x.slice(1, 4)));
        QVERIFY(!at::equal(moved.slice(1, 0, 4), x.slice(1, 0, 4)));
    }
    void llama3SlowsLongWavesAndLeavesShortOnes()
    {
        const RotaryConfig plain{.theta = 500'000},
            scaled{.theta = 500'000, .scaling = RotaryConfig::Llama3, .factor = 8, .originalPositions = 8'192};
        const at::Tensor before = rotaryFrequencies(plain, 128), after = rotaryFrequencies(scaled, 128);
        QCOMPARE(after[0].item<float>(), before[0].item<float>());
        QVERIFY(std::abs(after[63].item<double>() * 8 / before[63].item<double>() - 1) < 1e-6);
        QVERIFY((after <= before).all().item<bool>());
    }
    void anAblatedHeadContributesNothing()
    {
        const at::Tensor x = at::randn({1, 4, kWidth});
        Pass ablated;
        ablated.ablated = {{3, 1}};
        AttentionCall call = callOn(x, 0);
        call.block = 3;
        const at::Tensor mixed = attended(weightsFor(kHeads), std::move(call), ablated);
        QCOMPARE(mixed.slice(2, kHead, 2 * kHead).abs().max().item<float>(), 0.0F);
        QVERIFY(mixed.slice(2, 0, kHead).abs().max().item<float>() > 0);
    }
};

QTEST_APPLESS_MAIN(TestAttention)
#include "tst_attention.moc"
