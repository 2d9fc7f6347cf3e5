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
    WeightCopies copies() const override { return m_copies; }

protected:
    explicit PyTorchContainer(std::string path) : m_path(std::move(path)) {}
    // Takes the dictionary of tensors that fits a known network best, whatever it is wrapped in; of several copies the
    // one that `weights` wishes. Throws Error(UnsupportedModel), Error(Usage) for a wish that names none.
    void collect(const pickle::Document& document, const std::string& weights);
    // The bytes of a storage, of exactly the size it claims. `tensorBytes` is what the view needs.
    virtual std::vector<std::byte> storageBytes(const pickle::Storage& storage, std::uint64_t tensorBytes) const = 0;

    std::string m_path;

private:
    const std::vector<std::byte>& cached(const pickle::Storage& storage, std::uint64_t tensorBytes) const;

    WeightCopies m_copies;
    std::vector<StoredTensor> m_tensors;
    std::vector<pickle::Tensor> m_places;
    mutable std::mutex m_lock;
    mutable std::string m_cachedKey;
    mutable std::vector<std::byte> m_cached; // views of one storage are usually read one after the other
};

// Bytes of a storage as its header claims them. Throws Error(BadHeader) on overflow.
std::uint64_t storageSize(const pickle::Storage& storage, const std::string& path);

// The form before PyTorch 1.6: pickles in a row, then raw storages.
std::unique_ptr<Container> openLegacyPyTorch(const std::string& path, const std::string& weights = {});
bool isLegacyPyTorch(std::span<const std::byte> first);

} // namespace headlens
