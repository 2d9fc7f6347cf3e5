// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/plain_layer.h"

#include <ATen/ATen.h>

namespace headlens {

at::Tensor byHead(const at::Tensor& x, std::int64_t heads)
{
    return x.view({x.size(0), x.size(1), heads, -1}).transpose(1, 2);
}

at::Tensor sideBySide(const at::Tensor& x)
{
    return x.transpose(1, 2).reshape({x.size(0), x.size(2), -1});
}

void visitLinear(const VisitNamed& visit, const std::string& name, Linear& layer, std::int64_t out, std::int64_t in)
{
    visit(name + ".weight", layer.weight, {out, in});
    visit(name + ".bias", layer.bias, {out});
}

void visitNorm(const VisitNamed& visit, const std::string& name, LayerNorm& layer, std::int64_t width)
{
    visit(name + ".weight", layer.weight, {width});
    visit(name + ".bias", layer.bias, {width});
}

void PlainLayer::visitAttention(const VisitNamed& visit, const std::string& at, std::int64_t width)
{
    visitNorm(visit, at + "attention_norm", before, width);
    visitLinear(visit, at + "query", query, width, width);
    visitLinear(visit, at + "key", key, width, width);
    visitLinear(visit, at + "value", value, width, width);
    visitLinear(visit, at + "output", output, width, width);
}

void PlainLayer::visitMlp(const VisitNamed& visit, const std::string& at, std::int64_t width, std::int64_t mlpWidth)
{
    visitNorm(visit, at + "mlp_norm", after, width);
    visitLinear(visit, at + "up", up, mlpWidth, width);
    visitLinear(visit, at + "down", down, width, mlpWidth);
}

} // namespace headlens
