// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensors/head_attention.h"

#include "core/tensors/onednn.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <omp.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <vector>

namespace headlens {

#ifdef HEADLENS_WITH_ONEDNN

namespace {

using dnnl::memory;
constexpr auto kFloat = memory::data_type::f32;

// What the calls of one attention have in common.
struct Extents {
    std::int64_t queries, keys, size, valueSize;                    // Nq, Nk, d, e
    std::int64_t queryStride, keyStride, valueStride, targetStride; // between tokens
    float scale;
    bool bias, mask;
    auto operator<=>(const Extents&) const = default;
};

memory::desc rowsOf(std::int64_t rows, std::int64_t columns, std::int64_t stride)
{
    return {{rows, columns}, kFloat, memory::dims{stride, 1}};
}

// The three kernels for a number of queries, and their arguments with empty handles. Made and used by one thread
// only, inside its share of the parallel loop: oneDNN then plans for a single thread.
class QueryKernel {
public:
    QueryKernel(const Extents& x, std::int64_t rows)
    {
        const auto& engine = onednnEngine();
        const memory::desc scores = rowsOf(rows, x.keys, x.keys);
        dnnl::post_ops steps;
        for (int i = 0; i < int(x.bias) + int(x.mask); ++i) steps.append_binary(dnnl::algorithm::binary_add, scores);
        dnnl::primitive_attr attributes;
        attributes.set_output_scales(0, {x.scale});
        attributes.set_post_ops(steps);
        const memory::desc query = rowsOf(rows, x.size, x.queryStride);
        const memory::desc target = rowsOf(rows, x.valueSize, x.targetStride);
        const dnnl::matmul::primitive_desc first({query, {{x.size, x.keys}, kFloat, memory::format_tag::any}, scores},
                                                 attributes, engine);
        const dnnl::softmax_forward::primitive_desc middle({dnnl::prop_kind::forward_inference, scores, 1}, engine);
        const dnnl::matmul::primitive_desc last(
            {scores, {{x.keys, x.valueSize}, kFloat, memory::format_tag::any}, target}, engine);
        keys = {{{x.size, x.keys}, kFloat, memory::dims{1, x.keyStride}}, first.weights_desc()}; // k^T
        values = {rowsOf(x.keys, x.valueSize, x.valueStride), last.weights_desc()};
        m_first = dnnl::matmul(first);
        m_softmax = dnnl::softmax_forward(middle);
        m_last = dnnl::matmul(last);
        m_query = memory(query, engine, nullptr);
        m_scores = memory(scores, engine, nullptr);
        m_bias = memory(scores, engine, nullptr);
        m_mask = memory(scores, engine, nullptr);
        m_target = memory(target, engine, nullptr);
        m_biased = x.bias;
        m_masked = x.mask;
    }

    struct Pointers {
        float *query, *scores, *target, *bias, *mask;
    };
    void run(const Pointers& at, const memory& k, const memory& v)
    {
        dnnl::stream& stream = onednnStream();
        m_query.set_data_handle(at.query);
        m_scores.set_data_handle(at.scores);
        m_target.set_data_handle(at.target);
        std::unordered_map<int, memory> arguments{
            {DNNL_ARG_SRC, m_query}, {DNNL_ARG_WEIGHTS, k}, {DNNL_ARG_DST, m_scores}};
        int step = 0;
        if (m_biased) {
            m_bias.set_data_handle(at.bias);
            arguments.insert({DNNL_ARG_ATTR_MULTIPLE_POST_OP(step++) | DNNL_ARG_SRC_1, m_bias});
        }
        if (m_masked) {
            m_mask.set_data_handle(at.mask);
            arguments.insert({DNNL_ARG_ATTR_MULTIPLE_POST_OP(step) | DNNL_ARG_SRC_1, m_mask});
        }
        m_first.execute(stream, arguments);
        m_softmax.execute(stream, {{DNNL_ARG_SRC, m_scores}, {DNNL_ARG_DST, m_scores}});
        m_last.execute(stream, {{DNNL_ARG_SRC, m_scores}, {DNNL_ARG_WEIGHTS, v}, {DNNL_ARG_DST, m_target}});
    }

