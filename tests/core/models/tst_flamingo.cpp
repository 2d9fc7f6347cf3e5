// SPDX-License-Identifier: GPL-3.0-or-later
// Flamingo in small: who hears of which picture, and what shut gates leave alone.
// Before Qt, whose word "slots" means something else to LibTorch.
#include <ATen/ATen.h>

#include "core/models/zoo/flamingo_network.h"
#include "core/trace/readers.h"
#include "tests/support/small_networks.h"

#include <QTest>

#include <map>

using namespace headlens;
using namespace headlens::test;

class TestFlamingo : public QObject {
    Q_OBJECT

    static FlamingoConfig smallFlamingo()
    {
        FlamingoConfig config;
        config.vision = smallEye();
        config.text = smallText(10, 16);
        config.latents = 3;
        config.heads = 2;
        config.imageToken = 1;
        return config;
    }
    static at::Tensor heard(const FlamingoNetwork& network, const at::Tensor& pixels, const at::Tensor& ids,
                            FlamingoPass pass = {})
    {
        return network.read(ids, network.resample(network.see(pixels, pass), pixels.size(3) / 32, pass), pass);
    }
    static at::Tensor words() { return at::tensor({5, 1, 6, 7, 1, 8}, at::kLong).view({1, 6}); } // w I w w I w
    static Trace traceOfTwoPictures()
    {
        FlamingoNetwork network(smallFlamingo());
        fill(network);
        Trace trace;
        FlamingoPass pass;
        pass.trace = &trace;
        heard(network, at::randn({1, 3, 32, 64}), words(), pass);
        return trace;
    }

private Q_SLOTS:
    void shutGatesLeaveTheLanguageModelAlone()
    {
        FlamingoNetwork network(smallFlamingo());
        fill(network);
        FlamingoPass shut;
        shut.gates = {0, 0, 0, 0};
        const at::Tensor pixels = at::randn({1, 3, 32, 64});
        QVERIFY(network.read(words(), {}, {}).equal(heard(network, pixels, words(), shut)));
        QVERIFY(worst(network.read(words(), {}, {}), heard(network, pixels, words())) > 1e-3);
    }
    void textBeforeAPictureDoesNotHearOfIt()
    {
        FlamingoNetwork network(smallFlamingo());
        fill(network);
        at::Tensor pixels = at::randn({1, 3, 32, 64}), other = pixels.clone();
        other.slice(3, 32).normal_(); // another second picture
        const at::Tensor a = heard(network, pixels, words()), b = heard(network, other, words());
        QVERIFY(worst(a.slice(1, 0, 4), b.slice(1, 0, 4)) == 0);
        QVERIFY(worst(a.slice(1, 4), b.slice(1, 4)) > 1e-4);
    }
    void rowsWithoutAPictureAreEmptyAndNotUniform()
    {
        const Trace trace = traceOfTwoPictures();
        const AttentionRecord& record = trace.blocks.at(3); // vision, two resampler layers, then the first bridge
        QCOMPARE(record.kind, AttentionKind::Cross);
        const at::Tensor map = attentionMap(record)[0][0]; // [6 words, 2 pictures x 3 latents]
        QVERIFY(worst(map[0], at::zeros({6})) == 0);
        for (const int row : {1, 2, 3}) QVERIFY(std::abs(map[row].slice(0, 0, 3).sum().item<double>() - 1) < 1e-5);
        for (const int row : {4, 5}) QVERIFY(std::abs(map[row].slice(0, 3, 6).sum().item<double>() - 1) < 1e-5);
    }
    void theResamplerLooksAtItsOwnPictureOnly()
    {
        const Trace trace = traceOfTwoPictures();
        const at::Tensor map = attentionMap(trace.blocks.at(1))[0][0]; // [6, 6 + 4 x 8]
        QCOMPARE(map.sizes().vec(), (std::vector<std::int64_t>{6, 38}));
        QVERIFY(worst(map.sum(-1), at::ones({6})) < 1e-5);
        const at::Tensor patches = map.slice(1, 6).view({6, 4, 8});
        QVERIFY(patches.slice(0, 0, 3).slice(2, 4).abs().max().item<double>() == 0); // first picture: left half
        QVERIFY(patches.slice(0, 3, 6).slice(2, 0, 4).abs().max().item<double>() == 0);
    }
    void theComposedMapIsTheProductOfBothAndKeepsToItsPicture()
    {
        const Trace trace = traceOfTwoPictures();
        const std::size_t first = trace.blocks.size() - 2; // of two layers
        QCOMPARE(trace.blocks.at(first).kind, AttentionKind::Composed);
        QCOMPARE(trace.blocks.at(first).keys(), std::int64_t(32));
        const at::Tensor composed = attentionMap(trace.blocks.at(first))[0]; // [H,6,4 x 8 patches]
        const at::Tensor read = attentionMap(trace.blocks.at(2)).mean(1)[0].slice(1, 6);
        const at::Tensor product = at::matmul(attentionMap(trace.blocks.at(3))[0], read);
        QVERIFY(worst(composed, product) < 1e-6);
        QVERIFY(worst(composed.select(1, 0), at::zeros({32})) == 0); // no picture yet
        QVERIFY(composed.sum(-1).max().item<double>() < 1);          // what latents hear of latents is left out
        QVERIFY(composed.select(1, 2).view({-1, 4, 8}).slice(2, 4).abs().max().item<double>() == 0);
    }
    void aFirstStepMovesTheGatesAlone()
    {
        FlamingoNetwork network(smallFlamingo());
        std::map<std::string, at::Tensor> weights;
        fill(network, &weights);
        for (auto& [name, weight] : weights) {
            if (name.ends_with("_gate")) weight.zero_();
            if (name.starts_with("bridge.")) weight.set_requires_grad(true);
        }
        heard(network, at::randn({1, 3, 32, 64}), words()).sum().backward();
        QVERIFY(weights.at("bridge.layer.0.attention_gate").grad().abs().sum().item<double>() > 0);
        QVERIFY(weights.at("bridge.layer.0.query.weight").grad().abs().sum().item<double>() == 0);
    }
    void hiddenWordsAreNotSeen()
    {
        FlamingoNetwork network(smallFlamingo());
        fill(network);
        const at::Tensor pixels = at::randn({1, 3, 32, 64});
        at::Tensor other = words();
        other[0][2] = 9;
        FlamingoPass hiding;
        hiding.mask = at::tensor({1, 1, 0, 1, 1, 1}, at::kLong).view({1, 6});
        const at::Tensor a = heard(network, pixels, words(), hiding), b = heard(network, pixels, other, hiding);
        QVERIFY(worst(a.slice(1, 3), b.slice(1, 3)) == 0);
        QVERIFY(worst(a.slice(1, 3), heard(network, pixels, words()).slice(1, 3)) > 1e-4);
    }
};

QTEST_APPLESS_MAIN(TestFlamingo)
#include "tst_flamingo.moc"
