// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/tasks/object_pictures.h"

#include "core/training/trainer/task.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace headlens {

ObjectScene measuredScene(int number, int side, int view)
{
    return objectScene(exampleSeed(kMeasuringSeed, 1, number), exampleSeed(kMeasuringSeed, 2 + view, number), side);
}

std::vector<ObjectScene> measuredScenes(int count, int side, int view)
{
    std::vector<ObjectScene> scenes;
    for (int i = 0; i < count; ++i) scenes.push_back(measuredScene(i, side, view));
    return scenes;
}

std::vector<double> numbersOf(const at::Tensor& tensor)
{
    const at::Tensor values = tensor.to(at::kDouble).contiguous();
    return {values.data_ptr<double>(), values.data_ptr<double>() + values.numel()};
}

double areaUnderCurve(const std::vector<double>& scores, const std::vector<bool>& isThing)
{
    double won = 0, pairs = 0;
    for (std::size_t i = 0; i < scores.size(); ++i)
        for (std::size_t j = 0; j < scores.size(); ++j) {
            if (!isThing[i] || isThing[j]) continue;
            won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
            ++pairs;
        }
    return pairs > 0 ? won / pairs : 0.5;
}

std::vector<double> nearMiddle(int side)
{
    std::vector<double> scores;
    const double middle = (side - 1) / 2.0;
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x) scores.push_back(-std::hypot(x - middle, y - middle));
    return scores;
}

double byNearest(const at::Tensor& features, const std::vector<ObjectScene>& scenes)
{
    constexpr std::int64_t kNeighbours = 5;
    const std::int64_t half = features.size(0) / 2;
    const at::Tensor likeness = at::matmul(features.slice(0, half), features.slice(0, 0, half).t());
    const at::Tensor nearest = std::get<1>(likeness.topk(std::min(kNeighbours, half), 1)).contiguous();
    double right = 0;
    for (std::int64_t i = 0; i < nearest.size(0); ++i) {
        std::array<int, kObjectKinds> votes{};
        for (std::int64_t k = 0; k < nearest.size(1); ++k)
            ++votes.at(std::size_t(scenes[std::size_t(nearest[i][k].item<std::int64_t>())].kind));
        const auto most = std::ranges::max_element(votes) - votes.begin();
        right += most == scenes[std::size_t(half + i)].kind ? 1 : 0;
    }
    return right / double(nearest.size(0));
}

double foundAgain(const at::Tensor& first, const at::Tensor& other)
{
    const at::Tensor nearest = at::matmul(other, first.t()).argmax(1);
    return nearest.eq(at::arange(first.size(0), nearest.options())).to(at::kDouble).mean().item<double>();
}

} // namespace headlens
