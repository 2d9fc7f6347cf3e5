// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lesson/lesson.h"

#include "core/base/error.h"
#include "core/lesson/address.h"
#include "core/lesson/lesson_text.h"
#include "core/wire/safe_json.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

namespace headlens {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kLargestFile = 1U << 20;
constexpr std::size_t kMostSteps = 100, kMostTexts = 1000;

std::string readSmall(const fs::path& path)
{
    std::error_code problem;
    if (!fs::is_regular_file(path, problem))
        throw Error(ErrorCode::FileMissing, path.string(), "is not there", "a lesson needs lesson.json and text.en.md");
    if (fs::file_size(path, problem) > kLargestFile) refuseLesson(path.string(), "is larger than 1 MB");
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

// One object of lesson.json with the place where it stands; every key must be known.
class Fields {
public:
    Fields(const Json& json, std::string where) : m_json(json), m_where(std::move(where))
    {
        if (!json.is_object()) refuseLesson(m_where, "is no object");
    }
    void allow(std::initializer_list<const char*> known) const
    {
        for (const auto& entry : m_json.items())
            if (std::ranges::none_of(known, [&](const char* any) { return entry.key() == any; }))
                refuseLesson(m_where, "has the unknown key \"" + entry.key().substr(0, 40) + "\"");
    }
    bool has(const char* key) const { return m_json.contains(key); }
    const Json& at(const char* key) const { return m_json[key]; }

    void read(const char* key, std::string& into) const
    {
        if (!has(key)) return;
        if (!at(key).is_string()) refuseLesson(m_where, std::string(key) + " is no text");
        into = at(key).get<std::string>();
    }
    void read(const char* key, int& into) const
    {
        if (!has(key)) return;
        if (!at(key).is_number_integer() || at(key) < 0 || at(key) > 100'000)
            refuseLesson(m_where, std::string(key) + " is no number from 0");
        into = at(key).get<int>();
    }
    void read(const char* key, bool& into) const
    {
        if (!has(key)) return;
        if (!at(key).is_boolean()) refuseLesson(m_where, std::string(key) + " is neither true nor false");
        into = at(key).get<bool>();
    }
    void read(const char* key, std::vector<std::string>& into) const
    {
        if (!has(key)) return;
        if (!at(key).is_array() || at(key).size() > kMostTexts)
            refuseLesson(m_where, std::string(key) + " is no list of texts");
        into.clear();
        for (const Json& one : at(key)) {
            if (!one.is_string()) refuseLesson(m_where, std::string(key) + " is no list of texts");
            into.push_back(one.get<std::string>());
        }
    }
    // {name: text or number}; a number becomes its shortest text.
    void read(const char* key, std::map<std::string, std::string>& into) const
    {
        if (!has(key)) return;
        if (!at(key).is_object() || at(key).size() > kMostTexts)
            refuseLesson(m_where, std::string(key) + " is no object of texts and numbers");
        into.clear();
        for (const auto& entry : at(key).items()) {
            const Json& value = entry.value();
            if (entry.key().empty() || !(value.is_string() || value.is_number()))
                refuseLesson(m_where, std::string(key) + " is no object of texts and numbers");
            into[entry.key()] = value.is_string() ? value.get<std::string>() : value.dump();
        }
    }
    const std::string& where() const { return m_where; }

private:
    const Json& m_json;
    std::string m_where;
};

void requireOneOf(const std::string& value, std::initializer_list<const char*> known, const std::string& where,
                  const char* what)
{
    if (std::ranges::none_of(known, [&](const char* any) { return value == any; }))
        refuseLesson(where, std::string(what) + " \"" + value.substr(0, 40) + "\" does not exist");
}

// A token that could be in some input.
void requireToken(const std::string& text, const std::string& where)
{
    try {
        parseToken(text);
    } catch (const Error& problem) {
        refuseLesson(where, "names the token \"" + text.substr(0, 40) + "\", which " + problem.why());
    }
}

// `state` with what `json` says differently.
ViewState patched(ViewState state, const Json& json, const std::string& where)
{
    const Fields fields(json, where);
    fields.allow({"model",   "image",    "fit",   "text",      "pair",   "written",  "candidates",
                  "hidden",  "silenced", "layer", "head",      "fusion", "token",    "pinned",
                  "reverse", "view",     "panel", "workspace", "write",  "switches", "chat"});
    for (const auto& [key, into] : {std::pair("model", &state.model),
                                    {"image", &state.image},
                                    {"fit", &state.fit},
                                    {"text", &state.text},
                                    {"pair", &state.pair},
                                    {"written", &state.written},
                                    {"fusion", &state.fusion},
                                    {"token", &state.token},
                                    {"view", &state.view},
                                    {"panel", &state.panel},
                                    {"workspace", &state.workspace}})
        fields.read(key, *into);
    for (const auto& [key, into] : {std::pair("layer", &state.layer), {"head", &state.head}, {"write", &state.write}})
        fields.read(key, *into);
    fields.read("pinned", state.pinned);
    fields.read("reverse", state.reverse);
    fields.read("chat", state.chat);
    fields.read("candidates", state.candidates);
    fields.read("hidden", state.hidden);
    fields.read("switches", state.switches);
    if (fields.has("silenced")) {
        state.ablated.clear();
        const Json& list = fields.at("silenced");
        if (!list.is_array() || list.size() > kMostTexts) refuseLesson(where, "silenced is no list of [block, head]");
        for (const Json& one : list) {
            if (!one.is_array() || one.size() != 2 || !one[0].is_number_unsigned() || !one[1].is_number_unsigned() ||
                one[0] > 10'000 || one[1] > 10'000)
                refuseLesson(where, "silenced is no list of [block, head]");
            state.ablated.push_back({one[0].get<int>(), one[1].get<int>()});
        }
    }
    requireOneOf(state.fusion, {"single", "mean", "max", "min"}, where, "fusion");
    requireOneOf(state.fit, {"trained", "squash", "native"}, where, "fit");
    if (!state.token.empty()) requireToken(state.token, where);
    for (const std::string& token : state.hidden) requireToken(token, where);
    return state;
}

void readGate(LessonStep& step, const Json& json, const std::string& where)
{
    if (json.is_string()) {
        if (json != "next") refuseLesson(where, "has a gate that is not \"next\", {\"do\"} or {\"predict\"}");
        return;
    }
    const Fields gate(json, where + ", gate");
    gate.allow({"do", "predict"});
    if (gate.has("do") == gate.has("predict")) refuseLesson(gate.where(), "needs either do or predict");
    if (gate.has("do")) {
        step.gate = Gate::Do;
        const Fields wanted(gate.at("do"), where + ", do");
        wanted.allow({"layer", "head", "token"});
        for (const char* key : {"layer", "head"})
            if (int value = -1; wanted.has(key)) {
                wanted.read(key, value);
                step.wanted[key] = std::to_string(value);
            }
        if (std::string token; wanted.has("token")) {
            wanted.read("token", token);
            requireToken(token, wanted.where());
            step.wanted["token"] = token;
        }
        if (step.wanted.empty()) refuseLesson(wanted.where(), "asks for nothing");
        return;
    }
    step.gate = Gate::Predict;
    const Fields predict(gate.at("predict"), where + ", predict");
    predict.allow({"answer"});
    predict.read("answer", step.answer);
    if (step.answer.empty()) refuseLesson(predict.where(), "needs an answer");
}

LessonReveal revealed(const ViewState& before, const Json& json, const std::string& where)
{
    LessonReveal reveal;
    Fields(json, where).read("expect", reveal.expect);
    Json view = json;
    view.erase("expect");
    reveal.view = patched(before, view, where);
    return reveal;
}

LessonStep readStep(const Json& json, const ViewState& base, const std::string& lesson, std::size_t number)
{
    LessonStep step;
    const Fields fields(json, lesson + ", step " + std::to_string(number + 1));
    fields.read("id", step.id);
    if (step.id.empty()) refuseLesson(fields.where(), "has no id");
    const std::string where = lesson + ", step " + step.id;
    Fields(json, where).allow({"id", "set", "focus", "reveal", "gate", "expect"});
    step.view = fields.has("set") ? patched(base, fields.at("set"), where + ", set") : base;
    fields.read("focus", step.focus);
    fields.read("expect", step.expect);
    for (const std::string& address : step.focus) {
        try {
            parseAddress(address);
        } catch (const Error& problem) {
            refuseLesson(where, problem.what());
        }
    }
    if (fields.has("reveal")) {
        if (!fields.at("reveal").is_array() || fields.at("reveal").size() > kMostSteps)
            refuseLesson(where, "reveal is no list");
        LessonReveal now{step.view, {}};
        for (const Json& one : fields.at("reveal")) {
            now = revealed(now.view, one, where + ", reveal " + std::to_string(step.reveals.size() + 1));
            step.reveals.push_back(now);
        }
    }
    if (fields.has("gate")) readGate(step, fields.at("gate"), where);
    return step;
}

void requireParts(const StepText& said, const std::string& where)
{
    for (const std::string* part : {&said.body, &said.otherwise, &said.question}) requireMarks(*part, where);
    for (const auto* parts : {&said.reveals, &said.choices})
        for (const std::string& part : *parts) requireMarks(part, where);
}

void requireTexts(const Lesson& lesson, const LessonText& text)
{
    const std::string file = lesson.folder + "/text." + text.language + ".md";
    for (const LessonStep& step : lesson.steps) {
        const auto found = text.steps.find(step.id);
        if (found == text.steps.end()) refuseLesson(file, "says nothing about the step " + step.id);
        if (found->second.reveals.size() != step.reveals.size())
            refuseLesson(file + ", step " + step.id,
                         "has another number of \"### reveal\" parts than lesson.json has reveals");
        requireParts(found->second, file + ", step " + step.id);
        if (step.gate == Gate::Predict && found->second.choices.size() < 2)
            refuseLesson(file + ", step " + step.id, "needs \"### question\" with two choices or more (\"* ...\")");
        constexpr std::size_t kMostChoices = 9; // keys
        if (found->second.choices.size() > kMostChoices)
            refuseLesson(file + ", step " + step.id, "offers more than nine choices");
        const std::size_t first = lesson.texts.front().steps.at(step.id).asksAfter;
        if (step.gate == Gate::Predict && found->second.asksAfter != first)
            refuseLesson(file + ", step " + step.id, "asks its question at another place among the reveals than text." +
                                                         lesson.texts.front().language + ".md");
    }
    for (const auto& [id, said] : text.steps)
        if (std::ranges::find(lesson.steps, id, &LessonStep::id) == lesson.steps.end())
            refuseLesson(file, "speaks of the step " + id + ", which lesson.json does not have");
}

} // namespace

const LessonText& Lesson::textFor(const std::string& language) const
{
    for (const std::string& wanted : {language, std::string("en")})
        for (const LessonText& text : texts)
            if (text.language == wanted) return text;
    return texts.front();
}

Lesson parseLesson(const std::string& folder, std::string_view bytes, const std::map<std::string, std::string>& texts)
{
    Lesson lesson;
    lesson.folder = folder;
    const std::string file = folder + "/lesson.json";
    const Json json = parseJsonObject(bytes, file);
    const Fields fields(json, file);
    fields.allow({"id", "base", "steps"});
    fields.read("id", lesson.id);
    if (lesson.id.empty()) refuseLesson(file, "has no id");
    const ViewState base = fields.has("base") ? patched({}, fields.at("base"), file + ", base") : ViewState{};
    if (!fields.has("steps") || !fields.at("steps").is_array() || fields.at("steps").empty() ||
        fields.at("steps").size() > kMostSteps)
        refuseLesson(file, "needs a list of 1 to 100 steps");
    std::set<std::string> ids;
    for (const Json& one : fields.at("steps")) {
        lesson.steps.push_back(readStep(one, base, file, lesson.steps.size()));
        if (lesson.steps.back().view.model.empty())
            refuseLesson(file + ", step " + lesson.steps.back().id, "opens no model");
        if (!ids.insert(lesson.steps.back().id).second)
            refuseLesson(file, "has the id " + lesson.steps.back().id + " twice");
    }
    for (const auto& [language, text] : texts)
        lesson.texts.push_back(readLessonText(text, folder + "/text." + language + ".md", language));
    if (lesson.texts.empty())
        throw Error(ErrorCode::FileMissing, folder + "/text.en.md", "is not there",
                    "a lesson needs a text in one language at least");
    std::ranges::stable_sort(lesson.texts, {}, [](const LessonText& text) { return text.language != "en"; });
    for (const LessonText& text : lesson.texts) requireTexts(lesson, text);
    return lesson;
}

namespace {

// Of every view of a lesson the name that `member` is; the default one is always known.
void requireNames(const Lesson& lesson, std::string ViewState::*member, const char* what,
                  const std::vector<std::string>& known)
{
    const auto require = [&](const ViewState& view, const std::string& where) {
        const std::string& name = view.*member;
        if (name != ViewState().*member && std::ranges::find(known, name) == known.end())
            refuseLesson(where, std::string(what) + " \"" + name.substr(0, 40) + "\" does not exist");
    };
    for (const LessonStep& step : lesson.steps) {
        const std::string where = lesson.folder + ", step " + step.id;
        require(step.view, where);
        for (const LessonReveal& reveal : step.reveals) require(reveal.view, where);
    }
}

} // namespace

void requireViews(const Lesson& lesson, const std::vector<std::string>& maps)
{
    requireNames(lesson, &ViewState::view, "view", maps);
}

void requirePanels(const Lesson& lesson, const std::vector<std::string>& panels)
{
    requireNames(lesson, &ViewState::panel, "panel", panels);
}

void requireWorkspaces(const Lesson& lesson, const std::vector<std::string>& workspaces)
{
    requireNames(lesson, &ViewState::workspace, "workspace", workspaces);
}

Lesson readLesson(const std::string& folder)
{
    constexpr std::size_t kMostLanguages = 20;
    const std::string json = readSmall(fs::path(folder) / "lesson.json");
    std::map<std::string, std::string> texts;
    std::error_code problem;
    for (const auto& entry : fs::directory_iterator(folder, problem)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with("text.") && name.ends_with(".md") && name.size() > 8 && texts.size() < kMostLanguages)
            texts[name.substr(5, name.size() - 8)] = readSmall(entry.path());
    }
    return parseLesson(folder, json, texts);
}

std::vector<std::string> lessonFolders(const std::string& folder)
{
    std::vector<std::string> found;
    std::error_code problem;
    for (const auto& entry : fs::directory_iterator(folder, problem))
        if (fs::is_regular_file(entry.path() / "lesson.json", problem)) found.push_back(entry.path().string());
    std::ranges::sort(found);
    return found;
}

} // namespace headlens
