// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/chat/callable.h"

#include <algorithm>

namespace headlens::text::chat {
namespace {

int countOf(const Row& row)
{
    return int(std::ranges::count_if(row.parameters, [](const char* name) { return name != nullptr; }));
}

void takeNamed(const Row& row, const std::pair<std::string, Value>& argument, std::vector<std::optional<Value>>& values)
{
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (argument.first != row.parameters[i]) continue;
        if (values[i]) fail(std::string(row.name) + "() got multiple values for argument '" + argument.first + "'");
        values[i] = argument.second;
        return;
    }
    fail(std::string(row.name) + "() got an unexpected keyword argument '" + argument.first + "'");
}

std::vector<std::optional<Value>> bound(const Row& row, const Arguments& arguments)
{
    std::vector<std::optional<Value>> values(std::size_t(countOf(row)));
    if (arguments.positional.size() > values.size())
        fail(std::string(row.name) + "() takes at most " + std::to_string(values.size()) + " arguments, not " +
             std::to_string(arguments.positional.size()));
    std::ranges::copy(arguments.positional, values.begin());
    for (const auto& argument : arguments.named) takeNamed(row, argument, values);
    for (int i = 0; i < row.needed; ++i)
        if (!values[std::size_t(i)])
            fail(std::string(row.name) + "() needs the argument '" + row.parameters[std::size_t(i)] + "'");
    return values;
}

} // namespace

std::int64_t Call::integer(std::size_t i, std::int64_t fallback) const
{
    if (!has(i)) return fallback;
    requireDefined(*values[i]);
    const auto number = integerOf(*values[i]);
    if (!number) fail("'" + typeName(*values[i]) + "' object cannot be interpreted as an integer");
    return *number;
}

const std::u32string& Call::text(std::size_t i) const
{
    requireDefined(*values[i]);
    const auto* characters = textOf(*values[i]);
    if (!characters) fail("must be str, not " + typeName(*values[i]));
    return *characters;
}

Value Row::call(Run& run, const Value& self, const Arguments& arguments) const
{
    Call call{run, self, arguments};
    if (!anyArguments) call.values = bound(*this, arguments);
    run.budget.work();
    return function(call);
}

const Row* rowIn(std::span<const Row> rows, std::string_view name)
{
    const auto row = std::ranges::find(rows, name, &Row::name);
    return row == rows.end() ? nullptr : &*row;
}

} // namespace headlens::text::chat
