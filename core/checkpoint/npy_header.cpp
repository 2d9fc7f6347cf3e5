// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/npy_header.h"

#include "core/base/error.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <utility>

namespace headlens {
namespace {

[[noreturn]] void refuse(const std::string& subject, const std::string& why)
{
    throw Error(ErrorCode::BadHeader, subject, why, "download or save it again");
}

// What stands behind "'key':" up to the comma or bracket that ends it.
std::string_view valueOf(std::string_view dictionary, std::string_view key, const std::string& subject)
{
    const std::string quoted = "'" + std::string(key) + "':";
    const std::size_t at = dictionary.find(quoted);
    if (at == std::string_view::npos) refuse(subject, "has an array without " + std::string(key));
    std::string_view rest = dictionary.substr(at + quoted.size());
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    const std::size_t end = rest.starts_with('(') ? rest.find(')') : rest.find_first_of(",}");
    if (end == std::string_view::npos) refuse(subject, "has an array whose header does not end");
    return rest.substr(0, rest.starts_with('(') ? end + 1 : end);
}

std::optional<DType> typeNamed(std::string_view name)
{
    // JAX saves bfloat16 as two bytes of no type ("V2").
    static constexpr std::array<std::pair<std::string_view, DType>, 10> kTypes{{{"'<f4'", DType::F32},
                                                                                {"'<f2'", DType::F16},
                                                                                {"'<f8'", DType::F64},
                                                                                {"'|V2'", DType::BF16},
                                                                                {"'<V2'", DType::BF16},
                                                                                {"'<i8'", DType::I64},
                                                                                {"'<i4'", DType::I32},
                                                                                {"'|i1'", DType::I8},
                                                                                {"'|u1'", DType::U8},
                                                                                {"'|b1'", DType::Bool}}};
    const auto* hit = std::ranges::find(kTypes, name, [](const auto& entry) { return entry.first; });
    return hit == kTypes.end() ? std::nullopt : std::optional(hit->second);
}

std::vector<std::int64_t> shapeFrom(std::string_view tuple, const std::string& subject)
{
    constexpr std::size_t kMostAxes = 8;
    std::vector<std::int64_t> shape;
    const char *at = tuple.data() + 1, *end = tuple.data() + tuple.size() - 1;
    while (at < end && shape.size() <= kMostAxes) {
        if (*at == ' ' || *at == ',') {
            ++at;
            continue;
        }
        std::int64_t extent = -1;
        const auto [next, problem] = std::from_chars(at, end, extent);
        if (problem != std::errc() || extent < 0) refuse(subject, "has an array of an impossible shape");
        shape.push_back(extent);
        at = next;
    }
    if (shape.size() > kMostAxes) refuse(subject, "has an array of more than 8 axes");
    return shape;
}

} // namespace

NpyHeader parseNpyHeader(std::span<const std::byte> bytes, const std::string& subject)
{
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    constexpr std::size_t kShortest = 12;
    if (!text.starts_with("\x93NUMPY") || text.size() < kShortest) refuse(subject, "is no NumPy array");
    const auto at = [&](std::size_t i) { return std::size_t(bytes[i]); };
    const bool first = at(6) == 1;
    const std::size_t begin = first ? 10 : 12;
    const std::size_t length = at(8) | at(9) << 8 | (first ? 0 : at(10) << 16 | at(11) << 24);
    if (at(6) < 1 || at(6) > 3 || length > text.size() - begin) refuse(subject, "has an array with a damaged header");
    const std::string_view dictionary = text.substr(begin, length);
    const std::string_view order = valueOf(dictionary, "fortran_order", subject);
    const std::string_view tuple = valueOf(dictionary, "shape", subject);
    if ((order != "True" && order != "False") || !tuple.starts_with('('))
        refuse(subject, "has an array with a damaged header");
    return {typeNamed(valueOf(dictionary, "descr", subject)), order == "True", shapeFrom(tuple, subject),
            begin + length};
}

} // namespace headlens
