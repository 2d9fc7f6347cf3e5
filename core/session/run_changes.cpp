// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/run_changes.h"

#include "core/base/error.h"
#include "core/session/run_tensors.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <sstream>
#include <string_view>

namespace headlens {
namespace {

using verbs::Change;

// The blocks that are meant.
std::vector<int> blocksOf(const Change& change, const ModelFacts& model)
{
    const auto count = int(model.blocks.size());
    if (change.block >= count || change.block < -1)
        throw Error(ErrorCode::BadRequest, fmt::format("block {}", change.block), "does not exist",
                    fmt::format("choose from 0 to {}", count - 1));
    std::vector<int> blocks;
    for (int block = 0; block < count; ++block)
        if (change.block < 0 || block == change.block) blocks.push_back(block);
    return blocks;
}

std::vector<HeadAddress> headsOf(const Change& change, const ModelFacts& model)
{
    std::vector<HeadAddress> heads;
    for (const int block : blocksOf(change, model)) {
        const int count = model.blocks[std::size_t(block)].heads;
        if (change.head < 0)
            for (int head = 0; head < count; ++head) heads.push_back({block, head});
        else if (change.head < count)
            heads.push_back({block, change.head});
        else if (change.block >= 0)
            throw Error(ErrorCode::BadRequest, fmt::format("head {}.{}", block, change.head), "does not exist",
                        fmt::format("choose from 0 to {}", count - 1));
    }
    return heads;
}

void requireNoWindows(const ModelFacts& model)
{
    if (std::ranges::any_of(model.blocks, [](const BlockFacts& block) { return block.windowTokens > 0; }))
        throw Error(ErrorCode::BadRequest, "hidden tokens and cut edges", "are not defined through windows",
                    "scale heads or layers, or cover patches of the picture");
}

void cut(const Change& change, const ModelFacts& model, Changes& changes)
{
    requireNoWindows(model);
    for (const HeadAddress& head : headsOf(change, model))
        changes.cutEdges(head, {change.queries.begin(), change.queries.end()},
                         {change.keys.begin(), change.keys.end()});
}

struct Kind {
    std::string_view name;
    enum Takes : std::uint8_t { Head, Block, Tokens, Edges } takes;
    void (*apply)(const Change&, const ModelFacts&, Changes&);
};

const std::array<Kind, 7>& kinds()
{
    static const std::array<Kind, 7> kKinds{{
        {"head", Kind::Head,
         [](const Change& asked, const ModelFacts& model, Changes& changes) {
             for (const HeadAddress& head : headsOf(asked, model)) changes.scaleHead(head, asked.factor);
         }},
        {"mean", Kind::Head,
         [](const Change& asked, const ModelFacts& model, Changes& changes) {
             for (const HeadAddress& head : headsOf(asked, model)) changes.averageHead(head);
         }},
        {"attention", Kind::Block,
         [](const Change& asked, const ModelFacts& model, Changes& changes) {
             for (const int block : blocksOf(asked, model)) changes.scaleAttention(block, asked.factor);
         }},
        {"mlp", Kind::Block,
         [](const Change& asked, const ModelFacts& model, Changes& changes) {
             for (const int block : blocksOf(asked, model)) changes.scaleMlp(block, asked.factor);
         }},
        {"block", Kind::Block,
         [](const Change& asked, const ModelFacts& model, Changes& changes) {
             for (const int block : blocksOf(asked, model)) {
                 changes.scaleAttention(block, asked.factor);
                 changes.scaleMlp(block, asked.factor);
             }
         }},
        {"hide", Kind::Tokens,
         [](const Change& asked, const ModelFacts& model, Changes& changes) {
             requireNoWindows(model);
             changes.hideKeys({asked.keys.begin(), asked.keys.end()});
         }},
        {"cut", Kind::Edges, cut},
    }};
    return kKinds;
}

const Kind* kindNamed(std::string_view name)
{
    const auto hit = std::ranges::find(kinds(), name, &Kind::name);
    return hit == kinds().end() ? nullptr : hit;
}

Error wrong(const std::string& text)
{
    return {ErrorCode::Usage, "--change \"" + text + "\"", "is not understood",
            "write \"head 3.1 x0.5\", \"mean 3.1\", \"attention 3 x0\", \"mlp 3 x0\", \"block 3 x0\", \"hide 12,13\" "
            "or \"cut 3.1 5>7,8\""};
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
    std::vector<int> numbers;
    std::istringstream parts(part);
    for (std::string one; std::getline(parts, one, ',');) numbers.push_back(numberFrom(one, whole));
    return numbers;
}

std::string joined(const std::vector<int>& numbers)
{
    return fmt::format("{}", fmt::join(numbers, ","));
}

std::string placeText(int number)
{
    return number < 0 ? "*" : std::to_string(number);
}

} // namespace

Changes changesFrom(const std::vector<verbs::Change>& asked, const ModelFacts& model)
{
    Changes changes;
    for (const Change& change : asked) {
        const Kind* kind = kindNamed(change.kind);
        if (kind == nullptr)
            throw Error(ErrorCode::BadRequest, "change \"" + change.kind + "\"", "is not known",
                        "choose head, mean, attention, mlp, block, hide or cut");
        kind->apply(change, model, changes);
    }
    return changes;
}

Resume resumeAt(const Run& run, int block)
{
    const Trace& trace = run.tensors().result.trace;
    const bool oneTower = trace.hidden.size() == 1 && trace.streams.size() == 1;
    if (!oneTower || block < 0 || block >= int(trace.blocks.size())) return {};
    const auto& states = trace.hidden.begin()->second;
    const bool fits = states.size() == trace.blocks.size() + 1 && !trace.blocks[std::size_t(block)].windows;
    return fits ? Resume{block, states[std::size_t(block)].narrow(0, 0, 1)} : Resume{};
}

verbs::Change changeFrom(const std::string& text)
{
    std::istringstream words(text);
    Change change;
    std::string place, rest, more;
    words >> change.kind >> place >> rest >> more;
    const Kind* kind = kindNamed(change.kind);
    if (kind == nullptr || place.empty() || !more.empty()) throw wrong(text);
    if (kind->takes == Kind::Tokens) {
        change.keys = numbersFrom(place, text);
        if (change.keys.empty() || !rest.empty()) throw wrong(text);
        return change;
    }
    const std::size_t dot = place.find('.');
    const bool dotted = dot != std::string::npos;
    if (dotted == (kind->takes == Kind::Block)) throw wrong(text);
    change.block = numberFrom(std::string_view(place).substr(0, dot), text);
    if (dotted) change.head = numberFrom(std::string_view(place).substr(dot + 1), text);
    if (kind->takes == Kind::Edges) {
        const std::size_t arrow = rest.find('>');
        if (arrow == std::string::npos) throw wrong(text);
        change.queries = numbersFrom(rest.substr(0, arrow), text);
        change.keys = numbersFrom(rest.substr(arrow + 1), text);
    } else if (change.kind != "mean") {
        const char* const end = rest.data() + rest.size();
        if (rest.size() < 2 || rest[0] != 'x') throw wrong(text);
        const auto [stop, problem] = std::from_chars(rest.data() + 1, end, change.factor);
        if (problem != std::errc() || stop != end) throw wrong(text);
    } else if (!rest.empty()) {
        throw wrong(text);
    }
    return change;
}

std::string textOf(const verbs::Change& change)
{
    const Kind* kind = kindNamed(change.kind);
    const std::string head = placeText(change.block) + "." + placeText(change.head);
    if (kind == nullptr || kind->takes == Kind::Tokens) return change.kind + " " + joined(change.keys);
    if (kind->takes == Kind::Edges)
        return fmt::format("{} {} {}>{}", change.kind, head, joined(change.queries), joined(change.keys));
    if (change.kind == "mean") return change.kind + " " + head;
    return fmt::format("{} {} x{:g}", change.kind, kind->takes == Kind::Block ? placeText(change.block) : head,
                       change.factor);
}

} // namespace headlens
