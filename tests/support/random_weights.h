// SPDX-License-Identifier: GPL-3.0-or-later
// Tensors with names, shapes and random values, for models that tests write.
#pragma once

#include "core/wire/safetensors.h"

#include <functional>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace headlens::test {

class RandomWeights {
public:
    using Change = std::function<void(std::string& name, std::vector<std::int64_t>& shape, std::vector<float>& values)>;
    // `change` sees every tensor before it is kept; it may clear the name to drop it.
    explicit RandomWeights(unsigned seed, Change change = {}) : m_change(std::move(change)), m_random(seed) {}

    void add(std::string name, std::vector<std::int64_t> shape, bool ones = false)
    {
        std::int64_t count = 1;
        for (const std::int64_t extent : shape) count *= extent;
        std::vector<float> values;
        for (std::int64_t i = 0; i < count; ++i)
            values.push_back(ones ? 1.0F : float(int(m_random() % 2001) - 1000) / 2500.0F);
        if (m_change) m_change(name, shape, values);
        if (name.empty()) return;
        auto owner = std::make_shared<std::vector<float>>(std::move(values));
        tensors.push_back({name, DType::F32, shape, owner, std::as_bytes(std::span(*owner))});
    }
    // A linear layer, or a norm where `ones`.
    void pair(const std::string& name, std::vector<std::int64_t> shape, bool ones = false)
    {
        add(name + ".weight", shape, ones);
        add(name + ".bias", {shape[0]});
    }

    std::vector<TensorBytes> tensors;

private:
    Change m_change;
    std::mt19937 m_random;
};

} // namespace headlens::test
