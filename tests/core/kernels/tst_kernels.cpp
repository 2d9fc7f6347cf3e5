// SPDX-License-Identifier: GPL-3.0-or-later
// Packed products and what follows them against plain loops in double, on every remainder of rows, columns and inner
// extent; the threads that share them. CTest runs this with each instruction set that the machine has.
#include "core/kernels/number_formats.h"
#include "core/kernels/panel_product.h"
#include "core/kernels/processor.h"
#include "core/kernels/row_kernels.h"
#include "core/kernels/workers.h"

#include <QTest>

#include <atomic>
#include <cmath>
#include <cstring>
#include <limits>
#include <random>
#include <stdexcept>
#include <thread>
#include <vector>

using namespace headlens;

namespace {

std::vector<float> randomNumbers(std::int64_t count, std::uint32_t seed)
{
    std::mt19937 source(seed);
    std::normal_distribution<float> normal;
    std::vector<float> numbers(static_cast<std::size_t>(count));
    for (float& number : numbers) number = normal(source);
    return numbers;
}

double activatedTruly(Activation kind, double x)
{
    const auto sigmoid = [](double t) { return 1 / (1 + std::exp(-t)); };
    switch (kind) {
    case Activation::Gelu: return x / 2 * std::erfc(-x / std::sqrt(2.0));
    case Activation::GeluTanh: return x * sigmoid(2 * std::sqrt(2 / M_PI) * (x + 0.044715 * x * x * x));
    case Activation::QuickGelu: return x * sigmoid(1.702 * x);
    case Activation::Silu: return x * sigmoid(x);
    case Activation::Relu: return std::max(x, 0.0);
    }
    return 0;
}

float roundedTo16(std::uint16_t bits)
{
    const std::uint32_t wide = std::uint32_t(bits) << 16U;
    float number = 0;
    std::memcpy(&number, &wide, sizeof(number));
    return number;
}

struct Extent {
    std::int64_t rows, inner, columns;
};

// left [rows,inner], weight [columns,inner] and what may follow.
struct Sample {
    Extent x;
    std::vector<float> left, weight, bias, factor, scale, added;

    explicit Sample(const Extent& extent)
        : x(extent), left(randomNumbers(x.rows * x.inner, 1)), weight(randomNumbers(x.columns * x.inner, 2)),
          bias(randomNumbers(x.columns, 3)), factor(randomNumbers(x.rows * x.columns, 4)),
          scale(randomNumbers(x.columns, 5)), added(randomNumbers(x.rows * x.columns, 6))
    {
    }
    std::vector<float> packed() const
    {
        std::vector<float> panels(static_cast<std::size_t>(panelUnits(x.inner, x.columns)));
        packTransposed(weight.data(), x.columns, x.inner, x.inner, panels.data());
        return panels;
    }
    double product(std::int64_t row, std::int64_t column) const
    {
        double sum = 0;
        for (std::int64_t i = 0; i < x.inner; ++i)
            sum += double(left[std::size_t(row * x.inner + i)]) * double(weight[std::size_t(column * x.inner + i)]);
        return sum;
    }
    PanelProduct over(const std::vector<float>& panels, const RowEpilogue& epilogue) const
    {
        return {Operand::Float32, left.data(), x.rows, x.inner, x.inner, panels.data(), x.columns, epilogue, x.columns};
    }
};

} // namespace

