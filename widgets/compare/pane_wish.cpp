// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/pane_wish.h"

#include "core/base/error.h"
#include "core/wire/safe_json.h"

namespace headlens {
namespace {

constexpr std::size_t kLongest = 1'000'000; // letters

const Json* at(const Json& json, const char* key)
{
    const auto hit = json.find(key);
    return hit == json.end() ? nullptr : &*hit;
}

void read(const Json& json, const char* key, QString& into, const std::string& subject)
{
    const Json* found = at(json, key);
    if (found == nullptr) return;
    if (!found->is_string() || found->get_ref<const std::string&>().size() > kLongest)
        throw Error(ErrorCode::BadConfig, subject, std::string("panes: \"") + key + "\" is no text");
    into = QString::fromStdString(found->get_ref<const std::string&>());
}

void read(const Json& json, const char* key, bool& into, const std::string& subject)
{
    const Json* found = at(json, key);
    if (found == nullptr) return;
    if (!found->is_boolean())
        throw Error(ErrorCode::BadConfig, subject, std::string("panes: \"") + key + "\" is neither true nor false");
    into = found->get<bool>();
}

// A field is named here and nowhere else.
template <class Wish, class Field>
void table(Wish& wish, Field field)
{
    field("model", wish.model);
    field("picture", wish.picture);
    field("text", wish.text);
    field("has_text", wish.hasText);
    field("map", wish.map);
    field("as_trained", wish.asTrained);
    field("difference", wish.difference);
}

} // namespace

Json toJson(const PaneWish& wish)
{
    Json json = Json::object();
    table(wish, [&json](const char* key, const auto& value) {
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(value)>, QString>)
            json[key] = value.toStdString();
        else
            json[key] = value;
    });
    return json;
}

QList<PaneWish> paneWishesFrom(const Json& json, const std::string& subject)
{
    if (!json.is_array()) throw Error(ErrorCode::BadConfig, subject, "\"panes\" is no list");
    QList<PaneWish> wishes;
    for (const Json& one : json) {
        if (!one.is_object()) throw Error(ErrorCode::BadConfig, subject, "\"panes\" is no list of groups");
        if (wishes.size() == kMostPanes) break;
        table(wishes.emplaceBack(), [&](const char* key, auto& into) { read(one, key, into, subject); });
    }
    return wishes;
}

} // namespace headlens
