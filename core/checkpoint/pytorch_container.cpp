// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/pytorch_container.h"

#include "core/base/error.h"
#include "core/checkpoint/layouts.h"
#include "core/checkpoint/state_dicts.h"

#include <algorithm>
#include <cstring>
#include <optional>

namespace headlens {
namespace {

constexpr std::size_t kLongestName = 512, kMostTensors = 100'000;

std::vector<StoredTensor> storedTensors(const StateDict& dict)
{
    std::vector<StoredTensor> tensors;
    for (const auto& [name, tensor] : dict.tensors) tensors.push_back({name, tensor->storage.dtype, tensor->shape});
    return tensors;
}

// Dictionaries that belong to a known network; without any, all. Copies of one network have about as many tensors: a
// smaller one is a head, a predictor or what an optimizer remembers.
std::vector<const StateDict*> copiesIn(const std::vector<StateDict>& dicts)
{
    std::vector<const StateDict*> known;
    for (const StateDict& dict : dicts)
        if (recogniseLayout(storedTensors(dict)).isKnown) known.push_back(&dict);
    if (known.empty())
        for (const StateDict& dict : dicts) known.push_back(&dict);
    std::size_t most = 0;
    for (const StateDict* dict : known) most = std::max(most, dict->tensors.size());
    std::erase_if(known, [&](const StateDict* dict) { return dict->tensors.size() * 10 < most * 6; });
    return known;
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

void PyTorchContainer::collect(const pickle::Document& document, const std::string& weights)
{
    const std::vector<StateDict> dicts = stateDictsOf(document);
    const std::vector<const StateDict*> copies = copiesIn(dicts);
    if (copies.empty()) {
        const auto* whole = std::get_if<pickle::Opaque>(&document.values[document.root]);
        throw Error(ErrorCode::UnsupportedModel, m_path,
                    whole != nullptr ? "holds a whole pickled module (" + whole->name + "), which HeadLens never runs"
                                     : std::string("holds no state dict"),
                    "save its state_dict() instead");
    }
    const StateDict& taken = **std::ranges::min_element(
        copies, {}, [&](const StateDict* dict) { return preferenceFor(dict->path, weights); });
    if (copies.size() > 1) m_copies.taken = taken.path;
    for (const StateDict* dict : copies)
        if (dict != &taken) m_copies.others.push_back(dict->path);
    m_tensors = storedTensors(taken);
    for (const auto& [name, tensor] : taken.tensors) {
        if (name.size() > kLongestName || taken.tensors.size() > kMostTensors)
            throw Error(ErrorCode::BadHeader, m_path, "has more than 100000 tensors or a name longer than 512 bytes");
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
