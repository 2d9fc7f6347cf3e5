// SPDX-License-Identifier: GPL-3.0-or-later
// What AdamW does to the weights of a network, and that it goes on from a saved state as if nothing had happened.
// Before Qt, whose word "slots" means something else to LibTorch.
#include <ATen/ATen.h>

#include "core/training/trainer/training_state.h"
#include "core/wire/safe_json.h"
#include "tests/support/expect_error.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace headlens;
using namespace headlens::test;

namespace {

class ToyNetwork : public Network {
public:
    void visit(const Visit& visit) override
    {
        visit("matrix", matrix, {2, 2});
        visit("slow", slow, {2});
        visit("fast", fast, {2});
        visit("late", late, {2});
    }
    Json config() const override { return Json::object(); }
    at::Tensor firstValue(const std::string&, const std::vector<std::int64_t>& shape) const override
    {
        return at::ones(shape);
    }
    double lrMultiplier(const std::string& name) const override { return name == "fast" ? 3 : 1; }
    at::Tensor loss() const { return (matrix * 0).sum() + slow.pow(2).sum() + fast.sum() + (late * slow).sum(); }

    at::Tensor matrix, slow, fast, late;
};

} // namespace

class TestTrainingState : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;

    static void step(const ToyNetwork& network, TrainingState& state)
    {
        network.loss().backward();
        state.update(0.1);
    }
    static double first(const at::Tensor& weight) { return weight.flatten()[0].item<double>(); }

private Q_SLOTS:
    void aFirstStepMovesEveryWeightByItsLearningRate()
    {
        const auto network = std::make_shared<ToyNetwork>();
        TrainingState state(network, 1);
        step(*network, state);
        QVERIFY(std::abs(first(network->slow) - 0.9) < 1e-5);
        QVERIFY(std::abs(first(network->fast) - 0.7) < 1e-5);
        QVERIFY(std::abs(first(network->matrix) - (1 - 0.1 * 0.05)) < 1e-6); // matrices alone decay
        QVERIFY(!network->slow.grad().defined());
    }
    void aFrozenWeightStays()
    {
        const auto network = std::make_shared<ToyNetwork>();
        TrainingState state(network, 1);
        network->matrix.set_requires_grad(false);
        network->late.set_requires_grad(false);
        step(*network, state);
        QCOMPARE(first(network->matrix), 1.0);
        QCOMPARE(first(network->late), 1.0);
        network->late.set_requires_grad(true);
        step(*network, state);
        QVERIFY(std::abs(first(network->late) - 0.9) < 1e-5); // its own first step
    }
    void aRestoredTrainingGoesOnAsIfNothingHadHappened()
    {
        const std::string path = m_folder.filePath("training.safetensors").toStdString();
        const auto network = std::make_shared<ToyNetwork>(), other = std::make_shared<ToyNetwork>();
        TrainingState state(network, 1), restored(other, 2);
        network->late.set_requires_grad(false);
        for (int i = 0; i < 3; ++i) step(*network, state);
        network->late.set_requires_grad(true);
        step(*network, state);
        state.save(path, {{"note", "kept"}});
        std::string note;
        restored.restore(path, [&](const TrainingState::Metadata& metadata) { note = metadata.at("note"); });
        QCOMPARE(note, std::string("kept"));
        QCOMPARE(restored.step(), std::int64_t(4));
        for (int i = 0; i < 2; ++i) {
            step(*network, state);
            step(*other, restored);
        }
        for (const auto& [one, two] : {std::pair(network->matrix, other->matrix),
                                       {network->slow, other->slow},
                                       {network->fast, other->fast},
                                       {network->late, other->late}})
            QVERIFY(at::equal(one, two));
    }
    void aReplacedWeightLearnsOn()
    {
        const auto network = std::make_shared<ToyNetwork>();
        TrainingState state(network, 1);
        step(*network, state);
        network->fast = at::ones({3}).set_requires_grad(true);
        step(*network, state);
        QVERIFY(std::abs(first(network->fast) - 0.7) < 1e-5);
    }
    void aStateOfAnotherNetworkIsRefused()
    {
        const std::string path = m_folder.filePath("other.safetensors").toStdString();
        const auto network = std::make_shared<ToyNetwork>(), other = std::make_shared<ToyNetwork>();
        TrainingState state(network, 1), wider(other, 2);
        state.save(path);
        other->slow = at::ones({5}).set_requires_grad(true);
        QCOMPARE(errorOf([&] { wider.restore(path); }), ErrorCode::BadWeights);
    }
};

QTEST_APPLESS_MAIN(TestTrainingState)
#include "tst_training_state.moc"
