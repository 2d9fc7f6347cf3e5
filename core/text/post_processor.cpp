// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/post_processor.h"

#include "core/text/component_json.h"
#include "core/text/unicode.h"
#include "core/wire/safe_json.h"

#include <algorithm>

namespace headlens::text {
namespace {

// Leading or trailing characters that are a space or stand for one.
int spaces(const std::u32string& piece, bool leading)
{
    const auto isSpace = [](char32_t c) { return c == 0x120 || isWhitespace(c); };
    const auto count = leading ? std::find_if_not(piece.begin(), piece.end(), isSpace) - piece.begin()
                               : std::find_if_not(piece.rbegin(), piece.rend(), isSpace) - piece.rbegin();
    return int(count);
}

void trimSpans(std::vector<Token>& tokens, bool addedPrefixSpace)
{
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        auto& [begin, end] = tokens[i].span;
        const std::u32string piece = decodeUtf8(tokens[i].piece);
        int leading = spaces(piece, true);
        const int trailing = spaces(piece, false);
        // A single space was put before the text and is not in it; of several the reference takes none for that one.
        if (leading == 1 && addedPrefixSpace && (i == 0 || begin == 0)) leading = 0;
        begin = std::min(begin + leading, end);
        if (trailing > 0 && end >= trailing) end = std::max(end - trailing, begin);
    }
}

std::vector<std::vector<Token>> filled(const Template& items, std::vector<std::vector<Token>>& texts, bool addSpecial)
{
    std::vector<std::vector<Token>> parts;
    for (const TemplateItem& item : items) {
        if (item.kind == TemplateItem::Kind::Special) {
            std::vector<Token> special;
            for (const auto& [id, piece] : item.tokens)
                special.push_back({id, piece, {0, 0}, item.segment, -1, true, false});
            if (addSpecial) parts.push_back(std::move(special));
            continue;
        }
        const std::size_t which = item.kind == TemplateItem::Kind::Second ? 1 : 0;
        if (which >= texts.size()) continue;
        std::vector<Token> text = std::move(texts[which]); // no template names a text twice
        for (Token& token : text) token.segment = item.segment;
        parts.push_back(std::move(text));
    }
    return parts;
}

int specialCount(const Template& items)
{
    std::size_t count = 0;
    for (const TemplateItem& item : items) count += item.tokens.size();
    return int(count);
}

NamedId namedId(const Json& json, const std::string& subject)
{
    if (!json.is_array() || json.size() != 2 || !json[0].is_string())
        damaged(subject, "a special token is no [text, id]");
    return {idIn(json[1], subject), json[0].get<std::string>()};
}

TemplateItem parseItem(const Json& json, const Json& specials, const std::string& subject)
{
    if (!json.is_object() || json.size() != 1 || !json.begin().value().is_object())
        damaged(subject, "a template holds something that is neither a Sequence nor a SpecialToken");
    const JsonFields fields(json.begin().value(), subject);
    TemplateItem item;
    item.segment = int(fields.integer("type_id", 0, 0, 1 << 20));
    const std::string id = fields.text("id", "");
    if (json.begin().key() == "Sequence") {
        if (id != "A" && id != "B") damaged(subject, "a template names the text \"" + id.substr(0, 80) + "\"");
        item.kind = id == "A" ? TemplateItem::Kind::First : TemplateItem::Kind::Second;
        return item;
    }
    if (json.begin().key() != "SpecialToken" || !specials.contains(id) || !specials[id].is_object())
        damaged(subject, "a template names the unknown token \"" + id.substr(0, 80) + "\"");
    item.kind = TemplateItem::Kind::Special;
    const Json ids = specials[id].value("ids", Json()), pieces = specials[id].value("tokens", Json());
    if (!ids.is_array() || !pieces.is_array() || ids.size() != pieces.size())
        damaged(subject, "the template's token \"" + id.substr(0, 80) + "\" has no ids and tokens");
    for (std::size_t i = 0; i < ids.size(); ++i)
        item.tokens.push_back(namedId(Json::array({pieces[i], ids[i]}), subject));
    return item;
}

Template parseTemplate(const Json& json, const Json& specials, const std::string& subject)
{
    if (!json.is_array() || json.size() > 64) damaged(subject, "a template is no list of at most 64 parts");
    Template items;
    for (const Json& item : json) items.push_back(parseItem(item, specials, subject));
    // A text that stands twice in a template would double its tokens, and one more template double them again.
    for (const auto kind : {TemplateItem::Kind::First, TemplateItem::Kind::Second})
        if (std::count_if(items.begin(), items.end(), [&](const auto& item) { return item.kind == kind; }) > 1)
            damaged(subject, "a template names a text twice");
    return items;
}

} // namespace

