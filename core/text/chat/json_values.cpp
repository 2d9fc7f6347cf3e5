// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/chat/json_values.h"

#include <algorithm>

namespace headlens::text::chat {
namespace {

Value nested(const OrderedJson& json, int level)
{
    if (level > deepestValue) throw Problem(Fault::Limit, "the messages are nested too deep");
    if (json.is_boolean()) return json.get<bool>();
    if (json.is_number_float()) return json.get<double>();
    if (json.is_number()) {
        if (json.is_number_unsigned() && json.get<std::uint64_t>() > std::uint64_t(INT64_MAX))
            fail("a whole number in the messages is beyond 64 bits");
        return json.get<std::int64_t>();
    }
    if (json.is_string()) return makeText(std::string_view(json.get_ref<const std::string&>()));
    if (json.is_array()) {
        auto list = std::make_shared<List>();
        for (const OrderedJson& item : json) {
            list->items.push_back(nested(item, level + 1));
            list->depth = std::max(list->depth, depthOf(list->items.back()) + 1);
        }
        return ListPtr(std::move(list));
    }
    if (!json.is_object()) return None{};
    auto mapping = std::make_shared<Mapping>();
    for (const auto& [key, value] : json.items())
        mapping->set(makeText(std::string_view(key)), nested(value, level + 1));
    return MappingPtr(std::move(mapping));
}

} // namespace

Value valueOf(const OrderedJson& json)
{
    return nested(json, 1);
}

} // namespace headlens::text::chat
