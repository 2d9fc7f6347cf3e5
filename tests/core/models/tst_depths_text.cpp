// SPDX-License-Identifier: GPL-3.0-or-later
// Mixture-of-Depths for text: which tokens pass, that the others stay as they are, and that the predictor needs no
// future.
// Before Qt, whose word "slots" means something else to LibTorch.
#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include "core/models/zoo/depths_stack.h"
#include "core/session/session.h"
#include "core/training/data/sums.h"
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
        const c10::NoGradGuard noGrad;
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
        const c10::NoGradGuard noGrad;
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
        const c10::NoGradGuard noGrad;
        const DepthsStack one = stack();
        DepthsPass all, full;
        all.choice = DepthChoice::All;
        full.capacity = 20;
        QVERIFY(largest(one.run(someIds(20), all) - one.run(someIds(20), full)) == 0);
    }
    void thePredictorNeedsNoFutureAndTheTrueChoiceDoes()
    {
        const c10::NoGradGuard noGrad;
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
        at::binary_cross_entropy_with_logits(predicted.at(0), chosen.at(0)).backward();
        one.visit([](const std::string& name, at::Tensor& weight, const std::vector<std::int64_t>&) {
            const bool learns = weight.grad().defined() && largest(weight.grad()) > 0;
            QVERIFY2(learns == (name.find("predictor") != std::string::npos), name.c_str());
        });
    }
    void theRouterLearnsFromTheTokensItChoseWhereItMay_data()
    {
        QTest::addColumn<bool>("may");
        QTest::newRow("it may") << true;
        QTest::newRow("the blocks learn alone") << false;
    }
    void theRouterLearnsFromTheTokensItChoseWhereItMay()
    {
        QFETCH(bool, may);
        DepthsStack one = stack();
        DepthsPass pass;
        pass.routersLearn = may;
        one.scores(one.run(someIds(20), pass)).sum().backward();
        one.visit([&](const std::string& name, at::Tensor& weight, const std::vector<std::int64_t>&) {
            const bool learns = weight.grad().defined() && largest(weight.grad()) > 0;
            if (name.find("router") != std::string::npos) QCOMPARE(learns, may);
            if (name.ends_with("up.weight")) QVERIFY(learns);
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
    void hiddenTokensAreNotSeen()
    {
        const DepthsStack one = stack();
        at::Tensor ids = at::arange(8, at::kLong).view({1, 8}), other = ids.clone();
        other[0][2] = 10;
        DepthsPass hiding;
        hiding.choice = DepthChoice::All;
        const at::Tensor seen = one.run(ids, hiding);
        hiding.mask = at::ones({1, 8}, at::kLong);
        QVERIFY(one.run(ids, hiding).equal(seen));
        hiding.mask[0][2] = 0;
        const at::Tensor a = one.run(ids, hiding), b = one.run(other, hiding);
        QVERIFY((a - b).slice(1, 3).abs().max().item<double>() == 0);
        QVERIFY((a - seen).slice(1, 3).abs().max().item<double>() > 1e-4);
        hiding.choice = DepthChoice::TopK; // nor do they take the place of another
        const at::Tensor pair = at::cat({ids, other});
        for (const std::int64_t capacity : {1, 3, 5}) {
            hiding.capacity = capacity;
            const auto apart = [&](const DepthsPass& pass) {
                const at::Tensor both = one.run(pair, pass).slice(1, 3);
                return (both[0] - both[1]).abs().max().item<double>();
            };
            DepthsPass open = hiding;
            open.mask = at::Tensor();
            QVERIFY(apart(hiding) < 1e-5); // rows of a batch are rounded differently on some processors
            QVERIFY(apart(open) > 1e-2);
        }
    }
    void sumsAreRightAndAsked()
    {
        for (std::uint64_t seed = 0; seed < 50; ++seed) {
            const SumText made = sumText(seed);
            QCOMPARE(int(made.text.size()), 60);
            for (const int answer : made.answers) { // "7-9=8;"
                const std::size_t at = std::size_t(answer);
                const int one = made.text[at - 4] - '0', other = made.text[at - 2] - '0';
                const char how = made.text[at - 3];
                const int result = how == '+' ? one + other : how == '-' ? one - other + 10 : one * other;
                QVERIFY(how == '+' || how == '-' || how == '*');
                QCOMPARE(made.text[at] - '0', result % 10);
                QCOMPARE(made.text[at - 1], '=');
            }
        }
    }
    void theShippedModelShowsWhoPassesAndAdds()
    {
        Session session;
        session.openModel({"sum-depths", "cpu", {}});
        verbs::SetInput input;
        input.text = "..7+5=2;.3*4=2;...9-4=5;6*6=6;....8+8=";
        session.setInput(input);
        const verbs::InputInfo& seen = session.run().info;
        QVERIFY(!seen.blocks.at(1).router.empty() && !seen.blocks.at(1).taking.empty());
        QVERIFY(seen.blocks.at(0).router.empty());
        QCOMPARE(seen.outputs.get<verbs::VocabularyScores>().places.at(0).best.at(0).text, std::string("6"));
    }
};

QTEST_APPLESS_MAIN(TestDepthsText)
#include "tst_depths_text.moc"