int PostProcessor::addedTokens(bool pair) const
{
    int count = 0;
    for (const PostStep& step : steps)
        if (step.templates) count += specialCount(pair ? step.templates->second : step.templates->first);
    return count;
}

std::vector<Token> PostProcessor::join(std::vector<std::vector<Token>> texts, bool addSpecial) const
{
    for (const PostStep& step : steps) {
        if (step.trimSpans)
            for (std::vector<Token>& text : texts) trimSpans(text, *step.trimSpans);
        if (step.templates)
            texts = filled(texts.size() == 1 ? step.templates->first : step.templates->second, texts, addSpecial);
    }
    std::vector<Token> all;
    for (std::vector<Token>& text : texts) {
        if (all.empty())
            all = std::move(text);
        else
            all.insert(all.end(), std::make_move_iterator(text.begin()), std::make_move_iterator(text.end()));
    }
    return all;
}

PostStep around(const std::optional<NamedId>& before, const std::optional<NamedId>& behind,
                const std::optional<NamedId>& between, int secondSegment)
{
    using Kind = TemplateItem::Kind;
    Template single, pair;
    const auto add = [](Template& target, const std::optional<NamedId>& token, int segment) {
        if (token) target.push_back({Kind::Special, segment, {*token}});
    };
    add(single, before, 0);
    single.push_back({Kind::First, 0});
    add(single, behind, 0);
    pair = single;
    add(pair, between, 0);
    pair.push_back({Kind::Second, secondSegment});
    add(pair, behind, secondSegment);
    PostStep step;
    step.templates = {std::move(single), std::move(pair)};
    return step;
}

PostStep aroundEach(const std::optional<NamedId>& before, const std::optional<NamedId>& behind)
{
    using Kind = TemplateItem::Kind;
    Template single, pair;
    for (const int segment : {0, 1}) {
        if (before) pair.push_back({Kind::Special, segment, {*before}});
        pair.push_back({segment == 0 ? Kind::First : Kind::Second, segment});
        if (behind) pair.push_back({Kind::Special, segment, {*behind}});
        if (segment == 0) single = pair;
    }
    PostStep step;
    step.templates = {std::move(single), std::move(pair)};
    return step;
}

PostProcessor parsePostProcessor(const Json& json, const std::string& subject, int depth)
{
    PostProcessor result;
    if (json.is_null()) return result;
    const std::string type = typeOf(json, "post-processor", subject);
    const JsonFields fields(json, subject);
    if (type == "Sequence") {
        for (const Json& part : partsOf(json, "processors", depth, subject))
            for (PostStep& step : parsePostProcessor(part, subject, depth + 1).steps)
                result.steps.push_back(std::move(step));
    } else if (type == "ByteLevel") {
        if (fields.flag("trim_offsets", true)) result.steps.push_back({fields.flag("add_prefix_space", true), {}});
    } else if (type == "TemplateProcessing") {
        const Json specials = json.value("special_tokens", Json::object());
        if (!specials.is_object()) damaged(subject, "special_tokens is no object");
        result.steps.push_back({{},
                                std::pair{parseTemplate(json.value("single", Json()), specials, subject),
                                          parseTemplate(json.value("pair", Json()), specials, subject)}});
    } else if (type == "BertProcessing" || type == "RobertaProcessing") {
        const bool roberta = type == "RobertaProcessing";
        const NamedId sep = namedId(json.value("sep", Json()), subject),
                      cls = namedId(json.value("cls", Json()), subject);
        PostStep step = around(cls, sep, roberta ? std::optional(sep) : std::nullopt, roberta ? 0 : 1);
        if (roberta && fields.flag("trim_offsets", true)) step.trimSpans = fields.flag("add_prefix_space", true);
        result.steps.push_back(std::move(step));
    } else {
        unknownType("post-processor", type, subject);
    }
    return result;
}

} // namespace headlens::text
