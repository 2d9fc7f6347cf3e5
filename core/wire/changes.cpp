// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/changes.h"

#include "core/base/error.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <initializer_list>
#include <iomanip>
#include <sstream>
#include <vector>

namespace headlens {
namespace {

using verbs::Change;

Error wrong(const std::string& text)
{
    return {ErrorCode::Usage, "--change \"" + text + "\"", "is not understood", "write one of " + changeExamples()};
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

// A path as it stands in a line: in quotes where it would not be read as one word.
std::string quotedPath(const std::string& path)
{
    if (!path.empty() && path.find_first_of(" \t\n\"\\") == std::string::npos) return path;
    std::ostringstream text;
    text << std::quoted(path);
    return text.str();
}

std::string wordFrom(std::istringstream& words, const std::string& whole)
{
    std::string word;
    if (!(words >> word)) throw wrong(whole);
    return word;
}

std::string pathFrom(std::istringstream& words, const std::string& whole)
{
    std::string path;
    if (!(words >> std::quoted(path)) || path.empty()) throw wrong(whole);
    return path;
}

void readEdges(Change& change, std::istringstream& words, const std::string& whole)
{
    const std::string edges = wordFrom(words, whole);
    const std::size_t arrow = edges.find('>');
    if (arrow == std::string::npos) throw wrong(whole);
    change.queries = numbersFrom(edges.substr(0, arrow), whole);
    change.keys = numbersFrom(edges.substr(arrow + 1), whole);
}

// What stands behind the place.
void readRest(Change& change, const ChangeKind& kind, std::istringstream& words, const std::string& whole)
{
    if (kind.takes == ChangeKind::Edges) readEdges(change, words, whole);
    if (hasFactor(change)) change.factor = factorFrom(wordFrom(words, whole), whole);
    if (kind.with == ChangeKind::HeldTokens) change.keys = numbersFrom(wordFrom(words, whole), whole);
    if (takesSets(change)) change.source = pathFrom(words, whole);
    if (kind.with == ChangeKind::SteeringFactor) change.against = pathFrom(words, whole);
}

// What readRest() reads.
std::string restText(const Change& change, const ChangeKind& kind)
{
    if (kind.takes == ChangeKind::Edges) return fmt::format(" {}>{}", joined(change.queries), joined(change.keys));
    switch (kind.with) {
    case ChangeKind::Nothing: return {};
    case ChangeKind::Factor: return fmt::format(" x{}", change.factor);
    case ChangeKind::HeldTokens: return " " + (change.keys.empty() ? std::string("*") : joined(change.keys));
    case ChangeKind::Mean: return " " + quotedPath(change.source);
    case ChangeKind::SteeringFactor:
        return fmt::format(" x{} {} {}", change.factor, quotedPath(change.source), quotedPath(change.against));
    }
    return {};
}

// Whether what the kind of `change` is there `with` is one of these.
bool isWith(const Change& change, std::initializer_list<ChangeKind::With> these)
{
    const ChangeKind* kind = changeKind(change.kind);
    return kind != nullptr && std::ranges::find(these, kind->with) != these.end();
}

} // namespace

bool isFactor(double factor)
{
    constexpr double kMost = 1000; // beyond it answers are not numbers any more
    return std::abs(factor) <= kMost;
}

const ChangeKind* changeKind(std::string_view name)
{
    const auto hit = std::ranges::find(kChangeKinds, name, &ChangeKind::name);
    return hit == kChangeKinds.end() ? nullptr : &*hit;
}

std::string changeNames()
{
    std::string names;
    for (const ChangeKind& kind : kChangeKinds)
        names.append(&kind == &kChangeKinds.front()  ? ""
                     : &kind == &kChangeKinds.back() ? " or "
                                                     : ", ")
            .append(kind.name);
    return names;
}

std::string changeExamples()
{
    std::string examples;
    for (const ChangeKind& kind : kChangeKinds)
        examples += fmt::format("{}\"{}\"", examples.empty() ? "" : ", ", kind.example);
    return examples;
}

bool hasFactor(const verbs::Change& change)
{
    return isWith(change, {ChangeKind::Factor, ChangeKind::SteeringFactor});
}

bool takesHeld(const verbs::Change& change)
{
    return isWith(change, {ChangeKind::HeldTokens});
}

bool takesSets(const verbs::Change& change)
{
    return isWith(change, {ChangeKind::Mean, ChangeKind::SteeringFactor});
}

verbs::Change changeFrom(const std::string& text)
{
    std::istringstream words(text);
    Change change;
    std::string place, more;
    words >> change.kind >> place;
    const ChangeKind* kind = changeKind(change.kind);
    if (kind == nullptr || place.empty()) throw wrong(text);
    if (kind->takes == ChangeKind::Tokens) {
        change.keys = numbersFrom(place, text);
        if (change.keys.empty() || words >> more) throw wrong(text);
        return change;
    }
    const std::size_t dot = place.find('.');
    const bool dotted = dot != std::string::npos;
    if (dotted == (kind->takes == ChangeKind::Block)) throw wrong(text);
    change.block = numberFrom(std::string_view(place).substr(0, dot), text);
    if (dotted) change.head = numberFrom(std::string_view(place).substr(dot + 1), text);
    readRest(change, *kind, words, text);
    if (words >> more) throw wrong(text);
    return change;
}

std::string textOf(const verbs::Change& change)
{
    const ChangeKind* kind = changeKind(change.kind);
    if (kind == nullptr || kind->takes == ChangeKind::Tokens) return change.kind + " " + joined(change.keys);
    const std::string head = kind->takes == ChangeKind::Block ? "" : "." + placeText(change.head);
    return change.kind + " " + placeText(change.block) + head + restText(change, *kind);
}

} // namespace headlens
