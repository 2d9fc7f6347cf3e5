// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/pytorch_container.h"

#include "core/base/error.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

namespace headlens {
namespace {

constexpr std::size_t kLongestName = 512, kMostTensors = 100'000;

// The wrappers that training scripts put around a state dict (spec/formats.md section 2), the wanted one first.
constexpr std::array<const char*, 10> kWrappers{"model",   "state_dict", "model_ema", "state_dict_ema",   "teacher",
                                                "student", "net",        "module",    "model_state_dict", "weights"};

const pickle::Dict* stateDict(const pickle::Document& document)
{
    const auto isState = [&](const pickle::Dict& dict) {
        return std::ranges::any_of(dict.items, [&](const auto& item) {
            return std::holds_alternative<pickle::Tensor>(document.values[item.second]);
        });
    };
    const auto* dict = std::get_if<pickle::Dict>(&document.values[document.root]);
    constexpr int kDeepest = 4;
    for (int depth = 0; dict != nullptr && depth < kDeepest; ++depth) {
        if (isState(*dict)) return dict;
        const pickle::Dict* inner = nullptr;
        for (const char* wrapper : kWrappers)
            for (const auto& [key, value] : dict->items) {
                const auto* name = std::get_if<std::string>(&document.values[key]);
                if (inner == nullptr && name != nullptr && *name == wrapper)
                    inner = std::get_if<pickle::Dict>(&document.values[value]);
            }
        dict = inner;
    }
    return nullptr;
}

bool isContiguous(const pickle::Tensor& tensor)
{
    std::int64_t expected = 1;
    for (std::size_t d = tensor.shape.size(); d-- > 0;) {
        if (tensor.shape[d] > 1 && tensor.stride[d] != expected) return false;
        expected *= std::max<std::int64_t>(tensor.shape[d], 1);
    }
    return true;
}

// Copies a view into row-major order; strided ones one element at a time: they are rare and small.
void gather(const std::vector<std::byte>& from, const pickle::Tensor& tensor, std::size_t itemBytes,
            std::span<std::byte> to)
{
    if (to.empty()) return;
    if (isContiguous(tensor)) {
        std::memcpy(to.data(), from.data() + tensor.offset * itemBytes, to.size());
        return;
    }
    std::vector<std::int64_t> index(tensor.shape.size(), 0);
    for (std::size_t done = 0; done < to.size(); done += itemBytes) {
        std::uint64_t element = tensor.offset;
        for (std::size_t d = 0; d < index.size(); ++d) element += std::uint64_t(index[d] * tensor.stride[d]);
        std::memcpy(to.data() + done, from.data() + element * itemBytes, itemBytes);
        for (std::size_t d = index.size(); d-- > 0;) {
            if (++index[d] < tensor.shape[d]) break;
            index[d] = 0;
        }
    }
}

// The number of elements a view reaches into its storage; nothing on overflow.
std::optional<std::uint64_t> reachOf(const pickle::Tensor& tensor)
{
    std::uint64_t last = tensor.offset;
    for (std::size_t d = 0; d < tensor.shape.size(); ++d) {
        if (tensor.shape[d] == 0) return 0;
        std::uint64_t span = 0;
        if (__builtin_mul_overflow(std::uint64_t(tensor.shape[d] - 1), std::uint64_t(tensor.stride[d]), &span) ||
            __builtin_add_overflow(last, span, &last))
            return std::nullopt;
    }
    return last == UINT64_MAX ? std::nullopt : std::optional(last + 1);
}

} // namespace

void PyTorchContainer::collect(const pickle::Document& document)
{
    const pickle::Dict* state = stateDict(document);
    if (state == nullptr) {
        const auto* whole = std::get_if<pickle::Opaque>(&document.values[document.root]);
        throw Error(ErrorCode::UnsupportedModel, m_path,
                    whole != nullptr ? "holds a whole pickled module (" + whole->name + "), which HeadLens never runs"
                                     : std::string("holds no state dict"),
                    "save its state_dict() instead");
    }
    for (const auto& [key, value] : state->items) {
        const auto* name = std::get_if<std::string>(&document.values[key]);
        const auto* tensor = std::get_if<pickle::Tensor>(&document.values[value]);
        if (name == nullptr || tensor == nullptr) continue;
        if (name->size() > kLongestName || m_tensors.size() >= kMostTensors)
            throw Error(ErrorCode::BadHeader, m_path, "has more than 100000 tensors or a name longer than 512 bytes");
        m_tensors.push_back({*name, tensor->storage.dtype, tensor->shape});
        m_places.push_back(*tensor);
    }
}

std::uint64_t storageSize(const pickle::Storage& storage, const std::string& path)
{
    std::uint64_t bytes = 0;
    if (__builtin_mul_overflow(storage.elements, std::uint64_t(bitsOf(storage.dtype)) / 8, &bytes))
        throw Error(ErrorCode::BadHeader, path, "has a storage of impossible size");
    return bytes;
}

const std::vector<std::byte>& PyTorchContainer::cached(const pickle::Storage& storage, std::uint64_t tensorBytes) const
{
    if (m_cachedKey != storage.key) {
        m_cached = storageBytes(storage, tensorBytes);
        m_cachedKey = storage.key;
    }
    if (m_cached.size() != storageSize(storage, m_path)) // one key, two sizes
        throw Error(ErrorCode::BadHeader, m_path, "names one storage with different sizes");
    return m_cached;
}

RawTensor PyTorchContainer::read(std::size_t index) const
{
    const std::lock_guard lock(m_lock);
    const pickle::Tensor& tensor = m_places.at(index);
    const std::size_t itemBytes = std::size_t(bitsOf(tensor.storage.dtype)) / 8;
    const auto reach = reachOf(tensor);
    const auto size = bytesFor(tensor.shape, tensor.storage.dtype);
    const bool impossible = !reach || !size || *reach > tensor.storage.elements || *size / itemBytes > 64 * (*reach);
    if (impossible)
        throw Error(ErrorCode::BadHeader, m_path, "\"" + m_tensors[index].name + "\" reaches beyond its storage");
    RawTensor raw{tensor.storage.dtype, tensor.shape, std::vector<std::byte>(std::size_t(*size))};
    gather(cached(tensor.storage, *size), tensor, itemBytes, raw.bytes);
    return raw;
}

} // namespace headlens
