// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/chat/interpreter.h"

#include "core/text/chat/items.h"
#include "core/text/chat/libraries.h"
#include "core/text/unicode.h"

#include <array>

namespace headlens::text::chat {

const Value* Scope::find(std::string_view name) const
{
    for (const Scope* scope = this; scope; scope = scope->m_outer.get())
        if (const auto found = scope->m_values.find(name); found != scope->m_values.end()) return &found->second;
    return nullptr;
}

Value Interpreter::evaluate(const Expression& expression)
{
    const Budget::Level level(m_run.budget);
    m_run.budget.work();
    m_line = expression.line;
    switch (expression.kind) {
    case ExpressionKind::Constant: return expression.value;
    case ExpressionKind::Variable: return variable(expression);
    case ExpressionKind::List:
    case ExpressionKind::Tuple: return sequence(expression);
    case ExpressionKind::Mapping: return mapping(expression);
    case ExpressionKind::Attribute:
    case ExpressionKind::Item:
    case ExpressionKind::Slice: return member(expression);
    case ExpressionKind::Call: return call(expression);
    case ExpressionKind::Filter: return filter(expression);
    case ExpressionKind::Test: return test(expression);
    case ExpressionKind::Not:
    case ExpressionKind::Negative:
    case ExpressionKind::Positive: return unary(expression);
    case ExpressionKind::Comparison: return comparison(expression);
    case ExpressionKind::And:
    case ExpressionKind::Or:
    case ExpressionKind::Conditional: return choice(expression);
    case ExpressionKind::Binary: break;
    }
    const Value left = evaluate(*expression.parts[0]);
    const Value right = evaluate(*expression.parts[1]);
    return applied(m_run.budget, expression.operation, left, right);
}

Value Interpreter::variable(const Expression& expression)
{
    if (const Value* value = m_scope->find(expression.name)) return *value;
    if (auto function = globalFunction(expression.name)) return Value(std::move(function));
    return undefined("'" + expression.name.substr(0, 100) + "' is undefined");
}

Value Interpreter::sequence(const Expression& expression)
{
    ListBuilder items(m_run.budget, expression.kind == ExpressionKind::Tuple ? Sequence::Tuple : Sequence::List);
    for (const ExpressionPtr& part : expression.parts) items.add(evaluate(*part));
    return items.take();
}

Value Interpreter::mapping(const Expression& expression)
{
    auto mapping = std::make_shared<Mapping>();
    for (std::size_t i = 0; i + 1 < expression.parts.size(); i += 2) {
        const Value key = evaluate(*expression.parts[i]);
        m_run.budget.makeEntry();
        mapping->set(key, evaluate(*expression.parts[i + 1]));
    }
    return MappingPtr(std::move(mapping));
}

Value Interpreter::member(const Expression& expression)
{
    const Value object = evaluate(*expression.parts[0]);
    if (expression.kind == ExpressionKind::Attribute) return attribute(m_run, object, expression.value);
    std::array<Value, 3> keys{None{}, None{}, None{}};
    for (std::size_t i = 1; i < expression.parts.size(); ++i)
        if (expression.parts[i]) keys[i - 1] = evaluate(*expression.parts[i]);
    if (expression.kind == ExpressionKind::Item) return item(m_run, object, keys[0]);
    return slice(m_run, object, keys[0], keys[1], keys[2]);
}

Value Interpreter::unary(const Expression& expression)
{
    Value operand = evaluate(*expression.parts[0]);
    if (expression.kind == ExpressionKind::Not) return !isTrue(operand);
    if (expression.kind == ExpressionKind::Negative) return negated(operand);
    requireDefined(operand);
    if (!realOf(operand)) fail("bad operand type for unary +: '" + typeName(operand) + "'");
    return operand;
}

// and, or, if else: one of the operands, the others are not looked at
Value Interpreter::choice(const Expression& expression)
{
    Value first = evaluate(*expression.parts[0]);
    if (expression.kind == ExpressionKind::And) return isTrue(first) ? evaluate(*expression.parts[1]) : first;
    if (expression.kind == ExpressionKind::Or) return isTrue(first) ? first : evaluate(*expression.parts[1]);
    if (isTrue(first)) return evaluate(*expression.parts[1]);
    if (expression.parts[2]) return evaluate(*expression.parts[2]);
    return undefined("an inline if without else was false");
}

Value Interpreter::comparison(const Expression& expression)
{
    Value left = evaluate(*expression.parts[0]);
    for (std::size_t i = 0; i < expression.comparisons.size(); ++i) {
        Value right = evaluate(*expression.parts[i + 1]);
        if (!holds(m_run.budget, expression.comparisons[i], left, right)) return false;
        left = std::move(right);
    }
    return true;
}

Arguments Interpreter::arguments(const Expression& expression)
{
    Arguments given;
    for (std::size_t i = 0; i < expression.names.size(); ++i) {
        Value value = evaluate(*expression.parts[i + 1]);
        const std::string& name = expression.names[i];
        if (name.empty())
            given.positional.push_back(std::move(value));
        else if (name.starts_with('*'))
            spread(value, name, given);
        else
            given.named.emplace_back(name, std::move(value));
    }
    return given;
}

void Interpreter::spread(const Value& value, const std::string& stars, Arguments& arguments)
{
    if (stars == "*") {
        const ListPtr list = itemsOf(m_run, value);
        for (const Value& item : list->items) {
            m_run.budget.makeItem(arguments.positional.size());
            arguments.positional.push_back(item);
        }
        return;
    }
    const auto* mapping = mappingOf(value);
    if (!mapping) fail("argument after ** must be a mapping, not " + typeName(value));
    for (const auto& [key, held] : mapping->entries()) {
        const auto* name = textOf(key);
        if (!name) fail("keywords must be strings");
        m_run.budget.makeText(name->size());
        arguments.named.emplace_back(toUtf8(*name), held);
    }
}

Value Interpreter::call(const Expression& expression)
{
    const Value callee = evaluate(*expression.parts[0]);
    const Arguments given = arguments(expression);
    m_line = expression.line;
    return called(callee, given);
}

Value Interpreter::called(const Value& callee, const Arguments& arguments)
{
    requireDefined(callee);
    const auto* callable = std::get_if<std::shared_ptr<const Callable>>(&callee);
    if (!callable) fail("'" + typeName(callee) + "' object is not callable");
    return (*callable)->call(m_run, arguments);
}

Value Interpreter::filter(const Expression& expression)
{
    const Value input = evaluate(*expression.parts[0]);
    const Arguments given = arguments(expression);
    m_line = expression.line;
    return filterNamed(expression.name).call(m_run, input, given);
}

Value Interpreter::test(const Expression& expression)
{
    const Value input = evaluate(*expression.parts[0]);
    const Arguments given = arguments(expression);
    m_line = expression.line;
    return testNamed(expression.name).call(m_run, input, given);
}

} // namespace headlens::text::chat
