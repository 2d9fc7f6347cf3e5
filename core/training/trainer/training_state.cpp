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

// A file of tensors by name.
class StateFile {
public:
    explicit StateFile(const std::string& path) : m_path(path), m_container(openSafetensors(path))
    {
        for (std::size_t i = 0; i < m_container->tensors().size(); ++i) m_places[m_container->tensors()[i].name] = i;
    }
    bool has(const std::string& name) const { return m_places.contains(name); }
    at::Tensor read(const std::string& name, at::IntArrayRef sizes) const
    {
        const auto hit = m_places.find(name);
        if (hit == m_places.end()) throw Error(ErrorCode::BadWeights, m_path, "lacks " + name, kHelp);
        const RawTensor raw = m_container->read(hit->second);
        at::Tensor stored = fromBytes(raw.bytes, raw.dtype, raw.shape, name);
        if (stored.sizes() != sizes) throw Error(ErrorCode::BadWeights, m_path, name + " has another shape", kHelp);
        return stored.to(at::kFloat);
    }
    // A count in the metadata.
    std::int64_t step(const TrainingState::Metadata& metadata) const
    {
        const auto hit = metadata.find("step");
        const bool digits = hit != metadata.end() && !hit->second.empty() && hit->second.size() < 10 &&
                            hit->second.find_first_not_of("0123456789") == std::string::npos;
        if (!digits) throw Error(ErrorCode::BadHeader, m_path, "is no training state (no step)", kHelp);
        return std::stoll(hit->second);
    }
    // Null for a weight that had none.
    std::unique_ptr<Moments> moments(const std::string& name, at::IntArrayRef sizes, std::int64_t step) const
    {
        if (!has("adam.first." + name)) return nullptr;
        auto moments = std::make_unique<Moments>();
        moments->exp_avg(read("adam.first." + name, sizes));
        moments->exp_avg_sq(read("adam.second." + name, sizes));
        const std::string own = "adam.step." + name; // states of older versions count for all weights together
        moments->step(has(own) ? read(own, {}).item<std::int64_t>() : step);
        return moments;
    }

private:
    static constexpr const char* kHelp = "start without --resume";
    std::string m_path;
    std::unique_ptr<Container> m_container;
    std::map<std::string, std::size_t> m_places;
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
        m_parameters.push_back({name, &weight, weight});
    });
    makeOptimizer();
}

TrainingState::~TrainingState() = default;

// One group of weights for each pair of weight decay and multiplier of the learning rate.
void TrainingState::makeOptimizer()
{
    std::map<std::pair<double, double>, std::vector<at::Tensor>> groups;
    for (const Parameter& p : m_parameters)
        groups[{optionsFor(p.known).weight_decay(), m_network->lrMultiplier(p.name)}].push_back(p.known);
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

void TrainingState::followReplaced()
{
    for (Parameter& p : m_parameters) {
        if (p.weight->is_same(p.known)) continue;
        auto& states = m_optimizer->state();
        states.erase(keyIn(states, p.known));
        for (auto& group : m_optimizer->param_groups())
            std::ranges::replace_if(
                group.params(), [&](const at::Tensor& weight) { return weight.is_same(p.known); }, *p.weight);
        p.known = *p.weight;
    }
}

void TrainingState::update(double rate)
{
    constexpr double kLargestNorm = 1;
    ++m_step;
    followReplaced();
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
        tensors.push_back(toBytes("adam.first." + p.name, moments->exp_avg()));
        tensors.push_back(toBytes("adam.second." + p.name, moments->exp_avg_sq()));
        tensors.push_back(toBytes("adam.step." + p.name, at::scalar_tensor(moments->step())));
    }
    metadata["step"] = std::to_string(m_step);
    writeSafetensors(path, tensors, metadata);
}

void TrainingState::restore(const std::string& path, const std::function<void(const Metadata&)>& prepare)
{
    const c10::NoGradGuard noGrad;
    const StateFile file(path);
    const Metadata metadata = readSafetensorsMetadata(path);
    if (prepare) prepare(metadata);
    followReplaced();
    m_step = file.step(metadata);
    auto& states = m_optimizer->state();
    for (Parameter& p : m_parameters) {
        p.weight->copy_(file.read(p.name, p.weight->sizes()));
        states.erase(keyIn(states, *p.weight));
        if (auto moments = file.moments(p.name, p.weight->sizes(), m_step))
            states[keyIn(states, *p.weight)] = std::move(moments);
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
