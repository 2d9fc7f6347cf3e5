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

    // Gives a layer, or a table, its weights in another form than a tensor (Linear::held); false: visit the tensor.
    using Keep = std::function<bool(const std::string& name, Linear& layer, const Shape& shape)>;

    template <std::invocable<const std::string&, at::Tensor&, const Shape&> Function>
    Weights(Function visit) : m_visit(std::move(visit)) // implicit: a lambda is given wherever weights are visited
    {
    }
    Weights(Visit visit, Keep keep) : m_visit(std::move(visit)), m_keep(std::move(keep)) {}

    // The same below a part: names begin with "`part`.".
    Weights in(std::string_view part) const;

    void operator()(std::string_view name, at::Tensor& weight, const Shape& shape) const
    {
        m_visit(m_prefix + std::string(name), weight, shape);
    }
    // "NAME.weight" [out,in] and, with `bias`, "NAME.bias" [out]. What is held in another form is no tensor to visit.
    void linear(std::string_view name, Linear& layer, std::int64_t out, std::int64_t in, bool bias = true) const;
    // A table of embeddings under this very name, which may be held in another form as well.
    void table(std::string_view name, Linear& table, const Shape& shape) const;
    // "NAME.weight" [width] and, with `bias`, "NAME.bias" [width].
    void norm(std::string_view name, LayerNorm& layer, std::int64_t width, bool bias = true) const;

private:
    Visit m_visit;
    Keep m_keep; // empty: every weight is a tensor
    std::string m_prefix;
};

} // namespace headlens
