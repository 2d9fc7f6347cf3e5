// SPDX-License-Identifier: GPL-3.0-or-later
// A layer whose weights stay as a file stores them says what the widened layer says: for few rows and many, forth and
// back, and as a table of embeddings.
#include <ATen/ATen.h>

#include "core/tensors/packed_linear.h"
#include "core/tensors/runtime.h"
#include "core/tensors/stored_linear.h"

#include <QTest>

#include <array>
#include <cmath>
#include <random>

using namespace headlens;

namespace {

constexpr std::array<std::pair<const char*, BlockFormat>, 5> kFormats{{{"F16", BlockFormat::F16},
                                                                       {"BF16", BlockFormat::BF16},
                                                                       {"Q8_0", BlockFormat::Q8_0},
                                                                       {"Q4_K", BlockFormat::Q4_K},
                                                                       {"Q6_K", BlockFormat::Q6_K}}};

double worst(const at::Tensor& a, const at::Tensor& b)
{
    return (a.to(at::kDouble) - b.to(at::kDouble)).abs().max().item<double>();
}

// Random blocks whose float16 numbers (all scales are, in these formats) are small: the second byte of each is cut.
StoredMatrix matrixOf(BlockFormat format, std::int64_t rows, std::int64_t columns)
{
    const BlockSize block = blockSizeOf(format);
    const at::Tensor bytes = at::randint(0, 256, {rows, columns / block.values * block.bytes}, at::kByte);
    const auto limit = [&](std::int64_t at) { // a number of magnitude 2^-11 to 2^-4
        const at::Tensor high = bytes.view({-1, block.bytes}).select(1, at);
        high.copy_(high.bitwise_and(0x80).bitwise_or(0x10).add(high.remainder(16)));
    };
    switch (format) {
    case BlockFormat::F16: limit(1); break;
    case BlockFormat::BF16:
        bytes.view({-1, 2}).select(1, 1).copy_(bytes.view({-1, 2}).select(1, 0).remainder(2) * 128 + 0x3D);
        break;
    case BlockFormat::Q6_K: limit(209); break;
    case BlockFormat::Q4_K: limit(3); [[fallthrough]];
    default: limit(1);
    }
    return {format, bytes, columns};
}

} // namespace

class TestStoredLinear : public QObject {
    Q_OBJECT

    static void formats()
    {
        QTest::addColumn<int>("format");
        for (const auto& [name, format] : kFormats) QTest::newRow(name) << int(format);
    }

private Q_SLOTS:
    void initTestCase()
    {
        startRuntime();
        at::manual_seed(1);
    }
    void itMultipliesAsTheWidenedLayer_data() { formats(); }
    void itMultipliesAsTheWidenedLayer()
    {
        QFETCH(int, format);
        const StoredMatrix matrix = matrixOf(BlockFormat(format), 130, 512);
        QVERIFY(allFinite(matrix));
        Linear kept{{}, at::randn({130}), std::make_shared<StoredLinear>(matrix)};
        const Linear plain{kept.held->widen(), kept.bias};
        QCOMPARE(kept.outputs(), 130);
        QVERIFY(plain.weight.abs().max().item<float>() > 0);
        for (const int rows : {1, 2, 3, 4, 50}) {
            const at::Tensor x = at::randn({1, rows, 512}), y = at::randn({1, rows, 130});
            for (const After& after :
                 {After{}, After{.activation = Activation::Silu, .factor = y}, After{.added = y}}) {
                const at::Tensor truth = followed(at::linear(x, plain.weight, plain.bias), after);
                QVERIFY(worst(kept(x, after), truth) < 1e-5 * std::max(1.0, truth.abs().max().item<double>()));
            }
        }
        QVERIFY(kept(at::zeros({0, 512})).sizes() == at::IntArrayRef({0, 130}));
    }
    void gradientsPassIt_data() { formats(); }
    void gradientsPassIt()
    {
        QFETCH(int, format);
        const auto held = std::make_shared<StoredLinear>(matrixOf(BlockFormat(format), 70, 256));
        for (const at::Tensor& bias : {at::randn({70}), at::Tensor()}) {
            const Linear kept{{}, bias, held};
            const at::Tensor x = at::randn({2, 3, 256}).requires_grad_(), same = x.detach().clone().requires_grad_();
            kept(x).square().sum().backward();
            at::linear(same, held->widen(), bias).square().sum().backward();
            QVERIFY(worst(x.grad(), same.grad()) < 1e-4 * std::max(1.0, same.grad().abs().max().item<double>()));
        }
    }
    void gradientsPassMoreRowsThanAreUnpackedAtOnce()
    {
        const Linear kept{{}, {}, std::make_shared<StoredLinear>(matrixOf(BlockFormat::Q8_0, 1'100, 4'096))};
        const at::Tensor gradient = at::randn({2, 1'100}), truth = at::matmul(gradient, kept.held->widen());
        QVERIFY(worst(kept.held->back(gradient), truth) < 1e-4 * std::max(1.0, truth.abs().max().item<double>()));
    }
    void itIsATableOfEmbeddingsToo_data() { formats(); }
    void itIsATableOfEmbeddingsToo()
    {
        QFETCH(int, format);
        const Linear kept{{}, {}, std::make_shared<StoredLinear>(matrixOf(BlockFormat(format), 20, 256))};
        const at::Tensor ids = at::tensor({3, 19, 0, 3}, at::kLong).view({2, 2});
        QVERIFY(worst(kept.rows(ids), at::embedding(kept.held->widen(), ids)) == 0);
    }
    void numbersThatAreNotFiniteAreFound()
    {
        const at::Tensor bytes = at::zeros({3, 4}, at::kByte);
        const StoredMatrix matrix{BlockFormat::F16, bytes, 2};
        QVERIFY(allFinite(matrix));
        bytes[2][3] = 0x7C; // infinite
        QVERIFY(!allFinite(matrix));
    }
    void packingLeavesItAndScalesWidenIt()
    {
        const auto held = std::make_shared<StoredLinear>(matrixOf(BlockFormat::Q8_0, 12, 64));
        Linear kept{{}, at::randn({12}), held};
        kept.pack(Precision::Stored);
        QVERIFY(kept.held == held);
        const at::Tensor scale = at::randn({12}), x = at::randn({4, 64});
        const at::Tensor truth = kept(x) * scale;
        kept.pack(Precision::Stored, scale);
        QVERIFY(kept.held != held);
        QVERIFY(worst(kept(x), truth) < 1e-5 * std::max(1.0, truth.abs().max().item<double>()));
    }
};

QTEST_APPLESS_MAIN(TestStoredLinear)
#include "tst_stored_linear.moc"
