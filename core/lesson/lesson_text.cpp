// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lesson/lesson_text.h"

#include "core/base/error.h"
#include "core/wire/safe_json.h"

#include <algorithm>
#include <utility>

namespace headlens {
namespace {

bool isUtf8(const std::string& text)
{
    if (text.find('\0') != std::string::npos) return false;
    try {
        static_cast<void>(Json(text).dump()); // strict by itself
        return true;
    } catch (const Json::exception&) {
        return false;
    }
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
            if (m_text.steps.contains(id)) refuseLesson(m_where, "has the step " + id + " twice");
            m_step = &m_text.steps[id];
            m_into = &m_step->body;
            m_choices = false;
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
            ask();
        else
            refuseLesson(m_where, "has a part \"" + std::string(name.substr(0, 40)) +
                                      "\", which is not reveal, question or otherwise");
    }
    void ask()
    {
        m_into = &m_step->question;
        m_step->asksAfter = m_step->reveals.size();
    }
    LessonText& m_text;
    std::string m_where;
    StepText* m_step = nullptr;
    std::string* m_into = &m_text.summary;
    bool m_choices = false;
};

} // namespace

void refuseLesson(const std::string& where, const std::string& why)
{
    throw Error(ErrorCode::BadConfig, where, why, "correct the lesson");
}

void requireMarks(const std::string& part, const std::string& where)
{
    for (std::size_t at = part.find("{{"); at != std::string::npos; at = part.find("{{", at + 2))
        if (part.find("}}", at) == std::string::npos) refuseLesson(where, "has a \"{{\" without its \"}}\"");
    if (part.find("![") != std::string::npos) refuseLesson(where, "shows a picture, which a page cannot");
    std::size_t links = 0;
    for (std::size_t at = part.find("]("); at != std::string::npos; at = part.find("](", at + 2), ++links)
        if (!std::string_view(part).substr(at + 2).starts_with("trace:"))
            refuseLesson(where, "has a link that leads elsewhere than to trace:");
    if (links != linksOf(part).size()) refuseLesson(where, "has a link without its closing bracket");
}

LessonText readLessonText(const std::string& whole, const std::string& path, const std::string& language)
{
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF"; // some editors begin a file with it
    LessonText text;
    text.language = language;
    TextReading reading(text, path);
    if (!isUtf8(whole)) refuseLesson(path, "is no text in UTF-8");
    for (std::size_t at = whole.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0; at < whole.size();) {
        const std::size_t end = std::min(whole.find('\n', at), whole.size());
        std::string_view line(whole.data() + at, end - at);
        if (line.ends_with('\r')) line.remove_suffix(1);
        reading.line(line);
        at = end + 1;
    }
    if (text.title.empty()) refuseLesson(path, "has no title (a first line \"# ...\")");
    return text;
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
