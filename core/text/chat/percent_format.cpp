// SPDX-License-Identifier: GPL-3.0-or-later
// "%s is %05.2f" % values
#include "core/text/chat/operators.h"
#include "core/text/chat/python_text.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace headlens::text::chat {
namespace {

constexpr int widest = 1000, mostDigits = 100;

struct Form {
    std::string flags;
    int width = 0, precision = -1;
    char32_t type = 0;
};

int numberAt(std::u32string_view text, std::size_t& at, int largest)
{
    int number = 0;
    for (; at < text.size() && text[at] >= U'0' && text[at] <= U'9'; ++at) {
        number = number * 10 + int(text[at] - U'0');
        if (number > largest) fail("a width or precision of a format is above " + std::to_string(largest));
    }
    return number;
}

// Behind the "%".
Form formAt(std::u32string_view text, std::size_t& at)
{
    static constexpr std::u32string_view flags = U"#0- +";
    Form form;
    for (; at < text.size() && flags.find(text[at]) != flags.npos; ++at)
        if (form.flags.find(char(text[at])) == std::string::npos) form.flags += char(text[at]);
    form.width = numberAt(text, at, widest);
    if (at < text.size() && text[at] == U'.') form.precision = numberAt(text, ++at, mostDigits);
    if (at >= text.size()) fail("incomplete format");
    form.type = text[at++];
    return form;
}

std::string ofNumber(const Form& form, const Value& value)
{
    static constexpr std::u32string_view whole = U"diuxXo";
    const bool real = whole.find(form.type) == whole.npos;
    const auto number = realOf(value);
    if (!number)
        fail("%" + std::string(1, char(form.type)) + " format: a real number is required, not " + typeName(value));
    if (!real && !integerOf(value) && !(*number > -9e18 && *number < 9e18)) fail("cannot convert float to integer");
    std::string spec = "%" + form.flags + std::to_string(form.width);
    if (form.width == 0) spec = "%" + form.flags;
    if (form.precision >= 0) spec += "." + std::to_string(form.precision);
    std::array<char, 2048> buffer{};
    if (real) {
        spec += char(form.type);
        std::snprintf(buffer.data(), buffer.size(), spec.c_str(), *number);
    } else {
        spec += "ll" + std::string(1, form.type == U'u' ? 'd' : char(form.type));
        const auto integer = integerOf(value);
        std::snprintf(buffer.data(), buffer.size(), spec.c_str(),
                      static_cast<long long>(integer ? *integer : std::int64_t(*number)));
    }
    return buffer.data();
}

Value ofText(Budget& budget, const Form& form, const Value& value)
{
    TextBuilder text(budget);
    if (form.type == U'r') {
        TextBuilder quoted(budget);
        printRepresentation(quoted, value);
        text.add(std::u32string_view(quoted.text()).substr(0, std::size_t(form.precision)));
    } else {
        const Value whole = printed(budget, value);
        text.add(std::u32string_view(*textOf(whole)).substr(0, std::size_t(form.precision)));
    }
    return text.take();
}

void addOne(TextBuilder& target, Budget& budget, const Form& form, const Value& value)
{
    static constexpr std::u32string_view numbers = U"diuxXofFeEgG";
    if (numbers.find(form.type) != numbers.npos) return target.add(std::string_view(ofNumber(form, value)));
    if (form.type != U's' && form.type != U'r') fail("unsupported format character");
    const Value text = ofText(budget, form, value);
    const std::size_t size = textOf(text)->size();
    const std::u32string space(std::max(std::size_t(form.width), size) - size, U' ');
    const bool left = form.flags.find('-') != std::string::npos;
    if (!left) target.add(space);
    target.add(*textOf(text));
    if (left) target.add(space);
}

} // namespace

Value formatted(Budget& budget, std::u32string_view format, const std::vector<Value>& values)
{
    TextBuilder result(budget);
    std::size_t used = 0;
    for (std::size_t at = 0; at < format.size();) {
        const std::size_t percent = std::min(format.find(U'%', at), format.size());
        result.add(format.substr(at, percent - at));
        if (percent == format.size()) break;
        at = percent + 1;
        const Form form = formAt(format, at);
        if (form.type == U'%') {
            result.add(U'%');
            continue;
        }
        if (used >= values.size()) fail("not enough arguments for format string");
        addOne(result, budget, form, values[used++]);
    }
    if (used < values.size()) fail("not all arguments converted during string formatting");
    return result.take();
}

} // namespace headlens::text::chat
