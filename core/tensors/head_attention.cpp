// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensors/head_attention.h"

#include "core/kernels/panel_product.h"
#include "core/kernels/processor.h"
#include "core/kernels/row_kernels.h"
#include "core/kernels/workers.h"
#include "core/tensors/profile.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <memory>

namespace headlens {

namespace {

// What the heads of one attention have in common, and how many queries at a time are computed.
struct Extents {
    std::int64_t queries, keys, size, valueSize; // Nq, Nk, d, e
    std::int64_t rows, turns;

    // The scores of some queries take a quarter of the second cache; there are turns enough for all threads.
    Extents(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v)
        : queries(q.size(2)), keys(k.size(2)), size(q.size(3)), valueSize(v.size(3))
    {
        constexpr std::int64_t kFewest = 16, kTurnsPerThread = 4;
        const std::int64_t fits =
            std::max(kFewest, secondCacheBytes() / 4 / std::int64_t(sizeof(float)) / paddedColumns(keys));
        const std::int64_t heads = q.size(0) * q.size(1), wanted = kTurnsPerThread * workerThreads();
        turns = std::max((queries + fits - 1) / fits, (wanted + heads - 1) / heads);
        rows = std::max(std::min(kFewest, queries), (queries + turns - 1) / turns);
        turns = (queries + rows - 1) / rows;
    }
};

// What one thread computes in: the keys and values of the head at hand as panels, the scores and results of some
// queries.
class HeadRoom {
public:
    explicit HeadRoom(const Extents& x)
        : m_keyUnits(panelUnits(x.size, x.keys)), m_valueUnits(panelUnits(x.keys, x.valueSize)),
          m_scores(x.rows * paddedColumns(x.keys)), m_values(x.rows * paddedColumns(x.valueSize)),
          m_room(static_cast<float*>(::operator new[](bytes(x), kAlignment)))
    {
    }
    float* keys() const { return m_room.get(); }
    float* values() const { return keys() + m_keyUnits; }
    float* scores() const { return values() + m_valueUnits; }
    float* results() const { return scores() + m_scores; }
    float* sums() const { return results() + m_values; }

private:
    static constexpr std::align_val_t kAlignment{64};
    struct Free {
        void operator()(float* room) const { ::operator delete[](room, kAlignment); }
    };
    std::size_t bytes(const Extents& x) const
    {
        return std::size_t(m_keyUnits + m_valueUnits + m_scores + m_values + x.rows) * sizeof(float);
    }
    std::int64_t m_keyUnits, m_valueUnits, m_scores, m_values;
    std::unique_ptr<float[], Free> m_room;
};

// The part of a bias or mask [1 or B,1 or H,Nq,Nk] that belongs to a head.
struct Added {
    at::Tensor values;
    std::int64_t perBatch = 0, perHead = 0;

    explicit Added(const at::Tensor& tensor)
    {
        if (!tensor.defined()) return;
        values = tensor.to(at::kFloat).contiguous();
        const std::int64_t area = values.size(2) * values.size(3);
        perHead = values.size(1) > 1 ? area : 0;
        perBatch = values.size(0) > 1 ? area * values.size(1) : 0;
    }
    const float* at(std::int64_t batch, std::int64_t head, std::int64_t row) const
    {
        return values.defined() ? values.data_ptr<float>() + batch * perBatch + head * perHead + row * values.size(3)
                                : nullptr;
    }
};

const float* headOf(const at::Tensor& x, std::int64_t batch, std::int64_t head)
{
    return x.data_ptr<float>() + batch * x.stride(0) + head * x.stride(1);
}

} // namespace

bool canAttendHeads(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v)
{
    for (const at::Tensor& t : {q, k, v})
        if (!t.device().is_cpu() || t.scalar_type() != at::kFloat || t.requires_grad() || t.stride(-1) != 1 ||
            t.numel() == 0)
            return false;
    return true;
}

at::Tensor attendHeads(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, double scale,
                       const at::Tensor& bias, const at::Tensor& mask, at::ScalarType result)
{
    const std::int64_t batch = q.size(0), heads = q.size(1), width = heads * v.size(3);
    const Extents x(q, k, v);
    at::Tensor mixed = at::empty({batch, x.queries, width}, q.options().dtype(result));
    const Added biases(bias), masks(mask);
    const std::int64_t scoreStride = paddedColumns(x.keys), valueStride = paddedColumns(x.valueSize);
    const auto someHeads = [&](std::int64_t begin, std::int64_t end) {
        const HeadRoom room(x);
        for (std::int64_t i = begin; i < end; ++i) {
            const std::int64_t head = i / x.turns, b = head / heads, h = head % heads, first = i % x.turns * x.rows;
            if (i == begin || first == 0) {
                packTransposed(headOf(k, b, h), x.keys, x.size, k.stride(2), room.keys());
                packPlain(headOf(v, b, h), x.keys, x.valueSize, v.stride(2), room.values());
            }
            const std::int64_t rows = std::min(x.rows, x.queries - first);
            const float* const queries = headOf(q, b, h) + first * q.stride(2);
            PanelProduct{Operand::Float32, queries, rows, x.size, q.stride(2), room.keys(), x.keys, {}, scoreStride}
                .runPadded(room.scores());
            exponentiateRows(
                {room.scores(), rows, x.keys, scoreStride, float(scale), biases.at(b, h, first), masks.at(b, h, first)},
                room.sums());
            PanelProduct{Operand::Float32, room.scores(), rows, x.keys,     scoreStride,
                         room.values(),    x.valueSize,   {},   valueStride}
                .runPadded(room.results());
            const DividedRows divided{room.results(), rows, x.valueSize, valueStride, room.sums(), width};
            const std::int64_t place = (b * x.queries + first) * width + h * x.valueSize;
            if (result == at::kBFloat16)
                divideRowsRounded(divided, static_cast<std::uint16_t*>(mixed.data_ptr()) + place);
            else
                divideRows(divided, mixed.data_ptr<float>() + place);
        }
    };
    const double scores = double(batch * heads) * double(x.queries) * double(x.keys);
    const Profiled profiled(2 * scores * double(x.size + x.valueSize), [&] {
        return "attention " + std::to_string(batch * heads) + " x " + std::to_string(x.queries) + " x " +
               std::to_string(x.keys);
    });
    parallelFor(batch * heads * x.turns, 1, someHeads);
    return mixed;
}

} // namespace headlens
