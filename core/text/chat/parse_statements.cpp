// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/chat/parser.h"

#include <array>

namespace headlens::text::chat {
namespace {

constexpr int deepestBlocks = 60;

class TemplateParser {
public:
    explicit TemplateParser(std::vector<Word> words) : m_words(std::move(words)), m_expressions(m_words) {}

    Body whole()
    {
        Body body = bodyUntil({});
        if (m_words.current().kind != TokenKind::Finished) m_words.unexpected();
        return body;
    }

private:
    using Endings = std::initializer_list<std::string_view>;
    struct Tag {
        std::string_view name;
        Statement (TemplateParser::*parse)(int line);
    };

    // Up to a tag of one of `endings`, which is left to be read: m_words stands at its name.
    Body bodyUntil(Endings endings)
    {
        Body body;
        while (m_words.current().kind != TokenKind::Finished) {
            const int line = m_words.line();
            const TokenKind kind = m_words.current().kind;
            if (kind == TokenKind::Data) {
                body.push_back({line, Data{m_words.take().text}});
            } else if (kind == TokenKind::PrintBegin) {
                m_words.take();
                body.push_back({line, Print{m_expressions.several()}});
                m_words.expect(TokenKind::PrintEnd);
            } else {
                m_words.take(); // {%
                if (m_words.isNameOf(endings)) return body;
                body.push_back(tag(line));
            }
        }
        if (endings.size() > 0)
            m_words.refuse("the template ends before {% " + std::string(*(endings.end() - 1)) + " %}");
        return body;
    }
    // A body, its end tag `ending` and the end of that.
    Body bodyTo(std::string_view ending)
    {
        m_words.expect(TokenKind::BlockEnd);
        Body body = bodyUntil({ending});
        m_words.expectName(ending);
        m_words.expect(TokenKind::BlockEnd);
        return body;
    }
    Statement tag(int line)
    {
        static constexpr std::array<Tag, 10> tags{{{"if", &TemplateParser::conditional},
                                                   {"for", &TemplateParser::loop},
                                                   {"set", &TemplateParser::set},
                                                   {"macro", &TemplateParser::macro},
                                                   {"call", &TemplateParser::callBlock},
                                                   {"filter", &TemplateParser::filterBlock},
                                                   {"with", &TemplateParser::with},
                                                   {"generation", &TemplateParser::generation},
                                                   {"break", &TemplateParser::jump},
                                                   {"continue", &TemplateParser::jump}}};
        const std::string name = m_words.current().kind == TokenKind::Name ? m_words.current().name : std::string();
        for (const auto& [known, parse] : tags) {
            if (name != known) continue;
            if (++m_depth > deepestBlocks) m_words.refuse("blocks are nested too deep");
            Statement statement = (this->*parse)(line);
            --m_depth;
            return statement;
        }
        if (name.empty()) m_words.unexpected("the name of a tag");
        m_words.refuse("the tag '" + name.substr(0, 60) + "' is not known, or stands at the wrong place");
    }

