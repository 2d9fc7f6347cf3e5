// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/models/transformer_model.h"

#include <algorithm>
#include <charconv>
#include <sstream>

namespace headlens {
namespace {

const Switch& knownSwitch(const std::vector<Switch>& known, const std::string& name)
{
    const auto hit = std::ranges::find(known, name, &Switch::name);
    if (hit != known.end()) return *hit;
    std::string names;
    for (const Switch& one : known) names += (names.empty() ? "" : ", ") + one.name;
    throw Error(ErrorCode::BadRequest, "switch \"" + name + "\"", "does not exist here",
                names.empty() ? "there are none" : "there are " + names);
}

std::string listed(const std::vector<std::string>& choices)
{
    std::string text;
    for (const std::string& choice : choices) text += (text.empty() ? "" : ", ") + choice;
    return text;
}

} // namespace

std::string switchValue(const std::vector<Switch>& known, const SwitchValues& values, const std::string& name)
{
    const auto hit = values.find(name);
    return hit != values.end() ? hit->second : knownSwitch(known, name).usual;
}

namespace {

double numberFrom(const Switch& one, const std::string& text)
{
    double number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc() || end != text.data() + text.size() || !(number >= one.low && number <= one.high)) {
        std::ostringstream range;
        range << "needs a number from " << one.low << " to " << one.high;
        throw Error(ErrorCode::BadRequest, "switch \"" + one.name + "\"", "\"" + text + "\" is out of its range",
                    range.str());
    }
    return number;
}

} // namespace

double switchNumber(const std::vector<Switch>& known, const SwitchValues& values, const std::string& name)
{
    return numberFrom(knownSwitch(known, name), switchValue(known, values, name));
}

std::vector<double> switchNumbers(const std::vector<Switch>& known, const SwitchValues& values, const std::string& name)
{
    const Switch& one = knownSwitch(known, name);
    std::istringstream text(switchValue(known, values, name));
    std::vector<double> numbers;
    for (std::string part; std::getline(text, part, ',');) numbers.push_back(numberFrom(one, part));
    if (numbers.empty()) numbers.push_back(numberFrom(one, ""));
    return numbers;
}

void requireSwitches(const std::vector<Switch>& known, const SwitchValues& values)
{
    for (const auto& [name, value] : values) {
        const Switch& one = knownSwitch(known, name);
        if (one.isText) continue;
        if (one.choices.empty() && one.isList)
            switchNumbers(known, values, name);
        else if (one.choices.empty())
            switchNumber(known, values, name);
        else if (std::ranges::find(one.choices, value) == one.choices.end())
            throw Error(ErrorCode::BadRequest, "switch \"" + name + "\"", "\"" + value + "\" is none of its choices",
                        "choose one of " + listed(one.choices));
    }
}

} // namespace headlens
