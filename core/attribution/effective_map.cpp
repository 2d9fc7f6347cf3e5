// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/attribution/effective_map.h"

#include "core/base/error.h"
#include "core/trace/block_map.h"
#include "core/trace/readers.h"

#include <ATen/ATen.h>

#include <vector>

namespace headlens {
namespace {

// w [h*w] -> A^T w of one block, A the mean over heads of the stitched map.
at::Tensor throughBlock(const AttentionRecord& record, const at::Tensor& w)
{
    const WindowGrid& grid = *record.windows;
    const std::int64_t cells = w.size(0);
    at::Tensor next = at::zeros({cells + 1}, w.options());
    const at::Tensor padded = at::cat({w, at::zeros({1}, w.options())}); // padding weighs nothing
    for (int window = 0; window < grid.windows(); ++window) {
        std::vector<std::int64_t> index;
        for (int inner = 0; inner < grid.tokensPerWindow(); ++inner) {
            const Cell cell = grid.cellOf({window, inner});
            index.push_back(grid.isReal(cell) ? std::int64_t(cell.y) * grid.width + cell.x : cells);
        }
        const at::Tensor places = at::tensor(index, at::TensorOptions().dtype(at::kLong)).to(w.device());
        const at::Tensor weights = padded.index_select(0, places);
        const at::Tensor probs = attentionMap(batchEntry(record, window))[0].mean(0); // [n,n]
        next.index_add_(0, places, at::matmul(weights, probs));
    }
    return next.slice(0, 0, cells);
}

// w of a merged map -> w of the map before: every parent gives equal shares to its real children.
at::Tensor throughMerging(const at::Tensor& w, const WindowGrid& parent, const WindowGrid& child)
{
    at::Tensor next = at::zeros({std::int64_t(child.height), std::int64_t(child.width)}, w.options());
    const at::Tensor parents = w.view({parent.height, parent.width});
    const at::Tensor spread = parents.repeat_interleave(2, 0).repeat_interleave(2, 1);
    const at::Tensor real = at::ones_like(next);
    const at::Tensor all = at::constant_pad_nd(real, {0, child.width % 2, 0, child.height % 2});
    const at::Tensor children = all.view({parent.height, 2, parent.width, 2}).sum({1, 3}); // real ones, 1 to 4
    const at::Tensor counts = children.repeat_interleave(2, 0).repeat_interleave(2, 1);
    return (spread / counts).slice(0, 0, child.height).slice(1, 0, child.width).reshape({-1});
}

} // namespace

at::Tensor effectiveMap(const Trace& trace, int layer, std::int64_t token)
{
    const auto windowsOf = [&](int i) -> const WindowGrid& {
        const AttentionRecord& record = trace.blocks.at(std::size_t(i));
        if (!record.windows)
            throw Error(ErrorCode::BadRequest, "effective map", "is defined for blocks with windows only");
        return *record.windows;
    };
    const std::int64_t cells = std::int64_t(windowsOf(layer).height) * windowsOf(layer).width;
    const at::TensorOptions options = trace.blocks[0].q.options().dtype(at::kFloat);
    if (token >= cells) throw Error(ErrorCode::BadRequest, "token " + std::to_string(token), "does not exist");
    at::Tensor w = at::full({cells}, 1.0 / double(cells), options);
    if (token >= 0) {
        w.zero_();
        w[token].fill_(1);
    }
    for (int i = layer; i >= 0; --i) {
        w = (w + throughBlock(trace.blocks[std::size_t(i)], w)) / 2;
        if (i > 0 && windowsOf(i - 1).height > windowsOf(i).height)
            w = throughMerging(w, windowsOf(i), windowsOf(i - 1));
    }
    return w.view({windowsOf(0).height, windowsOf(0).width});
}

} // namespace headlens
