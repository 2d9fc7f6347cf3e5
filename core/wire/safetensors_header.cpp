// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/wire/safe_json.h"
#include "core/wire/safetensors.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <unordered_set>

namespace headlens {
namespace {

// Reads the header event by event: nothing is stored that was not checked (design: nlohmann's SAX interface).
class HeaderReader : public nlohmann::json_sax<Json> {
public:
    explicit HeaderReader(const SafetensorsLimits& limits) : m_limits(limits) {}

    SafetensorsHeader header;
    std::string problem;

    bool null() override { return fail("null is not allowed"); }
    bool boolean(bool) override { return fail("true/false is not allowed"); }
    bool number_integer(number_integer_t) override { return fail(in("a negative number")); }
    bool number_float(number_float_t, const string_t&) override { return fail(in("a number that is no integer")); }
    bool binary(binary_t&) override { return fail("binary is not allowed"); }
    bool number_unsigned(number_unsigned_t value) override;
    bool string(string_t& value) override;
    bool start_object(std::size_t) override;
    bool end_object() override;
    bool start_array(std::size_t) override;
    bool end_array() override;
    bool key(string_t& name) override;
    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override
    {
        return fail("no valid JSON at byte " + std::to_string(position));
    }

private:
    enum class Place : std::uint8_t { Start, Top, Metadata, Tensor, Shape, Offsets, Done };
    enum class Field : std::uint8_t { None, DType, Shape, Offsets };

    bool fail(std::string why)
    {
        problem = std::move(why);
        return false;
    }
    std::string in(const std::string& what) const { return what + " in \"" + m_name + "\""; }
    bool goodName(const std::string& name);
    bool fieldKey(const std::string& name);
    bool finishTensor();

