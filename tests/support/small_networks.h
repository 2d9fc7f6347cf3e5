// SPDX-License-Identifier: GPL-3.0-or-later
// Small networks with random weights, for tests of what they compute.
#pragma once

#include "core/models/skeletons/stack_config.h"
#include "core/models/skeletons/vit_config.h"

#include <ATen/ATen.h>

#include <map>
#include <string>
#include <vector>

namespace headlens::test {

inline double worst(const at::Tensor& a, const at::Tensor& b)
{
    return (a - b).abs().max().item<double>();
}

// The weights of anything with a visit(); norms begin at 1. `names` gets them by name.
template <class Network>
void fill(Network& network, std::map<std::string, at::Tensor>* names = nullptr)
{
    at::manual_seed(7);
    network.visit([&](const std::string& name, at::Tensor& weight, const std::vector<std::int64_t>& shape) {
        const bool one = name.find("norm") != std::string::npos && name.ends_with("weight");
        weight = one ? at::ones(shape) : at::randn(shape) * 0.4;
        if (names != nullptr) (*names)[name] = weight;
    });
}

// 4 x 4 patches and a class token; `routed` blocks choose `capacity` of them.
inline VitConfig smallVit(std::vector<std::int64_t> routed, std::int64_t capacity)
{
    VitConfig config;
    config.width = 16;
    config.layers = 3;
    config.heads = 2;
    config.mlpWidth = 32;
    config.imageHeight = config.imageWidth = 32;
    config.patch = 8;
    config.routed = std::move(routed);
    config.capacity = capacity;
    return config;
}

// One layer without a class token, as a language model hears it.
inline VitConfig smallEye()
{
    VitConfig config = smallVit({}, 0);
    config.layers = 1;
    config.prefix.clear();
    config.positionedPrefix = 0;
    return config;
}

// Two causal layers.
inline StackConfig smallText(std::int64_t vocabulary, std::int64_t positions)
{
    StackConfig config;
    config.name = "text";
    config.layers = 2;
    config.width = 16;
    config.heads = 2;
    config.headWidth = 8;
    config.mlpWidth = 32;
    config.normFirst = config.finalNorm = config.causal = true;
    config.vocabulary = vocabulary;
    config.positions = positions;
    return config;
}

} // namespace headlens::test
