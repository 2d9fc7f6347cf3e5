// SPDX-License-Identifier: GPL-3.0-or-later
// headlens-cli lesson check: every claim and every number of a lesson against the model it speaks of.
#include "core/engine/commands.h"

#include "core/base/error.h"
#include "core/base/resources.h"
#include "core/checkpoint/file_bytes.h"
#include "core/lesson/address.h"
#include "core/lesson/expression.h"
#include "core/lesson/lesson.h"
#include "core/session/inspection.h"

#include <cstdio>
#include <filesystem>
#include <memory>

namespace headlens {
namespace {

namespace fs = std::filesystem;

struct LessonOptions {
    std::vector<std::string> folders;
    bool shows = false;
};

// A lesson's own picture, or one that comes with HeadLens.
std::string pictureOf(const Lesson& lesson, const std::string& name)
{
    if (name.find("..") != std::string::npos || fs::path(name).is_absolute())
        throw Error(ErrorCode::BadConfig, lesson.id, "names a picture outside its folder: " + name,
                    "put it into the folder");
    const std::string own = lesson.folder + "/" + name;
    return fs::exists(own) ? own : resourceFolder() + "/images/" + name;
}

// The lessons below a folder that is none itself.
std::vector<std::string> expanded(const std::vector<std::string>& folders)
{
    std::vector<std::string> all;
    for (const std::string& folder : folders) {
        if (fs::exists(folder + "/lesson.json")) {
            all.push_back(folder);
            continue;
        }
        const std::vector<std::string> below = lessonFolders(folder);
        if (below.empty())
            throw Error(ErrorCode::FileMissing, folder, "holds no lesson", "name a folder with lesson.json");
        all.insert(all.end(), below.begin(), below.end());
    }
    return all;
}

class Check {
public:
    Check(const Lesson& lesson, bool shows) : m_lesson(lesson), m_shows(shows) {}

    int failures()
    {
        for (const LessonStep& step : m_lesson.steps) {
            m_where = m_lesson.folder + ", step " + step.id;
            try {
                show(step.view);
                checkStep(step);
                for (std::size_t i = 0; i < step.reveals.size(); ++i) { // its text speaks of its own run
                    show(step.reveals[i].view);
                    checkClaims(step.reveals[i].expect, m_inspection.lessonFacts());
                    for (const LessonText& text : m_lesson.texts) checkPart(text.steps.at(step.id).reveals[i]);
                }
            } catch (const Error& problem) {
                fail(problem.what());
            }
        }
        return m_failures;
    }

private:
    void fail(const std::string& why)
    {
        ++m_failures;
        std::fprintf(stderr, "%s: %s\n", m_where.c_str(), why.c_str());
    }

    // The state as the window would set it.
    void show(const ViewState& view)
    {
        if (view.model != m_model) {
            m_inspection.openModel({view.model, "cpu", {}});
            m_model = view.model;
        }
        verbs::SetInput input;
        input.name = view.image;
        input.fit = view.fit;
        input.text = view.text;
        input.pair = view.pair;
        input.written = view.written;
        input.candidates = view.candidates;
        input.silenced = view.silenced;
        input.switches = view.switches;
        const bool looks = m_inspection.model().takesPictures && !view.image.empty();
        const std::string file = looks ? readWhole(pictureOf(m_lesson, view.image), 64U << 20) : std::string();
        const auto run = [&] { m_inspection.setInput(input, std::as_bytes(std::span(file.data(), file.size()))); };
        run();
        if (!view.hidden.empty()) { // first, as in the window: what is hidden is not read while writing
            for (const std::string& token : view.hidden)
                input.hiddenTokens.push_back(
                    placeOf(parseToken(token), m_inspection.model(), m_inspection.input()).token);
            run();
        }
        if (view.write > 0) {
            verbs::Generate how;
            how.atMost = view.write;
            input.writtenIds = m_inspection.generate(how).ids;
            run();
        }
        if (!view.token.empty()) placeOf(parseToken(view.token), m_inspection.model(), m_inspection.input());
        const auto& blocks = m_inspection.input().blocks;
        if (view.layer >= int(blocks.size()))
            throw Error(ErrorCode::BadConfig, "layer " + std::to_string(view.layer), "does not exist in this model");
        if (view.head >= blocks[std::size_t(view.layer)].heads)
            throw Error(ErrorCode::BadConfig, "head " + std::to_string(view.head), "does not exist in this layer");
    }

