// SPDX-License-Identifier: GPL-3.0-or-later
// Mixture-of-Depths for text: which tokens pass, that the others stay as they are, and that the predictor needs no
// future.
// Before Qt, whose word "slots" means something else to LibTorch.
#include <torch/torch.h>

#include "core/models/depths_stack.h"
#include "core/session/inspection.h"
#include "core/training/sums.h"
#include "tests/support/expect_error.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <set>

using namespace headlens;
using namespace headlens::test;

class TestDepthsText : public QObject {
    Q_OBJECT

    static DepthsStack stack()
    {
        DepthsConfig config;
        config.layers = 2;
        config.width = 16;
        config.heads = 2;
        config.mlpWidth = 32;
        config.vocabulary = 11;
        config.positions = 24;
        config.capacity = 5;
        DepthsStack made(config);
        at::manual_seed(9);
        made.visit([](const std::string&, at::Tensor& weight, const std::vector<std::int64_t>& shape) {
            weight = (at::randn(shape) * 0.4).set_requires_grad(true);
        });
        return made;
    }
    static at::Tensor someIds(std::int64_t count)
    {
        at::manual_seed(1);
        return at::randint(11, {1, count}, at::kLong);
    }
    static double largest(const at::Tensor& t) { return t.abs().max().item<double>(); }
    static std::set<std::int64_t> taken(const AttentionRecord& record)
    {
        std::set<std::int64_t> places;
        for (std::int64_t i = 0; i < record.tokens.size(0); ++i) places.insert(record.tokens[i].item<std::int64_t>());
        return places;
    }

private Q_SLOTS:
    void skippedTokensStayAsTheyAreBitForBit()
    {
        const at::NoGradGuard noGrad;
        Trace trace;
        DepthsPass pass;
        pass.trace = &trace;
        stack().run(someIds(20), pass);
        const std::set<std::int64_t> chosen = taken(trace.blocks.at(1));
        QCOMPARE(chosen.size(), std::size_t(5));
        const auto& states = trace.hidden.at("");
        for (std::int64_t token = 0; token < 20; ++token) {
            const double moved = largest(states[2][0][token] - states[1][0][token]);
            QVERIFY(chosen.contains(token) ? moved > 0 : moved == 0);
        }
    }
    void theChosenOnesHaveTheHighestScores()
    {
        const at::NoGradGuard noGrad;
        Trace trace;
        DepthsPass pass;
        pass.trace = &trace;
        stack().run(someIds(20), pass);
        const AttentionRecord& record = trace.blocks.at(1);
        const std::set<std::int64_t> chosen = taken(record);
        double lowest = 1e9, highest = -1e9;
        for (std::int64_t token = 0; token < 20; ++token) {
            const double score = record.router[token].item<double>();
            if (chosen.contains(token))
                lowest = std::min(lowest, score);
            else
                highest = std::max(highest, score);
        }
        QVERIFY(lowest >= highest);
    }
    void allTokensAreTheFullCapacity()
    {
        const at::NoGradGuard noGrad;
        const DepthsStack one = stack();
        DepthsPass all, full;
        all.choice = DepthChoice::All;
        full.capacity = 20;
        QVERIFY(largest(one.run(someIds(20), all) - one.run(someIds(20), full)) == 0);
    }
    void thePredictorNeedsNoFutureAndTheTrueChoiceDoes()
    {
        const at::NoGradGuard noGrad;
        const DepthsStack one = stack();
        const auto moved = [&](DepthChoice choice) {
            double most = 0;
            for (std::int64_t id = 0; id < 11; ++id) {
                at::Tensor changed = someIds(20);
                changed[0][19] = id;
                DepthsPass pass;
                pass.choice = choice;
                most = std::max(most, largest((one.run(changed, pass) - one.run(someIds(20), pass)).slice(1, 0, 19)));
            }
            return most;
        };
        QVERIFY(moved(DepthChoice::Predictor) < 1e-5);
        QVERIFY(moved(DepthChoice::TopK) > 1e-3); // a later token takes the place of an earlier one
    }
    void learningToPredictChangesThePredictorAlone()
    {
        DepthsStack one = stack();
        std::vector<at::Tensor> predicted, chosen;
        DepthsPass pass;
        pass.predicted = &predicted;
        pass.chosen = &chosen;
        one.run(someIds(20), pass);
        QVERIFY(std::abs(chosen.at(0).sum().item<double>() - 5) < 1e-6);
        torch::nn::functional::binary_cross_entropy_with_logits(predicted.at(0), chosen.at(0)).backward();
        one.visit([](const std::string& name, at::Tensor& weight, const std::vector<std::int64_t>&) {
            const bool learns = weight.grad().defined() && largest(weight.grad()) > 0;
            QVERIFY2(learns == (name.find("predictor") != std::string::npos), name.c_str());
        });
    }
    void theRouterLearnsFromTheTokensItChose()
    {
        DepthsStack one = stack();
        one.scores(one.run(someIds(20), {})).sum().backward();
        one.visit([](const std::string& name, at::Tensor& weight, const std::vector<std::int64_t>&) {
            if (name.find("router") != std::string::npos) QVERIFY(largest(weight.grad()) > 0);
        });
    }
    void oneTokenAndTooManyTokens()
    {
        const DepthsStack one = stack();
        DepthsPass pass;
        pass.choice = DepthChoice::Predictor;
        QVERIFY(at::isfinite(one.run(someIds(1), pass)).all().item<bool>());
        QCOMPARE(errorOf([&] { one.run(someIds(25), {}); }), ErrorCode::BadRequest);
        QCOMPARE(errorOf([&] { one.run(at::full({1, 3}, 11, at::kLong), {}); }), ErrorCode::BadRequest);
    }
    void sumsAreRightAndAsked()
    {
        for (std::uint64_t seed = 0; seed < 50; ++seed) {
            const SumText made = sumText(seed);
            QCOMPARE(int(made.text.size()), 62);
            for (const int at : made.answers) {
                const auto digitOf = [&](char letter) {
                    return made.text[made.text.find(std::string{letter, '='}) + 2] - '0';
                };
                const std::size_t end = std::size_t(at);
                const int sum = digitOf(made.text[end - 4]) + digitOf(made.text[end - 2]);
                QCOMPARE(made.text[end] - '0', sum % 10);
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestDepthsText)
#include "tst_depths_text.moc"
