// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/chat/chat_template.h"

#include "core/base/error.h"
#include "core/text/chat/interpreter.h"
#include "core/text/chat/json_values.h"
#include "core/text/chat/parser.h"
#include "core/text/unicode.h"

namespace headlens {
namespace {

using namespace text;
using namespace text::chat;

constexpr std::size_t largestTemplate = std::size_t(1) << 20; // bytes; those of models have 100 to 30,000

std::string placeOf(const std::string& subject, int line)
{
    return subject + ", line " + std::to_string(line);
}

[[noreturn]] void report(const Problem& problem, const std::string& place)
{
    switch (problem.fault()) {
    case Fault::Raised:
        throw Error(ErrorCode::BadRequest, place, problem.what(), "the template refuses these messages: change them");
    case Fault::Given:
        throw Error(ErrorCode::BadRequest, place, problem.what(), "give messages as this template expects them");
    case Fault::Limit:
        throw Error(ErrorCode::BadConfig, place, problem.what(), "use a template that ends, or a shorter conversation");
    case Fault::Written: break;
    }
    throw Error(ErrorCode::BadConfig, place, problem.what(), "use another template");
}

ScopePtr variablesOf(const Conversation& conversation)
{
    auto scope = std::make_shared<Scope>();
    scope->set("tools", None{});
    scope->set("documents", None{});
    scope->set("add_generation_prompt", conversation.addGenerationPrompt);
    scope->set("messages", valueOf(conversation.messages));
    if (conversation.variables.is_object())
        for (const auto& [name, value] : conversation.variables.items()) scope->set(name, valueOf(value));
    return scope;
}

} // namespace

struct ChatTemplate::Tree {
    Body body;
};

ChatTemplate::ChatTemplate(std::string_view source, std::string subject) : m_subject(std::move(subject))
{
    if (source.size() > largestTemplate)
        throw Error(ErrorCode::BadConfig, m_subject, "larger than 1 MB", "use another template");
    try {
        m_tree = std::make_shared<const Tree>(Tree{parsed(decodeUtf8(source))});
    } catch (const SyntaxProblem& problem) {
        throw Error(ErrorCode::BadConfig, placeOf(m_subject, problem.line), problem.why,
                    "correct the template, or use another");
    }
}

std::string ChatTemplate::render(const Conversation& conversation, const Limits& limits) const
{
    Run run{Budget(limits), conversation.now};
    int line = 1;
    try {
        Interpreter interpreter(run, variablesOf(conversation));
        try {
            return toUtf8(interpreter.render(m_tree->body));
        } catch (const Problem&) {
            line = interpreter.line();
            throw;
        }
    } catch (const Problem& problem) {
        report(problem, placeOf(m_subject, line));
    }
}

} // namespace headlens
