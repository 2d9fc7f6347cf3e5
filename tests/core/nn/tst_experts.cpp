// SPDX-License-Identifier: GPL-3.0-or-later
// A mixture of experts: who is asked, by which weights, and that the sum is that of those who were asked.
// Before Qt, whose word "slots" means something else to LibTorch.
#include <ATen/ATen.h>

#include "core/nn/experts.h"

#include <QTest>

using namespace headlens;

namespace {

constexpr std::int64_t kWidth = 12;

Experts randomExperts(const ExpertsConfig& config)
{
    at::manual_seed(2);
    Experts experts;
    experts.visit([](const std::string&, at::Tensor& weight, const Shape& shape) { weight = at::randn(shape) * 0.5; },
                  config, kWidth);
    return experts;
}

} // namespace

class TestExperts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyTokenAsksTheExpertsWithTheLargestScores()
    {
        const ExpertsConfig config{.count = 5, .chosen = 2, .width = 8};
        ExpertRouting routing;
        randomExperts(config)(at::randn({2, 7, kWidth}), config, Activation::Silu, routing);
        QCOMPARE(routing.weights.sizes().vec(), (std::vector<std::int64_t>{2, 7, 5}));
        QVERIFY((routing.weights > 0).sum(-1).eq(2).all().item<bool>());
        QVERIFY((routing.weights.sum(-1) - 1).abs().max().item<double>() < 1e-6);
        QVERIFY(routing.weights.argmax(-1).equal(routing.logits.argmax(-1)));
    }
    void withoutRenormalisingTheWeightsAreSharesAmongAll()
    {
        const ExpertsConfig config{.count = 5, .chosen = 2, .width = 8, .renormalised = false};
        ExpertRouting routing;
        randomExperts(config)(at::randn({1, 4, kWidth}), config, Activation::Silu, routing);
        const at::Tensor shares = at::softmax(routing.logits, -1);
        const at::Tensor asked = routing.weights > 0;
        QVERIFY((at::where(asked, shares, at::zeros_like(shares)) - routing.weights).abs().max().item<double>() < 1e-6);
    }
    void theSumIsThatOfTheExpertsWhoWereAsked()
    {
        const ExpertsConfig config{.count = 3, .chosen = 2, .width = 8, .shared = 6};
        const Experts experts = randomExperts(config);
        const at::Tensor x = at::randn({1, 5, kWidth});
        ExpertRouting routing;
        const at::Tensor sum = experts(x, config, Activation::Silu, routing);
        const auto answer = [&](const Mlp& mlp) {
            return at::linear(at::silu(at::linear(x, mlp.gate.weight)) * at::linear(x, mlp.up.weight), mlp.down.weight);
        };
        at::Tensor expected = at::sigmoid(at::linear(x, experts.sharedGate.weight)) * answer(experts.shared);
        for (std::size_t i = 0; i < experts.each.size(); ++i)
            expected = expected + routing.weights.select(-1, std::int64_t(i)).unsqueeze(-1) * answer(experts.each[i]);
        QVERIFY((sum - expected).abs().max().item<double>() < 1e-4);
    }
};

QTEST_APPLESS_MAIN(TestExperts)
#include "tst_experts.moc"
