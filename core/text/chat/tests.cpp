// SPDX-License-Identifier: GPL-3.0-or-later
// {{ x is ... }}
#include "core/text/chat/items.h"
#include "core/text/chat/libraries.h"
#include "core/text/chat/operators.h"
#include "core/text/chat/text_tools.h"

namespace headlens::text::chat {
namespace {

template <class T>
Value holdsA(const Call& call)
{
    return std::holds_alternative<T>(call.self);
}

template <bool wanted>
Value isFlag(const Call& call)
{
    const auto* flag = std::get_if<bool>(&call.self);
    return flag && *flag == wanted;
}

template <Comparison what>
Value compared(const Call& call)
{
    return holds(call.run.budget, what, call.self, call[0]);
}

Value isDefined(const Call& call)
{
    return !isUndefined(call.self);
}

Value isNumber(const Call& call)
{
    return realOf(call.self).has_value();
}

Value isSequence(const Call& call)
{
    const auto* list = listOf(call.self);
    return list ? list->kind < Sequence::View : textOf(call.self) || mappingOf(call.self) || isUndefined(call.self);
}

Value isIterable(const Call& call)
{
    return listOf(call.self) || textOf(call.self) || mappingOf(call.self) || isUndefined(call.self);
}

std::int64_t remainder(const Call& call, const Value& divisor)
{
    const Value rest = applied(call.run.budget, Operator::Modulo, call.self, divisor);
    const auto real = realOf(rest);
    if (!real) fail("a number is needed, not " + typeName(call.self));
    return *real == 0 ? 0 : *real == 1 ? 1 : 2;
}

template <std::int64_t rest>
Value leaves(const Call& call)
{
    return remainder(call, std::int64_t(2)) == rest;
}

Value isDivisible(const Call& call)
{
    return remainder(call, call[0]) == 0;
}

Value isSame(const Call& call)
{
    return call.self.index() == call[0].index() && equals(call.run.budget, call.self, call[0]);
}

template <Case wanted>
Value isCase(const Call& call)
{
    return isInCase(call.run.budget, call.self, wanted);
}

constexpr std::array<Row, 36> rows{{
    {"defined", isDefined},
    {"undefined", holdsA<Undefined>},
    {"none", holdsA<None>},
    {"boolean", holdsA<bool>},
    {"true", isFlag<true>},
    {"false", isFlag<false>},
    {"integer", holdsA<std::int64_t>},
    {"float", holdsA<double>},
    {"number", isNumber},
    {"string", holdsA<Text>},
    {"mapping", holdsA<MappingPtr>},
    {"sequence", isSequence},
    {"iterable", isIterable},
    {"callable", holdsA<std::shared_ptr<const Callable>>},
    {"odd", leaves<1>},
    {"even", leaves<0>},
    {"divisibleby", isDivisible, {"num"}, 1},
    {"sameas", isSame, {"other"}, 1},
    {"lower", isCase<Case::Lower>},
    {"upper", isCase<Case::Upper>},
    {"in", compared<Comparison::In>, {"seq"}, 1},
    {"==", compared<Comparison::Equal>, {"b"}, 1},
    {"eq", compared<Comparison::Equal>, {"b"}, 1},
    {"equalto", compared<Comparison::Equal>, {"b"}, 1},
    {"!=", compared<Comparison::Unequal>, {"b"}, 1},
    {"ne", compared<Comparison::Unequal>, {"b"}, 1},
    {"<", compared<Comparison::Less>, {"b"}, 1},
    {"lt", compared<Comparison::Less>, {"b"}, 1},
    {"lessthan", compared<Comparison::Less>, {"b"}, 1},
    {"<=", compared<Comparison::LessEqual>, {"b"}, 1},
    {"le", compared<Comparison::LessEqual>, {"b"}, 1},
    {">", compared<Comparison::Greater>, {"b"}, 1},
    {"gt", compared<Comparison::Greater>, {"b"}, 1},
    {"greaterthan", compared<Comparison::Greater>, {"b"}, 1},
    {">=", compared<Comparison::GreaterEqual>, {"b"}, 1},
    {"ge", compared<Comparison::GreaterEqual>, {"b"}, 1},
}};

} // namespace

std::span<const Row> tests()
{
    return rows;
}

} // namespace headlens::text::chat
