// SPDX-License-Identifier: GPL-3.0-or-later
// Functions of every chat template.
#include "core/text/chat/items.h"
#include "core/text/chat/libraries.h"
#include "core/text/chat/python_text.h"
#include "core/text/unicode.h"

#include <algorithm>
#include <chrono>
#include <ctime>

namespace headlens::text::chat {
namespace {

constexpr std::int64_t longestRange = 100'000; // as Jinja's sandbox

Value raise(const Call& call)
{
    const Value message = printed(call.run.budget, call[0]);
    throw Problem(Fault::Raised, toUtf8(*textOf(message)));
}

std::tm localTime()
{
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm time{};
    localtime_r(&now, &time);
    return time;
}

// One "%d" or "%-d"; what follows is no part of it.
std::string dateField(std::string field, const std::tm& time)
{
    static constexpr std::string_view letters = "aAbBcdDeFgGhHIjklmMnpPrRsStTuUVwWxXyYzZ%";
    if (letters.find(field.back()) == letters.npos) return field;
    std::array<char, 200> buffer{};
    field.insert(0, " "); // tells an empty field from one that does not fit
    const std::size_t size = std::strftime(buffer.data(), buffer.size(), field.c_str(), &time);
    return {buffer.data() + std::min<std::size_t>(size, 1), size - std::min<std::size_t>(size, 1)};
}

Value now(const Call& call)
{
    const std::tm time = call.run.now.value_or(localTime());
    const std::string form = toUtf8(call.text(0));
    std::string text;
    for (std::size_t at = 0; at < form.size();) {
        const std::size_t length = form[at] != '%' ? 1 : form.substr(at + 1, 1) == "-" ? 3 : 2;
        const std::string field = form.substr(at, length);
        call.run.budget.makeText(64);
        text += field.size() > 1 ? dateField(field, time) : field;
        at += length;
    }
    return makeText(std::string_view(text));
}

Value range(const Call& call)
{
    const bool one = !call.has(1);
    const std::int64_t begin = one ? 0 : call.integer(0, 0), end = call.integer(one ? 0 : 1, 0);
    const std::int64_t step = call.integer(2, 1);
    if (step == 0) fail("range() arg 3 must not be zero");
    const double count = (double(end) - double(begin)) / double(step);
    if (count > double(longestRange))
        throw Problem(Fault::Limit, "it asks for a range of more than " + std::to_string(longestRange) + " numbers");
    ListBuilder numbers(call.run.budget, Sequence::Range);
    std::int64_t number = begin;
    while (step > 0 ? number < end : number > end) {
        numbers.add(number);
        if (__builtin_add_overflow(number, step, &number)) break;
    }
    return numbers.take();
}

// dict(mapping, name=value ...), also of pairs
Mapping mappingFrom(const Call& call)
{
    Mapping mapping;
    if (call.given.positional.size() > 1) fail("dict expected at most 1 argument");
    const auto put = [&](const Value& key, const Value& value) {
        call.run.budget.makeEntry();
        mapping.set(key, value);
    };
    if (!call.given.positional.empty()) {
        const Value& from = call.given.positional[0];
        if (const auto* other = mappingOf(from)) {
            for (const auto& [key, value] : other->entries()) put(key, value);
        } else {
            const ListPtr pairs = itemsOf(call.run, from);
            for (const Value& pair : pairs->items) {
                const ListPtr parts = itemsOf(call.run, pair);
                if (parts->items.size() != 2) fail("dict is made of pairs");
                put(parts->items[0], parts->items[1]);
            }
        }
    }
    for (const auto& [name, value] : call.given.named) put(makeText(std::string_view(name)), value);
    return mapping;
}

Value makeMapping(const Call& call)
{
    return std::make_shared<const Mapping>(mappingFrom(call));
}

Value makeNamespace(const Call& call)
{
    call.run.budget.makeEntry();
    return &call.run.namespaces.emplace_back(Namespace{mappingFrom(call)});
}

constexpr std::array<Row, 5> rows{{{"raise_exception", raise, {"message"}, 1},
                                   {"strftime_now", now, {"format"}, 1},
                                   {"range", range, {"start", "stop", "step"}, 1},
                                   {"dict", makeMapping, {}, 0, true},
                                   {"namespace", makeNamespace, {}, 0, true}}};

} // namespace

std::span<const Row> functions()
{
    return rows;
}

} // namespace headlens::text::chat
