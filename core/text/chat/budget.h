// SPDX-License-Identifier: GPL-3.0-or-later
// What a chat template may use. Templates come with downloaded models: one that loops or blows up must end soon.
#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>

namespace headlens::text::chat {

struct Limits {
    std::int64_t steps = 5'000'000;       // nodes evaluated; 32 characters looked at count as one
    std::int64_t characters = 32'000'000; // made in all, kept or not; every value counts as some, too
    std::size_t longest = 4'000'000;      // characters of one text, also of what is rendered
    int depth = 600;                      // of evaluation: expressions, blocks and macros within each other
};

// Why a rendering ends early.
enum class Fault : std::uint8_t {
    Written, // the template cannot be read, or uses what is not known here
    Given,   // it does not fit what it was given: a type, something undefined
    Raised,  // it said so itself, with raise_exception
    Limit,   // it uses more than it may
};

class Problem : public std::runtime_error {
public:
    Problem(Fault fault, const std::string& why) : std::runtime_error(why), m_fault(fault) {}
    Fault fault() const { return m_fault; }

private:
    Fault m_fault;
};

// Throws Problem(Fault::Given).
[[noreturn]] void fail(const std::string& why);

// What one rendering has left. Every method throws Problem(Fault::Limit) when it is used up.
class Budget {
public:
    explicit Budget(const Limits& limits) : m_left(limits) {}

    // One step, and so many characters or items that are looked at.
    void work(std::size_t touched = 0);
    // So many characters of one text, before they are made.
    void makeText(std::size_t characters);
    // So many characters of one text, however they came together.
    void requireLength(std::size_t characters) const;
    // One more item of a list that then has `size`.
    void makeItem(std::size_t size);
    // One more variable, entry of a mapping or macro.
    void makeEntry();

    // While it lives, one level more of what is evaluated within each other.
    class Level {
    public:
        explicit Level(Budget& budget);
        ~Level() { ++m_budget.m_left.depth; }
        Level(const Level&) = delete;
        Level& operator=(const Level&) = delete;

    private:
        Budget& m_budget;
    };

private:
    void spend(std::int64_t characters);

    Limits m_left;
};

// Lists, tuples and mappings within each other.
constexpr int deepestValue = 100;

} // namespace headlens::text::chat
