// SPDX-License-Identifier: GPL-3.0-or-later
// The fast kernels say what the plain operators say: packed layers, attention head by head, softmax over rows.
#include <ATen/ATen.h>

#include "core/base/error.h"
#include "core/kernels/row_kernels.h"
#include "core/tensors/head_attention.h"
#include "core/tensors/layers.h"
#include "core/tensors/packed_linear.h"
#include "core/tensors/passing_product.h"
#include "core/tensors/runtime.h"

#include <QTest>

#include <cmath>
#include <vector>

using namespace headlens;

namespace {

double worst(const at::Tensor& a, const at::Tensor& b)
{
    return (a.to(at::kDouble) - b.to(at::kDouble)).abs().max().item<double>();
}

} // namespace

class TestFastPath : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        startRuntime();
        at::manual_seed(1);
    }
    void aPackedLayerEqualsThePlainOne_data()
    {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("in");
        QTest::addColumn<int>("out");
        for (const auto& [rows, in, out] : {std::tuple(1, 8, 3), std::tuple(17, 64, 192), std::tuple(197, 192, 100),
                                            std::tuple(50, 100, 52), std::tuple(3, 7, 5)})
            QTest::addRow("%d x %d -> %d", rows, in, out) << rows << in << out;
    }
    void aPackedLayerEqualsThePlainOne()
    {
        QFETCH(int, rows);
        QFETCH(int, in);
        QFETCH(int, out);
        Linear plain{at::randn({out, in}) / std::sqrt(double(in)), at::randn({out})};
        const at::Tensor x = at::randn({1, rows, in}), y = at::randn({1, rows, out}), scale = at::randn({out});
        Linear packed = plain;
        packed.pack(Precision::Float32);
        QVERIFY(packed.held && !packed.weight.defined());
        QVERIFY(worst(packed.held->widen(), plain.weight) == 0);
        for (const auto activation :
             {Activation::Gelu, Activation::GeluTanh, Activation::QuickGelu, Activation::Silu, Activation::Relu})
            for (const After& after :
                 {After{}, After{.activation = activation}, After{.added = y}, After{.scale = scale, .added = y},
                  After{.activation = activation, .factor = y}, After{.factor = y, .added = y}})
                QVERIFY(worst(packed(x, after), plain(x, after)) < 1e-5);
    }
    void weightsAsTheyLieGiveTheSame_data()
    {
        QTest::addColumn<int>("rows");
        for (const int rows : {1, 3, 4, 50}) QTest::addRow("%d rows", rows) << rows;
    }
    void weightsAsTheyLieGiveTheSame()
    {
        QFETCH(int, rows);
        const at::Tensor table = at::randn({301, 40}), x = at::randn({rows, 40}), y = at::randn({rows, 301});
        const Linear plain{table.slice(0, 0, 300, 2), at::randn({150})}; // rows further apart than they are long
        const at::Tensor added = y.slice(1, 0, 150);
        QVERIFY(canMultiplyPlain(x, plain.weight));
        const at::Tensor truth = at::relu(at::linear(x, plain.weight, plain.bias)) + added;
        QVERIFY(worst(plain(x, {.activation = Activation::Relu, .added = added}), truth) < 1e-5);
        QVERIFY(worst(Linear{table, {}}(x), at::matmul(x, table.t())) < 1e-5);
        QVERIFY(!canMultiplyPlain(x, at::randn({3, 40}).requires_grad_()));
    }
    void packingSparesTheWeightsOfOthers_data()
    {
        QTest::addColumn<int>("out");
        for (const int out : {16, 50, 96, 240}) QTest::addRow("%d outputs", out) << out;
    }
    void packingSparesTheWeightsOfOthers()
    {
        QFETCH(int, out);
        Linear alone{at::randn({out, 40}), {}};
        const at::Tensor weight = alone.weight.clone();
        alone.pack(Precision::Float32); // where it lies, if its panels fit
        QVERIFY(worst(alone.held->widen(), weight) == 0);
        const at::Tensor table = weight.clone(), rows = table.slice(0, 1); // shared, and a part of another
        for (const at::Tensor& shared : {table, rows, weight.t().contiguous().t()}) {
            Linear layer{shared, {}};
            layer.pack(Precision::Float32);
            QVERIFY(worst(layer.held->widen(), shared) == 0);
        }
        Linear part{table.slice(0, 0, out), {}}; // nobody else has this view, but its memory
        part.pack(Precision::Float32);
        QVERIFY(worst(table, weight) == 0);
    }
    void aScaleCanBePackedIn()
    {
        Linear plain{at::randn({6, 5}), at::randn({6})};
        const at::Tensor scale = at::randn({6}), x = at::randn({4, 5});
        Linear packed = plain;
        packed.pack(Precision::Float32, scale);
        QVERIFY(worst(packed(x), plain(x) * scale) < 1e-5);
    }
    void bfloat16IsAsNearAsItsDigits()
    {
        if (!packs(Precision::BFloat16)) QSKIP("this processor has no bfloat16 products");
        Linear plain{at::randn({192, 256}) / 16, at::randn({192})};
        Linear packed = plain;
        packed.pack(Precision::BFloat16);
        const at::Tensor x = at::randn({33, 256});
        QVERIFY(worst(packed(x), plain(x)) < 0.03);
        QVERIFY(packed(x).scalar_type() == at::kFloat);
        QVERIFY(packed(x, {.outputForLinear = true}).scalar_type() == at::kBFloat16);
        Linear odd{at::randn({20, 33}) / 6, {}}; // the last number of a row has no neighbour
        const at::Tensor truth = odd.weight.to(at::kBFloat16).to(at::kFloat), y = at::randn({9, 33});
        odd.pack(Precision::BFloat16);
        QVERIFY(worst(odd.held->widen(), truth) == 0);
        QVERIFY(worst(odd(y), at::matmul(y, truth.t())) < 0.03);
    }
    void int8IsAsNearAsItsSteps_data()
    {
        QTest::addColumn<int>("in");
        QTest::addColumn<int>("out");
        for (const auto& [in, out] : {std::pair(256, 192), std::pair(33, 20), std::pair(2, 5)})
            QTest::addRow("%d -> %d", in, out) << in << out;
    }
    void int8IsAsNearAsItsSteps()
    {
        if (!packs(Precision::Int8)) QSKIP("this processor has no int8 products");
        QFETCH(int, in);
        QFETCH(int, out);
        Linear packed{at::randn({out, in}) / std::sqrt(double(in)), at::randn({out})};
        packed.weight.select(0, 1).zero_(); // a row without a range
        const Linear plain = packed;
        packed.pack(Precision::Int8);
        const at::Tensor step = plain.weight.abs().amax(1, true) / 127;
        QVERIFY(((packed.held->widen() - plain.weight).abs() <= step / 2 + 1e-7).all().item<bool>());
        const at::Tensor x = at::randn({3, 11, in}) + 2, added = at::randn({3, 11, out});
        const at::Tensor rounded = at::linear(x, packed.held->widen(), plain.bias);
        // What the 256 steps of the left side cost at most: half a step times what a row of weights sums to.
        const at::Tensor most = ((x.amax(-1, true) - x.amin(-1, true)) / 255 / 2) * plain.weight.abs().sum(1) * 1.02;
        QVERIFY(((packed(x) - rounded).abs() <= most + 1e-5).all().item<bool>());
        QVERIFY(packed(x, {.outputForLinear = true}).scalar_type() == at::kFloat);
        const After after{.activation = Activation::Relu, .added = added};
        QVERIFY(worst(packed(x, after), at::relu(packed(x)) + added) < 1e-6);
    }
    void int8DoesNotHideWhatIsNoNumber()
    {
        if (!packs(Precision::Int8)) QSKIP("this processor has no int8 products");
        Linear packed{at::randn({20, 40}), {}};
        packed.pack(Precision::Int8);
        for (const float wrong : {NAN, INFINITY, -INFINITY}) {
            at::Tensor x = at::randn({3, 40});
            x[1][39] = wrong;
            const at::Tensor finite = packed(x).isfinite();
            QVERIFY(!finite[1].any().item<bool>());
            QVERIFY(finite[0].all().item<bool>() && finite[2].all().item<bool>());
        }
        QVERIFY(worst(packed(at::zeros({2, 40})), at::zeros({2, 20})) == 0);
    }
    void precisionsAreKnownByTheirNames()
    {
        for (const std::string& name : precisionsOf("cpu"))
            QVERIFY(name == "float32" || packs(precisionFrom(name, "cpu")));
        QVERIFY(precisionsOf("cuda") == std::vector<std::string>({"float32", "bfloat16", "float16"}));
        for (const auto& [name, device] :
             {std::pair("float16", "cpu"), std::pair("int8", "cuda"), std::pair("int4", "cpu")})
            QVERIFY_THROWS_EXCEPTION(Error, precisionFrom(name, device));
    }
    void gradientsFlowThroughPackedLayers()
    {
        Linear packed{at::randn({4, 3}), at::randn({4})};
        const at::Tensor weight = packed.weight.clone();
        packed.pack(Precision::Float32);
        const at::Tensor x = at::randn({2, 3}).requires_grad_();
        packed(x).sum().backward();
        QVERIFY(worst(x.grad(), weight.sum(0).expand({2, 3})) < 1e-5);
    }
    void patchesEqualTheConvolution()
    {
        PatchEmbedding plain{{at::randn({10, 3, 4, 4}), at::randn({10})}, 4};
        PatchEmbedding packed = plain;
        packed.pack(Precision::Float32);
        const at::Tensor pixels = at::randn({2, 3, 13, 18}); // the rest is dropped
        QVERIFY(packed(pixels).sizes() == plain(pixels).sizes());
        QVERIFY(worst(packed(pixels), plain(pixels)) < 1e-4);
    }
    void attentionEqualsTheWholeMap_data()
    {
        QTest::addColumn<int>("queries");
        QTest::addColumn<int>("keys");
        QTest::addColumn<bool>("bias");
        QTest::addColumn<bool>("mask");
        for (const auto& [queries, keys] : {std::pair(1, 1), std::pair(5, 3), std::pair(49, 49), std::pair(197, 197),
                                            std::pair(1, 700), std::pair(1500, 1500)})
            for (const int added : {0, 1, 2, 3})
                if (queries < 1000 || added == 0)
                    QTest::addRow("%d x %d, %d", queries, keys, added)
                        << queries << keys << bool(added & 1) << bool(added & 2);
    }
    void attentionEqualsTheWholeMap()
    {
        QFETCH(int, queries);
        QFETCH(int, keys);
        QFETCH(bool, bias);
        QFETCH(bool, mask);
        constexpr int kBatch = 2, kHeads = 3, kSize = 10;
        // Strided as the layers leave them: heads side by side.
        const auto heads = [](int n) { return at::randn({kBatch, n, kHeads, kSize}).transpose(1, 2); };
        const at::Tensor q = heads(queries), k = heads(keys), v = heads(keys);
        const at::Tensor b = bias ? at::randn({1, kHeads, queries, keys}) : at::Tensor();
        const at::Tensor m = mask ? at::randn({kBatch, 1, queries, keys}).gt(0.5).to(at::kFloat) * -100 : at::Tensor();
        at::Tensor scores = at::matmul(q, k.transpose(-2, -1)).to(at::kDouble) * 0.3;
        if (bias) scores = scores + b;
        if (mask) scores = scores + m;
        const at::Tensor truth = at::matmul(at::softmax(scores, -1), v.to(at::kDouble)).transpose(1, 2).flatten(2);
        QVERIFY(canAttendHeads(q, k, v));
        QVERIFY(worst(attendHeads(q, k, v, 0.3, b, m, at::kFloat), truth) < 1e-5);
        QVERIFY(worst(attendHeads(q, k, v, 0.3, b, m, at::kBFloat16), truth) < 0.05);
    }
    void rowsOfTheSoftmaxSumToOneAndStayTrue_data()
    {
        QTest::addColumn<int>("columns");
        for (const int columns : {1, 15, 16, 17, 197, 4097}) QTest::addRow("%d", columns) << columns;
    }
    void rowsOfTheSoftmaxSumToOneAndStayTrue()
    {
        QFETCH(int, columns);
        const at::Tensor scores = at::randn({3, columns}) * 20, truth = at::softmax(scores.to(at::kDouble), -1);
        const at::Tensor found = scores.clone();
        float sums[3];
        exponentiateRows({found.data_ptr<float>(), 3, columns, columns, 1}, sums);
        divideRows({found.data_ptr<float>(), 3, columns, columns, sums, columns}, found.data_ptr<float>());
        QVERIFY(worst(found, truth) < 1e-6);
        QVERIFY(worst(found.sum(-1, false, at::kDouble), at::ones({3})) < 1e-5);
    }
    void aNormThatFeedsALayerEqualsThePlainOne()
    {
        for (const int width : {7, 16, 100, 768}) {
            const LayerNorm norm{at::randn({width}), at::randn({width}), 1e-6};
            Linear reader{at::randn({3, width}), {}};
            const at::Tensor x = at::randn({2, 37, width}) * 3 + 5;
            QVERIFY(worst(norm(x, reader), norm(x)) == 0); // not packed: the same operator
            reader.pack(Precision::Float32);
            QVERIFY(worst(norm(x, reader), norm(x.to(at::kFloat))) < 2e-5);
            if (!packs(Precision::BFloat16)) continue;
            Linear rounded{at::randn({3, width}), {}};
            rounded.pack(Precision::BFloat16);
            QVERIFY(at::allclose(norm(x, rounded).to(at::kFloat), norm(x, reader), 1.0 / 256, 1e-6));
        }
    }
    void notANumberIsNotHidden()
    {
        std::vector<float> row(20, 1.0F);
        row[7] = std::nanf("");
        float sum = 0;
        exponentiateRows({row.data(), 1, 20, 20, 1}, &sum);
        QVERIFY(std::isnan(sum));
    }
};

QTEST_APPLESS_MAIN(TestFastPath)
#include "tst_fast_path.moc"
