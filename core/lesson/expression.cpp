// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lesson/expression.h"

#include "core/base/error.h"
#include "core/lesson/expression_functions.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

namespace headlens {
namespace {

constexpr std::size_t kLongest = 1000; // characters of an expression
constexpr int kDeepest = 32;           // brackets within brackets

using Row = std::vector<float>;

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}
bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

class Reading {
public:
    Reading(std::string_view text, const EvaluationContext& facts) : m_text(text), m_run(text, facts)
    {
        if (text.size() > kLongest) refuse("is longer than 1000 characters");
    }

    LessonValue all()
    {
        LessonValue value = comparison();
        skip();
        if (m_at < m_text.size()) refuse("goes on after its end");
        return value;
    }
    bool compares() const { return m_compares; }
    const std::string& sides() const { return m_sides; } // of the last comparison, as numbers

private:
    [[noreturn]] void refuse(const std::string& why) const { m_run.refuse(why); }
    double number(const LessonValue& value) const { return m_run.number(value); }
    void skip()
    {
        while (m_at < m_text.size() && isBlank(m_text[m_at])) ++m_at;
    }
    bool take(std::string_view sign)
    {
        skip();
        if (!m_text.substr(m_at).starts_with(sign)) return false;
        m_at += sign.size();
        return true;
    }
    void require(std::string_view sign)
    {
        if (!take(sign)) refuse("lacks " + std::string(sign));
    }
    static std::string sideOf(const LessonValue& value)
    {
        return std::holds_alternative<Row>(value) ? "a row" : shown(value, {});
    }
    LessonValue comparison()
    {
        if (++m_depth > kDeepest) refuse("has too many brackets");
        LessonValue left = sum();
        for (const std::string_view sign : {"==", "!=", "<=", ">=", "~=", "<", ">"}) {
            if (!take(sign)) continue;
            m_compares = true;
            const LessonValue right = sum();
            m_sides = sideOf(left) + " " + std::string(sign) + " " + sideOf(right);
            left = compared(left, sign, right) ? 1.0 : 0.0;
            break;
        }
        --m_depth;
        return left;
    }
    bool compared(const LessonValue& left, std::string_view sign, const LessonValue& right) const
    {
        if (std::holds_alternative<std::string>(left) || std::holds_alternative<std::string>(right)) {
            if (sign != "==" && sign != "!=") refuse("orders texts");
            return (m_run.text(left) == m_run.text(right)) == (sign == "==");
        }
        const double a = number(left), b = number(right);
        if (sign == "==") return a == b;
        if (sign == "!=") return a != b;
        if (sign == "<=") return a <= b;
        if (sign == ">=") return a >= b;
        if (sign == "<") return a < b;
        if (sign == ">") return a > b;
        return std::abs(a - b) <= std::max(0.005, 0.01 * std::abs(b)); // ~=
    }
    LessonValue sum()
    {
        LessonValue value = product();
        for (;;) {
            if (take("+"))
                value = number(value) + number(product());
            else if (take("-"))
                value = number(value) - number(product());
            else
                return value;
        }
    }
    LessonValue product()
    {
        LessonValue value = primary();
        for (;;) {
            if (take("*"))
                value = number(value) * number(primary());
            else if (take("/"))
                value = quotient(number(value), number(primary()));
            else
                return value;
        }
    }
    double quotient(double dividend, double divisor) const
    {
        if (divisor == 0) refuse("divides by zero");
        return dividend / divisor;
    }
    LessonValue primary()
    {
        skip();
        if (m_at >= m_text.size()) refuse("ends too early");
        const char c = m_text[m_at];
        if (c == '(') {
            ++m_at;
            LessonValue inner = comparison();
            require(")");
            return inner;
        }
        if (c == '-') {
            ++m_at;
            if (++m_depth > kDeepest) refuse("has too many signs");
            const double value = -number(primary());
            --m_depth;
            return value;
        }
        if (c == '"') return quoted();
        if (isDigit(c) || c == '.') return digits();
        if (m_text.substr(m_at).starts_with("blk")) return place();
        if (isLetter(c)) return call();
        refuse("has a sign that means nothing");
    }
    LessonValue quoted()
    {
        const std::size_t end = m_text.find('"', m_at + 1);
        if (end == std::string_view::npos) refuse("has a text without its closing quote");
        std::string inner(m_text.substr(m_at + 1, end - m_at - 1));
        m_at = end + 1;
        return inner;
    }
    LessonValue digits()
    {
        double value = 0;
        const auto [end, problem] = std::from_chars(m_text.data() + m_at, m_text.data() + m_text.size(), value);
        if (problem != std::errc()) refuse("has a number that is none");
        m_at = std::size_t(end - m_text.data());
        return value;
    }
    LessonValue place()
    {
        const std::size_t end = m_text.find(']', m_at);
        if (end == std::string_view::npos) refuse("has an address without ]");
        const Address address = parseAddress(m_text.substr(m_at, end + 1 - m_at));
        m_at = end + 1;
        return m_run.weightsAt(address);
    }

    LessonValue call()
    {
        std::size_t end = m_at;
        while (end < m_text.size() && isLetter(m_text[end])) ++end;
        const std::string name(m_text.substr(m_at, end - m_at));
        m_at = end;
        require("(");
        std::vector<LessonValue> given;
        if (!take(")")) {
            do given.push_back(comparison());
            while (take(","));
            require(")");
        }
        return called(name, m_run, given);
    }
    std::string_view m_text;
    ExpressionRun m_run;
    std::size_t m_at = 0;
    int m_depth = 0;
    bool m_compares = false;
    std::string m_sides;
};

} // namespace

LessonValue evaluate(std::string_view expression, const EvaluationContext& facts)
{
    return Reading(expression, facts).all();
}

bool holds(std::string_view expression, const EvaluationContext& facts, std::string* sides)
{
    Reading reading(expression, facts);
    const LessonValue value = reading.all();
    const auto* truth = std::get_if<double>(&value);
    if (!reading.compares() || truth == nullptr)
        throw Error(ErrorCode::BadRequest, "expression " + std::string(expression.substr(0, 120)),
                    "claims nothing: it compares no two values");
    if (sides != nullptr) *sides = reading.sides();
    return *truth != 0;
}

std::string shown(const LessonValue& value, std::string_view format)
{
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    const bool decimals = format.size() == 1 && format[0] >= '0' && format[0] <= '6';
    if (std::holds_alternative<Row>(value) || !(format.empty() || format == "pct" || decimals))
        throw Error(ErrorCode::BadRequest, "format \"" + std::string(format.substr(0, 40)) + "\"",
                    "does not fit: numbers take pct or 0 to 6 decimals, and a row is no text");
    const double number = std::get<double>(value);
    if (format == "pct") return fmt::format("{:.0f} %", 100 * number);
    if (decimals) return fmt::format("{:.{}f}", number, format[0] - '0');
    const bool whole = number == std::floor(number) && std::abs(number) < 1e9;
    return whole ? fmt::format("{:.0f}", number) : fmt::format("{:.2g}", number);
}

} // namespace headlens
