// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/checkpoint/file_bytes.h"
#include "core/checkpoint/pytorch_container.h"

#include <algorithm>
#include <array>

namespace headlens {

namespace {

// The name of the first entry of a zip archive (APPNOTE 4.3.7), as far as `text` goes.
std::string_view firstEntryOf(std::string_view text)
{
    constexpr std::size_t kLengthAt = 26, kNameAt = 30;
    const std::size_t length =
        std::size_t(std::uint8_t(text[kLengthAt])) | std::size_t(std::uint8_t(text[kLengthAt + 1])) << 8;
    return text.substr(kNameAt, length);
}

} // namespace

void Container::readRows(std::size_t index, std::int64_t /*first*/, std::span<float> /*into*/) const
{
    throw Error(ErrorCode::Internal, tensors().at(index).name, "is not packed");
}

std::optional<BlockFormat> Container::formatOf(std::size_t index) const
{
    const StoredTensor& tensor = tensors().at(index);
    if (tensor.shape.size() < 2 || !sliceOf(index)) return std::nullopt;
    if (tensor.dtype == DType::F16) return BlockFormat::F16;
    if (tensor.dtype == DType::BF16) return BlockFormat::BF16;
    return std::nullopt;
}

void Container::readBlocks(std::size_t index, std::int64_t first, std::span<std::byte> into) const
{
    const StoredTensor& tensor = tensors().at(index);
    const auto slice = sliceOf(index);
    const std::uint64_t begin = std::uint64_t(first) * std::uint64_t(tensor.shape.back()) * sizeof(std::uint16_t);
    if (!slice || first < 0 || begin > slice->bytes || into.size() > slice->bytes - begin)
        throw Error(ErrorCode::BadWeights, tensor.name, "has fewer rows than its shape says", "download it again");
    slice->file->read(slice->offset + begin, into);
}

std::unique_ptr<Container> openContainer(const std::string& path, const std::string& weights)
{
    std::array<std::byte, 256> first{};
    {
        const FileBytes file(path);
        if (file.size() > 0)
            file.read(0, std::span(first).first(std::size_t(std::min<std::uint64_t>(first.size(), file.size()))));
    }
    const std::string_view text(reinterpret_cast<const char*>(first.data()), first.size());
    if (text.starts_with("GGUF") || path.ends_with(".gguf")) return openGguf(path);
    if (text.starts_with("PK\x03\x04"))
        return firstEntryOf(text).ends_with(".npy") ? openNumpy(path) : openPyTorch(path, weights);
    if (isLegacyPyTorch(first)) return openLegacyPyTorch(path, weights);
    // The length of a header may begin with the same two bytes as a pickle: 1408 is 80 05 00 ...
    const bool header = text.substr(4, 5) == std::string_view("\0\0\0\0{", 5);
    if (!header && text[0] == '\x80' && text[1] >= 2 && text[1] <= 5)
        throw Error(ErrorCode::WrongContent, path, "is a plain Python pickle, not a checkpoint of torch.save",
                    "save the state_dict() with torch.save or as safetensors");
    return openSafetensors(path);
}

} // namespace headlens
