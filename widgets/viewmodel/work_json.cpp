// SPDX-License-Identifier: GPL-3.0-or-later
// A WorkState as JSON and back: one table of fields a struct, which the writer and the reader go through.
#include "core/base/colormap.h"
#include "core/base/error.h"
#include "core/base/method_names.h"
#include "core/wire/changes.h"
#include "core/wire/safe_json.h"
#include "widgets/viewmodel/work_state.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <concepts>
#include <span>

namespace headlens {
namespace {

constexpr qsizetype kLongest = 1'000'000; // letters of a text; lists have at most kMost lines
constexpr std::size_t kMost = 100'000;
constexpr double kAnyNumber = 2'000'000'000;

using Names = std::span<const char* const>; // of an enum, in its order
constexpr std::array kStyles{"heat", "spotlight", "contours", "links", "side_by_side"};
constexpr std::array kGrounds{"seen", "original", "reconstruction", "components"};
constexpr std::array kScopes{"map", "layer", "global"};
constexpr std::array kFusions{"single", "mean", "max", "min"};

class Writer {
public:
    void flag(const char* key, const bool& value) { json[key] = value; }
    void text(const char* key, const QString& value) { json[key] = value.toStdString(); }
    void number(const char* key, const double& value, double, double) { json[key] = value; }
    template <std::integral T>
    void integer(const char* key, const T& value, double = 0, double = kAnyNumber)
    {
        json[key] = value;
    }
    template <class Enum>
    void choice(const char* key, const Enum& value, Names names)
    {
        json[key] = names[std::size_t(value)];
    }
    void bytes(const char* key, const QByteArray& value)
    {
        if (!value.isEmpty()) json[key] = value.toBase64().toStdString();
    }
    void texts(const char* key, const QStringList& value)
    {
        json[key] = Json::array();
        for (const QString& one : value) json[key].push_back(one.toStdString());
    }
    void map(const char* key, const std::map<std::string, std::string>& value) { json[key] = value; }
    void integers(const char* key, const std::vector<int>& value) { json[key] = value; }
    void changes(const char* key, const std::vector<verbs::Change>& value)
    {
        json[key] = Json::array();
        for (const verbs::Change& one : value) json[key].push_back(headlens::textOf(one));
    }
    template <class List>
    void parts(const char* key, const List& value);
    template <class Struct>
    void part(const char* key, const Struct& value);

    Json json = Json::object();
};

class Reader {
public:
    Reader(const Json& json, const std::string& subject) : m_json(json), m_subject(subject) {}

