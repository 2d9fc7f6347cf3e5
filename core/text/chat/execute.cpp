// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/chat/interpreter.h"

#include "core/text/chat/items.h"
#include "core/text/chat/python_text.h"

#include <algorithm>

namespace headlens::text::chat {

// Sees the variables where it was defined, as they are when it is called.
class Macro : public Callable {
public:
    Macro(Interpreter& interpreter, const MacroDefinition& definition, Scope* around)
        : m_interpreter(interpreter), m_definition(definition), m_around(around)
    {
    }
    Value call(Run& run, const Arguments& arguments) const override;

private:
    using Names = std::vector<std::pair<std::string, Value>>;

    // Sets the parameters; what no parameter takes becomes `varargs` and `kwargs`.
    void bind(Run& run, Scope& scope, const Arguments& arguments) const;

    Interpreter& m_interpreter;
    const MacroDefinition& m_definition;
    Scope* m_around; // kept by the interpreter
};

template <class Work>
auto Interpreter::within(ScopePtr scope, Work work)
{
    struct Return {
        ScopePtr& place;
        ScopePtr old;
        ~Return() { place = std::move(old); }
    };
    const Return back{m_scope, std::exchange(m_scope, std::move(scope))};
    return work();
}

void Macro::bind(Run& run, Scope& scope, const Arguments& arguments) const
{
    const auto& parameters = m_definition.signature.parameters;
    Names named = arguments.named;
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        const auto& [name, fallback] = parameters[i];
        const auto given = std::ranges::find(named, name, &Names::value_type::first);
        if (i < arguments.positional.size())
            scope.set(name, arguments.positional[i]);
        else if (given != named.end())
            scope.set(name, given->second);
        else
            scope.set(name, fallback ? m_interpreter.evaluate(*fallback)
                                     : undefined("parameter '" + name + "' was not provided"));
        if (given != named.end()) named.erase(given);
    }
    ListBuilder rest(run.budget, Sequence::Tuple);
    for (std::size_t i = parameters.size(); i < arguments.positional.size(); ++i) rest.add(arguments.positional[i]);
    auto others = std::make_shared<Mapping>();
    for (auto& [name, value] : named)
        name == "caller" ? scope.set(name, std::move(value)) : others->set(makeText(std::string_view(name)), value);
    scope.set("varargs", rest.take());
    scope.set("kwargs", MappingPtr(std::move(others)));
}

Value Macro::call(Run& run, const Arguments& arguments) const
{
    const Budget::Level level(run.budget);
    auto scope = std::make_shared<Scope>(m_around->shared_from_this());
    return m_interpreter.within(scope, [&] {
        bind(run, *scope, arguments);
        return m_interpreter.captured([&] { m_interpreter.execute(m_definition.body); });
    });
}

std::u32string Interpreter::render(const Body& body)
{
    execute(body);
    return m_output.text();
}

Value Interpreter::captured(const std::function<void()>& work)
{
    TextBuilder outer = std::exchange(m_output, TextBuilder(m_run.budget));
    work();
    return std::exchange(m_output, std::move(outer)).take();
}

Interpreter::Flow Interpreter::execute(const Body& body)
{
    for (const Statement& statement : body)
        if (const Flow flow = step(statement); flow != Flow::On) return flow;
    return Flow::On;
}

Interpreter::Flow Interpreter::step(const Statement& statement)
{
    const Budget::Level level(m_run.budget);
    m_run.budget.work();
    m_line = statement.line;
    return std::visit([this](const auto& what) { return run(what); }, statement.what);
}

Interpreter::Flow Interpreter::run(const Data& data)
{
    m_output.add(data.text);
    return Flow::On;
}

Interpreter::Flow Interpreter::run(const Print& print)
{
    chat::print(m_output, evaluate(*print.value));
    return Flow::On;
}

