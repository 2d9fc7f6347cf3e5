// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensors/row_kernels.h"

#include "core/tensors/processor.h"

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

namespace headlens {
namespace {

constexpr std::int64_t kLanes = 16;
using Lanes = float __attribute__((vector_size(kLanes * sizeof(float))));
using Whole = std::int32_t __attribute__((vector_size(kLanes * sizeof(float))));

#define HEADLENS_INLINE inline __attribute__((always_inline))

HEADLENS_INLINE void load(Lanes& lanes, const float* from)
{
    std::memcpy(&lanes, from, sizeof(Lanes));
}

HEADLENS_INLINE void store(const Lanes& lanes, float* to)
{
    std::memcpy(to, &lanes, sizeof(Lanes));
}

// exp(x) for x <= 0: 2^n times the Taylor polynomial of the rest, which is at most ln(2)/2.
HEADLENS_INLINE void exponentiate(Lanes& x)
{
    constexpr float kLowest = -87, kLog2E = 1.44269504F, kLn2High = 0.693359375F, kLn2Low = -2.12194440e-4F;
    constexpr float kRound = 12582912.0F; // 1.5 * 2^23: adding and taking it away rounds to a whole number
    constexpr int kExponentBits = 23;
    x = x < kLowest ? Lanes{} + kLowest : x;
    const Lanes n = (x * kLog2E + kRound) - kRound;
    const Lanes r = (x - n * kLn2High) - n * kLn2Low;
    Lanes p = r * (1.0F / 5040) + 1.0F / 720;
    p = p * r + 1.0F / 120;
    p = p * r + 1.0F / 24;
    p = p * r + 1.0F / 6;
    p = p * r + 0.5F;
    p = p * r + 1.0F;
    p = p * r + 1.0F;
    Whole bits;
    std::memcpy(&bits, &p, sizeof(bits));
    bits += __builtin_convertvector(n, Whole) << kExponentBits;
    std::memcpy(&x, &bits, sizeof(x));
}

HEADLENS_INLINE float total(const Lanes& lanes)
{
    using Eight = float __attribute__((vector_size(8 * sizeof(float))));
    using Four = float __attribute__((vector_size(4 * sizeof(float))));
    Eight eight[2];
    std::memcpy(eight, &lanes, sizeof(lanes));
    const Eight halves = eight[0] + eight[1];
    Four four[2];
    std::memcpy(four, &halves, sizeof(halves));
    const Four quarters = four[0] + four[1];
    return (quarters[0] + quarters[1]) + (quarters[2] + quarters[3]);
}

HEADLENS_INLINE void keep(float value, float& place)
{
    place = value;
}

// bfloat16 is the upper half of a float32.
HEADLENS_INLINE void keep(float value, std::uint16_t& place)
{
    constexpr std::uint32_t kHalf = 0x7FFF, kDropped = 16;
    const auto bits = std::bit_cast<std::uint32_t>(value);
    place = std::uint16_t((bits + kHalf + ((bits >> kDropped) & 1)) >> kDropped);
}

// sum of (x - centre)^power over a row
HEADLENS_INLINE float momentOf(const float* row, std::int64_t columns, float centre, int power)
{
    Lanes sum{};
    std::int64_t i = 0;
    for (; i + kLanes <= columns; i += kLanes) {
        Lanes x;
        load(x, row + i);
        x -= centre;
        sum += power == 2 ? x * x : x;
    }
    float rest = 0;
    for (; i < columns; ++i) rest += power == 2 ? (row[i] - centre) * (row[i] - centre) : row[i] - centre;
    return total(sum) + rest;
}

template <class Number>
HEADLENS_INLINE void normalize(const NormalizedRows& x, Number* normed)
{
    const auto count = float(x.columns);
    for (std::int64_t r = 0; r < x.rows; ++r) {
        const float* row = x.values + r * x.columns;
        const float mean = momentOf(row, x.columns, 0, 1) / count;
        const float variance = momentOf(row, x.columns, mean, 2) / count;
        const auto scale = float(1 / std::sqrt(double(variance) + x.eps));
        for (std::int64_t c = 0; c < x.columns; ++c)
            keep((row[c] - mean) * scale * x.weight[c] + x.bias[c], normed[r * x.columns + c]);
    }
}

// One row: t into its place, its largest value back.
HEADLENS_INLINE float biased(float* row, const ScoreRows& x, const float* bias, const float* mask)
{
    Lanes largest = Lanes{} - std::numeric_limits<float>::infinity();
    std::int64_t i = 0;
    for (; i + kLanes <= x.columns; i += kLanes) {
        Lanes t, added;
        load(t, row + i);
        t *= x.scale;
        if (bias != nullptr) load(added, bias + i), t += added;
        if (mask != nullptr) load(added, mask + i), t += added;
        store(t, row + i);
        largest = t > largest ? t : largest;
    }
    float most = largest[0];
    for (std::int64_t lane = 1; lane < kLanes; ++lane) most = largest[lane] > most ? largest[lane] : most;
    for (; i < x.columns; ++i) {
        row[i] = row[i] * x.scale + (bias != nullptr ? bias[i] : 0) + (mask != nullptr ? mask[i] : 0);
        most = row[i] > most ? row[i] : most;
    }
    return most;
}

HEADLENS_INLINE float exponentials(float* row, std::int64_t columns, float most)
{
    Lanes sum{};
    std::int64_t i = 0;
    for (; i + kLanes <= columns; i += kLanes) {
        Lanes t;
        load(t, row + i);
        t -= most;
        exponentiate(t);
        store(t, row + i);
        sum += t;
    }
    if (i < columns) { // the rest of the row in one set of lanes; what is not there adds nothing
        Lanes rest = Lanes{} + most;
        const std::size_t bytes = std::size_t(columns - i) * sizeof(float);
        std::memcpy(&rest, row + i, bytes);
        rest -= most;
        exponentiate(rest);
        std::memcpy(row + i, &rest, bytes);
        for (std::int64_t lane = 0; i + lane < columns; ++lane) sum[lane] += rest[lane];
    }
    return total(sum);
}

HEADLENS_INLINE void exponentiate(const ScoreRows& x, float* sums)
{
    for (std::int64_t r = 0; r < x.rows; ++r) {
        const std::int64_t at = r * x.columns;
        const float most = biased(x.scores + at, x, x.bias != nullptr ? x.bias + at : nullptr,
                                  x.mask != nullptr ? x.mask + at : nullptr);
        sums[r] = exponentials(x.scores + at, x.columns, most);
    }
}

HEADLENS_INLINE void score(const QueryAndKeys& x, float* scores)
{
    constexpr std::int64_t kAhead = 2; // keys: the processor does not look over the border of a page by itself
    for (std::int64_t key = 0; key < x.count; ++key)
        for (std::int64_t head = 0; head < x.heads; ++head) {
            const float* next = x.keys + (key + kAhead < x.count ? key + kAhead : key) * x.keyStride;
            for (std::int64_t line = 0; line < x.size; line += kLanes)
                __builtin_prefetch(next + head * x.keyHeadStride + line);
            const float* query = x.query + head * x.queryHeadStride;
            const float* row = x.keys + key * x.keyStride + head * x.keyHeadStride;
            Lanes sum{};
            std::int64_t i = 0;
            for (; i + kLanes <= x.size; i += kLanes) {
                Lanes a, b;
                load(a, query + i);
                load(b, row + i);
                sum += a * b;
            }
            float rest = 0;
            for (; i < x.size; ++i) rest += query[i] * row[i];
            scores[head * x.count + key] = total(sum) + rest;
        }
}

template <class Number>
HEADLENS_INLINE void divide(const DividedRows& x, Number* quotients)
{
    for (std::int64_t r = 0; r < x.rows; ++r) {
        const float share = 1 / x.sums[r];
        for (std::int64_t c = 0; c < x.columns; ++c)
            keep(x.values[r * x.columns + c] * share, quotients[r * x.stride + c]);
    }
}

// The kernels above, compiled once for each width of vectors.
struct RowKernels {
    void (*exponentiate)(const ScoreRows&, float*);
    void (*score)(const QueryAndKeys&, float*);
    void (*divide)(const DividedRows&, float*);
    void (*divideRounded)(const DividedRows&, std::uint16_t*);
    void (*normalize)(const NormalizedRows&, float*);
    void (*normalizeRounded)(const NormalizedRows&, std::uint16_t*);
};

#define HEADLENS_ROW_KERNELS(NAME, TARGET)                                                                             \
    constexpr RowKernels NAME                                                                                          \
    {                                                                                                                  \
        [](const ScoreRows& x, float* y) TARGET { exponentiate(x, y); },                                               \
            [](const QueryAndKeys& x, float* y) TARGET { score(x, y); },                                               \
            [](const DividedRows& x, float* y) TARGET { divide(x, y); },                                               \
            [](const DividedRows& x, std::uint16_t* y) TARGET { divide(x, y); },                                       \
            [](const NormalizedRows& x, float* y) TARGET { normalize(x, y); },                                         \
            [](const NormalizedRows& x, std::uint16_t* y) TARGET { normalize(x, y); },                                 \
    }
HEADLENS_ROW_KERNELS(kBaseline, );
#ifdef __x86_64__
HEADLENS_ROW_KERNELS(kAvx2, __attribute__((target("avx2,fma"))));
HEADLENS_ROW_KERNELS(kAvx512, __attribute__((target("avx512f,fma"))));
#endif

const RowKernels& kernels()
{
#ifdef __x86_64__
    static const RowKernels& chosen = instructionSet() == InstructionSet::Avx512 ? kAvx512
                                      : instructionSet() == InstructionSet::Avx2 ? kAvx2
                                                                                 : kBaseline;
    return chosen;
#else
    return kBaseline;
#endif
}

} // namespace

void exponentiateRows(const ScoreRows& x, float* sums)
{
    kernels().exponentiate(x, sums);
}

void scoreKeys(const QueryAndKeys& x, float* scores)
{
    kernels().score(x, scores);
}

void divideRows(const DividedRows& x, float* quotients)
{
    kernels().divide(x, quotients);
}

void divideRowsRounded(const DividedRows& x, std::uint16_t* quotients)
{
    kernels().divideRounded(x, quotients);
}

void normalizeRows(const NormalizedRows& x, float* normed)
{
    kernels().normalize(x, normed);
}

void normalizeRowsRounded(const NormalizedRows& x, std::uint16_t* normed)
{
    kernels().normalizeRounded(x, normed);
}

void transposeRows(const float* keys, std::int64_t columns, std::int64_t size, std::int64_t stride, float* transposed)
{
    constexpr std::int64_t kBlock = 16; // rows that stay in the first cache while they are turned
    for (std::int64_t begin = 0; begin < columns; begin += kBlock) {
        const std::int64_t end = begin + kBlock < columns ? begin + kBlock : columns;
        for (std::int64_t next = end; next < end + kBlock && next < columns; ++next)
            for (std::int64_t c = 0; c < size; c += kBlock) __builtin_prefetch(keys + next * stride + c);
        for (std::int64_t c = 0; c < size; ++c)
            for (std::int64_t row = begin; row < end; ++row) transposed[c * columns + row] = keys[row * stride + c];
    }
}

} // namespace headlens
