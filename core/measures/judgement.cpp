// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/measures/judgement.h"

#include "core/attribution/grids.h"
#include "core/attribution/settings.h"
#include "core/base/error.h"
#include "core/base/stopwatch.h"
#include "core/measures/faithfulness.h"
#include "core/session/forward_pass.h"
#include "core/session/model_estimate.h"
#include "core/session/run_tensors.h"
#include "core/tensors/bridge.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace headlens {
namespace {

const Method& methodNamed(const std::string& id)
{
    const std::string known = methodInfo(id).id; // throws where there is none
    const auto hit = std::ranges::find(allMethods(), known, [](const Method* method) { return method->info.id; });
    return **hit;
}

// The map of patches [gh,gw], whatever grid the method has.
at::Tensor patchMap(const MethodResult& result, const TokenStream& stream)
{
    const at::Tensor& map = result.map;
    if (!map.defined() || map.dim() != 2)
        throw Error(ErrorCode::BadRequest, "this map", "says nothing of patches", "choose another method");
    const bool fits = map.size(0) == stream.gridHeight && map.size(1) == stream.gridWidth;
    const at::Tensor wide = map.to(at::kCPU, at::kDouble);
    return fits ? wide : at::adaptive_avg_pool2d(wide.unsqueeze(0), {stream.gridHeight, stream.gridWidth})[0];
}

// Numbers of a canonical name behind its tower, "vision.encoder.layers.2.blocks.0.x" -> {"vision.encoder", {2,0}}.
struct Place {
    std::string tower;
    std::vector<int> numbers;
};

Place placeOf(const std::string& name)
{
    Place place;
    std::string part;
    for (std::size_t begin = 0; begin < name.size();) {
        const std::size_t dot = std::min(name.find('.', begin), name.size());
        part = name.substr(begin, dot - begin);
        begin = dot + 1;
        const bool isNumber =
            !part.empty() && std::ranges::all_of(part, [](unsigned char c) { return std::isdigit(c) != 0; });
        if (isNumber)
            place.numbers.push_back(std::stoi(part));
        else if (place.numbers.empty())
            place.tower += part + ".";
    }
    return place;
}

// Which tensors belong to the head and to the last `blocks` blocks of every tower.
class TopOfModel {
public:
    TopOfModel(const Checkpoint& checkpoint, int blocks) : m_blocks(blocks)
    {
        for (const auto& [name, view] : checkpoint.layout().views) {
            const Place place = placeOf(name);
            if (!place.numbers.empty()) m_known[place.tower].insert(depthOf(place));
        }
    }
    bool holds(const std::string& name) const
    {
        const Place place = placeOf(name);
        if (place.numbers.empty())
            return name.find("embed") == std::string::npos && name.find("token") == std::string::npos;
        const auto tower = m_known.find(place.tower);
        if (tower == m_known.end()) return false;
        const auto behind = std::distance(tower->second.find(depthOf(place)), tower->second.end());
        return behind <= m_blocks;
    }

private:
    // Of a Swin stage and block, of others the block alone.
    static std::vector<int> depthOf(const Place& place)
    {
        const bool staged = place.tower.ends_with("layers.") && place.numbers.size() > 1;
        return {place.numbers.begin(), place.numbers.begin() + (staged ? 2 : 1)};
    }
    std::map<std::string, std::set<std::vector<int>>> m_known; // by tower
    int m_blocks;
};

at::Tensor shuffled(const at::Tensor& weight, std::uint64_t seed)
{
    const at::Tensor order =
        at::randperm(weight.numel(), at::make_generator<at::CPUGeneratorImpl>(seed), at::TensorOptions(at::kLong));
    return weight.flatten().index_select(0, order).view(weight.sizes());
}

// The place of every number in order, from 0.
at::Tensor ranksOf(const at::Tensor& values)
{
    const at::Tensor order = std::get<1>(at::sort(values.flatten(), /*stable=*/true, -1, false));
    at::Tensor ranks = at::empty(order.sizes(), at::kDouble);
    ranks.index_copy_(0, order, at::arange(order.size(0), at::kDouble));
    return ranks;
}

double rankCorrelation(const at::Tensor& a, const at::Tensor& b)
{
    const at::Tensor x = ranksOf(a) - ranksOf(a).mean(), y = ranksOf(b) - ranksOf(b).mean();
    const double size = (x.norm() * y.norm()).item<double>();
    return size > 0 ? at::dot(x, y).item<double>() / size : 0;
}

} // namespace

verbs::MapJudgement judgeMap(const Run& run, const verbs::JudgeMap& asked, const JobControl& control)
{
    const TokenStream& stream = pictureStream(run.tensors().result.trace);
    const Stopwatch clock;
    const MethodResult found = computed(methodNamed(asked.of.method), run, asked.of, control);
    verbs::MapJudgement answer;
    answer.of = asked;
    answer.seconds = clock.milliseconds() / 1000;
    const at::Tensor map = patchMap(found, stream);
    const ScoredModel model(run, asked.of.score, control);
    const Faithfulness faithful = faithfulnessOf(model, map, fillColour(run, asked.fill, model.input().pixels));
    answer.display = toArray(stretched(map.clamp_min(0)));
    answer.deletion = toArray(faithful.deletion.unsqueeze(0));
    answer.insertion = toArray(faithful.insertion.unsqueeze(0));
    answer.deletionArea = faithful.deletionArea;
    answer.insertionArea = faithful.insertionArea;
    answer.largest = map.max().item<double>();
    answer.label = model.said().label;
    answer.remark = found.explained.remark;
    return answer;
}

verbs::MapCheck checkMap(const Run& run, const verbs::CheckMap& asked, const JobControl& control)
{
    const TokenStream& stream = pictureStream(run.tensors().result.trace);
    verbs::MapQuestion same = asked.of; // of the same class, whatever the other model says
    same.score.target = ScoredModel(run, asked.of.score, control).said().target;
    const Method& method = methodNamed(same.method);
    const at::Tensor trained = patchMap(computed(method, run, same, control), stream);
    const TopOfModel top(checkpointOf(run.model().request), asked.blocks);
    std::uint64_t seed = 0;
    const auto model = withWeights(run.model(), [&](const std::string& name, const at::Tensor& weight) {
        return top.holds(name) ? shuffled(weight, ++seed) : weight;
    });
    const at::Tensor random = patchMap(computed(method, runOn(model, run, control), same, control), stream);
    return {asked, rankCorrelation(trained, random)};
}

} // namespace headlens
