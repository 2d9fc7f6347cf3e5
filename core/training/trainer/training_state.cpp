// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/trainer/training_state.h"

#include "core/base/error.h"
#include "core/checkpoint/checkpoint.h"
#include "core/tensors/bridge.h"
#include "core/training/trainer/model_files.h"

// Before clip_grad.h, which does not include what it uses.
#include <torch/optim/adamw.h>

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>
#include <torch/nn/utils/clip_grad.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>
#include <sstream>
#include <type_traits>
#include <utility>

namespace headlens {
namespace {

using Moments = torch::optim::AdamWParamState;

bool isNorm(const std::string& name)
{
    return name.find("norm") != std::string::npos;
}

// Biases and the classifier 0, LayerNorm weights 1, everything else normal with deviation 0.02.
at::Tensor freshWeight(const std::string& name, const std::vector<std::int64_t>& shape)
{
    if (isNorm(name) && name.ends_with("weight")) return at::ones(shape);
    if (name.ends_with("bias") || name.starts_with("classifier.")) return at::zeros(shape);
    return at::randn(shape).clamp_(-2, 2) * 0.02;
}

torch::optim::AdamWOptions optionsFor(const at::Tensor& weight)
{
    torch::optim::AdamWOptions options;
    options.betas({0.9, 0.98}).eps(1e-8);
    // Decay only matrices: shrinking biases and LayerNorm weights does nothing but harm.
    options.weight_decay(weight.dim() > 1 ? 0.05 : 0.0);
    return options;
}

// LibTorch 1 keeps the state of a weight under its address in writing, LibTorch 2 under the address itself.
template <class States>
typename States::key_type keyIn(const States&, const at::Tensor& weight)
{
    if constexpr (std::is_same_v<typename States::key_type, std::string>) {
        std::ostringstream address;
        address << weight.unsafeGetTensorImpl();
        return address.str();
    } else {
        return weight.unsafeGetTensorImpl();
    }
}

// Null for a weight that never had a gradient.
const Moments* momentsOf(const torch::optim::AdamW& optimizer, const at::Tensor& weight)
{
    const auto& states = optimizer.state();
    const auto hit = states.find(keyIn(states, weight));
    return hit == states.end() ? nullptr : static_cast<const Moments*>(hit->second.get());
}

constexpr const char *kFirst = "adam.first.", *kSecond = "adam.second.", *kStep = "adam.step.";

// The tensors of a saved state.
class SavedState {
public:
    explicit SavedState(const std::string& path) : m_path(path)
    {
        const auto container = openSafetensors(path);
        for (std::size_t i = 0; i < container->tensors().size(); ++i) {
            const StoredTensor& stored = container->tensors()[i];
            const RawTensor raw = container->read(i);
            m_tensors[stored.name] = floatsFromBytes(raw.bytes, raw.dtype, raw.shape, stored.name);
        }
    }
    bool has(const std::string& name) const { return m_tensors.contains(name); }
    const at::Tensor& tensor(const std::string& name, at::IntArrayRef sizes) const
    {
        const auto hit = m_tensors.find(name);
        if (hit == m_tensors.end()) refuse(ErrorCode::BadWeights, "lacks " + name);
        if (hit->second.sizes() != sizes) refuse(ErrorCode::BadWeights, name + " has another shape");
        return hit->second;
    }
    std::int64_t step(const TrainingState::Metadata& metadata) const
    {
        const auto hit = metadata.find("step");
        int step = -1;
        if (hit != metadata.end()) std::from_chars(hit->second.data(), hit->second.data() + hit->second.size(), step);
        if (step < 0) refuse(ErrorCode::BadHeader, "is no training state (no step)");
        return step;
    }

private:
    [[noreturn]] void refuse(ErrorCode code, const std::string& why) const
    {
        throw Error(code, m_path, why, "start without --resume");
    }
    std::string m_path;
    std::map<std::string, at::Tensor> m_tensors;
};

} // namespace

double rateAt(double peak, std::int64_t step, std::int64_t total)
{
    const double warmup = std::min(400.0, 0.1 * double(total));
    if (double(step) < warmup) return peak * (double(step) + 1) / warmup;
    const double done = (double(step) - warmup) / std::max(1.0, double(total) - warmup);
    return peak * (0.01 + 0.99 * 0.5 * (1 + std::cos(std::numbers::pi * std::min(done, 1.0))));
}

TrainingState::TrainingState(std::shared_ptr<Network> network, std::uint64_t seed) : m_network(std::move(network))
{
    at::manual_seed(seed);
    m_network->visit([&](const std::string& name, at::Tensor& weight, const std::vector<std::int64_t>& shape) {
        const at::Tensor own = m_network->firstValue(name, shape);
        weight = own.defined() ? own : freshWeight(name, shape);
    });
    m_network->visit([&](const std::string& name, at::Tensor& weight, const auto&) {
        weight.set_requires_grad(true);
        m_parameters.push_back({name, &weight, {}});
    });
    makeOptimizer();
}

TrainingState::~TrainingState() = default;

// One group of weights for each pair of weight decay and multiplier of the learning rate.
void TrainingState::makeOptimizer()
{
    std::map<std::pair<double, double>, std::vector<at::Tensor>> groups;
    for (Parameter& p : m_parameters) {
        p.known = *p.weight;
        groups[{optionsFor(p.known).weight_decay(), m_network->lrMultiplier(p.name)}].push_back(p.known);
    }
    m_lrMultipliers.clear();
    std::vector<torch::optim::OptimizerParamGroup> all;
    for (const auto& [kind, weights] : groups) {
        all.emplace_back(weights, std::make_unique<torch::optim::AdamWOptions>(optionsFor(weights.front())));
        m_lrMultipliers.push_back(kind.second);
    }
    m_optimizer = std::make_unique<torch::optim::AdamW>(std::move(all));
}

std::int64_t TrainingState::parameters() const
{
    std::int64_t total = 0;
    for (const auto& [name, weight] : finished()) total += weight.numel();
    return total;
}

void TrainingState::update(double rate)
{
    constexpr double kLargestNorm = 1;
    ++m_step;
    if (!std::ranges::all_of(m_parameters, [](const Parameter& p) { return p.weight->is_same(p.known); }))
        makeOptimizer();
    std::vector<at::Tensor> weights;
    for (const Parameter& p : m_parameters) weights.push_back(p.known);
    torch::nn::utils::clip_grad_norm_(weights, kLargestNorm);
    for (std::size_t i = 0; i < m_lrMultipliers.size(); ++i)
        m_optimizer->param_groups()[i].options().set_lr(rate * m_lrMultipliers[i]);
    m_optimizer->step();
    for (at::Tensor& weight : weights) weight.mutable_grad() = at::Tensor(); // not zero, which would be a gradient
}

void TrainingState::save(const std::string& path, Metadata metadata) const
{
    std::vector<TensorBytes> tensors;
    for (const Parameter& p : m_parameters) {
        tensors.push_back(toBytes(p.name, *p.weight));
        const Moments* moments = momentsOf(*m_optimizer, *p.weight);
        if (moments == nullptr) continue;
        tensors.push_back(toBytes(kFirst + p.name, moments->exp_avg()));
        tensors.push_back(toBytes(kSecond + p.name, moments->exp_avg_sq()));
        tensors.push_back(toBytes(kStep + p.name, at::scalar_tensor(moments->step())));
    }
    metadata["step"] = std::to_string(m_step);
    writeSafetensors(path, tensors, metadata);
}

void TrainingState::restore(const std::string& path, const std::function<void(const Metadata&)>& prepare)
{
    const c10::NoGradGuard noGrad;
    const SavedState saved(path);
    const Metadata metadata = readSafetensorsMetadata(path);
    if (prepare) prepare(metadata);
    makeOptimizer();
    m_step = saved.step(metadata);
    for (const Parameter& p : m_parameters) {
        const at::IntArrayRef sizes = p.weight->sizes();
        p.weight->copy_(saved.tensor(p.name, sizes));
        if (!saved.has(kFirst + p.name)) continue; // never had a gradient
        auto moments = std::make_unique<Moments>();
        moments->exp_avg(saved.tensor(kFirst + p.name, sizes));
        moments->exp_avg_sq(saved.tensor(kSecond + p.name, sizes));
        // States of older versions count for all weights together.
        moments->step(saved.has(kStep + p.name) ? saved.tensor(kStep + p.name, {}).item<std::int64_t>() : m_step);
        m_optimizer->state()[keyIn(m_optimizer->state(), *p.weight)] = std::move(moments);
    }
}

std::map<std::string, at::Tensor> TrainingState::finished() const
{
    std::map<std::string, at::Tensor> weights;
    for (const Parameter& p : m_parameters) weights[p.name] = p.weight->detach();
    m_network->finish(weights);
    return weights;
}

void TrainingState::saveModel(const std::string& folder, const Json& more) const
{
    std::vector<TensorBytes> tensors;
    for (const auto& [name, weight] : finished())
        tensors.push_back(toBytes(name, weight.to(at::kHalf).contiguous(), /*keepType=*/true));
    writeSafetensors(folder + "/model.safetensors", tensors, {{"format", "pt"}});
    Json config = m_network->config();
    config["torch_dtype"] = "float16";
    config.update(more);
    writeText(folder + "/config.json", config.dump(2) + "\n");
}

} // namespace headlens
