// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/wire/safe_json.h"
#include "core/wire/safetensors.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include <unistd.h>

namespace headlens {
namespace {

struct FileCloser {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, FileCloser>;

[[noreturn]] void failWrite(const std::string& path)
{
    throw Error(ErrorCode::WriteFailed, path, std::string("could not be written (") + std::strerror(errno) + ")",
                "choose another folder or free some space");
}

void writeAll(std::FILE* file, const void* data, std::size_t bytes, const std::string& path)
{
    if (bytes > 0 && std::fwrite(data, 1, bytes, file) != bytes) failWrite(path);
}

} // namespace

std::string safetensorsPreamble(std::span<const TensorBytes> tensors,
                                const std::map<std::string, std::string>& metadata)
{
    nlohmann::ordered_json header = nlohmann::ordered_json::object();
    if (!metadata.empty()) header["__metadata__"] = metadata;
    std::uint64_t reached = 0;
    for (const TensorBytes& tensor : tensors) {
        if (bytesFor(tensor.shape, tensor.dtype) != tensor.data.size())
            throw Error(ErrorCode::Internal, tensor.name, "bytes do not fit the shape");
        header[tensor.name] = {{"dtype", nameOf(tensor.dtype)},
                               {"shape", tensor.shape},
                               {"data_offsets", {reached, reached + tensor.data.size()}}};
        reached += tensor.data.size();
    }
    std::string json = header.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    json.resize((json.size() + 7) / 8 * 8, ' ');
    std::string preamble(kLengthBytes, '\0');
    for (std::size_t i = 0; i < kLengthBytes; ++i) preamble[i] = char(json.size() >> (8 * i) & 0xFF);
    return preamble + json;
}

void writeSafetensors(const std::string& path, std::span<const TensorBytes> tensors,
                      const std::map<std::string, std::string>& metadata)
{
    const std::string preamble = safetensorsPreamble(tensors, metadata);
    const std::string temporary = path + "." + std::to_string(::getpid()) + ".tmp";
    try {
        File file(std::fopen(temporary.c_str(), "wb"));
        if (!file) failWrite(path);
        writeAll(file.get(), preamble.data(), preamble.size(), path);
        for (const TensorBytes& tensor : tensors) writeAll(file.get(), tensor.data.data(), tensor.data.size(), path);
        if (std::fflush(file.get()) != 0 || ::fsync(::fileno(file.get())) != 0) failWrite(path);
        file.reset();
        if (std::rename(temporary.c_str(), path.c_str()) != 0) failWrite(path);
    } catch (...) {
        std::remove(temporary.c_str());
        throw;
    }
}

} // namespace headlens
