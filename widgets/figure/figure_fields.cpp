// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figure/figure_fields.h"

#include "core/base/colormap.h"
#include "core/base/error.h"

#include <algorithm>

namespace headlens {
namespace {

constexpr std::size_t kMostSettings = 64;
constexpr int kLongestSetting = 200;

// Numbers of a parsed file are unsigned, those of our own values may be signed.
bool countsTo(const Json& value, std::int64_t highest)
{
    if (!value.is_number_integer()) return false;
    if (value.is_number_unsigned()) return value.get<std::uint64_t>() <= std::uint64_t(highest);
    return value.get<std::int64_t>() >= 0 && value.get<std::int64_t>() <= highest;
}

} // namespace

QStringList figurePalettes()
{
    QStringList names;
    for (const std::string_view name : colorMapNames())
        names << QString::fromLatin1(name.data(), qsizetype(name.size()));
    return names;
}

std::vector<std::string> stringsOf(const QStringList& texts)
{
    std::vector<std::string> all;
    for (const QString& text : texts) all.push_back(text.toStdString());
    return all;
}

FigureFields::FigureFields(const Json& json, std::string where) : m_json(&json), m_where(std::move(where))
{
    if (!json.is_object()) refuse("is no object");
}

void FigureFields::refuse(const std::string& why) const
{
    throw Error(ErrorCode::BadConfig, m_where, why, "docs/command-line.md describes it");
}

void FigureFields::require(bool good, const char* key, const char* what) const
{
    if (!good) refuse(std::string(key) + ' ' + what);
}

const Json* FigureFields::find(const char* key) const
{
    const auto hit = m_json->find(key);
    return hit == m_json->end() ? nullptr : &*hit;
}

void FigureFields::only(std::initializer_list<const char*> keys) const
{
    for (const auto& item : m_json->items())
        if (std::ranges::find(keys, item.key()) == keys.end()) refuse("has an unknown key " + item.key());
}

void FigureFields::take(const char* key, bool& value) const
{
    const Json* found = find(key);
    if (found == nullptr) return;
    require(found->is_boolean(), key, "is neither true nor false");
    value = found->get<bool>();
}

void FigureFields::take(const char* key, int& value, int low, int high) const
{
    double number = value; // every int is exact
    take(key, number, low, high);
    require(number == double(int(number)), key, "is no whole number");
    value = int(number);
}

void FigureFields::take(const char* key, double& value, double low, double high) const
{
    const Json* found = find(key);
    if (found == nullptr) return;
    require(found->is_number(), key, "is no number");
    const double number = found->get<double>();
    const bool isWithin = number >= low && number <= high; // not a number is none
    if (!isWithin) refuse(std::string(key) + " is outside " + Json(low).dump() + " to " + Json(high).dump());
    value = number;
}

void FigureFields::take(const char* key, quint64& value) const
{
    const Json* found = find(key);
    if (found == nullptr) return;
    require(found->is_number_unsigned(), key, "is no whole number from 0");
    value = found->get<quint64>();
}

QString FigureFields::text(const char* key, const Json& value, int longest) const
{
    require(value.is_string(), key, "is no text");
    QString text = QString::fromStdString(value.get_ref<const std::string&>());
    require(text.size() <= longest, key, "is too long");
    return text;
}

void FigureFields::take(const char* key, QString& value, int longest) const
{
    if (const Json* found = find(key)) value = text(key, *found, longest);
}

void FigureFields::take(const char* key, QString& value, const QStringList& choices) const
{
    const Json* found = find(key);
    if (found == nullptr) return;
    const QString chosen = text(key, *found, figure_limits::kLongestName);
    if (!choices.contains(chosen))
        refuse(std::string(key) + " is none of " + choices.join(QStringLiteral(", ")).toStdString());
    value = chosen;
}

const Json& FigureFields::array(const char* key, const Json& value, std::size_t most) const
{
    require(value.is_array(), key, "is no list");
    require(value.size() <= most, key, "is too long a list");
    return value;
}

void FigureFields::take(const char* key, QStringList& value, int most, int longest) const
{
    const Json* found = find(key);
    if (found == nullptr) return;
    value.clear();
    for (const Json& one : array(key, *found, std::size_t(most))) value << text(key, one, longest);
}

void FigureFields::take(const char* key, std::vector<int>& value, int most) const
{
    const Json* found = find(key);
    if (found == nullptr) return;
    value.clear();
    for (const Json& one : array(key, *found, std::size_t(most))) {
        constexpr int kHighest = 1 << 24;
        require(countsTo(one, kHighest), key, "holds what is no token");
        value.push_back(one.get<int>());
    }
}

void FigureFields::take(const char* key, std::map<std::string, std::string>& value) const
{
    const Json* found = find(key);
    if (found == nullptr) return;
    require(found->is_object() && found->size() <= kMostSettings, key, "is no short table of settings");
    value.clear();
    for (const auto& item : found->items()) value[item.key()] = text(key, item.value(), kLongestSetting).toStdString();
}

void FigureFields::take(const char* key, std::map<std::string, std::map<std::string, std::string>>& value) const
{
    const Json* found = find(key);
    if (found == nullptr) return;
    require(found->is_object() && found->size() <= kMostSettings, key, "is no short table of methods");
    value.clear();
    const FigureFields methods(*found, m_where + "." + key);
    for (const auto& item : found->items()) methods.take(item.key().c_str(), value[item.key()]);
}

void FigureFields::take(const char* key, QList<std::pair<int, int>>& value) const
{
    constexpr std::size_t kMost = 4096;
    constexpr int kHighest = 9999;
    const Json* found = find(key);
    if (found == nullptr) return;
    value.clear();
    for (const Json& one : array(key, *found, kMost)) {
        require(one.is_array() && one.size() == 2 && countsTo(one[0], kHighest) && countsTo(one[1], kHighest), key,
                "holds what is no [layer, head]");
        value.emplaceBack(one[0].get<int>(), one[1].get<int>());
    }
}

FigureFields FigureFields::part(const char* key) const
{
    static const Json kNothing = Json::object();
    const Json* found = find(key);
    return {found != nullptr ? *found : kNothing, m_where + "." + key};
}

std::vector<FigureFields> FigureFields::list(const char* key, int most) const
{
    std::vector<FigureFields> all;
    if (const Json* found = find(key))
        for (const Json& one : array(key, *found, std::size_t(most))) all.emplace_back(one, m_where + "." + key);
    return all;
}

} // namespace headlens
