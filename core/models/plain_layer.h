// SPDX-License-Identifier: GPL-3.0-or-later
// One layer of the small language models of ours (norm, attention, norm, MLP): its weights, their names and shapes.
// What attention does with them is the business of each model.
#pragma once

#include "core/tensors/layers.h"

#include <functional>
#include <string>
#include <vector>

namespace headlens {

at::Tensor byHead(const at::Tensor& x, std::int64_t heads); // [B,n,H*d] -> [B,H,n,d]
at::Tensor sideBySide(const at::Tensor& x);                 // [B,H,n,d] -> [B,n,H*d]

using VisitNamed =
    std::function<void(const std::string& name, at::Tensor& weight, const std::vector<std::int64_t>& shape)>;
void visitLinear(const VisitNamed& visit, const std::string& name, Linear& layer, std::int64_t out, std::int64_t in);
void visitNorm(const VisitNamed& visit, const std::string& name, LayerNorm& layer, std::int64_t width);

struct PlainLayer {
    LayerNorm before, after;
    Linear query, key, value, output, up, down;

    // In two parts, so that a model can put its own weights between; `at` ends with a dot.
    void visitAttention(const VisitNamed& visit, const std::string& at, std::int64_t width);
    void visitMlp(const VisitNamed& visit, const std::string& at, std::int64_t width, std::int64_t mlpWidth);
};

} // namespace headlens
