// SPDX-License-Identifier: GPL-3.0-or-later
// Examples as tensors, and batches that are drawn ahead.
#pragma once

#include "core/base/image8.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <future>
#include <string>
#include <utility>
#include <vector>

namespace headlens {

// Pictures of one size [B,3,H,W] in -1..1.
at::Tensor pixelsOf(const std::vector<Image8>& pictures);
// The same of what has a `picture`.
template <class Scene>
at::Tensor pixelsOf(const std::vector<Scene>& scenes)
{
    std::vector<Image8> pictures;
    for (const Scene& scene : scenes) pictures.push_back(scene.picture);
    return pixelsOf(pictures);
}

// Lines of ids, filled up with `fill` to the longest one, or to `width` [B,T].
at::Tensor padded(const std::vector<std::vector<std::int64_t>>& lines, std::int64_t fill = 0, std::int64_t width = 0);

std::string joined(const std::vector<std::string>& words); // with spaces

struct LabelledPictures {
    at::Tensor pixels, labels; // [B,3,S,S] in -1..1; [B]
};

// Draws the batch of the next step on another thread while this one computes. Last among the members of a task, because
// `draw` uses the others.
template <class Batch>
class BatchesAhead {
public:
    using Draw = std::function<Batch(std::uint64_t seed, std::int64_t step)>;
    explicit BatchesAhead(Draw draw) : m_draw(std::move(draw)) {}
    Batch at(std::uint64_t seed, std::int64_t step)
    {
        Batch batch = m_next.valid() && m_step == step ? m_next.get() : m_draw(seed, step);
        m_step = step + 1;
        m_next = std::async(std::launch::async, m_draw, seed, m_step);
        return batch;
    }

private:
    Draw m_draw;
    std::int64_t m_step = 0; // of m_next
    std::future<Batch> m_next;
};

} // namespace headlens