Interpreter::Flow Interpreter::run(const If& choice)
{
    for (const auto& [condition, body] : choice.branches)
        if (!condition || isTrue(evaluate(*condition))) return execute(body);
    return Flow::On;
}

ListPtr Interpreter::chosenItems(const For& loop)
{
    const ListPtr all = itemsOf(m_run, evaluate(*loop.items));
    if (!loop.filter) return all;
    ListBuilder chosen(m_run.budget);
    for (const Value& item : all->items) {
        within(std::make_shared<Scope>(m_scope), [&] {
            assign(loop.target, item);
            if (isTrue(evaluate(*loop.filter))) chosen.add(item);
        });
    }
    return std::get<ListPtr>(chosen.take());
}

Interpreter::Flow Interpreter::run(const For& loop)
{
    const ListPtr items = chosenItems(loop);
    const auto state = std::make_shared<Loop>(Loop{items});
    bool finished = false; // one item at least went through the whole body, else {% else %} runs, as in Jinja
    for (Flow flow = Flow::On; state->index < items->items.size() && flow != Flow::Break; ++state->index) {
        flow = within(std::make_shared<Scope>(m_scope), [&] {
            m_scope->set("loop", std::shared_ptr<const Loop>(state));
            assign(loop.target, items->items[state->index]);
            return execute(loop.body);
        });
        finished |= flow == Flow::On;
    }
    if (finished) return Flow::On;
    return within(std::make_shared<Scope>(m_scope), [&] { return execute(loop.otherwise); });
}

void Interpreter::assign(const Target& target, Value value)
{
    m_run.budget.makeEntry();
    if (!target.attribute.empty()) {
        const Value* held = m_scope->find(target.names[0]);
        const auto* space = held ? std::get_if<Namespace*>(held) : nullptr;
        if (!space) fail("cannot assign attribute on non-namespace object");
        (*space)->attributes.set(makeText(target.attribute), std::move(value));
        return;
    }
    if (!target.several) return m_scope->set(target.names[0], std::move(value));
    requireDefined(value);
    const ListPtr items = itemsOf(m_run, value);
    if (items->items.size() != target.names.size())
        fail("cannot unpack " + std::to_string(items->items.size()) + " values into " +
             std::to_string(target.names.size()) + " names");
    for (std::size_t i = 0; i < target.names.size(); ++i) m_scope->set(target.names[i], items->items[i]);
}

Interpreter::Flow Interpreter::run(const Set& set)
{
    assign(set.target, evaluate(*set.value));
    return Flow::On;
}

Interpreter::Flow Interpreter::run(const Block& block)
{
    const auto scope = std::make_shared<Scope>(m_scope);
    Value text = within(scope, [&] {
        scope->set(Block::variable, captured([&] { execute(block.body); }));
        return evaluate(*block.filtered);
    });
    if (block.target.names.empty())
        chat::print(m_output, text);
    else
        assign(block.target, std::move(text));
    return Flow::On;
}

Interpreter::Flow Interpreter::run(const With& with)
{
    const auto scope = std::make_shared<Scope>(m_scope);
    for (const Set& set : with.settings) scope->set(set.target.names[0], evaluate(*set.value));
    return within(scope, [&] { return execute(with.body); });
}

std::shared_ptr<const Callable> Interpreter::macroOf(const MacroDefinition& definition)
{
    m_run.budget.makeEntry();
    m_kept.push_back(m_scope);
    return std::make_shared<const Macro>(*this, definition, m_scope.get());
}

Interpreter::Flow Interpreter::run(const MacroDefinition& macro)
{
    m_scope->set(macro.name, macroOf(macro));
    return Flow::On;
}

Interpreter::Flow Interpreter::run(const CallBlock& block)
{
    const Value callee = evaluate(*block.call->parts[0]);
    Arguments given = arguments(*block.call);
    given.named.emplace_back("caller", macroOf(block.caller));
    chat::print(m_output, called(callee, given));
    return Flow::On;
}

} // namespace headlens::text::chat