    void flag(const char* key, bool& value) const
    {
        if (const Json* found = at(key)) value = expect(key, *found, found->is_boolean(), "true or false").get<bool>();
    }
    void text(const char* key, QString& value) const
    {
        if (const Json* found = at(key)) value = textOf(key, *found);
    }
    void number(const char* key, double& value, double low, double high) const
    {
        const Json* found = at(key);
        if (found == nullptr) return;
        const double given = found->is_number() ? found->get<double>() : NAN;
        expect(key, *found, given >= low && given <= high, "a number in its range"); // nan is in none
        value = given;
    }
    template <std::integral T>
    void integer(const char* key, T& value, double low = 0, double high = kAnyNumber) const
    {
        if (const Json* found = at(key)) value = integerOf<T>(key, *found, low, high);
    }
    template <class Enum>
    void choice(const char* key, Enum& value, Names names) const
    {
        const Json* found = at(key);
        if (found == nullptr) return;
        const QString name = textOf(key, *found);
        const auto hit = std::ranges::find_if(names, [&](const char* one) { return name == QLatin1String(one); });
        expect(key, *found, hit != names.end(), "a known word");
        value = Enum(hit - names.begin());
    }
    void bytes(const char* key, QByteArray& value) const
    {
        const Json* found = at(key);
        if (found == nullptr) return;
        expect(key, *found, found->is_string(), "base64");
        const auto& coded = found->get_ref<const std::string&>();
        const auto decoded =
            QByteArray::fromBase64Encoding(QByteArray::fromStdString(coded), QByteArray::AbortOnBase64DecodingErrors);
        expect(key, *found, bool(decoded), "base64");
        value = *decoded;
    }
    void texts(const char* key, QStringList& value) const
    {
        if (!fills(key, value)) return;
        for (const Json& one : listAt(key)) value << textOf(key, one);
    }
    void map(const char* key, std::map<std::string, std::string>& value) const
    {
        const Json* found = at(key);
        if (found == nullptr) return;
        expect(key, *found, found->is_object() && found->size() <= kMost, "a table of texts");
        value.clear();
        for (const auto& [name, one] : found->items()) value[name] = textOf(key, one).toStdString();
    }
    void integers(const char* key, std::vector<int>& value) const
    {
        if (!fills(key, value)) return;
        for (const Json& one : listAt(key)) value.push_back(integerOf<int>(key, one, 0, kAnyNumber));
    }
    void changes(const char* key, std::vector<verbs::Change>& value) const
    {
        if (!fills(key, value)) return;
        for (const Json& one : listAt(key)) {
            const std::string line = textOf(key, one).toStdString();
            try {
                value.push_back(changeFrom(line));
            } catch (const Error&) {
                expect(key, one, false, "a list of interventions");
            }
        }
    }
    template <class List>
    void parts(const char* key, List& value) const;
    template <class Struct>
    void part(const char* key, Struct& value) const;

private:
    const Json* at(const char* key) const
    {
        const auto found = m_json.find(key);
        return found == m_json.end() ? nullptr : &*found;
    }
    const Json& expect(const char* key, const Json& found, bool holds, const char* what) const
    {
        if (!holds)
            throw Error(ErrorCode::BadConfig, m_subject, std::string("\"") + key + "\" is not " + what,
                        "the file is damaged or of another program");
        return found;
    }
    // Whether there is a list; empties what it comes into.
    template <class List>
    bool fills(const char* key, List& value) const
    {
        if (at(key) == nullptr) return false;
        value.clear();
        return true;
    }
    const Json& listAt(const char* key) const
    {
        const Json& found = *at(key);
        return expect(key, found, found.is_array() && found.size() <= kMost, "a list");
    }
    QString textOf(const char* key, const Json& found) const
    {
        expect(key, found, found.is_string(), "a text");
        QString text = QString::fromStdString(found.get_ref<const std::string&>());
        expect(key, found, text.size() <= kLongest, "a text of a usual length");
        return text;
    }
    template <class T>
    T integerOf(const char* key, const Json& found, double low, double high) const
    {
        const bool whole = found.is_number_integer() && found.get<double>() >= low && found.get<double>() <= high;
        return expect(key, found, whole, "a whole number in its range").template get<T>();
    }

