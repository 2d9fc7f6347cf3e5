// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/checkpoint/container.h"
#include "core/checkpoint/gguf_config.h"
#include "core/checkpoint/gguf_parts.h"
#include "core/checkpoint/gguf_tower.h"

#include <algorithm>
#include <map>

namespace headlens {
namespace {

// Formats that others compute with as they are.
std::optional<DType> plainType(const GgufType& type)
{
    return dtypeFrom(type.name == "F32" || type.name == "F16" || type.name == "BF16" ? type.name : "");
}

// How a view lies in its file.
struct Rows {
    std::int64_t count = 1, width = 1;   // values of one row: of a vector one, or all where they are one block
    std::uint64_t offset = 0, bytes = 0; // of the first row; of one row
};

Rows rowsOf(const GgufTensor& tensor, const GgufView& view)
{
    Rows rows;
    const bool vector = view.shape.size() == 1;
    if (!view.shape.empty() && !(vector && tensor.type->values == 1)) rows.width = view.shape.back();
    for (std::size_t i = 0; i + 1 < view.shape.size(); ++i) rows.count *= view.shape[i];
    if (vector && tensor.type->values == 1) rows.count = view.shape[0];
    rows.bytes = tensor.type->bytesOf(std::uint64_t(rows.width));
    const std::uint64_t all = rows.bytes * std::uint64_t(rows.count);
    rows.offset = tensor.offset + (view.slice > 0 ? std::uint64_t(view.slice) * all : 0);
    return rows;
}

class GgufFile : public Container {
public:
    explicit GgufFile(const std::string& path);

    const std::vector<StoredTensor>& tensors() const override { return m_tensors; }
    RawTensor read(std::size_t index) const override;
    std::optional<FileSlice> sliceOf(std::size_t index) const override;
    std::vector<std::string> files() const override;
    bool isPacked(std::size_t index) const override
    {
        return m_views.at(index).rows.order != RowOrder::Same || !plainType(*tensorOf(index).type);
    }
    void readRows(std::size_t index, std::int64_t first, std::span<float> into) const override;
    std::optional<BlockFormat> formatOf(std::size_t index) const override;
    void readBlocks(std::size_t index, std::int64_t first, std::span<std::byte> into) const override;
    const Json* settings() const override { return &m_settings; }
    std::vector<std::string> remarks() const override;

private:
    const GgufTensor& tensorOf(std::size_t index) const { return m_parts.header.tensors[m_views.at(index).tensor]; }

