// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/gguf_tokenizer.h"

#include "core/text/scanners.h"

#include <algorithm>
#include <array>
#include <utility>

namespace headlens::text {
namespace {

// The expressions are applied one behind the other, each within the words that those before it left.
struct Rule {
    std::array<const char*, 3> splits{};
    bool ignoreMerges = false, begins = false;
};

constexpr const char* digit = R"(\p{N})";

constexpr Rule gpt2{{gpt2Expression}};
constexpr Rule digitsThenGpt2{{digit, gpt2Expression}};
constexpr Rule falcon{{R"([\p{P}$+<=>^~|`]+)", gpt2Expression, "[0-9][0-9][0-9]"}};
constexpr Rule llama3{{llama3Expression}, true, true};
constexpr Rule llama3Merging{{llama3Expression}};
constexpr Rule qwen2{{qwen2Expression}};
constexpr Rule qwen35{{qwen35Expression}};
constexpr Rule gpt4o{{gpt4oExpression}};
constexpr Rule tekken{{tekkenExpression}, true, true};

constexpr std::array<std::pair<std::string_view, const Rule*>, 34> rules{{{"gpt-2", &gpt2},
                                                                          {"phi-2", &gpt2},
                                                                          {"olmo", &gpt2},
                                                                          {"mpt", &gpt2},
                                                                          {"jais", &gpt2},
                                                                          {"trillion", &gpt2},
                                                                          {"granite-docling", &gpt2},
                                                                          {"jina-es", &gpt2},
                                                                          {"jina-de", &gpt2},
                                                                          {"default", &gpt2},
                                                                          {"smollm", &digitsThenGpt2},
                                                                          {"starcoder", &digitsThenGpt2},
                                                                          {"refact", &digitsThenGpt2},
                                                                          {"command-r", &digitsThenGpt2},
                                                                          {"codeshell", &digitsThenGpt2},
                                                                          {"exaone", &digitsThenGpt2},
                                                                          {"minerva-7b", &digitsThenGpt2},
                                                                          {"falcon", &falcon},
                                                                          {"llama-bpe", &llama3},
                                                                          {"llama3", &llama3},
                                                                          {"llama-v3", &llama3},
                                                                          {"falcon3", &llama3},
                                                                          {"pixtral", &llama3},
                                                                          {"lfm2", &llama3},
                                                                          {"smaug-bpe", &llama3Merging},
                                                                          {"dbrx", &llama3Merging},
                                                                          {"chatglm-bpe", &llama3Merging},
                                                                          {"qwen2", &qwen2},
                                                                          {"deepseek-r1-qwen", &qwen2},
                                                                          {"stablelm2", &qwen2},
                                                                          {"megrez", &qwen2},
                                                                          {"qwen35", &qwen35},
                                                                          {"gpt-4o", &gpt4o},
                                                                          {"tekken", &tekken}}};

} // namespace

GgufSplit ggufSplit(const std::string& name)
{
    const auto hit = std::ranges::find(rules, name, [](const auto& entry) { return entry.first; });
    const Rule& rule = hit == rules.end() ? gpt2 : *hit->second;
    GgufSplit split{nullptr, rule.ignoreMerges, rule.begins, hit != rules.end()};
    std::vector<PreTokenizerPtr> steps;
    for (const char* expression : rule.splits)
        if (expression)
            steps.push_back(
                splitPreTokenizer(Pattern::regex(expression, "tokenizer.ggml.pre"), Behavior::Isolated, false));
    steps.push_back(byteLevelPreTokenizer(false, false));
    split.preTokenizer = preTokenizerSequence(std::move(steps));
    return split;
}

} // namespace headlens::text
