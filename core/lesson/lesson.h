// SPDX-License-Identifier: GPL-3.0-or-later
// A lesson: a folder with lesson.json (steps, what is shown, what must hold) and text.<language>.md (what is said).
// Nothing in it runs or reaches anything; a teacher writes one with a text editor. docs/lessons.md has the format.
#pragma once

#include "core/wire/verbs.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace headlens {

// Everything that decides what the window shows; the same from whichever step one comes.
struct ViewState {
    std::string model, image, fit = "trained"; // model: embedded, or a path; image: of the lesson's folder or our own
    std::string text, pair, written;
    bool chat = false; // the text is a question, which goes through the model's chat template
    std::vector<std::string> candidates;
    std::vector<std::string> hidden; // tokens nobody may look at (core/lesson/address.h)
    std::vector<verbs::HeadAddress> ablated;
    std::map<std::string, std::string> switches; // of the model, those not as trained; a number as its text
    int layer = 0, head = 0;
    std::string fusion = "single";
    std::string token; // the query; empty: the first one
    bool pinned = true, reverse = false;
    std::string view = "row"; // row, or a method (verbs::MethodInfo): received, entropy, relevance ...
    std::string panel;        // a dock to raise, as --show of the window: lines, matrix, pair, tiles ...
    std::string workspace;    // in which the window stands: look, change, compare ...; empty: that of lessons
    int write = 0;            // tokens the model writes before anything is shown
};

// What one more press of Continue shows, and what its text claims of it.
struct LessonReveal {
    ViewState view;
    std::vector<std::string> expect;
};

enum class Gate : std::uint8_t { Next, Do, Predict };

struct LessonStep {
    std::string id;
    ViewState view;
    std::vector<std::string> focus;    // addresses that stand out
    std::vector<LessonReveal> reveals; // with the text's "### reveal" parts
    Gate gate = Gate::Next;
    std::map<std::string, std::string> wanted; // Do: "layer", "head", "token" as they must be chosen
    std::string answer;                        // Predict: an expression whose value is the number of the right choice
    std::vector<std::string> expect;           // claims (core/lesson/expression.h)
};

// What is said in one step, in one language: Markdown with {{ expression | format }} and [text](trace:address).
struct StepText {
    std::string body;
    std::vector<std::string> reveals;
    std::string otherwise; // where a claim does not hold, because the learner changed the input
    std::string question;
    std::vector<std::string> choices;
    std::size_t asksAfter = 0; // reveals that are told before the question: those written above it
};

struct LessonText {
    std::string language, title, summary;
    std::map<std::string, StepText> steps; // by id
};

struct Lesson {
    std::string id, folder;
    std::vector<LessonStep> steps;
    std::vector<LessonText> texts; // English first where there is one

    const LessonText& textFor(const std::string& language) const; // "zh_CN", else English, else the first
};

// Reads and checks a folder. Throws Error(FileMissing | BadConfig) with file, step and what is wrong with it: unknown
// keys and kinds, ids twice, steps without text, files above 1 MB, more than 100 steps.
Lesson readLesson(const std::string& folder);

// The same from bytes: lesson.json, and the texts by language. `folder` is for messages and for the pictures.
Lesson parseLesson(const std::string& folder, std::string_view json, const std::map<std::string, std::string>& texts);

// Which maps, panels and workspaces there are is not known here: whoever shows a lesson gives the names. Throw
// Error(BadConfig) with the step for one that is none of them.
void requireViews(const Lesson& lesson, const std::vector<std::string>& maps);
void requirePanels(const Lesson& lesson, const std::vector<std::string>& panels);
void requireWorkspaces(const Lesson& lesson, const std::vector<std::string>& workspaces);

// Folders with a lesson.json directly below `folder`, by name.
std::vector<std::string> lessonFolders(const std::string& folder);

// A {{ expression | format }} of a text.
struct Binding {
    std::size_t begin = 0, end = 0; // with the braces
    std::string expression, format;
};
std::vector<Binding> bindingsOf(std::string_view markdown);
// Addresses of [text](trace:address).
std::vector<std::string> linksOf(std::string_view markdown);
// `markdown` with every binding replaced by `values` (as many).
std::string filledIn(std::string_view markdown, const std::vector<std::string>& values);

} // namespace headlens
