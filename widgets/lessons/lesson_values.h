// SPDX-License-Identifier: GPL-3.0-or-later
// The live numbers of one step of a lesson. Every part of the text belongs to the run it was written for: a number that
// was true before a reveal changed the input stays as it was read, instead of turning into one nobody spoke of.
#pragma once

#include "core/lesson/lesson.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace headlens {

class LessonValues {
public:
    // Another step, or the same one anew: nothing is known of it.
    void begin(const LessonStep& step, const StepText& text);
    // The same step in another language; what is known stays.
    void setText(const StepText& text) { m_text = text; }

    // What the engine must be asked for after `revealed` reveals: "expression | format", each once.
    std::vector<std::string> wanted(int revealed) const;
    void take(int revealed, const std::vector<std::string>& asked, const std::vector<verbs::EvaluatedOne>& values);
    // The run of `revealed` was replaced: what was read from it is no longer so.
    void forget(int revealed);

    // `markdown` with its numbers as they were after `state` reveals; "…" where none came yet, "–" where there is none.
    std::string filled(const std::string& markdown, int state) const;
    // Of the step (0) or of its reveal number `state`; nothing: not known yet.
    std::optional<bool> claimsHold(int state = 0) const;
    std::optional<int> answer() const; // the right choice; -1: this input has none

private:
    std::vector<int> statesLike(int revealed) const; // shown so far, with the same run as `revealed`
    const ViewState& viewOf(int state) const;
    const std::vector<std::string>& claimsOf(int state) const;
    const verbs::EvaluatedOne* find(int state, const std::string& asked) const;
    std::string valueOf(int state, const Binding& binding) const;

    LessonStep m_step;
    StepText m_text;
    std::vector<std::map<std::string, verbs::EvaluatedOne>> m_known; // by reveals; [0] is the step's own run
};

// Whether both are the same run of the model, whatever is looked at in it.
bool sameRun(const ViewState& a, const ViewState& b);

// `text` so that Markdown shows it as it stands.
std::string escapedMarkdown(std::string_view text);

} // namespace headlens
