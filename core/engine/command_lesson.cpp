// SPDX-License-Identifier: GPL-3.0-or-later
// headlens-cli lesson check: every claim and every number of a lesson against the model it speaks of.
#include "core/engine/commands.h"

#include "core/attribution/maps.h"
#include "core/base/error.h"
#include "core/base/resources.h"
#include "core/checkpoint/file_bytes.h"
#include "core/engine/lesson_context.h"
#include "core/lesson/address.h"
#include "core/lesson/expression.h"
#include "core/lesson/lesson.h"
#include "core/session/questions/questions.h"
#include "core/session/session.h"

#include <cmath>
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
            throw Error(ErrorCode::PartMissing, folder, "holds no lesson", "name a folder with lesson.json");
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
                if (m_shows) std::printf("\n=== step %s\n", step.id.c_str());
                show(step.view);
                checkStep(step);
                checkQuestions(step, 0);
                for (std::size_t i = 0; i < step.reveals.size(); ++i) { // its text speaks of its own run
                    m_where = m_lesson.folder + ", step " + step.id + ", reveal " + std::to_string(i + 1);
                    show(step.reveals[i].view);
                    checkClaims(step.reveals[i].expect, lessonContext(m_session.run(), m_control));
                    for (const LessonText& text : m_lesson.texts)
                        checkPart(text.steps.at(step.id).reveals[i],
                                  text.language + ", reveal " + std::to_string(i + 1));
                    checkQuestions(step, i + 1);
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
            m_session.openModel({view.model, "cpu", {}});
            m_model = view.model;
        }
        verbs::SetInput input;
        input.name = view.image;
        input.fit = view.fit;
        input.text = view.text;
        input.pair = view.pair;
        input.written = view.written;
        input.chat = view.chat;
        input.candidates = view.candidates;
        input.ablated = view.ablated;
        input.switches = view.switches;
        const bool looks = !view.image.empty();
        if (looks && !m_session.model().takesPictures)
            throw Error(ErrorCode::BadConfig, "image " + view.image, "is given to a model that looks at none",
                        "leave it out");
        const std::string file = looks ? readWhole(pictureOf(m_lesson, view.image), 64U << 20) : std::string();
        const auto run = [&] { m_session.setInput(input, std::as_bytes(std::span(file.data(), file.size()))); };
        run();
        if (!view.hidden.empty()) { // first, as in the window: what is hidden is not read while writing
            for (const std::string& token : view.hidden)
                input.hiddenTokens.push_back(placeOf(parseToken(token), m_session.model(), m_session.run().info).token);
            run();
        }
        if (view.write > 0) {
            verbs::Generate how;
            how.atMost = view.write;
            input.decoderInputIds = questions::generate(m_session.run(), how).ids;
            run();
        }
        if (!view.token.empty()) placeOf(parseToken(view.token), m_session.model(), m_session.run().info);
        const auto& blocks = m_session.run().info.blocks;
        if (view.layer >= int(blocks.size()))
            throw Error(ErrorCode::BadConfig, "layer " + std::to_string(view.layer), "does not exist in this model");
        if (view.head >= blocks[std::size_t(view.layer)].heads)
            throw Error(ErrorCode::BadConfig, "head " + std::to_string(view.head), "does not exist in this layer");
    }

    void checkClaims(const std::vector<std::string>& claims, const EvaluationContext& facts)
    {
        for (const std::string& claim : claims)
            if (std::string sides; !holds(claim, facts, &sides))
                fail("does not hold: " + claim + " (here " + sides + ")");
    }
    void checkStep(const LessonStep& step)
    {
        const EvaluationContext facts = lessonContext(m_session.run(), m_control);
        checkClaims(step.expect, facts);
        for (const std::string& address : step.focus) checkAddress(address);
        checkGate(step);
        for (const LessonText& text : m_lesson.texts) checkTold(text.steps.at(step.id), text.language);
    }
    void checkTold(const StepText& said, const std::string& language)
    {
        checkPart(said.body, language);
        checkPart(said.otherwise, language + ", otherwise");
    }
    // What the learner is asked to choose must be there.
    void checkGate(const LessonStep& step)
    {
        const auto& blocks = m_session.run().info.blocks;
        const auto numberOf = [&](const char* key, int otherwise) {
            const auto found = step.wanted.find(key);
            return found == step.wanted.end() ? otherwise : std::stoi(found->second);
        };
        const int layer = numberOf("layer", step.view.layer), head = numberOf("head", 0);
        if (layer < 0 || layer >= int(blocks.size()))
            return fail("asks for layer " + std::to_string(layer) + ", which this model does not have");
        if (head < 0 || head >= blocks[std::size_t(layer)].heads)
            return fail("asks for head " + std::to_string(head) + ", which this layer does not have");
        if (const auto token = step.wanted.find("token"); token != step.wanted.end())
            placeOf(parseToken(token->second), m_session.model(), m_session.run().info);
    }
    void checkAddress(const std::string& text)
    {
        const Address address = parseAddress(text);
        if (address.block < 0)
            placeOf(address.row, m_session.model(), m_session.run().info);
        else
            evaluate(text, lessonContext(m_session.run(), m_control));
    }
    // `name` stands above it where the texts are shown.
    void checkPart(const std::string& part, const std::string& name)
    {
        const EvaluationContext facts = lessonContext(m_session.run(), m_control);
        std::vector<std::string> values;
        for (const Binding& binding : bindingsOf(part))
            values.push_back(shown(evaluate(binding.expression, facts), binding.format));
        for (const std::string& link : linksOf(part)) checkAddress(link);
        if (m_shows && !part.empty()) std::printf("--- %s\n%s\n", name.c_str(), filledIn(part, values).c_str());
    }
    // Those that are asked after `revealed` reveals, of the run that is shown then.
    void checkQuestions(const LessonStep& step, std::size_t revealed)
    {
        for (const LessonText& text : m_lesson.texts) {
            const StepText& said = text.steps.at(step.id);
            if (said.asksAfter != revealed) continue;
            checkPart(said.question, text.language + ", question");
            for (const std::string& choice : said.choices) checkPart(choice, text.language + ", choice");
            if (step.gate != Gate::Predict) continue;
            const LessonValue answer = evaluate(step.answer, lessonContext(m_session.run(), m_control));
            const auto* number = std::get_if<double>(&answer);
            if (number == nullptr || *number < 0 || *number >= double(said.choices.size()) ||
                *number != std::floor(*number))
                fail("its answer is not the number of a choice, counted from 0: " + step.answer);
        }
    }

    const Lesson& m_lesson;
    bool m_shows;
    const JobControl m_control; // never cancelled
    Session m_session;
    std::string m_model, m_where;
    int m_failures = 0;
};

std::string counted(std::size_t count, const char* what)
{
    return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

int checked(const Lesson& lesson, bool shows)
{
    const int found = Check(lesson, shows).failures();
    std::printf("%s: %s, %s, %s\n", lesson.id.c_str(), counted(lesson.steps.size(), "step").c_str(),
                counted(lesson.texts.size(), "language").c_str(),
                found == 0 ? "everything holds" : counted(std::size_t(found), "fault").c_str());
    return found;
}

void check(const LessonOptions& options)
{
    int failures = 0;
    for (const std::string& folder : expanded(options.folders)) {
        try {
            const Lesson lesson = readLesson(folder);
            requireViews(lesson, methodIds());
            failures += checked(lesson, options.shows);
        } catch (const Error& problem) { // of its files; the others are checked all the same
            std::fprintf(stderr, "%s\n", problem.what());
            ++failures;
        }
    }
    if (failures > 0)
        throw Error(ErrorCode::BadConfig, "lessons", "have " + counted(std::size_t(failures), "fault"),
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
