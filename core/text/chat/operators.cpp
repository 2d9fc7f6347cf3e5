// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/chat/operators.h"

#include "core/text/chat/python_text.h"

#include <array>
#include <cmath>

namespace headlens::text::chat {
namespace {

constexpr std::array<const char*, 8> signs{"+", "-", "*", "/", "//", "%", "** or pow()", "~"};

[[noreturn]] void unsupported(Operator what, const Value& left, const Value& right)
{
    requireDefined(left);
    requireDefined(right);
    fail("unsupported operand type(s) for " + std::string(signs[std::size_t(what)]) + ": '" + typeName(left) +
         "' and '" + typeName(right) + "'");
}

[[noreturn]] void tooLarge()
{
    fail("a whole number beyond 64 bits is not computed here");
}

std::int64_t power(std::int64_t base, std::int64_t exponent)
{
    std::int64_t result = 1;
    while (exponent > 0) {
        if ((exponent & 1) != 0 && __builtin_mul_overflow(result, base, &result)) tooLarge();
        exponent >>= 1;
        if (exponent > 0 && __builtin_mul_overflow(base, base, &base)) tooLarge();
    }
    return result;
}

// Rounds down, as Python does.
std::int64_t floorDivided(std::int64_t a, std::int64_t b)
{
    if (b == 0) fail("integer division or modulo by zero");
    if (b == -1) {
        if (a == INT64_MIN) tooLarge();
        return -a;
    }
    return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);
}

double floorModulo(double a, double b)
{
    const double rest = std::fmod(a, b);
    return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
}

Value ofReals(Operator what, double a, double b)
{
    const bool divides = what == Operator::Divide || what == Operator::FloorDivide || what == Operator::Modulo;
    if (divides && b == 0) fail("float division by zero");
    switch (what) {
    case Operator::Add: return a + b;
    case Operator::Subtract: return a - b;
    case Operator::Multiply: return a * b;
    case Operator::Divide: return a / b;
    case Operator::FloorDivide: return std::floor(a / b);
    case Operator::Modulo: return floorModulo(a, b);
    default: return std::pow(a, b);
    }
}

Value ofIntegers(Operator what, std::int64_t a, std::int64_t b)
{
    std::int64_t result = 0;
    bool beyond = false;
    switch (what) {
    case Operator::Add: beyond = __builtin_add_overflow(a, b, &result); break;
    case Operator::Subtract: beyond = __builtin_sub_overflow(a, b, &result); break;
    case Operator::Multiply: beyond = __builtin_mul_overflow(a, b, &result); break;
    case Operator::FloorDivide: return floorDivided(a, b);
    case Operator::Modulo: return b == -1 ? 0 : a - floorDivided(a, b) * b;
    case Operator::Divide:
        if (b == 0) fail("division by zero");
        return double(a) / double(b);
    default:
        if (b < 0) return ofReals(what, double(a), double(b));
        return power(a, b);
    }
    if (beyond) tooLarge();
    return result;
}

Value repeated(Budget& budget, const Value& sequence, std::int64_t count)
{
    const std::size_t times = count < 0 ? 0 : std::size_t(count);
    if (const auto* text = textOf(sequence)) {
        std::size_t size = 0;
        if (__builtin_mul_overflow(text->size(), times, &size)) size = SIZE_MAX / 64;
        budget.makeText(size);
        std::u32string result;
        result.reserve(size);
        while (result.size() < size) result += *text;
        return makeText(std::move(result));
    }
    const List& list = *listOf(sequence);
    ListBuilder result(budget, list.kind);
    for (std::size_t i = 0; i < times && !list.items.empty(); ++i)
        for (const Value& item : list.items) result.add(item);
    return result.take();
}

Value joinedLists(Budget& budget, const List& left, const List& right)
{
    ListBuilder result(budget, left.kind);
    for (const List* list : {&left, &right})
        for (const Value& item : list->items) result.add(item);
    return result.take();
}

Value joinedTexts(Budget& budget, const Value& left, const Value& right)
{
    TextBuilder text(budget);
    print(text, left);
    print(text, right);
    return text.take();
}

bool isSequence(const Value& value)
{
    const auto* list = listOf(value);
    return textOf(value) || (list && list->kind <= Sequence::Tuple);
}

Value added(Budget& budget, const Value& left, const Value& right)
{
    const auto *a = listOf(left), *b = listOf(right);
    if (a && b && a->kind == b->kind && a->kind <= Sequence::Tuple) return joinedLists(budget, *a, *b);
    if (textOf(left) && textOf(right)) return joinedTexts(budget, left, right);
    if (isSequence(left)) {
        requireDefined(right);
        fail("can only concatenate " + typeName(left) + " (not \"" + typeName(right) + "\") to " + typeName(left));
    }
    unsupported(Operator::Add, left, right);
}

Value formattedWith(Budget& budget, const Value& format, const Value& values)
{
    requireDefined(values);
    const auto* list = listOf(values);
    const bool several = list && list->kind == Sequence::Tuple;
    return formatted(budget, *textOf(format), several ? list->items : std::vector<Value>{values});
}

} // namespace

Value applied(Budget& budget, Operator what, const Value& left, const Value& right)
{
    if (what == Operator::Join) return joinedTexts(budget, left, right);
    if (const auto a = integerOf(left), b = integerOf(right); a && b) return ofIntegers(what, *a, *b);
    if (const auto a = realOf(left), b = realOf(right); a && b) return ofReals(what, *a, *b);
    if (what == Operator::Add) return added(budget, left, right);
    if (what == Operator::Multiply) {
        if (isSequence(left) && integerOf(right)) return repeated(budget, left, *integerOf(right));
        if (isSequence(right) && integerOf(left)) return repeated(budget, right, *integerOf(left));
    }
    if (what == Operator::Modulo && textOf(left)) return formattedWith(budget, left, right);
    unsupported(what, left, right);
}

Value negated(const Value& value)
{
    requireDefined(value);
    if (const auto whole = integerOf(value)) return ofIntegers(Operator::Subtract, 0, *whole);
    if (const auto real = realOf(value)) return -*real;
    fail("bad operand type for unary -: '" + typeName(value) + "'");
}

} // namespace headlens::text::chat
