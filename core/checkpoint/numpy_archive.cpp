// SPDX-License-Identifier: GPL-3.0-or-later
// NumPy's .npz: a zip archive of arrays. Weights of JAX are kept in it; a slash in a name becomes a dot.
#include "core/base/error.h"
#include "core/checkpoint/container.h"
#include "core/checkpoint/npy_header.h"
#include "core/checkpoint/zip_archive.h"

#include <algorithm>
#include <cstring>
#include <mutex>

namespace headlens {
namespace {

constexpr std::string_view kEnding = ".npy";

// From column-major to row-major order: the first axis runs fastest in `from`.
std::vector<std::byte> turned(std::span<const std::byte> from, const std::vector<std::int64_t>& shape,
                              std::size_t itemBytes)
{
    std::vector<std::byte> to(from.size());
    std::vector<std::int64_t> index(shape.size(), 0);
    for (std::size_t done = 0; done + itemBytes <= to.size(); done += itemBytes) {
        std::size_t element = 0;
        for (std::size_t d = shape.size(); d-- > 0;) element = element * std::size_t(shape[d]) + std::size_t(index[d]);
        std::memcpy(to.data() + done, from.data() + element * itemBytes, itemBytes);
        for (std::size_t d = shape.size(); d-- > 0;) {
            if (++index[d] < shape[d]) break;
            index[d] = 0;
        }
    }
    return to;
}

class NumpyArchive : public Container {
public:
    explicit NumpyArchive(const std::string& path) : m_path(path), m_zip(path)
    {
        constexpr std::size_t kLongestName = 512, kMostTensors = 100'000;
        for (const std::string& entry : m_zip.names()) {
            if (!entry.ends_with(kEnding)) continue;
            if (entry.size() > kLongestName || m_tensors.size() == kMostTensors)
                throw Error(ErrorCode::BadHeader, path, "has more than 100000 arrays or a name longer than 512 bytes");
            const NpyHeader header = parseNpyHeader(m_zip.begin(entry, kMostNpyHeader), path);
            if (!header.dtype) continue; // the state of a random generator and the like
            const auto bytes = bytesFor(header.shape, *header.dtype);
            if (!bytes || m_zip.sizeOf(entry) != header.dataOffset + *bytes)
                throw Error(ErrorCode::BadHeader, path, "has an array " + entry + " that is not as long as its shape",
                            "download or save it again");
            std::string name = entry.substr(0, entry.size() - kEnding.size());
            std::ranges::replace(name, '/', '.');
            m_tensors.push_back({std::move(name), *header.dtype, header.shape});
            m_arrays.push_back({entry, header});
        }
        if (m_tensors.empty())
            throw Error(ErrorCode::UnsupportedModel, path, "holds no arrays of numbers that HeadLens reads",
                        "save them as little-endian float32");
    }

    const std::vector<StoredTensor>& tensors() const override { return m_tensors; }
    std::vector<std::string> files() const override { return {m_path}; }
    RawTensor read(std::size_t index) const override
    {
        const auto& [entry, header] = m_arrays.at(index);
        const DType dtype = m_tensors[index].dtype;
        const std::uint64_t bytes = *bytesFor(header.shape, dtype), whole = header.dataOffset + bytes;
        const std::lock_guard lock(m_lock);
        std::vector<std::byte> all = m_zip.read(entry, whole, whole);
        RawTensor raw{dtype, header.shape, {}};
        if (header.columnMajor)
            raw.bytes = turned(std::span(all).subspan(header.dataOffset), header.shape, std::size_t(bitsOf(dtype)) / 8);
        else
            raw.bytes.assign(all.begin() + std::ptrdiff_t(header.dataOffset), all.end());
        return raw;
    }

private:
    struct Array {
        std::string entry;
        NpyHeader header;
    };
    std::string m_path;
    ZipArchive m_zip;
    std::vector<StoredTensor> m_tensors;
    std::vector<Array> m_arrays;
    mutable std::mutex m_lock; // libzip reads one entry at a time
};

} // namespace

std::unique_ptr<Container> openNumpy(const std::string& path)
{
    return std::make_unique<NumpyArchive>(path);
}

} // namespace headlens
