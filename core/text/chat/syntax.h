// SPDX-License-Identifier: GPL-3.0-or-later
// The tree of a chat template.
#pragma once

#include "core/text/chat/operators.h"

#include <memory>
#include <variant>

namespace headlens::text::chat {

// What the `parts` of an expression are, and what else it holds.
enum class ExpressionKind : std::uint8_t {
    Constant,    // `value`
    Variable,    // `name`
    List,        // the items
    Tuple,       // the items
    Mapping,     // key, value, key, value ...
    Attribute,   // the object; `value` is the attribute's name
    Item,        // the object, the key
    Slice,       // the object, begin, end, step
    Call,        // what is called, then the arguments, named by `names`
    Filter,      // what is filtered, then the arguments; `name`
    Test,        // what is tested, then the arguments; `name`
    Not,         // the operand
    Negative,    // the operand
    Positive,    // the operand
    Binary,      // left, right; `operation`
    And,         // left, right
    Or,          // left, right
    Comparison,  // the operands; `comparisons` between them
    Conditional, // the condition, what it is then, what it is else (absent: undefined)
};

struct Expression {
    ExpressionKind kind = ExpressionKind::Constant;
    int line = 1;
    int depth = 1; // of its parts, plus one
    std::string name = {};
    Value value = {};
    std::vector<std::unique_ptr<Expression>> parts = {};
    std::vector<std::string> names = {}; // of arguments: empty by position; "*" and "**" are spread
    Operator operation = {};
    std::vector<Comparison> comparisons = {};
};
using ExpressionPtr = std::unique_ptr<Expression>;

struct Statement;
using Body = std::vector<Statement>;

// Where {% set %} and {% for %} put a value: one name, "name.attribute" of a namespace, or several names.
struct Target {
    std::vector<std::string> names;
    bool several = false;
    std::u32string attribute = {};
};

struct Parameter {
    std::string name;
    ExpressionPtr fallback; // none: undefined when it is not given
};
struct Signature {
    std::vector<Parameter> parameters;
};

struct Data {
    std::u32string text;
};
struct Print {
    ExpressionPtr value;
};
struct If {
    struct Branch {
        ExpressionPtr condition; // none: {% else %}
        Body body;
    };
    std::vector<Branch> branches;
};
struct For {
    Target target;
    ExpressionPtr items, filter; // filter: none keeps all
    Body body, otherwise;        // otherwise: when there was no item
};
struct Set {
    Target target;
    ExpressionPtr value;
};
// {% set x %}...{% endset %} and {% filter f %}...{% endfilter %}: `filtered` finds the text of the body in the
// variable Block::variable; without a target it is printed.
struct Block {
    static constexpr const char* variable = " block"; // no name that a template can write

    Target target;
    ExpressionPtr filtered;
    Body body;
};
struct With {
    std::vector<Set> settings;
    Body body;
};
struct MacroDefinition {
    std::string name;
    Signature signature;
    Body body;
};
// {% call(parameters) f() %}...{% endcall %}
struct CallBlock {
    ExpressionPtr call;
    MacroDefinition caller;
};
enum class Jump : std::uint8_t { Break, Continue };

struct Statement {
    int line = 1;
    std::variant<Data, Print, If, For, Set, Block, With, MacroDefinition, CallBlock, Jump> what;
};

} // namespace headlens::text::chat
