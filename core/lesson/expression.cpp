// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lesson/expression.h"

#include "core/base/error.h"
#include "core/lesson/address.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <numeric>
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
    Reading(std::string_view text, const LessonFacts& facts) : m_text(text), m_facts(facts)
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

private:
    [[noreturn]] void refuse(const std::string& why) const
    {
        throw Error(ErrorCode::BadRequest, "expression " + std::string(m_text.substr(0, 120)), why);
    }
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
    double number(const LessonValue& value) const
    {
        if (const auto* found = std::get_if<double>(&value)) return *found;
        refuse("has a text or a row where a number is due");
    }
    const Row& row(const LessonValue& value) const
    {
        if (const auto* found = std::get_if<Row>(&value)) return *found;
        refuse("has no row where one is due");
    }
    const std::string& text(const LessonValue& value) const
    {
        if (const auto* found = std::get_if<std::string>(&value)) return *found;
        refuse("has no text in quotes where one is due");
    }

    LessonValue comparison()
    {
        if (++m_depth > kDeepest) refuse("has too many brackets");
        LessonValue left = sum();
        for (const std::string_view sign : {"==", "!=", "<=", ">=", "~=", "<", ">"}) {
            if (!take(sign)) continue;
            m_compares = true;
            left = compared(left, sign, sum()) ? 1.0 : 0.0;
            break;
        }
        --m_depth;
        return left;
    }
    bool compared(const LessonValue& left, std::string_view sign, const LessonValue& right) const
    {
        if (std::holds_alternative<std::string>(left) || std::holds_alternative<std::string>(right)) {
            if (sign != "==" && sign != "!=") refuse("orders texts");
            return (text(left) == text(right)) == (sign == "==");
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
                value = number(value) / number(primary());
            else
                return value;
        }
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
        return weightsAt(address);
    }

    const verbs::BlockGrid& blockOf(int block) const
    {
        const auto& blocks = m_facts.input->blocks;
        if (block < 0 || std::size_t(block) >= blocks.size())
            refuse("names block " + std::to_string(block) + ", which does not exist");
        return blocks[std::size_t(block)];
    }
    LessonValue weightsAt(const Address& address)
    {
        const verbs::BlockGrid& block = blockOf(address.block);
        const TokenPlace place = placeOf(address.row, *m_facts.model, *m_facts.input, block.queryStream);
        const std::vector<Row> heads = m_facts.rows(address.block, place.stream, place.token);
        if (heads.empty()) refuse("asks a block that this token takes no part in");
        if (address.head >= int(heads.size())) refuse("names a head that does not exist");
        m_keyStream = block.keyStream;
        Row row = heads[std::size_t(std::max(0, address.head))];
        for (std::size_t h = 1; address.head < 0 && h < heads.size(); ++h)
            for (std::size_t i = 0; i < row.size(); ++i) row[i] += heads[h][i];
        if (address.head < 0)
            for (float& weight : row) weight /= float(heads.size());
        if (!address.column) return row;
        const auto key = std::size_t(placeOf(*address.column, *m_facts.model, *m_facts.input, block.keyStream).token);
        if (key >= row.size()) refuse("names a key that this block does not look at");
        return double(row[key]);
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
        return called(name, given);
    }
    LessonValue called(const std::string& name, const std::vector<LessonValue>& given) const
    {
        struct Function {
            const char* name;
            std::size_t arguments;
            LessonValue (Reading::*run)(const std::vector<LessonValue>&) const;
        };
        static constexpr std::array<Function, 17> kFunctions{{
            {"sum", 1, &Reading::sumOf},
            {"max", 1, &Reading::maxOf},
            {"mean", 1, &Reading::meanOf},
            {"entropy", 1, &Reading::entropyOf},
            {"size", 1, &Reading::sizeOf},
            {"argmax", 1, &Reading::argmaxOf},
            {"at", 2, &Reading::atOf},
            {"top", 1, &Reading::topOf},
            {"share", 2, &Reading::shareOf},
            {"piece", 1, &Reading::pieceOf},
            {"best", 0, &Reading::bestOf},
            {"guess", 0, &Reading::guessOf},
            {"probability", 1, &Reading::probabilityOf},
            {"distance", 2, &Reading::distanceOf},
            {"layers", 0, &Reading::layersOf},
            {"heads", 1, &Reading::headsOf},
            {"abs", 1, &Reading::absOf},
        }};
        const auto hit = std::ranges::find(kFunctions, name, &Function::name);
        if (hit == kFunctions.end()) refuse("calls " + name + ", which does not exist");
        if (hit->arguments != given.size()) refuse("gives " + name + " another number of values than it takes");
        return (this->*hit->run)(given);
    }

    LessonValue sumOf(const std::vector<LessonValue>& given) const
    {
        const Row& all = row(given[0]);
        return std::accumulate(all.begin(), all.end(), 0.0);
    }
    LessonValue maxOf(const std::vector<LessonValue>& given) const
    {
        const Row& all = row(given[0]);
        return all.empty() ? 0.0 : double(*std::ranges::max_element(all));
    }
    LessonValue meanOf(const std::vector<LessonValue>& given) const
    {
        const Row& all = row(given[0]);
        return all.empty() ? 0.0 : std::accumulate(all.begin(), all.end(), 0.0) / double(all.size());
    }
    LessonValue entropyOf(const std::vector<LessonValue>& given) const // in nats
    {
        double entropy = 0;
        for (const float weight : row(given[0]))
            if (weight > 0) entropy -= double(weight) * std::log(double(weight));
        return entropy;
    }
    LessonValue sizeOf(const std::vector<LessonValue>& given) const { return double(row(given[0]).size()); }
    LessonValue argmaxOf(const std::vector<LessonValue>& given) const
    {
        const Row& all = row(given[0]);
        return double(std::ranges::max_element(all) - all.begin());
    }
    LessonValue atOf(const std::vector<LessonValue>& given) const
    {
        const Row& all = row(given[0]);
        const int token = tokenOf(given[1], m_keyStream);
        if (std::size_t(token) >= all.size()) refuse("asks for a token behind the end of a row");
        return double(all[std::size_t(token)]);
    }
    LessonValue topOf(const std::vector<LessonValue>& given) const
    {
        const Row& all = row(given[0]);
        return nameOf(m_keyStream, int(std::ranges::max_element(all) - all.begin()));
    }
    LessonValue shareOf(const std::vector<LessonValue>& given) const
    {
        const Row& all = row(given[0]);
        const verbs::Stream& stream = m_facts.input->streams.at(std::size_t(m_keyStream));
        const std::size_t words = stream.tokens.size(), first = words + std::size_t(stream.prefix);
        const std::string& kind = text(given[1]);
        if (kind != "text" && kind != "special" && kind != "patches") refuse("asks for the share of " + kind);
        double sum = 0;
        for (std::size_t i = 0; i < all.size(); ++i) {
            const bool special = i < words ? stream.tokens[i].special : i < first;
            const char* const own = i >= first ? "patches" : special ? "special" : "text";
            sum += kind == own ? double(all[i]) : 0.0;
        }
        return sum;
    }
    LessonValue pieceOf(const std::vector<LessonValue>& given) const
    {
        if (std::holds_alternative<double>(given[0])) return nameOf(m_keyStream, tokenOf(given[0], m_keyStream));
        const TokenPlace place = placeOf(parseToken(text(given[0])), *m_facts.model, *m_facts.input, m_keyStream);
        return nameOf(place.stream, place.token);
    }
    LessonValue bestOf(const std::vector<LessonValue>&) const
    {
        const verbs::InputInfo& input = *m_facts.input;
        if (!input.predictions.empty()) return input.predictions.front().label;
        if (input.scores.empty()) refuse("asks for a class, and this model gives none");
        return std::ranges::max_element(input.scores, {}, &verbs::TextScore::probability)->text;
    }
    LessonValue guessOf(const std::vector<LessonValue>&) const
    {
        const auto& guesses = m_facts.input->guesses;
        if (guesses.empty() || guesses.front().best.empty()) refuse("asks for a token, and this model guesses none");
        return plainPiece(guesses.front().best.front().text);
    }
    LessonValue probabilityOf(const std::vector<LessonValue>& given) const
    {
        const std::string& label = text(given[0]);
        const verbs::InputInfo& input = *m_facts.input;
        for (const verbs::Prediction& p : input.predictions)
            if (p.label == label) return p.probability;
        for (const verbs::TextScore& score : input.scores)
            if (score.text == label) return score.probability;
        if (!input.guesses.empty())
            for (const verbs::TextScore& guess : input.guesses.front().best)
                if (plainPiece(guess.text) == label) return guess.probability;
        return 0.0;
    }
    LessonValue distanceOf(const std::vector<LessonValue>& given) const
    {
        const int block = int(number(given[0])), head = int(number(given[1]));
        blockOf(block);
        return m_facts.distance(block, head);
    }
    LessonValue layersOf(const std::vector<LessonValue>&) const { return double(m_facts.input->blocks.size()); }
    LessonValue headsOf(const std::vector<LessonValue>& given) const
    {
        const auto block = std::size_t(number(given[0]));
        blockOf(int(block));
        return double(m_facts.model->blocks.at(block).heads);
    }
    LessonValue absOf(const std::vector<LessonValue>& given) const { return std::abs(number(given[0])); }

    int tokenOf(const LessonValue& value, int stream) const
    {
        if (const auto* index = std::get_if<double>(&value)) return int(std::max(0.0, *index));
        return placeOf(parseToken(text(value)), *m_facts.model, *m_facts.input, stream).token;
    }
    // "cat", "CLS", "patch (3, 5)" counted from 0.
    std::string nameOf(int streamIndex, int token) const
    {
        const verbs::Stream& stream = m_facts.input->streams.at(std::size_t(streamIndex));
        const int words = int(stream.tokens.size()), patch = token - words - stream.prefix;
        if (token < words) return plainPiece(stream.tokens[std::size_t(token)].piece);
        if (patch >= 0 && stream.gridWidth > 0)
            return "patch (" + std::to_string(patch / stream.gridWidth) + ", " +
                   std::to_string(patch % stream.gridWidth) + ")";
        const auto& names = m_facts.model->prefixTokens;
        return std::size_t(token - words) < names.size() ? names[std::size_t(token - words)]
                                                         : "token " + std::to_string(token);
    }

    std::string_view m_text;
    const LessonFacts& m_facts;
    std::size_t m_at = 0;
    int m_depth = 0, m_keyStream = 0; // the stream whose tokens the last row counts
    bool m_compares = false;
};

} // namespace

