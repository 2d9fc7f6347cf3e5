// SPDX-License-Identifier: GPL-3.0-or-later
// What a GGUF file says of its model, by key: "llama.block_count", "tokenizer.ggml.tokens".
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace headlens {

// Numbers as wide as their kind allows (true is 1), text as it is stored: not always UTF-8.
using GgufValue = std::variant<std::int64_t, std::uint64_t, double, std::string, std::vector<std::int64_t>,
                               std::vector<std::uint64_t>, std::vector<double>, std::vector<std::string>>;

// What stands under a key; nothing, or a null pointer, where it is absent or of another kind.
class GgufSettings {
public:
    bool add(std::string key, GgufValue value); // false: the key is there already
    bool has(std::string_view key) const { return m_values.contains(key); }
    std::optional<std::int64_t> integer(std::string_view key) const; // any whole number that fits
    std::optional<double> real(std::string_view key) const;          // any number
    std::optional<bool> flag(std::string_view key) const;
    std::optional<std::string> text(std::string_view key) const;
    // Lists; they live as long as these settings.
    const std::vector<std::string>* texts(std::string_view key) const { return at<std::vector<std::string>>(key); }
    const std::vector<std::int64_t>* integers(std::string_view key) const { return at<std::vector<std::int64_t>>(key); }
    const std::vector<double>* reals(std::string_view key) const { return at<std::vector<double>>(key); }
    const std::map<std::string, GgufValue, std::less<>>& all() const { return m_values; }

private:
    template <class Kind>
    const Kind* at(std::string_view key) const
    {
        const auto hit = m_values.find(key);
        return hit == m_values.end() ? nullptr : std::get_if<Kind>(&hit->second);
    }

    std::map<std::string, GgufValue, std::less<>> m_values;
};

} // namespace headlens
