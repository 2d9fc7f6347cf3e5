// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/verbs_outputs.h"

#include "core/wire/wire_fields.h"

#include <array>
#include <utility>

namespace headlens::verbs {

HEADLENS_WIRE_FIELDS(Prediction, index, label, probability)
HEADLENS_WIRE_FIELDS(TextScore, text, id, score, probability)
HEADLENS_WIRE_FIELDS(TopTokens, token, best)
HEADLENS_WIRE_FIELDS(AnswerSpan, begin, end, text, probability)
HEADLENS_WIRE_FIELDS(Classes, best, areNumbers)
HEADLENS_WIRE_FIELDS(TokenClasses, tokens)
HEADLENS_WIRE_FIELDS(Spans, best)
HEADLENS_WIRE_FIELDS(VocabularyScores, places)
HEADLENS_WIRE_FIELDS(Similarity, texts)
HEADLENS_WIRE_FIELDS(Picture, width, height)

namespace {

constexpr std::array kNames{"classes", "token_classes", "spans", "vocabulary", "similarity", "picture"};
static_assert(kNames.size() == std::variant_size_v<Output>);

// Reads the kind at `index` of the variant.
template <std::size_t... Index>
void readInto(Outputs& outputs, const nlohmann::json& json, const std::string& kind, std::index_sequence<Index...>)
{
    ((kind == kNames[Index] ? outputs.set(json.get<std::variant_alternative_t<Index, Output>>()) : void()), ...);
}

} // namespace

const char* nameOf(OutputKind kind)
{
    return kNames.at(std::size_t(kind));
}

void to_json(nlohmann::json& json, const Outputs& value)
{
    json = nlohmann::json::array();
    for (const Output& output : value.all()) {
        nlohmann::json& one = json.emplace_back();
        std::visit([&](const auto& kind) { one = kind; }, output);
        one["kind"] = kNames[output.index()];
    }
}

// A kind that this version does not know is left out.
void from_json(const nlohmann::json& json, Outputs& value)
{
    value = {};
    for (const nlohmann::json& one : json)
        readInto(value, one, one.at("kind").get<std::string>(),
                 std::make_index_sequence<std::variant_size_v<Output>>());
}

} // namespace headlens::verbs
