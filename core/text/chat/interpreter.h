// SPDX-License-Identifier: GPL-3.0-or-later
// Runs the tree of a template.
#pragma once

#include "core/text/chat/callable.h"
#include "core/text/chat/syntax.h"

#include <functional>

namespace headlens::text::chat {

// The variables of a loop, a macro or the whole template; what is not found is looked for around it.
class Scope : public std::enable_shared_from_this<Scope> {
public:
    explicit Scope(std::shared_ptr<Scope> outer = nullptr) : m_outer(std::move(outer)) {}

    void set(std::string_view name, Value value) { m_values.insert_or_assign(std::string(name), std::move(value)); }
    const Value* find(std::string_view name) const;

private:
    std::map<std::string, Value, std::less<>> m_values;
    std::shared_ptr<Scope> m_outer;
};
using ScopePtr = std::shared_ptr<Scope>;

class Interpreter {
public:
    // `run` must outlive it.
    Interpreter(Run& run, ScopePtr variables) : m_run(run), m_scope(std::move(variables)), m_output(run.budget) {}

    // What the template writes. Throws Problem; line() then says where.
    std::u32string render(const Body& body);
    int line() const { return m_line; }

private:
    friend class Macro;
    enum class Flow : std::uint8_t { On, Break, Continue };

    // expressions
    Value evaluate(const Expression& expression);
    Value variable(const Expression& expression);
    Value sequence(const Expression& expression);
    Value mapping(const Expression& expression);
    Value member(const Expression& expression);
    Value unary(const Expression& expression);
    Value choice(const Expression& expression);
    Value comparison(const Expression& expression);
    Value call(const Expression& expression);
    Value filter(const Expression& expression);
    Value test(const Expression& expression);
    Arguments arguments(const Expression& expression);
    Value called(const Value& callee, const Arguments& arguments);
    void spread(const Value& value, const std::string& stars, Arguments& arguments);

    // statements
    Flow execute(const Body& body);
    Flow step(const Statement& statement);
    Flow run(const Data& data);
    Flow run(const Print& print);
    Flow run(const If& choice);
    Flow run(const For& loop);
    Flow run(const Set& set);
    Flow run(const Block& block);
    Flow run(const With& with);
    Flow run(const MacroDefinition& macro);
    Flow run(const CallBlock& block);
    static Flow run(Jump jump) { return jump == Jump::Break ? Flow::Break : Flow::Continue; }
    ListPtr chosenItems(const For& loop);
    void assign(const Target& target, Value value);
    // Runs `work` in a scope of its own.
    template <class Work>
    auto within(ScopePtr scope, Work work);
    // What `work` writes.
    Value captured(const std::function<void()>& work);
    std::shared_ptr<const Callable> macroOf(const MacroDefinition& definition);

    Run& m_run;
    ScopePtr m_scope;
    TextBuilder m_output;
    std::vector<ScopePtr> m_kept; // those in which macros were made: macros point to them
    int m_line = 1;
};

} // namespace headlens::text::chat
