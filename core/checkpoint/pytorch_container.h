// SPDX-License-Identifier: GPL-3.0-or-later
// What both forms of a PyTorch checkpoint share: a pickle that describes tensors, and storages the tensors look into.
#pragma once

#include "core/checkpoint/container.h"
#include "core/checkpoint/unpickler.h"

#include <mutex>
#include <string>
#include <vector>

namespace headlens {

class PyTorchContainer : public Container {
public:
    const std::vector<StoredTensor>& tensors() const override { return m_tensors; }
    std::vector<std::string> files() const override { return {m_path}; }
    RawTensor read(std::size_t index) const override;

protected:
    explicit PyTorchContainer(std::string path) : m_path(std::move(path)) {}
    // Finds the state dict, through the wrappers that training scripts put around it. Throws Error(UnsupportedModel).
    void collect(const pickle::Document& document);
    // The bytes of a storage, of exactly the size it claims. `tensorBytes` is what the view needs.
    virtual std::vector<std::byte> storageBytes(const pickle::Storage& storage, std::uint64_t tensorBytes) const = 0;

    std::string m_path;

private:
    const std::vector<std::byte>& cached(const pickle::Storage& storage, std::uint64_t tensorBytes) const;

    std::vector<StoredTensor> m_tensors;
    std::vector<pickle::Tensor> m_places;
    mutable std::mutex m_lock;
    mutable std::string m_cachedKey;
    mutable std::vector<std::byte> m_cached; // views of one storage are usually read one after the other
};

// Bytes of a storage as its header claims them. Throws Error(BadHeader) on overflow.
std::uint64_t storageSize(const pickle::Storage& storage, const std::string& path);

// The form before PyTorch 1.6: pickles in a row, then raw storages.
std::unique_ptr<Container> openLegacyPyTorch(const std::string& path);
bool isLegacyPyTorch(std::span<const std::byte> first);

} // namespace headlens
