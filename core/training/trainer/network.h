// SPDX-License-Identifier: GPL-3.0-or-later
// A network that can be trained and saved in the Hugging Face layout: what the trainer needs to know of it.
#pragma once

#include "core/nn/weights.h"
#include "core/wire/json_fwd.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace headlens {

class Network {
public:
    using Visit = Weights::Visit;

    virtual ~Network() = default;
    // Every weight, by the name it has in the finished file.
    virtual void visit(const Visit& visit) = 0;
    // config.json without labels and precision.
    virtual Json config() const = 0;
    // A weight that does not begin as all others do (zeros, ones, normal with deviation 0.02): undefined for most.
    virtual at::Tensor firstValue(const std::string&, const std::vector<std::int64_t>&) const { return {}; }
    // What the learning rate of a weight is multiplied by: gates that begin shut hardly move otherwise.
    virtual double lrMultiplier(const std::string&) const { return 1; }
    // Weights by name as they are stored, where that differs from how they are computed with.
    virtual void finish(std::map<std::string, at::Tensor>&) const {}

protected:
    // Visits a part of a network whose weights are called otherwise in the finished file.
    template <class Rename>
    static auto renamed(const Visit& visit, Rename rename)
    {
        return [&visit, rename](const std::string& name, at::Tensor& weight, const std::vector<std::int64_t>& shape) {
            visit(rename(name), weight, shape);
        };
    }
    static auto prefixed(const Visit& visit, std::string prefix)
    {
        return renamed(visit, [prefix](const std::string& name) { return prefix + name; });
    }
};

// A part of core/models that is trained as it is.
template <class Model>
class ModelNetwork : public Network {
public:
    explicit ModelNetwork(Model model) : m_model(std::move(model)) {}
    void visit(const Visit& visit) override { m_model.visit(visit); }
    const Model& model() const { return m_model; }

protected:
    Model m_model;
};

} // namespace headlens