LessonValue evaluate(std::string_view expression, const LessonFacts& facts)
{
    return Reading(expression, facts).all();
}

bool holds(std::string_view expression, const LessonFacts& facts)
{
    Reading reading(expression, facts);
    const LessonValue value = reading.all();
    if (!reading.compares())
        throw Error(ErrorCode::BadRequest, "expression " + std::string(expression.substr(0, 120)),
                    "claims nothing: it compares no two values");
    return std::get<double>(value) != 0;
}

std::string shown(const LessonValue& value, std::string_view format)
{
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    const bool decimals = format.size() == 1 && format[0] >= '0' && format[0] <= '6';
    if (std::holds_alternative<Row>(value) || !(format.empty() || format == "pct" || decimals))
        throw Error(ErrorCode::BadRequest, "format \"" + std::string(format.substr(0, 40)) + "\"",
                    "does not fit: numbers take pct or 0 to 6 decimals, and a row is no text");
    const double number = std::get<double>(value);
    std::array<char, 64> buffer{};
    if (format == "pct") {
        std::snprintf(buffer.data(), buffer.size(), "%.0f %%", 100 * number);
    } else if (decimals) {
        std::snprintf(buffer.data(), buffer.size(), "%.*f", format[0] - '0', number);
    } else {
        std::snprintf(buffer.data(), buffer.size(),
                      number == std::floor(number) && std::abs(number) < 1e9 ? "%.0f" : "%.2g", number);
    }
    return buffer.data();
}

} // namespace headlens
