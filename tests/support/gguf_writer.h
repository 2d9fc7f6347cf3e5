// SPDX-License-Identifier: GPL-3.0-or-later
// GGUF files for tests: honest ones, and ones that lie where a test says so.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace headlens::test {

// The bytes of a number as they lie in memory (little-endian).
template <class Number>
std::string raw(Number number)
{
    std::string bytes(sizeof number, '\0');
    std::memcpy(bytes.data(), &number, sizeof number);
    return bytes;
}

inline std::string rawFloats(std::span<const float> values)
{
    std::string bytes;
    for (const float value : values) bytes += raw(value);
    return bytes;
}

class GgufWriter {
public:
    // What the header announces; the truth where nothing is set.
    std::uint32_t version = 3;
    std::optional<std::uint64_t> keyCount, tensorCount;

    struct Tensor {
        std::string name;
        std::vector<std::uint64_t> shape; // rows first
        std::uint32_t type = 0;
        std::string bytes;
        std::optional<std::uint64_t> offset = {};
    };

    static std::string text(const std::string& text) { return raw(std::uint64_t(text.size())) + text; }
    // `kind` is the number of the value's type in the file.
    GgufWriter& entry(const std::string& key, std::uint32_t kind, const std::string& bytes)
    {
        m_entries.push_back(text(key) + raw(kind) + bytes);
        return *this;
    }
    GgufWriter& number(const std::string& key, std::uint32_t value) { return entry(key, 4, raw(value)); }
    GgufWriter& real(const std::string& key, float value) { return entry(key, 6, raw(value)); }
    GgufWriter& flag(const std::string& key, bool value) { return entry(key, 7, raw(value)); }
    GgufWriter& word(const std::string& key, const std::string& value) { return entry(key, 8, text(value)); }
    GgufWriter& words(const std::string& key, const std::vector<std::string>& values)
    {
        std::string bytes;
        for (const std::string& value : values) bytes += text(value);
        return entry(key, 9, raw(std::uint32_t(8)) + raw(std::uint64_t(values.size())) + bytes);
    }
    GgufWriter& numbers(const std::string& key, const std::vector<std::uint32_t>& values)
    {
        std::string bytes;
        for (const std::uint32_t value : values) bytes += raw(value);
        return entry(key, 9, raw(std::uint32_t(4)) + raw(std::uint64_t(values.size())) + bytes);
    }
    GgufWriter& tensor(Tensor tensor)
    {
        m_tensors.push_back(std::move(tensor));
        return *this;
    }
    // float32: 0, 1, 2 ...; with a scale of 0 all are 1.
    GgufWriter& counting(const std::string& name, std::vector<std::uint64_t> shape, float scale = 1)
    {
        std::uint64_t count = 1;
        for (const std::uint64_t extent : shape) count *= extent;
        std::vector<float> values;
        for (std::uint64_t i = 0; i < count; ++i) values.push_back(scale == 0 ? 1 : float(i) * scale);
        return tensor({name, std::move(shape), 0, rawFloats(values)});
    }

    std::string bytes(std::size_t alignment = 32) const
    {
        const auto padded = [&](std::string bytes) {
            bytes.resize((bytes.size() + alignment - 1) / alignment * alignment);
            return bytes;
        };
        std::string head = "GGUF" + raw(version) + raw(tensorCount.value_or(m_tensors.size())) +
                           raw(keyCount.value_or(m_entries.size()));
        for (const std::string& entry : m_entries) head += entry;
        std::string data;
        for (const Tensor& tensor : m_tensors) {
            head += text(tensor.name) + raw(std::uint32_t(tensor.shape.size()));
            for (std::size_t i = tensor.shape.size(); i > 0; --i) head += raw(tensor.shape[i - 1]);
            head += raw(tensor.type) + raw(tensor.offset.value_or(data.size()));
            data = padded(data + tensor.bytes);
        }
        return padded(head) + data;
    }

private:
    std::vector<std::string> m_entries;
    std::vector<Tensor> m_tensors;
};

} // namespace headlens::test
