// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/safe_json.h"

#include "core/base/error.h"
#include "core/wire/ordered_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace headlens {
namespace {

// First pass: refuses what the tree parser would accept silently.
class Guard : public nlohmann::json_sax<Json> {
public:
    Guard(std::string_view text, int depth) : m_text(text), m_depth(depth) {}
    std::string problem = "no valid JSON";
    ErrorCode code = ErrorCode::BadHeader; // damaged; or else, JSON that is not taken

    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t) override { return true; }
    bool number_float(number_float_t, const string_t&) override { return true; }
    bool string(string_t&) override { return true; }
    bool binary(binary_t&) override { return true; }
    bool start_object(std::size_t) override { return open(); }
    bool start_array(std::size_t) override { return open(); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }
    bool key(string_t& name) override
    {
        if (m_keys.back().insert(name).second) return true;
        return refuse("the key \"" + name + "\" stands there twice");
    }
    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override
    {
        const std::string_view before = m_text.substr(0, position);
        problem = fmt::format("no valid JSON at byte {}, line {}", position, 1 + std::ranges::count(before, '\n'));
        return false;
    }

private:
    bool refuse(std::string why)
    {
        problem = std::move(why);
        code = ErrorCode::BadConfig;
        return false;
    }
    bool open()
    {
        m_keys.emplace_back();
        if (int(m_keys.size()) <= m_depth) return true;
        return refuse("nested deeper than " + std::to_string(m_depth) + " levels");
    }
    bool close()
    {
        m_keys.pop_back();
        return true;
    }

    std::string_view m_text;
    int m_depth;
    std::vector<std::unordered_set<std::string>> m_keys;
};

[[noreturn]] void refuse(const std::string& subject, const std::string& why, ErrorCode code = ErrorCode::BadConfig)
{
    throw Error(code, subject, why, "check the file or download it again");
}

void check(std::string_view text, const std::string& subject, const JsonLimits& limits)
{
    if (text.size() > limits.bytes) refuse(subject, "larger than " + std::to_string(limits.bytes >> 20) + " MB");
    // nlohmann reads a NUL byte as the end of the input, which would hide whatever follows it.
    if (text.find('\0') != std::string_view::npos) refuse(subject, "contains a NUL byte");
    Guard guard(text, limits.depth);
    if (!Json::sax_parse(text, &guard)) refuse(subject, guard.problem, guard.code);
}

} // namespace

Json parseJsonObject(std::string_view text, const std::string& subject, const JsonLimits& limits)
{
    check(text, subject, limits);
    Json tree = Json::parse(text, nullptr, false);
    if (!tree.is_object()) refuse(subject, "holds no JSON object");
    return tree;
}

OrderedJson parseOrderedJson(std::string_view text, const std::string& subject, const JsonLimits& limits)
{
    check(text, subject, limits);
    return OrderedJson::parse(text, nullptr, false);
}

} // namespace headlens
