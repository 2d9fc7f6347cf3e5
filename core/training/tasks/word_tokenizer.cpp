// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/tasks/word_tokenizer.h"

#include "core/base/error.h"
#include "core/training/trainer/model_files.h"
#include "core/wire/safe_json.h"

#include <algorithm>

namespace headlens {
namespace {

std::vector<std::string> allWords(const WordTokenizerPlan& plan)
{
    std::vector<std::string> words = plan.special;
    words.insert(words.end(), plan.words.begin(), plan.words.end());
    return words;
}

Json specialToken(const std::string& word, std::size_t id)
{
    return {{"id", id},        {"content", word},     {"single_word", false}, {"lstrip", false},
            {"rstrip", false}, {"normalized", false}, {"special", true}};
}

Json templateOf(const WordTokenizerPlan& plan)
{
    Json single = Json::array(), special = Json::object();
    const auto add = [&](const std::string& word) {
        if (word.empty()) return;
        const auto id = std::size_t(std::ranges::find(plan.special, word) - plan.special.begin());
        single.push_back({{"SpecialToken", {{"id", word}, {"type_id", 0}}}});
        special[word] = {{"id", word}, {"ids", {id}}, {"tokens", {word}}};
    };
    add(plan.before);
    single.push_back({{"Sequence", {{"id", "A"}, {"type_id", 0}}}});
    add(plan.after);
    Json pair = single;
    pair.push_back({{"Sequence", {{"id", "B"}, {"type_id", 0}}}});
    return {{"type", "TemplateProcessing"}, {"single", single}, {"pair", pair}, {"special_tokens", special}};
}

// What prepares the text, and what cuts it: [normalizer, pre_tokenizer].
Json cutterOf(const WordTokenizerPlan& plan)
{
    if (plan.kind == WordTokenizerPlan::Characters) {
        const Json steps = {{{"type", "Lowercase"}},
                            {{"type", "Replace"}, {"pattern", {{"String", " "}}}, {"content", "_"}}};
        const Json each = {
            {"type", "Split"}, {"pattern", {{"Regex", "."}}}, {"behavior", "Isolated"}, {"invert", false}};
        return Json::array({{{"type", "Sequence"}, {"normalizers", steps}}, each});
    }
    if (plan.kind == WordTokenizerPlan::Spaced)
        return Json::array({{{"type", "Lowercase"}}, {{"type", "WhitespaceSplit"}}});
    const Json splitters = {{{"type", "BertPreTokenizer"}}, {{"type", "Digits"}, {"individual_digits", true}}};
    const Json normalizer{{"type", "BertNormalizer"},
                          {"clean_text", true},
                          {"handle_chinese_chars", true},
                          {"strip_accents", nullptr},
                          {"lowercase", true}};
    return Json::array({normalizer, {{"type", "Sequence"}, {"pretokenizers", splitters}}});
}

} // namespace

std::string tokenizerJson(const WordTokenizerPlan& plan)
{
    Json vocabulary = Json::object(), added = Json::array();
    const std::vector<std::string> words = allWords(plan);
    for (std::size_t i = 0; i < words.size(); ++i) vocabulary[words[i]] = i;
    for (std::size_t i = 0; i < plan.special.size(); ++i) added.push_back(specialToken(plan.special[i], i));
    Json decoder = {{"type", "WordPiece"}, {"prefix", "##"}, {"cleanup", true}};
    const bool spaces = plan.kind == WordTokenizerPlan::Sentences || plan.kind == WordTokenizerPlan::Spaced;
    if (!spaces) decoder = {{"type", "Fuse"}};
    const Json cut = cutterOf(plan);
    const Json json{{"version", "1.0"},
                    {"truncation", nullptr},
                    {"padding", nullptr},
                    {"added_tokens", added},
                    {"normalizer", cut[0]},
                    {"pre_tokenizer", cut[1]},
                    {"post_processor", templateOf(plan)},
                    {"decoder", decoder},
                    {"model", {{"type", "WordLevel"}, {"vocab", vocabulary}, {"unk_token", "<unk>"}}}};
    return json.dump(1) + "\n";
}

WordIds::WordIds(WordTokenizerPlan plan) : m_plan(std::move(plan)), m_words(allWords(m_plan)) {}

std::int64_t WordIds::of(const std::string& word) const
{
    const auto hit = std::ranges::find(m_words, word);
    if (hit == m_words.end()) throw Error(ErrorCode::Internal, word, "is not in the list of words");
    return hit - m_words.begin();
}

std::vector<std::int64_t> WordIds::all(const std::vector<std::string>& words) const
{
    std::vector<std::int64_t> ids;
    for (const std::string& word : words) ids.push_back(of(word));
    return ids;
}

std::vector<std::string> WordIds::words(const std::vector<std::int64_t>& ids) const
{
    std::vector<std::string> words;
    for (const std::int64_t id : ids) words.push_back(word(id));
    return words;
}

void WordIds::write(const std::string& folder, std::int64_t longest) const
{
    writeText(folder + "/tokenizer.json", tokenizerJson(m_plan));
    Json config{{"tokenizer_class", "PreTrainedTokenizerFast"},
                {"model_max_length", longest},
                {"unk_token", "<unk>"},
                {"pad_token", m_plan.special.at(0)}};
    if (!m_plan.after.empty()) config["eos_token"] = m_plan.after;
    if (!m_plan.before.empty()) config["bos_token"] = m_plan.before;
    if (!m_plan.mask.empty()) config["mask_token"] = m_plan.mask;
    writeText(folder + "/tokenizer_config.json", config.dump(2) + "\n");
}

} // namespace headlens
