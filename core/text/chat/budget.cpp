// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/chat/budget.h"

namespace headlens::text::chat {
namespace {

// What values take beside their characters, in characters of 4 bytes.
constexpr std::int64_t textCost = 16, itemCost = 16, entryCost = 48;

[[noreturn]] void exceed(const std::string& why)
{
    throw Problem(Fault::Limit, why);
}

} // namespace

void fail(const std::string& why)
{
    throw Problem(Fault::Given, why);
}

void Budget::work(std::size_t touched)
{
    m_left.steps -= 1 + std::int64_t(touched / 32);
    if (m_left.steps < 0) exceed("it takes too many steps");
}

void Budget::spend(std::int64_t characters)
{
    m_left.characters -= characters;
    if (m_left.characters < 0) exceed("it makes too much text and too many lists");
}

void Budget::makeText(std::size_t characters)
{
    requireLength(characters);
    work(characters);
    spend(std::int64_t(characters) + textCost);
}

void Budget::requireLength(std::size_t characters) const
{
    if (characters > m_left.longest)
        exceed("it makes a text longer than " + std::to_string(m_left.longest) + " characters");
}

void Budget::makeItem(std::size_t size)
{
    if (size > m_left.longest / 8)
        exceed("it makes a list of more than " + std::to_string(m_left.longest / 8) + " items");
    work();
    spend(itemCost);
}

void Budget::makeEntry()
{
    work();
    spend(entryCost);
}

Budget::Level::Level(Budget& budget) : m_budget(budget)
{
    if (m_budget.m_left.depth <= 0) exceed("it calls itself without end, or is nested too deep");
    --m_budget.m_left.depth;
}

} // namespace headlens::text::chat