    GgufParts m_parts;
    Json m_settings;
    std::vector<GgufView> m_views;
    std::vector<StoredTensor> m_tensors; // one a view
};

std::vector<float> valuesOf(const FileBytes& file, const GgufTensor& tensor)
{
    std::vector<std::byte> bytes(std::size_t(tensor.bytes));
    file.read(tensor.offset, bytes);
    std::vector<float> values(bytes.size() / tensor.type->bytes * tensor.type->values);
    unpackBlocks(*tensor.type, bytes, values);
    return values;
}

GgufFile::GgufFile(const std::string& path) : m_parts(openGgufParts(path))
{
    const GgufArchitecture* architecture = ggufArchitectureOf(m_parts.header.settings);
    const auto values = [&](const GgufTensor& tensor) { return valuesOf(*m_parts.files[tensor.file], tensor); };
    const bool tower = isGgufTower(m_parts.header.settings);
    m_settings = tower ? ggufTowerConfig(m_parts.header) : ggufConfig(m_parts.header, architecture, values, path);
    m_views = tower ? ggufTowerViews(m_parts.header) : ggufViews(m_parts.header, architecture, m_settings, path);
    for (std::size_t i = 0; i < m_views.size(); ++i) {
        const DType type = isPacked(i) ? DType::F32 : *plainType(*tensorOf(i).type);
        m_tensors.push_back({m_views[i].name, type, m_views[i].shape});
    }
}

void GgufFile::readRows(std::size_t index, std::int64_t first, std::span<float> into) const
{
    const GgufTensor& tensor = tensorOf(index);
    const GgufView& view = m_views.at(index);
    const FileBytes& file = *m_parts.files[tensor.file];
    if (!tensor.type->format)
        throw Error(ErrorCode::UnsupportedModel, file.path(),
                    "holds " + tensor.name + " in the format " + std::string(tensor.type->name) +
                        ", which this version cannot compute",
                    "choose another quantisation of the model, for example Q4_K_M or Q8_0");
    const Rows rows = rowsOf(tensor, view);
    const std::int64_t count = rows.width > 0 ? std::int64_t(into.size()) / rows.width : 0;
    std::vector<std::byte> bytes(std::size_t(rows.bytes) * std::size_t(count));
    readBlocks(index, first, bytes);
    unpackBlocks(*tensor.type, bytes, into);
}

std::optional<BlockFormat> GgufFile::formatOf(std::size_t index) const
{
    const GgufType& type = *tensorOf(index).type;
    const bool isLess = type.values > 1 || type.name == "F16" || type.name == "BF16";
    return isLess && m_views.at(index).shape.size() > 1 ? type.format : std::nullopt;
}

void GgufFile::readBlocks(std::size_t index, std::int64_t first, std::span<std::byte> into) const
{
    const GgufTensor& tensor = tensorOf(index);
    const GgufView& view = m_views.at(index);
    const Rows rows = rowsOf(tensor, view);
    const std::int64_t count = rows.bytes > 0 ? std::int64_t(into.size() / rows.bytes) : 0;
    // Rows in their order lie together.
    const std::int64_t together = view.rows.order == RowOrder::Same ? count : 1;
    for (std::int64_t row = 0; row < count; row += together) {
        const std::int64_t stored = view.rows.stored(first + row, rows.count);
        m_parts.files[tensor.file]->read(
            rows.offset + std::uint64_t(stored) * rows.bytes,
            into.subspan(std::size_t(row) * rows.bytes, std::size_t(together) * rows.bytes));
    }
}

RawTensor GgufFile::read(std::size_t index) const
{
    const auto& [name, type, shape] = m_tensors.at(index);
    const Rows rows = rowsOf(tensorOf(index), m_views[index]);
    RawTensor raw{type, shape, {}};
    if (const auto slice = sliceOf(index)) {
        raw.bytes.resize(std::size_t(slice->bytes));
        slice->file->read(slice->offset, raw.bytes);
        return raw;
    }
    const std::size_t count = std::size_t(rows.count) * std::size_t(rows.width);
    raw.bytes.resize(count * sizeof(float));
    readRows(index, 0, {reinterpret_cast<float*>(raw.bytes.data()), count});
    return raw;
}

std::optional<FileSlice> GgufFile::sliceOf(std::size_t index) const
{
    if (isPacked(index)) return std::nullopt;
    const GgufTensor& tensor = tensorOf(index);
    const Rows rows = rowsOf(tensor, m_views[index]);
    return FileSlice{m_parts.files[tensor.file].get(), rows.offset, rows.bytes * std::uint64_t(rows.count)};
}

std::vector<std::string> GgufFile::files() const
{
    std::vector<std::string> paths;
    for (const auto& file : m_parts.files) paths.push_back(file->path());
    return paths;
}

std::vector<std::string> GgufFile::remarks() const
{
    std::map<std::string_view, std::uint64_t> bytes; // by format
    for (const GgufTensor& tensor : m_parts.header.tensors) bytes[tensor.type->name] += tensor.bytes;
    std::vector<std::pair<std::string_view, std::uint64_t>> largest(bytes.begin(), bytes.end());
    std::ranges::stable_sort(largest, std::ranges::greater{}, &std::pair<std::string_view, std::uint64_t>::second);
    std::string formats;
    for (const auto& [format, size] : largest) formats += (formats.empty() ? "" : ", ") + std::string(format);
    std::vector<std::string> remarks;
    if (!formats.empty()) remarks.push_back("weights: " + formats + " of GGUF, computed with as float32");
    if (m_parts.files.size() > 1) remarks.push_back("opened: all " + std::to_string(m_parts.files.size()) + " parts");
    return remarks;
}

} // namespace

std::unique_ptr<Container> openGguf(const std::string& path)
{
    return std::make_unique<GgufFile>(path);
}

} // namespace headlens
