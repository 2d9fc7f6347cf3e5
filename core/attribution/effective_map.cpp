// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/attribution/effective_map.h"

#include "core/attribution/methods.h"
#include "core/base/error.h"
#include "core/trace/block_map.h"
#include "core/trace/readers.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <vector>

namespace headlens {
namespace {

// w [R,h*w] -> w A of one block, A stitched from the maps of its windows [windows,n,n].
at::Tensor throughBlock(const AttentionRecord& record, const at::Tensor& maps, const at::Tensor& w)
{
    const WindowGrid& grid = *record.windows;
    const std::int64_t rows = w.size(0), cells = w.size(1);
    at::Tensor next = at::zeros({rows, cells + 1}, w.options());
    const at::Tensor padded = at::cat({w, at::zeros({rows, 1}, w.options())}, 1); // padding weighs nothing
    for (int window = 0; window < grid.windows(); ++window) {
        std::vector<std::int64_t> index;
        for (int inner = 0; inner < grid.tokensPerWindow(); ++inner) {
            const Cell cell = grid.cellOf({window, inner});
            index.push_back(grid.isReal(cell) ? std::int64_t(cell.y) * grid.width + cell.x : cells);
        }
        const at::Tensor places = at::tensor(index, at::TensorOptions().dtype(at::kLong)).to(w.device());
        const at::Tensor weights = padded.index_select(1, places);
        next.index_add_(1, places, at::matmul(weights, maps[window]));
    }
    return next.slice(1, 0, cells);
}

// w [R,h*w] of a merged map -> w of the map before: every parent gives equal shares to its real children.
at::Tensor throughMerging(const at::Tensor& w, const WindowGrid& parent, const WindowGrid& child)
{
    const auto spread = [](const at::Tensor& t) { return t.repeat_interleave(2, 1).repeat_interleave(2, 2); };
    const at::Tensor parents = w.view({-1, parent.height, parent.width});
    const at::Tensor all = at::constant_pad_nd(at::ones({child.height, child.width}, w.options()),
                                               {0, child.width % 2, 0, child.height % 2});
    const at::Tensor children = all.view({1, parent.height, 2, parent.width, 2}).sum({2, 4}); // real ones, 1 to 4
    return (spread(parents) / spread(children))
        .slice(1, 0, child.height)
        .slice(2, 0, child.width)
        .reshape({w.size(0), -1});
}

const WindowGrid& windowsOf(const Trace& trace, int block)
{
    const AttentionRecord& record = trace.blocks.at(std::size_t(block));
    if (!record.windows) throw Error(ErrorCode::BadRequest, "effective map", "is defined for blocks with windows only");
    return *record.windows;
}

std::int64_t cellsOf(const WindowGrid& grid)
{
    return std::int64_t(grid.height) * grid.width;
}

// The mean over the heads of every window's map, half of every token carried along.
StageMixing rolledOut(const Trace& trace, std::size_t block)
{
    const AttentionRecord& record = trace.blocks[block];
    std::vector<at::Tensor> maps;
    for (int window = 0; window < record.windows->windows(); ++window)
        maps.push_back(attentionMap(batchEntry(record, window))[0].mean(0));
    return {at::stack(maps), 0.5, true};
}

// w [R,cells of `layer`] -> w R [R,cells of the first map].
at::Tensor effectiveRows(const Trace& trace, int layer, at::Tensor w, const MixingOf& mixingOf)
{
    for (int i = layer; i >= 0; --i) {
        const auto block = std::size_t(i);
        const StageMixing mixing = mixingOf ? mixingOf(block) : rolledOut(trace, block);
        const at::Tensor mixed = throughBlock(trace.blocks[block], mixing.maps.to(w.scalar_type()), w);
        w = (mixing.addsSelf ? w + mixed : mixed) * mixing.factor;
        if (i > 0 && windowsOf(trace, i - 1).height > windowsOf(trace, i).height)
            w = throughMerging(w, windowsOf(trace, i), windowsOf(trace, i - 1));
    }
    return w;
}

} // namespace

at::Tensor effectiveMap(const Trace& trace, int layer, std::int64_t token, const MixingOf& mixingOf)
{
    const std::int64_t cells = cellsOf(windowsOf(trace, layer));
    const at::TensorOptions options = at::TensorOptions(at::kDouble).device(trace.blocks[0].q.device());
    if (token >= cells) throw Error(ErrorCode::BadRequest, "token " + std::to_string(token), "does not exist");
    at::Tensor w = at::full({1, cells}, 1.0 / double(cells), options);
    if (token >= 0) {
        w.zero_();
        w[0][token].fill_(1);
    }
    return effectiveRows(trace, layer, w, mixingOf).view({windowsOf(trace, 0).height, windowsOf(trace, 0).width});
}

at::Tensor effectiveMatrix(const Trace& trace, int layer, const MixingOf& mixingOf)
{
    const at::TensorOptions options = at::TensorOptions(at::kDouble).device(trace.blocks[0].q.device());
    return effectiveRows(trace, layer, at::eye(cellsOf(windowsOf(trace, layer)), options), mixingOf);
}

namespace {

MethodResult effectiveOf(const Run& run, const verbs::MapQuestion& asked, const JobControl&)
{
    const BlockMap map = mapOf(run, asked.layer); // throws where there is no such layer
    const std::int64_t token = asked.token < 0 ? -1 : map.parentToken(asked.token, streamOf(run, 0).grid());
    return {effectiveMap(run.tensors().result.trace, asked.layer, token), {}, {}, {}};
}

std::string needsWindows(const ModelFacts& model)
{
    const bool windowed =
        std::ranges::any_of(model.blocks, [](const BlockFacts& block) { return block.windowTokens > 0; });
    return windowed ? "" : HEADLENS_TEXT("Methods", "open a model with windows, such as a Swin");
}

} // namespace

const Method methods::effective{
    {.id = "effective",
     .title = HEADLENS_TEXT("Methods", "effective map"),
     .says =
         HEADLENS_TEXT("Methods", "What reaches a layer of a Swin through its windows and stages: our own definition"),
     .caption =
         HEADLENS_TEXT("Methods", "Effective map up to this layer, through windows and merging: our own definition"),
     .formula = "R ← ½ (mean_h A + I) R within a stage; a merged patch takes the mean of its children",
     .source = HEADLENS_TEXT("Methods", "Our own definition: there is no published one"),
     .unit = "share",
     .over = "layer",
     .ofToken = true},
    needsWindows,
    effectiveOf};

} // namespace headlens
