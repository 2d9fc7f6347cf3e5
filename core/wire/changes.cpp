// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/changes.h"

#include "core/base/error.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <sstream>

namespace headlens {
namespace {

using verbs::Change;
using Takes = ChangeKind::Takes;

Error wrong(const std::string& text)
{
    return {ErrorCode::Usage, "--change \"" + text + "\"", "is not understood",
            "write \"head 3.1 x0.5\", \"mean 3.1\", \"attention 3 x0\", \"mlp 3 x0\", \"block 3 x0\", \"hide 12,13\", "
            "\"cut 3.1 5>7,8\" or \"cover-blur 12,13\""};
}

// A whole number, or -1 for "*".
int numberFrom(std::string_view part, const std::string& whole)
{
    if (part == "*") return -1;
    int number = 0;
    const auto [end, problem] = std::from_chars(part.data(), part.data() + part.size(), number);
    if (problem != std::errc() || end != part.data() + part.size() || number < 0) throw wrong(whole);
    return number;
}

std::vector<int> numbersFrom(const std::string& part, const std::string& whole)
{
    if (part == "*") return {}; // all
    std::vector<int> numbers;
    std::istringstream parts(part);
    for (std::string one; std::getline(parts, one, ',');) numbers.push_back(numberFrom(one, whole));
    if (!numbers.empty() && std::ranges::min(numbers) < 0) throw wrong(whole); // "*" among others
    return numbers;
}

double factorFrom(const std::string& part, const std::string& whole)
{
    double factor = 0;
    const char* const end = part.data() + part.size();
    if (part.size() < 2 || part[0] != 'x') throw wrong(whole);
    const auto [stop, problem] = std::from_chars(part.data() + 1, end, factor);
    if (problem != std::errc() || stop != end || !isFactor(factor)) throw wrong(whole);
    return factor;
}

std::string joined(const std::vector<int>& numbers)
{
    return fmt::format("{}", fmt::join(numbers, ","));
}

std::string placeText(int number)
{
    return number < 0 ? "*" : std::to_string(number);
}

// What stands behind the place.
void readRest(Change& change, Takes takes, const std::string& rest, const std::string& whole)
{
    if (takes == Takes::Edges) {
        const std::size_t arrow = rest.find('>');
        if (arrow == std::string::npos) throw wrong(whole);
        change.queries = numbersFrom(rest.substr(0, arrow), whole);
        change.keys = numbersFrom(rest.substr(arrow + 1), whole);
    } else if (change.kind != "mean") {
        change.factor = factorFrom(rest, whole);
    } else if (!rest.empty()) {
        throw wrong(whole);
    }
}

} // namespace

bool isFactor(double factor)
{
    constexpr double kMost = 1000; // beyond it answers are not numbers any more
    return std::abs(factor) <= kMost;
}

const std::vector<ChangeKind>& changeKinds()
{
    static const std::vector<ChangeKind> kKinds{
        {"head", Takes::Head},         {"mean", Takes::Head},         {"attention", Takes::Block},
        {"mlp", Takes::Block},         {"block", Takes::Block},       {"hide", Takes::Tokens},
        {"cut", Takes::Edges},         {"cover-mean", Takes::Tokens}, {"cover-blur", Takes::Tokens},
        {"cover-zero", Takes::Tokens},
    };
    return kKinds;
}

const ChangeKind* changeKind(std::string_view name)
{
    const auto hit = std::ranges::find(changeKinds(), name, &ChangeKind::name);
    return hit == changeKinds().end() ? nullptr : &*hit;
}

verbs::Change changeFrom(const std::string& text)
{
    std::istringstream words(text);
    Change change;
    std::string place, rest, more;
    words >> change.kind >> place >> rest >> more;
    const ChangeKind* kind = changeKind(change.kind);
    if (kind == nullptr || place.empty() || !more.empty()) throw wrong(text);
    if (kind->takes == Takes::Tokens) {
        change.keys = numbersFrom(place, text);
        if (change.keys.empty() || !rest.empty()) throw wrong(text);
        return change;
    }
    const std::size_t dot = place.find('.');
    const bool dotted = dot != std::string::npos;
    if (dotted == (kind->takes == Takes::Block)) throw wrong(text);
    change.block = numberFrom(std::string_view(place).substr(0, dot), text);
    if (dotted) change.head = numberFrom(std::string_view(place).substr(dot + 1), text);
    readRest(change, kind->takes, rest, text);
    return change;
}

std::string textOf(const verbs::Change& change)
{
    const ChangeKind* kind = changeKind(change.kind);
    const std::string head = placeText(change.block) + "." + placeText(change.head);
    if (kind == nullptr || kind->takes == Takes::Tokens) return change.kind + " " + joined(change.keys);
    if (kind->takes == Takes::Edges)
        return fmt::format("{} {} {}>{}", change.kind, head, joined(change.queries), joined(change.keys));
    if (change.kind == "mean") return change.kind + " " + head;
    return fmt::format("{} {} x{}", change.kind, kind->takes == Takes::Block ? placeText(change.block) : head,
                       change.factor);
}

} // namespace headlens
