// SPDX-License-Identifier: GPL-3.0-or-later
// Infini-attention: what a memory of fixed size holds, reads and writes.
// Before Qt, whose word "slots" means something else to LibTorch.
#include <ATen/ATen.h>

#include "core/models/zoo/infini_stack.h"
#include "core/trace/readers.h"
#include "tests/support/small_networks.h"

#include <QTest>

#include <cmath>

using namespace headlens;
using namespace headlens::test;

class TestInfini : public QObject {
    Q_OBJECT

    // Keys and queries of one head in segments of `segment` tokens.
    static AttentionRecord memoryOf(const at::Tensor& q, const at::Tensor& k, MapRule rule, std::int64_t segment)
    {
        AttentionRecord record{q.view({1, 1, q.size(0), q.size(1)}), k.view({1, 1, k.size(0), k.size(1)})};
        record.kind = AttentionKind::Memory;
        record.rule = rule;
        record.segment = segment;
        return record;
    }
    static InfiniConfig smallInfini()
    {
        InfiniConfig config;
        config.layers = 2;
        config.width = 16;
        config.heads = 2;
        config.mlpWidth = 32;
        config.vocabulary = 20;
        config.segment = 4;
        return config;
    }
    struct Seen {
        at::Tensor x;
        Trace trace;
        std::map<std::string, at::Tensor> states;
    };
    static Seen seen(const InfiniStack& stack, const at::Tensor& ids, InfiniPass pass = {})
    {
        Seen result;
        pass.trace = &result.trace;
        pass.states = &result.states;
        result.x = stack.run(ids, pass);
        return result;
    }
    static at::Tensor someIds(std::int64_t count)
    {
        at::manual_seed(3);
        return at::randint(20, {1, count}, at::kLong);
    }

private Q_SLOTS:
    void aLinearMemoryReadsTheKnownNumber()
    {
        const float ln2 = std::numbers::ln2_v<float>;
        const at::Tensor k = at::tensor({0.F, 0.F, ln2, 0.F, 0.F, 0.F, 0.F, 0.F}).view({4, 2});
        const at::Tensor map = attentionMap(memoryOf(at::zeros({4, 2}), k, MapRule::Linear, 2))[0][0];
        const double read = map[2][0].item<double>() * 1 + map[2][1].item<double>() * 3;
        QVERIFY(std::abs(read - 10.07944 / 4.69315) < 1e-5);
        QVERIFY(worst(map[0], at::zeros({4})) == 0); // nothing stands before the first segment: empty, not uniform
        QVERIFY(worst(map[1], at::zeros({4})) == 0);
    }
    void aDeltaMemoryReplacesAndHalves()
    {
        const at::Tensor k =
            at::tensor({0.3F, -0.2F, 0.3F, -0.2F, 0.3F, -0.2F}).view({3, 2}); // the same key, three times
        const at::Tensor map = attentionMap(memoryOf(k, k, MapRule::Delta, 1))[0][0];
        QVERIFY(worst(map[2], at::tensor({0.F, 0.5F, 0.F})) < 1e-6);
        const at::Tensor linear = attentionMap(memoryOf(k, k, MapRule::Linear, 1))[0][0];
        QVERIFY(worst(linear[2], at::tensor({0.5F, 0.5F, 0.F})) < 1e-6);
    }
    void rowsOfALinearMemorySumToOne()
    {
        at::manual_seed(5);
        const at::Tensor map = attentionMap(memoryOf(at::randn({23, 6}), at::randn({23, 6}), MapRule::Linear, 5));
        QVERIFY(worst(map.sum(-1).slice(2, 5), at::ones({1, 1, 18})) < 1e-5);
        QVERIFY((map >= 0).all().item<bool>()); // what is read lies between the values that were written
    }
    void theImpliedMapIsWhatTheMemoryComputes_data()
    {
        QTest::addColumn<bool>("delta");
        QTest::newRow("adding") << false;
        QTest::newRow("delta rule") << true;
    }
    void theImpliedMapIsWhatTheMemoryComputes()
    {
        QFETCH(bool, delta);
        InfiniStack stack(smallInfini());
        std::map<std::string, at::Tensor> weights;
        fill(stack, &weights);
        InfiniPass pass;
        pass.delta = delta;
        const at::Tensor ids = someIds(18); // four segments and a half
        const Seen run = seen(stack, ids, pass);
        const auto of = [&](const std::string& name) { return weights.at("infini.layer.0." + name); };
        const at::Tensor x = at::layer_norm(at::embedding(weights.at("infini.tokens"), ids), {16},
                                            of("attention_norm.weight"), of("attention_norm.bias"), 1e-5);
        const at::Tensor v = at::linear(x, of("value.weight"), of("value.bias")).view({18, 2, 8}).transpose(0, 1);
        const at::Tensor read = at::matmul(attentionMap(run.trace.blocks[1])[0], v); // [H,T,d]
        const at::Tensor gate = at::sigmoid(of("beta")).view({2, 1, 1});
        const at::Tensor given = at::einsum("htd,Dhd->htD", {gate * read, of("output.weight").view({16, 2, 8})});
        QVERIFY(worst(given.norm(2, -1), run.states.at("read.0")) < 2e-5);
    }
    void nobodySeesWhatComesLater()
    {
        InfiniStack stack(smallInfini());
        fill(stack);
        at::Tensor ids = someIds(16), other = ids.clone();
        other[0][9] = (other[0][9].item<std::int64_t>() + 1) % 20;
        const at::Tensor a = seen(stack, ids).x, b = seen(stack, other).x;
        QVERIFY(worst(a.slice(1, 0, 9), b.slice(1, 0, 9)) == 0);
        QVERIFY(worst(a.slice(1, 12), b.slice(1, 12)) > 1e-4); // later segments do hear of it
    }
    void aSegmentReadsBeforeItWrites()
    {
        InfiniStack stack(smallInfini());
        fill(stack);
        at::Tensor ids = someIds(16), other = ids.clone();
        other[0][8] = (other[0][8].item<std::int64_t>() + 1) % 20;
        const at::Tensor a = seen(stack, ids).states.at("read.0"), b = seen(stack, other).states.at("read.0");
        QVERIFY(worst(a.slice(1, 9, 12), b.slice(1, 9, 12)) == 0);
    }
    void shutGatesLeaveLocalAttentionAlone()
    {
        InfiniStack stack(smallInfini());
        fill(stack);
        InfiniPass shut, emptied;
        shut.gates = emptied.gates = at::zeros({2, 2});
        emptied.remembers = false;
        const at::Tensor ids = someIds(13);
        QVERIFY(worst(seen(stack, ids, shut).x, seen(stack, ids, emptied).x) == 0);
    }
    void theNormaliserOnlyGrows()
    {
        InfiniStack stack(smallInfini());
        fill(stack);
        const at::Tensor z = seen(stack, someIds(16)).states.at("normaliser.1"); // [S,H,d]
        QVERIFY((z.slice(0, 1) >= z.slice(0, 0, -1)).all().item<bool>());
        QVERIFY((z > 0).all().item<bool>());
    }
    void anEmptyMemoryIsNoNumberThatIsNone()
    {
        InfiniStack stack(smallInfini());
        fill(stack);
        stack.visit([](const std::string& name, at::Tensor& weight, const auto&) {
            if (name.ends_with("key.bias")) weight.fill_(-60); // features of nearly nothing
        });
        QVERIFY(at::isfinite(seen(stack, someIds(12)).x).all().item<bool>());
    }
    void hiddenTokensAreNotSeen()
    {
        InfiniStack stack(smallInfini());
        fill(stack);
        const at::Tensor ids = someIds(12);
        at::Tensor other = ids.clone();
        other[0][2] = (ids[0][2] + 1).remainder(20);
        InfiniPass hiding;
        hiding.mask = at::ones({1, 12}, at::kLong);
        const at::Tensor open = seen(stack, ids).x;
        QVERIFY(worst(seen(stack, ids, hiding).x, open) < 1e-6);
        hiding.mask[0][2] = 0;
        const at::Tensor a = seen(stack, ids, hiding).x, b = seen(stack, other, hiding).x;
        QVERIFY(worst(a.slice(1, 3), b.slice(1, 3)) == 0); // neither the next one, nor later segments
        QVERIFY(worst(a.slice(1, 3), open.slice(1, 3)) > 1e-4);
    }
};

QTEST_APPLESS_MAIN(TestInfini)
#include "tst_infini.moc"