    // How keys (or values) of a head lie in the trace, and how the kernels read them.
    struct Packing {
        memory::desc plain, packed;
        dnnl::reorder reorder;
        Packing() = default;
        Packing(memory::desc from, memory::desc to)
            : plain(std::move(from)), packed(std::move(to)),
              reorder(dnnl::reorder::primitive_desc(onednnEngine(), plain, onednnEngine(), packed))
        {
        }
    };
    Packing keys, values;

private:
    dnnl::matmul m_first, m_last;
    dnnl::softmax_forward m_softmax;
    memory m_query, m_scores, m_bias, m_mask, m_target;
    bool m_biased = false, m_masked = false;
};

// While it lives, oneDNN plans for the calling thread alone.
class OneThread {
public:
    OneThread() : m_before(omp_get_max_threads()) { omp_set_num_threads(1); }
    ~OneThread() { omp_set_num_threads(m_before); }
    OneThread(const OneThread&) = delete;
    OneThread& operator=(const OneThread&) = delete;

private:
    int m_before;
};

QueryKernel& kernelFor(const Extents& extents, std::int64_t rows)
{
    constexpr std::size_t kMost = 64;
    thread_local std::map<std::tuple<Extents, std::int64_t>, QueryKernel> kernels;
    const auto hit = kernels.find({extents, rows});
    if (hit != kernels.end()) return hit->second;
    if (kernels.size() >= kMost) kernels.clear();
    const OneThread plan;
    return kernels.emplace(std::tuple(extents, rows), QueryKernel(extents, rows)).first->second;
}

// Queries at a time: their scores fit a quarter of the second cache, and every thread gets several turns.
std::int64_t rowsAtATime(const Extents& x, std::int64_t heads)
{
    constexpr std::int64_t kScores = 64'000, kTurns = 4, kStep = 16;
    const std::int64_t fits = std::max(kStep, kScores / x.keys / kStep * kStep);
    const std::int64_t share = x.queries * heads / (kTurns * at::get_num_threads()) / kStep * kStep + kStep;
    return std::min({fits, share, x.queries});
}

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
    float* at(std::int64_t batch, std::int64_t head, std::int64_t row) const
    {
        return values.defined() ? values.data_ptr<float>() + batch * perBatch + head * perHead + row * values.size(3)
                                : nullptr;
    }
};

// Keys or values of every head as the kernels read them; made in parallel, read by all threads.
class PackedHeads {
public:
    // `packing` answers the way of the calling thread.
    template <class PackingOf>
    PackedHeads(const at::Tensor& x, const PackingOf& packing) : m_memories(std::size_t(x.size(0) * x.size(1)))
    {
        constexpr std::int64_t kLine = 16; // floats in a cache line
        const std::int64_t heads = x.size(1), count = std::int64_t(m_memories.size());
        const std::int64_t stride = std::int64_t(packing().packed.get_size() / sizeof(float)) / kLine * kLine + kLine;
        m_room = at::empty({count * stride}, at::kFloat);
        float* const room = m_room.template data_ptr<float>();
        at::parallel_for(0, count, 1, [&](std::int64_t begin, std::int64_t end) {
            const QueryKernel::Packing& way = packing();
            for (std::int64_t i = begin; i < end; ++i) {
                float* from = x.data_ptr<float>() + (i / heads) * x.stride(0) + (i % heads) * x.stride(1);
                memory source(way.plain, onednnEngine(), from);
                memory& target = m_memories[std::size_t(i)];
                target = memory(way.packed, onednnEngine(), room + i * stride);
                way.reorder.execute(onednnStream(), source, target);
            }
        });
    }
    const memory& operator[](std::int64_t i) const { return m_memories[std::size_t(i)]; }

private:
    at::Tensor m_room;
    std::vector<memory> m_memories;
};

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
                       const at::Tensor& bias, const at::Tensor& mask)
{
    const std::int64_t batch = q.size(0), heads = q.size(1), width = heads * v.size(3);
    const Extents extents{q.size(2),   k.size(2), q.size(3),    v.size(3),      q.stride(2),   k.stride(2),
                          v.stride(2), width,     float(scale), bias.defined(), mask.defined()};
    at::Tensor mixed = at::empty({batch, extents.queries, width}, q.options());
    const Added biases(bias), masks(mask);
    const std::int64_t rows = rowsAtATime(extents, batch * heads);
    const PackedHeads keys(
        k, [&]() -> const auto& { return kernelFor(extents, rows).keys; });
    const PackedHeads values(
        v, [&]() -> const auto& { return kernelFor(extents, rows).values; });
    const std::int64_t turns = (extents.queries + rows - 1) / rows;
    at::parallel_for(0, batch * heads * turns, 1, [&](std::int64_t begin, std::int64_t end) {
        const at::Tensor scores = at::empty({rows * extents.keys}, q.options());
        for (std::int64_t i = begin; i < end; ++i) {
            const std::int64_t b = i / turns / heads, h = i / turns % heads, first = i % turns * rows;
            QueryKernel::Pointers at{};
            at.query = q.data_ptr<float>() + b * q.stride(0) + h * q.stride(1) + first * q.stride(2);
            at.scores = scores.data_ptr<float>();
            at.target = mixed.data_ptr<float>() + (b * extents.queries + first) * width + h * extents.valueSize;
            at.bias = biases.at(b, h, first);
            at.mask = masks.at(b, h, first);
            kernelFor(extents, std::min(rows, extents.queries - first)).run(at, keys[i / turns], values[i / turns]);
        }
    });
    return mixed;
}

#else

bool canAttendHeads(const at::Tensor&, const at::Tensor&, const at::Tensor&)
{
    return false;
}

at::Tensor attendHeads(const at::Tensor& q, const at::Tensor&, const at::Tensor&, double, const at::Tensor&,
                       const at::Tensor&)
{
    return q;
}

#endif

} // namespace headlens
