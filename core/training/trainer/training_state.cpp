// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/trainer/training_state.h"

#include "core/base/error.h"
#include "core/checkpoint/checkpoint.h"
#include "core/tensors/bridge.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <numbers>

namespace headlens {
namespace {

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

} // namespace

void writeText(const std::string& path, const std::string& text)
{
    std::ofstream file(path, std::ios::binary);
    file << text;
    if (!file.flush()) throw Error(ErrorCode::WriteFailed, path, "could not be written");
}

std::int64_t numberIn(const TrainingState::Metadata& metadata, const char* key, const std::string& path)
{
    const auto hit = metadata.find(key);
    const bool digits = hit != metadata.end() && !hit->second.empty() && hit->second.size() < 10 &&
                        hit->second.find_first_not_of("0123456789") == std::string::npos;
    if (!digits)
        throw Error(ErrorCode::BadHeader, path, std::string("is no training state (no ") + key + ")",
                    "start without --resume");
    return std::stoll(hit->second);
}

// Linear warm-up, then half a cosine down to a hundredth.
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
        m_parameters.push_back({name, &weight, at::zeros_like(weight.detach()), at::zeros_like(weight.detach()),
                                m_network->lrMultiplier(name)});
    });
}

std::int64_t TrainingState::parameters() const
{
    std::int64_t total = 0;
    for (const auto& [name, weight] : finished()) total += weight.numel();
    return total;
}

void TrainingState::update(const AdamSettings& settings, double rate)
{
    const c10::NoGradGuard noGrad;
    ++m_step;
    std::vector<at::Tensor> norms;
    for (const Parameter& p : m_parameters)
        if (p.weight->grad().defined()) norms.push_back(p.weight->grad().norm());
    const double norm = at::stack(norms).norm().item<double>();
    const double shrink = norm > settings.clip ? settings.clip / norm : 1.0;
    const double fix1 = 1 - std::pow(settings.beta1, double(m_step)),
                 fix2 = 1 - std::pow(settings.beta2, double(m_step));
    for (Parameter& p : m_parameters) {
        if (!p.weight->grad().defined()) continue; // frozen, or not part of this step: stays as it is
        const at::Tensor gradient = p.weight->grad() * shrink;
        p.first.mul_(settings.beta1).add_(gradient, 1 - settings.beta1);
        p.second.mul_(settings.beta2).addcmul_(gradient, gradient, 1 - settings.beta2);
        // Decay only matrices: shrinking biases and LayerNorm weights does nothing but harm.
        if (p.weight->dim() > 1) p.weight->mul_(1 - rate * settings.decay);
        p.weight->addcdiv_(p.first, (p.second / fix2).sqrt_().add_(settings.eps), -rate * p.lrMultiplier / fix1);
        p.weight->mutable_grad() = at::Tensor();
    }
}

void TrainingState::shapesChanged()
{
    for (Parameter& p : m_parameters)
        if (p.first.sizes() != p.weight->sizes()) {
            p.weight->set_requires_grad(true);
            p.first = at::zeros_like(p.weight->detach());
            p.second = at::zeros_like(p.weight->detach());
        }
}

void TrainingState::save(const std::string& path, std::map<std::string, std::string> metadata) const
{
    std::vector<TensorBytes> tensors;
    for (const Parameter& p : m_parameters) {
        tensors.push_back(toBytes(p.name, *p.weight));
        tensors.push_back(toBytes("adam.first." + p.name, p.first));
        tensors.push_back(toBytes("adam.second." + p.name, p.second));
    }
    metadata["step"] = std::to_string(m_step);
    writeSafetensors(path, tensors, metadata);
}

void TrainingState::restore(const std::string& path, const std::function<void(const Metadata&)>& prepare)
{
    const auto container = openSafetensors(path);
    std::map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < container->tensors().size(); ++i) places[container->tensors()[i].name] = i;
    const auto read = [&](const std::string& name, at::Tensor& into) {
        const auto hit = places.find(name);
        if (hit == places.end()) throw Error(ErrorCode::BadWeights, path, "lacks " + name, "start without --resume");
        const RawTensor raw = container->read(hit->second);
        const at::Tensor stored = fromBytes(raw.bytes, raw.dtype, raw.shape, name);
        if (stored.sizes() != into.sizes())
            throw Error(ErrorCode::BadWeights, path, name + " has another shape", "start without --resume");
        const c10::NoGradGuard noGrad;
        into.copy_(stored);
    };
    const auto metadata = readSafetensorsMetadata(path);
    if (prepare) prepare(metadata);
    m_step = numberIn(metadata, "step", path);
    for (Parameter& p : m_parameters) {
        read(p.name, *p.weight);
        read("adam.first." + p.name, p.first);
        read("adam.second." + p.name, p.second);
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
