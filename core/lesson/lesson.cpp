// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lesson/lesson.h"

#include "core/base/error.h"
#include "core/lesson/address.h"

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

[[noreturn]] void refuse(const std::string& where, const std::string& why)
{
    throw Error(ErrorCode::BadConfig, where, why, "correct the lesson");
}

std::string readSmall(const fs::path& path)
{
    std::error_code problem;
    if (!fs::is_regular_file(path, problem))
        throw Error(ErrorCode::FileMissing, path.string(), "is not there", "a lesson needs lesson.json and text.en.md");
    if (fs::file_size(path, problem) > kLargestFile) refuse(path.string(), "is larger than 1 MB");
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

// One object of lesson.json with the place where it stands; every key must be known.
class Fields {
public:
    Fields(const Json& json, std::string where) : m_json(json), m_where(std::move(where))
    {
        if (!json.is_object()) refuse(m_where, "is no object");
    }
    void allow(std::initializer_list<const char*> known) const
    {
        for (const auto& [key, value] : m_json.items())
            if (std::ranges::none_of(known, [&](const char* any) { return key == any; }))
                refuse(m_where, "has the unknown key \"" + key.substr(0, 40) + "\"");
    }
    bool has(const char* key) const { return m_json.contains(key); }
    const Json& at(const char* key) const { return m_json[key]; }

    void read(const char* key, std::string& into) const
    {
        if (!has(key)) return;
        if (!at(key).is_string()) refuse(m_where, std::string(key) + " is no text");
        into = at(key).get<std::string>();
    }
    void read(const char* key, int& into) const
    {
        if (!has(key)) return;
        if (!at(key).is_number_integer() || at(key) < 0 || at(key) > 100'000)
            refuse(m_where, std::string(key) + " is no number from 0");
        into = at(key).get<int>();
    }
    void read(const char* key, bool& into) const
    {
        if (!has(key)) return;
        if (!at(key).is_boolean()) refuse(m_where, std::string(key) + " is neither true nor false");
        into = at(key).get<bool>();
    }
    void read(const char* key, std::vector<std::string>& into) const
    {
        if (!has(key)) return;
        if (!at(key).is_array() || at(key).size() > kMostTexts)
            refuse(m_where, std::string(key) + " is no list of texts");
        into.clear();
        for (const Json& one : at(key)) {
            if (!one.is_string()) refuse(m_where, std::string(key) + " is no list of texts");
            into.push_back(one.get<std::string>());
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
        refuse(where, std::string(what) + " \"" + value.substr(0, 40) + "\" does not exist");
}

// `state` with what `json` says differently.
ViewState patched(ViewState state, const Json& json, const std::string& where)
{
    const Fields fields(json, where);
    fields.allow({"model", "image", "fit", "text", "pair", "written", "candidates", "hidden", "silenced", "layer",
                  "head", "fusion", "token", "pinned", "reverse", "view", "panel", "write"});
    for (const auto& [key, into] : {std::pair("model", &state.model),
                                    {"image", &state.image},
                                    {"fit", &state.fit},
                                    {"text", &state.text},
                                    {"pair", &state.pair},
                                    {"written", &state.written},
                                    {"fusion", &state.fusion},
                                    {"token", &state.token},
                                    {"view", &state.view},
                                    {"panel", &state.panel}})
        fields.read(key, *into);
    for (const auto& [key, into] : {std::pair("layer", &state.layer), {"head", &state.head}, {"write", &state.write}})
        fields.read(key, *into);
    fields.read("pinned", state.pinned);
    fields.read("reverse", state.reverse);
    fields.read("candidates", state.candidates);
    fields.read("hidden", state.hidden);
    if (fields.has("silenced")) {
        state.silenced.clear();
        const Json& list = fields.at("silenced");
        if (!list.is_array() || list.size() > kMostTexts) refuse(where, "silenced is no list of [block, head]");
        for (const Json& one : list) {
            if (!one.is_array() || one.size() != 2 || !one[0].is_number_unsigned() || !one[1].is_number_unsigned() ||
                one[0] > 10'000 || one[1] > 10'000)
                refuse(where, "silenced is no list of [block, head]");
            state.silenced.push_back({one[0].get<int>(), one[1].get<int>()});
        }
    }
    requireOneOf(state.fusion, {"single", "mean", "max", "min"}, where, "fusion");
    requireOneOf(state.view, {"row", "received", "entropy", "distance", "effective", "similarity", "relevance"}, where,
                 "view");
    requireOneOf(state.fit, {"trained", "squash", "native"}, where, "fit");
    requireOneOf(state.panel,
                 {"", "generation", "pair", "positions", "lines", "three", "contrast", "matrix", "model", "windows",
                  "mask", "bias", "stages"},
                 where, "panel");
    if (!state.token.empty()) parseToken(state.token);
    for (const std::string& token : state.hidden) parseToken(token);
    return state;
}

void readGate(LessonStep& step, const Json& json, const std::string& where)
{
    if (json.is_string()) {
        if (json != "next") refuse(where, "has a gate that is not \"next\", {\"do\"} or {\"predict\"}");
        return;
    }
    const Fields gate(json, where + ", gate");
    gate.allow({"do", "predict"});
    if (gate.has("do") == gate.has("predict")) refuse(gate.where(), "needs either do or predict");
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
            parseToken(token);
            step.wanted["token"] = token;
        }
        if (step.wanted.empty()) refuse(wanted.where(), "asks for nothing");
        return;
    }
    step.gate = Gate::Predict;
    const Fields predict(gate.at("predict"), where + ", predict");
    predict.allow({"answer"});
    predict.read("answer", step.answer);
    if (step.answer.empty()) refuse(predict.where(), "needs an answer");
}

LessonStep readStep(const Json& json, const ViewState& base, const std::string& lesson, std::size_t number)
{
    LessonStep step;
    const Fields fields(json, lesson + ", step " + std::to_string(number + 1));
    fields.read("id", step.id);
    if (step.id.empty()) refuse(fields.where(), "has no id");
    const std::string where = lesson + ", step " + step.id;
    Fields(json, where).allow({"id", "set", "focus", "reveal", "gate", "expect"});
    step.view = fields.has("set") ? patched(base, fields.at("set"), where + ", set") : base;
    fields.read("focus", step.focus);
    fields.read("expect", step.expect);
    for (const std::string& address : step.focus) {
        try {
            parseAddress(address);
        } catch (const Error& problem) {
            refuse(where, problem.what());
        }
    }
    if (fields.has("reveal")) {
        if (!fields.at("reveal").is_array() || fields.at("reveal").size() > kMostSteps)
            refuse(where, "reveal is no list");
        ViewState now = step.view;
        for (const Json& one : fields.at("reveal")) {
            now = patched(now, one, where + ", reveal " + std::to_string(step.reveals.size() + 1));
            step.reveals.push_back(now);
        }
    }
    if (fields.has("gate")) readGate(step, fields.at("gate"), where);
    return step;
}

std::string_view stripped(std::string_view text)
{
    const auto blank = [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; };
    while (!text.empty() && blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && blank(text.back())) text.remove_suffix(1);
    return text;
}

// Adds one line of a text to the part it belongs to.
class TextReading {
public:
    TextReading(LessonText& text, std::string where) : m_text(text), m_where(std::move(where)) {}

    void line(std::string_view line)
    {
        if (line.starts_with("### ") && m_step != nullptr) return part(stripped(line.substr(4)));
        if (line.starts_with("## ")) {
            const std::string id(stripped(line.substr(3)));
            if (m_text.steps.contains(id)) refuse(m_where, "has the step " + id + " twice");
            m_step = &m_text.steps[id];
            m_into = &m_step->body;
        } else if (line.starts_with("# ") && m_step == nullptr) {
            m_text.title = stripped(line.substr(2));
        } else if (m_choices && line.starts_with("* ")) {
            m_step->choices.emplace_back(stripped(line.substr(2)));
        } else {
            *m_into += std::string(line) + "\n";
        }
    }

private:
    void part(std::string_view name)
    {
        m_choices = name == "question";
        if (name == "reveal")
            m_into = &m_step->reveals.emplace_back();
        else if (name == "otherwise")
            m_into = &m_step->otherwise;
        else if (name == "question")
            m_into = &m_step->question;
        else
            refuse(m_where, "has a part \"" + std::string(name.substr(0, 40)) +
                                "\", which is not reveal, question or otherwise");
    }
    LessonText& m_text;
    std::string m_where;
    StepText* m_step = nullptr;
    std::string* m_into = &m_text.summary;
    bool m_choices = false;
};

LessonText readText(const std::string& whole, const std::string& path, const std::string& language)
{
    LessonText text;
    text.language = language;
    TextReading reading(text, path);
    for (std::size_t at = 0; at < whole.size();) {
        const std::size_t end = std::min(whole.find('\n', at), whole.size());
        std::string_view line(whole.data() + at, end - at);
        if (line.ends_with('\r')) line.remove_suffix(1);
        reading.line(line);
        at = end + 1;
    }
    if (text.title.empty()) refuse(path, "has no title (a first line \"# ...\")");
    return text;
}

void requireTexts(const Lesson& lesson, const LessonText& text)
{
    const std::string file = lesson.folder + "/text." + text.language + ".md";
    for (const LessonStep& step : lesson.steps) {
        const auto found = text.steps.find(step.id);
        if (found == text.steps.end()) refuse(file, "says nothing about the step " + step.id);
        if (found->second.reveals.size() != step.reveals.size())
            refuse(file + ", step " + step.id,
                   "has another number of \"### reveal\" parts than lesson.json has reveals");
        if (step.gate == Gate::Predict && found->second.choices.size() < 2)
            refuse(file + ", step " + step.id, "needs \"### question\" with two choices or more (\"* ...\")");
    }
    for (const auto& [id, said] : text.steps)
        if (std::ranges::find(lesson.steps, id, &LessonStep::id) == lesson.steps.end())
            refuse(file, "speaks of the step " + id + ", which lesson.json does not have");
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
    if (lesson.id.empty()) refuse(file, "has no id");
    const ViewState base = fields.has("base") ? patched({}, fields.at("base"), file + ", base") : ViewState{};
    if (!fields.has("steps") || !fields.at("steps").is_array() || fields.at("steps").empty() ||
        fields.at("steps").size() > kMostSteps)
        refuse(file, "needs a list of 1 to 100 steps");
    std::set<std::string> ids;
    for (const Json& one : fields.at("steps")) {
        lesson.steps.push_back(readStep(one, base, file, lesson.steps.size()));
        if (lesson.steps.back().view.model.empty()) refuse(file + ", step " + lesson.steps.back().id, "opens no model");
        if (!ids.insert(lesson.steps.back().id).second) refuse(file, "has the id " + lesson.steps.back().id + " twice");
    }
    for (const auto& [language, text] : texts)
        lesson.texts.push_back(readText(text, folder + "/text." + language + ".md", language));
    if (lesson.texts.empty())
        throw Error(ErrorCode::FileMissing, folder + "/text.en.md", "is not there",
                    "a lesson needs a text in one language at least");
    std::ranges::stable_sort(lesson.texts, {}, [](const LessonText& text) { return text.language != "en"; });
    for (const LessonText& text : lesson.texts) requireTexts(lesson, text);
    return lesson;
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

std::vector<Binding> bindingsOf(std::string_view markdown)
{
    std::vector<Binding> all;
    for (std::size_t at = 0; (at = markdown.find("{{", at)) != std::string_view::npos;) {
        const std::size_t end = markdown.find("}}", at);
        if (end == std::string_view::npos) break;
        const std::string_view inner = markdown.substr(at + 2, end - at - 2);
        const std::size_t bar = inner.rfind('|');
        Binding binding{at, end + 2, std::string(stripped(inner.substr(0, bar))), {}};
        if (bar != std::string_view::npos) binding.format = stripped(inner.substr(bar + 1));
        all.push_back(std::move(binding));
        at = end + 2;
    }
    return all;
}

std::vector<std::string> linksOf(std::string_view markdown)
{
    constexpr std::string_view kBegin = "](trace:";
    std::vector<std::string> all;
    for (std::size_t at = 0; (at = markdown.find(kBegin, at)) != std::string_view::npos;) {
        at += kBegin.size();
        int open = 1; // addresses have brackets of their own
        std::size_t end = at;
        while (end < markdown.size() && open > 0) {
            open += markdown[end] == '(' ? 1 : markdown[end] == ')' ? -1 : 0;
            ++end;
        }
        if (open > 0) break;
        all.emplace_back(markdown.substr(at, end - at - 1));
        at = end;
    }
    return all;
}

std::string filledIn(std::string_view markdown, const std::vector<std::string>& values)
{
    std::string text;
    std::size_t from = 0, next = 0;
    for (const Binding& binding : bindingsOf(markdown)) {
        text += markdown.substr(from, binding.begin - from);
        if (next < values.size()) text += values[next];
        ++next;
        from = binding.end;
    }
    return text + std::string(markdown.substr(from));
}

} // namespace headlens
