// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/gguf_parts.h"

#include "core/base/error.h"
#include "core/checkpoint/model_folder.h"

#include <fmt/format.h>

#include <filesystem>
#include <set>
#include <utility>

namespace headlens {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const std::string& path, const std::string& why)
{
    throw Error(ErrorCode::BadHeader, path, why, "download all parts of the model again");
}

// "name-00001-of-00003.gguf" of any of its parts.
std::string partPath(const fs::path& any, std::int64_t number)
{
    constexpr std::size_t kDigits = 5;
    std::string name = any.filename().string();
    name.replace(name.find("-of-") - kDigits, kDigits, fmt::format("{:05}", number));
    return (any.parent_path() / name).string();
}

std::int64_t countIn(const GgufHeader& header)
{
    return header.settings.integer("split.count").value_or(1);
}

void requirePart(const GgufHeader& header, const std::string& path, std::int64_t number, std::int64_t count)
{
    const bool fits = header.settings.integer("split.no") == number - 1 && countIn(header) == count;
    if (!fits) refuse(path, fmt::format("does not say that it is part {} of {}", number, count));
}

void requireWhole(const GgufHeader& header, const std::string& path)
{
    const auto told = header.settings.integer("split.tensors.count");
    if (told && *told != std::int64_t(header.tensors.size()))
        refuse(path, fmt::format("has {} tensors with all its parts, but says {}", header.tensors.size(), *told));
    std::set<std::string_view> names;
    for (const GgufTensor& tensor : header.tensors)
        if (!names.insert(tensor.name).second) refuse(path, "has the tensor " + tensor.name + " in two parts");
}

} // namespace

GgufParts openGgufParts(const std::string& path)
{
    constexpr std::int64_t kMostParts = 1'000;
    GgufParts parts;
    parts.files.push_back(std::make_unique<FileBytes>(path));
    parts.header = readGguf(sourceOf(*parts.files[0]));
    const std::int64_t count = countIn(parts.header);
    if (count <= 1) return parts;
    const auto named = partOf(fs::path(path).filename().string());
    if (!named || named->count != count || count > kMostParts)
        throw Error(ErrorCode::PartMissing, path, fmt::format("is one of {} parts of a model", count),
                    "put all parts into one folder, called name-00001-of-00002.gguf and so on");
    GgufParts all;
    for (std::int64_t number = 1; number <= count; ++number) {
        all.files.push_back(std::make_unique<FileBytes>(partPath(path, number)));
        GgufHeader header = readGguf(sourceOf(*all.files.back()));
        requirePart(header, all.files.back()->path(), number, count);
        for (GgufTensor& tensor : header.tensors) {
            tensor.file = all.files.size() - 1;
            all.header.tensors.push_back(std::move(tensor));
        }
        if (number == 1) all.header.settings = std::move(header.settings);
    }
    requireWhole(all.header, path);
    return all;
}

} // namespace headlens