    SafetensorsLimits m_limits;
    Place m_place = Place::Start;
    Field m_field = Field::None;
    std::string m_name; // of the tensor or metadata entry being read
    TensorEntry m_entry;
    int m_offsets = 0;
    bool m_hasDType = false, m_hasShape = false, m_hasOffsets = false, m_hasMetadata = false;
    std::unordered_set<std::string> m_names;
};

bool HeaderReader::goodName(const std::string& name)
{
    if (name.size() > m_limits.nameBytes)
        return fail("a name longer than " + std::to_string(m_limits.nameBytes) + " bytes");
    if (std::ranges::any_of(name, [](unsigned char c) { return c < 0x20 || c == 0x7F; }))
        return fail("a control character in a name");
    return true;
}

bool HeaderReader::start_object(std::size_t)
{
    switch (m_place) {
    case Place::Start: m_place = Place::Top; return true;
    case Place::Top:
        m_place = m_name == "__metadata__" ? Place::Metadata : Place::Tensor;
        if (m_place == Place::Metadata) m_hasMetadata = true;
        m_entry = {};
        m_entry.name = m_name;
        m_hasDType = m_hasShape = m_hasOffsets = false;
        m_field = Field::None;
        return true;
    default: return fail(in("an object too deep"));
    }
}

bool HeaderReader::key(string_t& name)
{
    if (m_place == Place::Tensor) return fieldKey(name);
    if (!goodName(name)) return false;
    m_name = name;
    if (m_place == Place::Metadata) {
        if (header.metadata.contains(name)) return fail("the metadata key \"" + name + "\" stands there twice");
        return true;
    }
    if (name == "__metadata__") return m_hasMetadata ? fail("__metadata__ stands there twice") : true;
    if (m_names.size() >= m_limits.tensors) return fail("more than " + std::to_string(m_limits.tensors) + " tensors");
    return m_names.insert(name).second ? true : fail("the name \"" + name + "\" stands there twice");
}

bool HeaderReader::fieldKey(const std::string& name)
{
    const auto once = [&](bool& seen, Field field) {
        if (seen) return fail(in("the field \"" + name + "\" twice"));
        seen = true;
        m_field = field;
        return true;
    };
    if (name == "dtype") return once(m_hasDType, Field::DType);
    if (name == "shape") return once(m_hasShape, Field::Shape);
    if (name == "data_offsets") return once(m_hasOffsets, Field::Offsets);
    return fail(in("an unknown field"));
}

bool HeaderReader::string(string_t& value)
{
    if (m_place == Place::Metadata) {
        header.metadata.emplace(m_name, value);
        return true;
    }
    if (m_place != Place::Tensor || m_field != Field::DType) return fail(in("text where none belongs"));
    const auto dtype = dtypeFrom(value);
    if (!dtype) return fail(in("the unknown number format " + value.substr(0, 20)));
    m_entry.dtype = *dtype;
    m_field = Field::None;
    return true;
}

bool HeaderReader::start_array(std::size_t)
{
    if (m_place != Place::Tensor || (m_field != Field::Shape && m_field != Field::Offsets))
        return fail(in("a list where none belongs"));
    m_place = m_field == Field::Shape ? Place::Shape : Place::Offsets;
    m_offsets = 0;
    return true;
}

bool HeaderReader::end_array()
{
    if (m_place == Place::Offsets && m_offsets != 2) return fail(in("data_offsets without two numbers"));
    m_place = Place::Tensor;
    m_field = Field::None;
    return true;
}

bool HeaderReader::number_unsigned(number_unsigned_t value)
{
    if (value > std::uint64_t(std::numeric_limits<std::int64_t>::max())) return fail(in("a number beyond 2^63"));
    if (m_place == Place::Shape) {
        if (m_entry.shape.size() >= m_limits.rank)
            return fail(in("more than " + std::to_string(m_limits.rank) + " dimensions"));
        m_entry.shape.push_back(std::int64_t(value));
        return true;
    }
    if (m_place != Place::Offsets) return fail(in("a number where none belongs"));
    if (m_offsets >= 2) return fail(in("data_offsets with more than two numbers"));
    (m_offsets++ == 0 ? m_entry.begin : m_entry.end) = value;
    return true;
}

bool HeaderReader::finishTensor()
{
    if (!m_hasDType || !m_hasShape || !m_hasOffsets) return fail(in("dtype, shape or data_offsets missing"));
    if (m_entry.end < m_entry.begin) return fail(in("data_offsets that end before they begin"));
    const auto needed = bytesFor(m_entry.shape, m_entry.dtype);
    if (!needed) return fail(in("a shape that overflows or does not fill whole bytes"));
    if (*needed != m_entry.bytes()) return fail(in("a shape that does not match its data_offsets"));
    header.tensors.push_back(m_entry);
    return true;
}

bool HeaderReader::end_object()
{
    switch (m_place) {
    case Place::Tensor: m_place = Place::Top; return finishTensor();
    case Place::Metadata: m_place = Place::Top; return true;
    case Place::Top: m_place = Place::Done; return true;
    default: return fail("an object closed too early");
    }
}

void checkCoverage(SafetensorsHeader& header, const std::string& subject)
{
    // Empty tensors may share an offset with their neighbour; they sort before the one that has bytes.
    std::ranges::stable_sort(header.tensors, {}, [](const TensorEntry& t) { return std::pair(t.begin, t.end); });
    std::uint64_t reached = 0;
    for (const TensorEntry& tensor : header.tensors) {
        if (tensor.begin != reached)
            throw Error(ErrorCode::BadHeader, subject,
                        "the bytes of \"" + tensor.name + "\" leave a hole or overlap another tensor",
                        "the file is damaged: download or save it again");
        reached = tensor.end;
    }
    header.dataBytes = reached;
}

} // namespace

std::optional<std::uint64_t> bytesFor(std::span<const std::int64_t> shape, DType dtype)
{
    std::uint64_t bits = std::uint64_t(bitsOf(dtype));
    bool empty = false;
    for (const std::int64_t extent : shape) {
        if (extent < 0) return std::nullopt;
        if (extent == 0)
            empty = true;
        else if (__builtin_mul_overflow(bits, std::uint64_t(extent), &bits))
            return std::nullopt;
    }
    if (empty) return 0;
    if (bits % 8 != 0) return std::nullopt;
    return bits / 8;
}

std::uint64_t announcedHeaderLength(std::span<const std::byte, kLengthBytes> first, const std::string& subject,
                                    const SafetensorsLimits& limits)
{
    std::uint64_t length = 0;
    for (std::size_t i = kLengthBytes; i-- > 0;) length = length << 8 | std::uint64_t(first[i]);
    if (length > limits.headerBytes)
        throw Error(
            ErrorCode::BadHeader, subject,
            fmt::format("announces a header of {} bytes, more than the limit of {}", length, limits.headerBytes),
            "this is no safetensors file or it is damaged");
    return length;
}

SafetensorsHeader parseSafetensorsHeader(std::string_view json, const std::string& subject,
                                         const SafetensorsLimits& limits)
{
    const auto refuse = [&](const std::string& why) {
        throw Error(ErrorCode::BadHeader, subject, "the safetensors header has " + why,
                    "the file is damaged: download or save it again");
    };
    const std::size_t start = json.find_first_not_of(" \t\r\n");
    if (start == std::string_view::npos || json[start] != '{') refuse("no JSON object");
    if (json.find('\0') != std::string_view::npos) refuse("a NUL byte");
    HeaderReader reader(limits);
    if (!Json::sax_parse(json, &reader)) refuse(reader.problem.empty() ? "no valid JSON" : reader.problem);
    reader.header.dataOffset = kLengthBytes + json.size();
    checkCoverage(reader.header, subject);
    return std::move(reader.header);
}

} // namespace headlens