    Statement conditional(int line)
    {
        If choice;
        while (m_words.isNameOf({"if", "elif", "else"})) {
            const bool last = m_words.take().name == "else";
            ExpressionPtr condition = last ? nullptr : m_expressions.several();
            m_words.expect(TokenKind::BlockEnd);
            Body body = last ? bodyUntil({"endif"}) : bodyUntil({"elif", "else", "endif"});
            choice.branches.push_back({std::move(condition), std::move(body)});
        }
        m_words.expectName("endif");
        m_words.expect(TokenKind::BlockEnd);
        return {line, std::move(choice)};
    }
    Statement loop(int line)
    {
        m_words.expectName("for");
        For loop;
        loop.target = target(false);
        m_words.expectName("in");
        loop.items = m_expressions.several(false);
        if (m_words.takeName("if")) loop.filter = m_expressions.expression();
        if (m_words.isName("recursive")) m_words.refuse("recursive loops are not known here");
        m_words.expect(TokenKind::BlockEnd);
        ++m_loops;
        loop.body = bodyUntil({"else", "endfor"});
        --m_loops;
        if (m_words.takeName("else")) {
            m_words.expect(TokenKind::BlockEnd);
            loop.otherwise = bodyUntil({"endfor"});
        }
        m_words.expectName("endfor");
        m_words.expect(TokenKind::BlockEnd);
        return {line, std::move(loop)};
    }
    Target target(bool attributes)
    {
        Target target;
        const bool parentheses = m_words.takeSymbol("(");
        do {
            target.names.push_back(m_words.name());
            if (attributes && target.names.size() == 1 && m_words.takeSymbol(".")) {
                target.attribute = *textOf(makeText(std::string_view(m_words.name())));
                return target;
            }
            target.several |= m_words.isSymbol(",");
        } while (m_words.takeSymbol(",") && m_words.current().kind == TokenKind::Name && !m_words.isName("in"));
        if (parentheses) m_words.expectSymbol(")");
        return target;
    }
    Statement set(int line)
    {
        m_words.expectName("set");
        Target place = target(true);
        if (m_words.takeSymbol("=")) {
            Set set{std::move(place), m_expressions.several()};
            m_words.expect(TokenKind::BlockEnd);
            return {line, std::move(set)};
        }
        ExpressionPtr filtered = m_expressions.filters(blockText(line));
        return {line, Block{std::move(place), std::move(filtered), bodyTo("endset")}};
    }
    static ExpressionPtr blockText(int line)
    {
        auto text = std::make_unique<Expression>();
        text->kind = ExpressionKind::Variable;
        text->line = line;
        text->name = Block::variable;
        return text;
    }
    Statement filterBlock(int line)
    {
        m_words.expectName("filter");
        ExpressionPtr filtered = m_expressions.filters(m_expressions.firstFilter(blockText(line)));
        return {line, Block{{}, std::move(filtered), bodyTo("endfilter")}};
    }
    Signature signature()
    {
        Signature signature;
        if (!m_words.takeSymbol("(")) return signature;
        while (!m_words.isSymbol(")")) {
            if (!signature.parameters.empty()) m_words.expectSymbol(",");
            Parameter parameter{m_words.name(), nullptr};
            if (m_words.takeSymbol("=")) parameter.fallback = m_expressions.expression();
            if (!parameter.fallback && !signature.parameters.empty() && signature.parameters.back().fallback)
                m_words.refuse("a parameter without a default stands behind one with a default");
            signature.parameters.push_back(std::move(parameter));
        }
        m_words.expectSymbol(")");
        return signature;
    }
    // The body of a macro is not that of the loop around it.
    MacroDefinition definition(std::string name, Signature parameters, std::string_view ending)
    {
        const int loops = std::exchange(m_loops, 0);
        MacroDefinition macro{std::move(name), std::move(parameters), bodyTo(ending)};
        m_loops = loops;
        return macro;
    }
    Statement macro(int line)
    {
        m_words.expectName("macro");
        std::string name = m_words.name();
        if (!m_words.isSymbol("(")) m_words.unexpected("'('");
        Signature parameters = signature();
        return {line, definition(std::move(name), std::move(parameters), "endmacro")};
    }
    Statement callBlock(int line)
    {
        m_words.expectName("call");
        Signature parameters = signature();
        ExpressionPtr call = m_expressions.expression();
        if (call->kind != ExpressionKind::Call) m_words.refuse("{% call %} calls nothing");
        return {line, CallBlock{std::move(call), definition("caller", std::move(parameters), "endcall")}};
    }
    Statement with(int line)
    {
        m_words.expectName("with");
        With with;
        while (m_words.current().kind != TokenKind::BlockEnd) {
            if (!with.settings.empty()) m_words.expectSymbol(",");
            Target place;
            place.names.push_back(m_words.name());
            m_words.expectSymbol("=");
            with.settings.push_back({std::move(place), m_expressions.expression()});
        }
        with.body = bodyTo("endwith");
        return {line, std::move(with)};
    }
    // What the model wrote, marked for training: printed as it is.
    Statement generation(int line)
    {
        m_words.expectName("generation");
        return {line, With{{}, bodyTo("endgeneration")}};
    }
    Statement jump(int line)
    {
        if (m_loops == 0) m_words.refuse("'" + m_words.current().name + "' stands outside of a loop");
        const bool leaves = m_words.take().name == "break";
        m_words.expect(TokenKind::BlockEnd);
        return {line, leaves ? Jump::Break : Jump::Continue};
    }

    Words m_words;
    ExpressionParser m_expressions;
    int m_depth = 0, m_loops = 0;
};

} // namespace

Body parsed(std::u32string_view source)
{
    return TemplateParser(wordsOf(source)).whole();
}

} // namespace headlens::text::chat