    const Json& m_json;
    const std::string& m_subject;
};

// The tables. A field is named in its row and nowhere else; Fields is the writer or the reader.
void table(auto& in, auto& state) requires std::same_as<std::remove_cvref_t<decltype(state)>, ModelState>
{
    in.text("path", state.path);
    in.text("sha256", state.sha256);
    in.map("settings", state.settings);
}

void table(auto& in, auto& place) requires std::same_as<std::remove_cvref_t<decltype(place)>, HeadPlace> ||
    std::same_as<std::remove_cvref_t<decltype(place)>, verbs::HeadAddress>
{
    in.integer("layer", place.layer);
    in.integer("head", place.head);
}

void table(auto& in, auto& text) requires std::same_as<std::remove_cvref_t<decltype(text)>, TextRequest>
{
    in.text("text", text.text);
    in.text("pair", text.pair);
    in.text("written", text.written);
    in.flag("chat", text.chat);
    in.text("system", text.system);
    in.integers("written_ids", text.decoderInputIds);
    in.texts("candidates", text.candidates);
    in.text("label", text.activeLabel);
    in.flag("cut_from_begin", text.cutFromBegin);
    in.integers("hidden_tokens", text.hiddenTokens);
    in.parts("silenced_heads", text.ablated);
}

void table(auto& in, auto& request) requires std::same_as<std::remove_cvref_t<decltype(request)>, RunRequest>
{
    constexpr double kMostSeeds = 9e15;
    in.part("text", request.text);
    in.text("fit", request.fit);
    in.number("mask_ratio", request.maskRatio, -1, 1);
    in.integer("mask_seed", request.maskSeed, 0, kMostSeeds);
    in.map("switches", request.switches);
    in.changes("changes", request.changes);
}

void table(auto& in, auto& state) requires std::same_as<std::remove_cvref_t<decltype(state)>, InputState>
{
    constexpr double kMostFrames = 9e15;
    in.text("picture", state.picture);
    in.text("sha256", state.sha256);
    in.bytes("bytes", state.bytes);
    in.flag("takes_cut", state.takesCut);
    in.text("film", state.film);
    in.integer("frame", state.frame, 0, kMostFrames);
    in.part("request", state.request);
}

void table(auto& in, auto& map) requires std::same_as<std::remove_cvref_t<decltype(map)>, MapState>
{
    in.text("id", map.id);
    in.map("settings", map.settings);
    in.integer("target", map.target, -1);
    in.integer("token", map.token, -1);
    in.integer("candidate", map.candidate);
    in.integer("against", map.against, -1);
}

void table(auto& in, auto& look) requires std::same_as<std::remove_cvref_t<decltype(look)>, LookState>
{
    in.part("map", look.map);
    in.integer("layer", look.layer);
    in.parts("heads", look.heads);
    in.choice("fusion", look.fusion, kFusions);
    in.integer("stream", look.query.stream);
    in.integer("token", look.query.token);
    in.flag("pinned", look.pinned);
    in.flag("reverse", look.reverse);
}

void table(auto& in, auto& display) requires std::same_as<std::remove_cvref_t<decltype(display)>, Display>
{
    in.choice("style", display.style, kStyles);
    in.text("colormap", display.colormap);
    in.number("opacity", display.opacity, 0, 1);
    in.flag("smooth", display.smooth);
    in.flag("logarithmic", display.logarithmic);
    in.flag("grid_lines", display.gridLines);
    in.flag("window_grid", display.windowGrid);
    in.choice("ground", display.ground, kGrounds);
    in.flag("sharp_components", display.sharpComponents);
    in.flag("mask_by_mass", display.maskByMass);
    in.number("keep_mass", display.keepMass, 0, 1);
    in.choice("scope", display.scope, kScopes);
    in.flag("without_sinks", display.withoutSinks);
}

void table(auto& in, auto& state) requires std::same_as<std::remove_cvref_t<decltype(state)>, WorkState>
{
    in.part("model", state.model);
    in.part("input", state.input);
    in.part("look", state.look);
    in.part("display", state.display);
    in.text("workspace", state.workspace);
}

template <class Struct>
void Writer::part(const char* key, const Struct& value)
{
    Writer inner;
    table(inner, value);
    json[key] = std::move(inner.json);
}

template <class List>
void Writer::parts(const char* key, const List& value)
{
    json[key] = Json::array();
    for (const auto& one : value) {
        Writer inner;
        table(inner, one);
        json[key].push_back(std::move(inner.json));
    }
}

template <class Struct>
void Reader::part(const char* key, Struct& value) const
{
    const Json* found = at(key);
    if (found == nullptr) return;
    const Reader inner(expect(key, *found, found->is_object(), "a group of fields"), m_subject);
    table(inner, value);
}

template <class List>
void Reader::parts(const char* key, List& value) const
{
    if (!fills(key, value)) return;
    for (const Json& one : listAt(key)) {
        const Reader inner(expect(key, one, one.is_object(), "a list of groups"), m_subject);
        table(inner, value.emplace_back());
    }
}

} // namespace

Json toJson(const WorkState& state)
{
    Writer out;
    table(out, state);
    return std::move(out.json);
}

WorkState workStateFrom(const Json& json, const std::string& subject)
{
    WorkState state;
    const Reader in(json, subject);
    table(in, state);
    state.look.map.id = QString::fromStdString(currentMethodName(state.look.map.id.toStdString()));
    if (state.look.heads.isEmpty()) state.look.heads = {{state.look.layer, 0}};
    if (!std::ranges::count(colorMapNames(), state.display.colormap.toStdString()))
        state.display.colormap = Display().colormap; // of a version that had more of them
    return state;
}

} // namespace headlens