class TestKernels : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void productsAreRightOnEveryRemainder_data()
    {
        QTest::addColumn<int>("inner");
        for (const int inner : {1, 2, 15, 16, 17, 33}) QTest::addRow("inner extent %d", inner) << inner;
    }
    void productsAreRightOnEveryRemainder()
    {
        QFETCH(int, inner);
        const std::int64_t most = panelColumns() + paddedColumns(1) + 1;
        for (std::int64_t rows = 1; rows <= 19; ++rows)
            for (std::int64_t columns = 1; columns <= most; ++columns) {
                const Sample sample({rows, inner, columns});
                const std::vector<float> panels = sample.packed();
                std::vector<float> found(static_cast<std::size_t>(rows * columns));
                const PanelProduct product = sample.over(panels, {});
                product.run(0, product.tiles(), found.data());
                for (std::int64_t i = 0; i < rows * columns; ++i)
                    QVERIFY2(std::abs(found[std::size_t(i)] - sample.product(i / columns, i % columns)) < 2e-5,
                             qPrintable(QStringLiteral("%1 x %2, number %3").arg(rows).arg(columns).arg(i)));
            }
    }
    void whatFollowsComesInItsOrder_data()
    {
        QTest::addColumn<int>("parts"); // bits: bias, activation, factor, scale, added
        QTest::addColumn<int>("columns");
        for (const int columns : {5, 16, 61})
            for (int parts = 0; parts < 32; ++parts)
                QTest::addRow("%d columns, parts %d", columns, parts) << parts << columns;
    }
    void whatFollowsComesInItsOrder()
    {
        QFETCH(int, parts);
        QFETCH(int, columns);
        const Sample sample({11, 24, columns});
        const std::vector<float> panels = sample.packed();
        const auto some = [&](int bit, const std::vector<float>& numbers) {
            return (parts & bit) != 0 ? numbers.data() : nullptr;
        };
        RowEpilogue epilogue{
            some(1, sample.bias), {}, some(4, sample.factor), some(8, sample.scale), some(16, sample.added)};
        if ((parts & 2) != 0) epilogue.activation = Activation::Silu;
        std::vector<float> found(static_cast<std::size_t>(11 * columns));
        std::vector<std::uint16_t> rounded(found.size());
        const PanelProduct product = sample.over(panels, epilogue);
        product.run(0, product.tiles(), found.data());
        product.run(0, product.tiles(), rounded.data());
        for (std::size_t i = 0; i < found.size(); ++i) {
            const auto row = std::int64_t(i) / columns, column = std::int64_t(i) % columns;
            double truth = sample.product(row, column);
            if (epilogue.bias != nullptr) truth += sample.bias[std::size_t(column)];
            if (epilogue.activation) truth = activatedTruly(Activation::Silu, truth);
            if (epilogue.factor != nullptr) truth *= sample.factor[i];
            if (epilogue.scale != nullptr) truth *= sample.scale[std::size_t(column)];
            if (epilogue.added != nullptr) truth += sample.added[i];
            QVERIFY(std::abs(found[i] - truth) < 5e-5);
            QVERIFY(std::abs(roundedTo16(rounded[i]) - found[i]) <= std::abs(found[i]) / 256);
        }
    }
    void activationsAreTrueFromFarBelowToFarAbove_data()
    {
        QTest::addColumn<int>("kind");
        for (const int kind : {0, 1, 2, 3, 4}) QTest::addRow("%d", kind) << kind;
    }
    void activationsAreTrueFromFarBelowToFarAbove()
    {
        QFETCH(int, kind);
        constexpr int kCount = 4001;
        std::vector<float> xs(kCount), one{1}, panels(static_cast<std::size_t>(panelUnits(1, kCount))), found(kCount);
        for (int i = 0; i < kCount; ++i) xs[std::size_t(i)] = float(i - 2000) * 0.01F; // -20 to 20
        packTransposed(xs.data(), kCount, 1, 1, panels.data());
        const PanelProduct product{
            Operand::Float32, one.data(), 1, 1, 1, panels.data(), kCount, {nullptr, Activation(kind)}, kCount};
        product.run(0, product.tiles(), found.data());
        for (int i = 0; i < kCount; ++i) {
            const double x = double(xs[std::size_t(i)]), truth = activatedTruly(Activation(kind), x);
            QVERIFY2(std::abs(double(found[std::size_t(i)]) - truth) < 3e-7 * std::max(1.0, std::abs(x)),
                     qPrintable(QString::number(x)));
        }
    }
    void valuesAreTakenAsTheyLie()
    {
        constexpr std::int64_t kRows = 9, kInner = 21, kColumns = 35, kApart = 50;
        const auto left = randomNumbers(kRows * kInner, 1), values = randomNumbers(kInner * kApart, 2);
        std::vector<float> panels(static_cast<std::size_t>(panelUnits(kInner, kColumns)));
        packPlain(values.data(), kInner, kColumns, kApart, panels.data());
        const std::int64_t stride = paddedColumns(kColumns);
        std::vector<float> found(static_cast<std::size_t>(kRows * stride));
        PanelProduct{Operand::Float32, left.data(), kRows, kInner, kInner, panels.data(), kColumns, {}, stride}
            .runPadded(found.data());
        for (std::int64_t r = 0; r < kRows; ++r)
            for (std::int64_t c = 0; c < kColumns; ++c) {
                double truth = 0;
                for (std::int64_t i = 0; i < kInner; ++i)
                    truth += double(left[std::size_t(r * kInner + i)]) * double(values[std::size_t(i * kApart + c)]);
                QVERIFY(std::abs(found[std::size_t(r * stride + c)] - truth) < 2e-5);
            }
    }
    void rowsBecomeBytesWithinHalfAStep_data()
    {
        QTest::addColumn<int>("columns");
        for (const int columns : {1, 3, 8, 16, 21, 100}) QTest::addRow("%d columns", columns) << columns;
    }
    void rowsBecomeBytesWithinHalfAStep()
    {
        QFETCH(int, columns);
        constexpr std::int64_t kRows = 5;
        const std::int64_t stride = columns + 3;
        std::vector<float> x = randomNumbers(kRows * columns, 1), steps(kRows), least(kRows);
        for (int c = 0; c < columns; ++c) x[std::size_t(c)] = -3; // a row that is all alike
        std::vector<std::uint8_t> whole(static_cast<std::size_t>(kRows * stride), 99);
        quantizeRows({x.data(), kRows, columns, stride, whole.data(), steps.data(), least.data()});
        for (std::int64_t r = 0; r < kRows; ++r)
            for (std::int64_t c = 0; c < stride; ++c) {
                const std::uint8_t q = whole[std::size_t(r * stride + c)];
                const float step = steps[std::size_t(r)];
                if (c >= columns)
                    QCOMPARE(int(q), 0);
                else
                    QVERIFY(std::abs(least[std::size_t(r)] + step * q - x[std::size_t(r * columns + c)]) <=
                            step * 0.5001F + 1e-6F);
            }
    }
    void productsOfBytesAreExactOnEveryRemainder()
    {
        if (!hasProductOf(Operand::Int8)) QSKIP("this processor has no int8 products");
        for (const std::int64_t units : {std::int64_t(1), std::int64_t(5), std::int64_t(17)})
            for (std::int64_t rows = 1; rows <= 9; ++rows)
                for (std::int64_t columns = 1; columns <= panelColumns() + 1; ++columns) {
                    const std::int64_t inner = units * 4;
                    std::vector<std::uint8_t> left(static_cast<std::size_t>(rows * inner));
                    std::vector<std::int8_t> right(static_cast<std::size_t>(columns * inner));
                    std::mt19937 source(std::uint32_t(rows * columns));
                    for (auto& q : left) q = std::uint8_t(source() % 256);
                    for (auto& q : right) q = std::int8_t(int(source() % 255) - 127);
                    right[0] = 127, left[0] = 255; // the ends of both ranges
                    std::vector<float> panels(static_cast<std::size_t>(panelUnits(units, columns)));
                    packTransposed(reinterpret_cast<const float*>(right.data()), columns, units, units, panels.data());
                    const auto rowSteps = randomNumbers(rows, 1), rowLeast = randomNumbers(rows, 2),
                               columnSteps = randomNumbers(columns, 3), columnSums = randomNumbers(columns, 4);
                    PanelProduct product{Operand::Int8, reinterpret_cast<const float*>(left.data()),
                                         rows,          units,
                                         units,         panels.data(),
                                         columns,       {},
                                         columns};
                    product.sides = {rowSteps.data(), rowLeast.data(), columnSteps.data(), columnSums.data()};
                    std::vector<float> found(static_cast<std::size_t>(rows * columns));
                    product.run(0, product.tiles(), found.data());
                    for (std::int64_t i = 0; i < rows * columns; ++i) {
                        const auto r = std::size_t(i / columns), c = std::size_t(i % columns);
                        std::int64_t sum = 0;
                        for (std::size_t k = 0; k < std::size_t(inner); ++k)
                            sum += left[r * std::size_t(inner) + k] * right[c * std::size_t(inner) + k];
                        const double truth = double(rowSteps[r]) * double(columnSteps[c]) * double(sum) +
                                             double(rowLeast[r]) * double(columnSums[c]);
                        QVERIFY(std::abs(found[std::size_t(i)] - truth) < 1e-6 * std::abs(truth) + 1e-4);
                    }
                }
    }
    void packingLosesNothing()
    {
        for (const Extent& x :
             {Extent{1, 1, 1}, Extent{1, 7, 5}, Extent{1, 64, 100}, Extent{1, 33, 48}, Extent{1, 18, 17}}) {
            const Sample sample(x);
            std::vector<float> back(sample.weight.size());
            unpackTransposed(sample.packed().data(), x.columns, x.inner, back.data());
            QCOMPARE(back, sample.weight);
        }
    }
    void rowsOfAMaskThatForbidsAllButOneSumToOne()
    {
        std::vector<float> scores(37, 1.0F), mask(37, -1e30F);
        mask[30] = 0;
        float sum = 0;
        exponentiateRows({scores.data(), 1, 37, 37, 1, nullptr, mask.data()}, &sum);
        QCOMPARE(sum, 1.0F);
        QCOMPARE(scores[30], 1.0F);
        for (std::size_t i = 0; i < 37; ++i) QVERIFY(i == 30 || scores[i] < 1e-30F);
    }
    void everyHalfBecomesItsFloat()
    {
        constexpr int kAll = 1 << 16;
        std::vector<std::uint16_t> halves(kAll);
        for (int i = 0; i < kAll; ++i) halves[std::size_t(i)] = std::uint16_t(i);
        std::vector<std::byte> bytes(2 * kAll + 1); // at an odd address, as in a file
        std::memcpy(bytes.data() + 1, halves.data(), 2 * kAll);
        std::vector<float> found(kAll), upper(kAll);
        widenFloat16(bytes.data() + 1, kAll, found.data());
        widenBFloat16(bytes.data() + 1, kAll, upper.data());
        for (int i = 0; i < kAll; ++i) {
            const int exponent = i >> 10 & 31, fraction = i & 1023;
            double truth = exponent == 0 ? std::ldexp(fraction, -24) : std::ldexp(1024 + fraction, exponent - 25);
            if (exponent == 31) truth = fraction == 0 ? INFINITY : NAN;
            if (i >> 15 != 0) truth = -truth;
            const float value = found[std::size_t(i)];
            QVERIFY(std::isnan(truth) ? std::isnan(value) : double(value) == truth);
            QVERIFY(std::signbit(value) == (i >> 15 != 0));
            const float wide = roundedTo16(halves[std::size_t(i)]);
            QVERIFY(std::memcmp(&wide, &upper[std::size_t(i)], sizeof(wide)) == 0);
        }
    }
    void oneNumberThatIsNotFiniteIsFound_data()
    {
        QTest::addColumn<float>("number");
        QTest::addColumn<bool>("finite");
        QTest::newRow("not a number") << float(NAN) << false;
        QTest::newRow("infinite") << float(INFINITY) << false;
        QTest::newRow("infinite below") << -float(INFINITY) << false;
        QTest::newRow("the largest") << std::numeric_limits<float>::max() << true;
        QTest::newRow("denormal") << std::numeric_limits<float>::denorm_min() << true;
    }
    void oneNumberThatIsNotFiniteIsFound()
    {
        QFETCH(float, number);
        QFETCH(bool, finite);
        for (const std::size_t count : {std::size_t(1), std::size_t(37), std::size_t(300'000)})
            for (const std::size_t place : {std::size_t(0), count / 2, count - 1}) {
                std::vector<float> numbers(count, 1.5F);
                numbers[place] = number;
                QCOMPARE(allFinite(numbers.data(), std::int64_t(count)), finite);
            }
    }
    void everyPartOfALoopIsDoneOnce_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("together");
        for (const auto& [count, together] : {std::pair(0, 1), std::pair(1, 1), std::pair(7, 1), std::pair(7, 3),
                                              std::pair(100, 33), std::pair(100'000, 1), std::pair(5, 9)})
            QTest::addRow("%d by %d", count, together) << count << together;
    }
    void everyPartOfALoopIsDoneOnce()
    {
        QFETCH(int, count);
        QFETCH(int, together);
        for (int turn = 0; turn < 50; ++turn) {
            std::vector<std::atomic<int>> done(static_cast<std::size_t>(count));
            parallelFor(count, together, [&](std::int64_t begin, std::int64_t end) {
                QVERIFY(begin % together == 0);
                for (std::int64_t i = begin; i < end; ++i) ++done[std::size_t(i)];
            });
            for (const auto& times : done) QCOMPARE(times.load(), 1);
        }
    }
    void aLoopWithinALoopAndOneBesideItAreDoneToo()
    {
        std::atomic<std::int64_t> sum = 0;
        const auto loop = [&] {
            for (int turn = 0; turn < 200; ++turn)
                parallelFor(16, 1, [&](std::int64_t begin, std::int64_t end) {
                    parallelFor(end - begin, 1, [&](std::int64_t b, std::int64_t e) { sum += e - b; });
                });
        };
        std::thread beside(loop);
        loop();
        beside.join();
        QCOMPARE(sum.load(), 2 * 200 * 16);
    }
    void whatABodyThrowsComesOut()
    {
        const auto fails = [](std::int64_t begin, std::int64_t end) {
            if (begin <= 40 && 40 < end) throw std::runtime_error("40");
        };
        QVERIFY_EXCEPTION_THROWN(parallelFor(100, 1, fails), std::runtime_error);
        std::atomic<std::int64_t> done = 0; // and the next loop is whole again
        parallelFor(100, 1, [&](std::int64_t begin, std::int64_t end) { done += end - begin; });
        QCOMPARE(done.load(), 100);
    }
};

QTEST_APPLESS_MAIN(TestKernels)
#include "tst_kernels.moc"