    void checkClaims(const std::vector<std::string>& claims, const LessonFacts& facts)
    {
        for (const std::string& claim : claims)
            if (!holds(claim, facts)) fail("does not hold: " + claim);
    }
    void checkStep(const LessonStep& step)
    {
        const LessonFacts facts = m_inspection.lessonFacts();
        checkClaims(step.expect, facts);
        for (const std::string& address : step.focus) checkAddress(address);
        if (const auto token = step.wanted.find("token"); token != step.wanted.end())
            placeOf(parseToken(token->second), m_inspection.model(), m_inspection.input());
        for (const LessonText& text : m_lesson.texts) checkText(step, text, facts);
    }
    void checkAddress(const std::string& text)
    {
        const Address address = parseAddress(text);
        if (address.block < 0)
            placeOf(address.row, m_inspection.model(), m_inspection.input());
        else
            evaluate(text, m_inspection.lessonFacts());
    }
    void checkPart(const std::string& part)
    {
        const LessonFacts facts = m_inspection.lessonFacts();
        std::vector<std::string> values;
        for (const Binding& binding : bindingsOf(part))
            values.push_back(shown(evaluate(binding.expression, facts), binding.format));
        for (const std::string& link : linksOf(part)) checkAddress(link);
        if (m_shows && !part.empty()) std::printf("%s\n", filledIn(part, values).c_str());
    }
    void checkText(const LessonStep& step, const LessonText& text, const LessonFacts& facts)
    {
        const StepText& said = text.steps.at(step.id);
        for (const std::string* part : {&said.body, &said.otherwise, &said.question}) checkPart(*part);
        for (const std::string& choice : said.choices) checkPart(choice);
        if (step.gate != Gate::Predict) return;
        const LessonValue answer = evaluate(step.answer, facts);
        const auto* number = std::get_if<double>(&answer);
        if (number == nullptr || *number < 0 || *number >= double(said.choices.size()))
            fail("its answer is not the number of a choice: " + step.answer);
    }

    const Lesson& m_lesson;
    bool m_shows;
    Inspection m_inspection;
    std::string m_model, m_where;
    int m_failures = 0;
};

void check(const LessonOptions& options)
{
    int failures = 0;
    for (const std::string& folder : expanded(options.folders)) {
        const Lesson lesson = readLesson(folder);
        const int found = Check(lesson, options.shows).failures();
        failures += found;
        std::printf("%s: %zu steps, %zu languages, %s\n", lesson.id.c_str(), lesson.steps.size(), lesson.texts.size(),
                    found == 0 ? "everything holds" : (std::to_string(found) + " faults").c_str());
    }
    if (failures > 0)
        throw Error(ErrorCode::BadConfig, "lessons", "have " + std::to_string(failures) + " faults",
                    "see the lines above");
}

} // namespace

void addLessonCommand(CLI::App& app)
{
    auto* lesson = app.add_subcommand("lesson", "Lessons: what they claim, checked against their models");
    lesson->require_subcommand(1);
    auto* command = lesson->add_subcommand("check", "Run every step, evaluate every number and claim");
    auto options = std::make_shared<LessonOptions>();
    options->folders = {resourceFolder() + "/lessons"};
    command->add_option("folders", options->folders, "Lessons, or folders of lessons; the shipped ones without");
    command->add_flag("--show", options->shows, "Print the texts with their numbers filled in");
    command->callback([options] { check(*options); });
}

} // namespace headlens
