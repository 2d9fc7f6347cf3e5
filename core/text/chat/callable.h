// SPDX-License-Identifier: GPL-3.0-or-later
// What a template calls: functions, methods, macros, and the rows in which filters, tests and functions are declared.
#pragma once

#include "core/text/chat/value.h"

#include <array>
#include <ctime>
#include <deque>
#include <span>

namespace headlens::text::chat {

// f(a, b, name=c)
struct Arguments {
    std::vector<Value> positional;
    std::vector<std::pair<std::string, Value>> named;
};

// What one rendering has: its budget, its namespaces, its clock.
struct Run {
    Budget budget;
    std::optional<std::tm> now = {}; // nothing: the clock of the machine, local time
    std::deque<Namespace> namespaces = {};
};

class Callable {
public:
    virtual ~Callable() = default;
    virtual Value call(Run& run, const Arguments& arguments) const = 0;
    // As depthOf() of a value that holds it.
    virtual int depth() const { return 1; }
};

// What stands in a call of a row.
struct Call {
    Run& run;
    const Value& self; // what is filtered or tested, the object of a method; undefined for functions
    const Arguments& given;
    std::vector<std::optional<Value>> values = {}; // of the row's parameters, in their order

    bool has(std::size_t i) const { return i < values.size() && values[i].has_value(); }
    const Value& operator[](std::size_t i) const { return *values[i]; }
    // Those that fall back when they are not given. Throw Problem for another type.
    std::int64_t integer(std::size_t i, std::int64_t fallback) const;
    bool flag(std::size_t i, bool fallback) const { return has(i) ? isTrue(*values[i]) : fallback; }
    // The characters of a parameter that must be a text.
    const std::u32string& text(std::size_t i) const;
};

// One filter, test, method or function.
struct Row {
    using Function = Value (*)(const Call&);

    std::string_view name;
    Function function = nullptr; // of a method: nullptr for those that would change what they belong to
    std::array<const char*, 4> parameters = {};
    int needed = 0;            // parameters that must be given
    bool anyArguments = false; // reads Call::given by itself

    Value call(Run& run, const Value& self, const Arguments& arguments) const;
};

// nullptr for an unknown name.
const Row* rowIn(std::span<const Row> rows, std::string_view name);

} // namespace headlens::text::chat
