// SPDX-License-Identifier: GPL-3.0-or-later
// A file (or several) that holds named tensors, whatever its format. No torch in this header.
#pragma once

#include "core/checkpoint/file_bytes.h"
#include "core/kernels/block_formats.h"
#include "core/wire/json_fwd.h"
#include "core/wire/safetensors.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace headlens {

// Raw values of one tensor: contiguous, little-endian, row-major.
struct RawTensor {
    DType dtype = DType::F32;
    std::vector<std::int64_t> shape;
    std::vector<std::byte> bytes;
};

// Where the values of a tensor lie in a file as they are.
struct FileSlice {
    const FileBytes* file; // lives as long as the container
    std::uint64_t offset, bytes;
};

struct StoredTensor {
    std::string name;
    DType dtype = DType::F32;
    std::vector<std::int64_t> shape;
};

// Of a file that holds several copies of its weights: the one that was taken, and the others.
struct WeightCopies {
    std::string taken;
    std::vector<std::string> others;
};

class Container {
public:
    virtual ~Container() = default;
    virtual WeightCopies copies() const { return {}; }
    virtual const std::vector<StoredTensor>& tensors() const = 0;
    // The values of the `index`-th tensor. Throws Error when the file changed or ends early. Thread safe.
    virtual RawTensor read(std::size_t index) const = 0;
    // For containers whose tensors can be read piece by piece.
    virtual std::optional<FileSlice> sliceOf(std::size_t /*index*/) const { return std::nullopt; }
    virtual std::vector<std::string> files() const = 0; // paths, for hashes and sizes

    // For containers whose tensors are stored in blocks or in another order: then read() takes the whole as float32
    // too.
    virtual bool isPacked(std::size_t /*index*/) const { return false; }
    // Of a packed matrix (or stack of them) as many rows from `first` on as `into` holds. Thread safe.
    virtual void readRows(std::size_t index, std::int64_t first, std::span<float> into) const;

    // For tensors whose numbers can stay in memory as they are stored, because every row (of the last dimension) is
    // whole blocks of a format that is less than float32: that format.
    virtual std::optional<BlockFormat> formatOf(std::size_t index) const;
    // Of such a tensor the bytes of as many rows from `first` on as `into` holds. Thread safe.
    virtual void readBlocks(std::size_t index, std::int64_t first, std::span<std::byte> into) const;

    // What the file itself says of the model, in the words of config.json; null: nothing.
    virtual const Json* settings() const { return nullptr; }
    // What a person should know of how it was read, one sentence each.
    virtual std::vector<std::string> remarks() const { return {}; }
};

// One safetensors file. Throws Error(WrongContent | BadHeader | Truncated).
std::unique_ptr<Container> openSafetensors(const std::string& path);
// The __metadata__ of a safetensors file.
std::map<std::string, std::string> readSafetensorsMetadata(const std::string& path);
// The shards that a model.safetensors.index.json or pytorch_model.bin.index.json names; every name must be a plain file
// of the same folder.
std::unique_ptr<Container> openSharded(const std::string& indexPath);
// A PyTorch checkpoint (zip form), read by our own unpickler that never runs anything.
std::unique_ptr<Container> openPyTorch(const std::string& path, const std::string& weights = {});
// Weights of JAX in NumPy's .npz.
std::unique_ptr<Container> openNumpy(const std::string& path);
// A model of llama.cpp, of one file or, by the name of any of them, of several ("name-00001-of-00003.gguf"). Names,
// shapes and the order of rows are those of the same model in safetensors.
std::unique_ptr<Container> openGguf(const std::string& path);
// By content, not by name. `weights`: which copy of them, as preferenceFor() takes it (state_dicts.h).
std::unique_ptr<Container> openContainer(const std::string& path, const std::string& weights = {});

} // namespace headlens
