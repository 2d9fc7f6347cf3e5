// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/lessons/lesson_values.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <set>
#include <tuple>

namespace headlens {
namespace {

constexpr const char* kNotYet = "…";
constexpr const char* kNone = "–";

std::string asked(const Binding& binding)
{
    return binding.format.empty() ? binding.expression : binding.expression + " | " + binding.format;
}

// Inside `code` a backslash would be read aloud.
bool isInCode(std::string_view markdown, std::size_t at)
{
    const std::size_t line = markdown.rfind('\n', at), begin = line == std::string_view::npos ? 0 : line + 1;
    const std::string_view before = markdown.substr(begin, at - begin);
    return std::ranges::count(before, '`') % 2 == 1;
}

// "17 %" stays in one line.
std::string unbroken(std::string text)
{
    for (std::size_t at = text.find(" %"); at != std::string::npos; at = text.find(" %", at + 1))
        if (at > 0 && std::isdigit(static_cast<unsigned char>(text[at - 1])) != 0) text.replace(at, 1, "\u00A0");
    return text;
}

// What the engine names in English, in the language of the window.
std::string spoken(const std::string& value)
{
    static const QRegularExpression kPatch(QStringLiteral("^patch \\((\\d+), (\\d+)\\)$"));
    const auto patch = kPatch.match(QString::fromStdString(value));
    if (!patch.hasMatch()) return value;
    return QCoreApplication::translate("headlens::LessonPlayer", "patch (%1, %2)")
        .arg(patch.captured(1), patch.captured(2))
        .toStdString();
}

std::string inCode(std::string value)
{
    std::ranges::replace(value, '`', '\'');
    return value;
}

} // namespace

bool sameRun(const ViewState& a, const ViewState& b)
{
    const auto run = [](const ViewState& view) {
        return std::tie(view.model, view.image, view.fit, view.text, view.pair, view.written, view.chat,
                        view.candidates, view.hidden, view.switches, view.write);
    };
    return run(a) == run(b) && std::ranges::equal(a.ablated, b.ablated, [](const auto& one, const auto& other) {
               return one.layer == other.layer && one.head == other.head;
           });
}

std::string escapedMarkdown(std::string_view text)
{
    std::string escaped;
    for (const char c : text) {
        if (c == '\n' || c == '\r') {
            escaped += ' '; // a new line would begin a heading or a list
            continue;
        }
        if (std::string_view("\\`*_{}[]()<>#+-.!|~&=:\"'$^").find(c) != std::string_view::npos) escaped += '\\';
        escaped += c;
    }
    return escaped;
}

void LessonValues::begin(const LessonStep& step, const StepText& text)
{
    m_step = step;
    m_text = text;
    m_known.assign(step.reveals.size() + 1, {});
}

const ViewState& LessonValues::viewOf(int state) const
{
    return state == 0 ? m_step.view : m_step.reveals.at(std::size_t(state) - 1).view;
}

std::vector<int> LessonValues::statesLike(int revealed) const
{
    std::vector<int> states;
    for (int state = 0; state <= revealed && state < int(m_known.size()); ++state)
        if (sameRun(viewOf(state), viewOf(revealed))) states.push_back(state);
    return states;
}

std::vector<std::string> LessonValues::wanted(int revealed) const
{
    std::set<std::string> all;
    const auto collect = [&all](const std::string& markdown) {
        for (const Binding& binding : bindingsOf(markdown)) all.insert(asked(binding));
    };
    for (const int state : statesLike(revealed)) {
        all.insert(claimsOf(state).begin(), claimsOf(state).end());
        if (state == 0)
            for (const std::string& markdown : {m_text.body, m_text.otherwise}) collect(markdown);
        else if (std::size_t(state) <= m_text.reveals.size())
            collect(m_text.reveals[std::size_t(state) - 1]);
        if (std::size_t(state) != m_text.asksAfter) continue;
        collect(m_text.question);
        for (const std::string& choice : m_text.choices) collect(choice);
        if (!m_step.answer.empty()) all.insert(m_step.answer);
    }
    return {all.begin(), all.end()};
}

void LessonValues::take(int revealed, const std::vector<std::string>& asked,
                        const std::vector<verbs::EvaluatedOne>& values)
{
    for (const int state : statesLike(revealed))
        for (std::size_t i = 0; i < std::min(asked.size(), values.size()); ++i)
            m_known[std::size_t(state)][asked[i]] = values[i];
}

void LessonValues::forget(int revealed)
{
    for (const int state : statesLike(revealed)) m_known[std::size_t(state)].clear();
}

const verbs::EvaluatedOne* LessonValues::find(int state, const std::string& asked) const
{
    if (state < 0 || state >= int(m_known.size())) return nullptr;
    const auto found = m_known[std::size_t(state)].find(asked);
    return found == m_known[std::size_t(state)].end() ? nullptr : &found->second;
}

std::string LessonValues::valueOf(int state, const Binding& binding) const
{
    const verbs::EvaluatedOne* value = find(state, asked(binding));
    if (value == nullptr) return kNotYet;
    return value->error.empty() ? spoken(value->text) : kNone;
}

std::string LessonValues::filled(const std::string& markdown, int state) const
{
    std::vector<std::string> values;
    for (const Binding& binding : bindingsOf(markdown)) {
        const std::string value = valueOf(state, binding);
        values.push_back(isInCode(markdown, binding.begin) ? inCode(value) : escapedMarkdown(value));
    }
    return unbroken(filledIn(markdown, values));
}

const std::vector<std::string>& LessonValues::claimsOf(int state) const
{
    return state == 0 ? m_step.expect : m_step.reveals.at(std::size_t(state) - 1).expect;
}

std::optional<bool> LessonValues::claimsHold(int state) const
{
    bool all = true;
    for (const std::string& claim : claimsOf(state)) {
        const verbs::EvaluatedOne* value = find(state, claim);
        if (value == nullptr) return {};
        all = all && value->error.empty() && value->number != 0;
    }
    return all;
}

std::optional<int> LessonValues::answer() const
{
    const verbs::EvaluatedOne* value = find(int(m_text.asksAfter), m_step.answer);
    if (value == nullptr) return {};
    const bool exists = value->error.empty() && value->number >= 0 && value->number < double(m_text.choices.size());
    return exists ? int(std::lround(std::floor(value->number))) : -1;
}

} // namespace headlens
