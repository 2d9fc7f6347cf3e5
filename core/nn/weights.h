// SPDX-License-Identifier: GPL-3.0-or-later
// One visitor of weights for everything that is done with them: loading, saving, initialising, moving, counting. A part
// of a model has one `visit(const Weights&)`, in which every weight is named once with its shape.
#pragma once

#include "core/tensors/layers.h"

#include <ATen/core/Tensor.h>

#include <concepts>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace headlens {

using Shape = std::vector<std::int64_t>;

class Weights {
public:
    using Visit = std::function<void(const std::string& name, at::Tensor& weight, const Shape& shape)>;

    template <std::invocable<const std::string&, at::Tensor&, const Shape&> Function>
    Weights(Function visit) : m_visit(std::move(visit)) // implicit: a lambda is given wherever weights are visited
    {
    }

    // The same below a part: names begin with "`part`.".
    Weights in(std::string_view part) const { return {m_visit, m_prefix + std::string(part) + "."}; }

    void operator()(std::string_view name, at::Tensor& weight, const Shape& shape) const
    {
        m_visit(m_prefix + std::string(name), weight, shape);
    }
    // "NAME.weight" [out,in] and, with `bias`, "NAME.bias" [out].
    void linear(std::string_view name, Linear& layer, std::int64_t out, std::int64_t in, bool bias = true) const;
    // "NAME.weight" [width] and, with `bias`, "NAME.bias" [width].
    void norm(std::string_view name, LayerNorm& layer, std::int64_t width, bool bias = true) const;

private:
    Weights(Visit visit, std::string prefix) : m_visit(std::move(visit)), m_prefix(std::move(prefix)) {}

    Visit m_visit;
    std::string m_prefix;
};

} // namespace headlens
