// SPDX-License-Identifier: GPL-3.0-or-later
// What the made-up engine counts of heads.
#pragma once

#include "core/base/head_patterns.h"
#include "core/wire/message.h"
#include "core/wire/verbs_heads.h"
#include "core/wire/verbs_statistics.h"
#include "tests/support/fake_models.h"
#include "tests/support/fake_numbers.h"

#include <cmath>
#include <filesystem>

namespace headlens::fake {

using test::tensor;

// Entropies that grow with the head and fall with the layer, no distances, a tenth for the first token.
inline Message headStatistics(const Message& asked)
{
    verbs::HeadNumbers said;
    said.layer = verbs::read<verbs::HeadQuestion>(asked.body).layer;
    std::vector<float> means;
    for (int head = 0; head < kHeads; ++head)
        for (const float value : {float(head + 1) / float(said.layer + 1), std::nanf(""), 0.1F, 0.01F * float(head)})
            means.push_back(value);
    Message answer;
    answer.body = said;
    answer.tensors = {tensor("means", {kHeads, 4}, means)};
    return answer;
}

// Entropy grows with the head and distance with the layer, no head has words; head 1 of every layer rests on a sink and
// the last head of the first layer is induction.
inline Message headProfile(const Message& asked)
{
    verbs::HeadProfile said;
    said.layer = verbs::read<verbs::HeadProfileQuestion>(asked.body).layer;
    std::vector<float> numbers, scores;
    for (int head = 0; head < kHeads; ++head) {
        std::vector<float> own(kHeadNumbers, std::nanf("")), score(kHeadPatterns, 0);
        own[std::size_t(HeadNumber::Entropy)] = float(head + 1) + 0.1F * float(said.layer);
        own[std::size_t(HeadNumber::Distance)] = float(10 * (said.layer + 1) + head);
        own[std::size_t(HeadNumber::Sink)] = 0.25F * float(head);
        if (head == 1) score[std::size_t(headPatternFrom("sink"))] = 0.75F;
        if (head == kHeads - 1 && said.layer == 0) score[std::size_t(headPatternFrom("induction"))] = 0.5F;
        numbers.insert(numbers.end(), own.begin(), own.end());
        scores.insert(scores.end(), score.begin(), score.end());
    }
    Message answer;
    answer.body = said;
    answer.tensors = {tensor("numbers", {kHeads, std::int64_t(kHeadNumbers)}, numbers),
                      tensor("scores", {kHeads, std::int64_t(kHeadPatterns)}, scores)};
    return answer;
}

// Of "routed": picture "3.png" has entropy 3 in all heads and nothing else; one whose name is no number cannot be read.
inline Message profilePictures(const Message& asked)
{
    verbs::ProfiledPictures said;
    std::vector<float> heads;
    for (const std::string& path : verbs::read<verbs::ProfilePictures>(asked.body).pictures) {
        const std::string stem = std::filesystem::path(path).stem().string();
        if (stem.find_first_not_of("0123456789") != std::string::npos) {
            said.failures.push_back({"image_unreadable", stem, "is no picture", ""});
            continue;
        }
        ++said.pictures;
        std::vector<float> own(kHeadColumns, std::nanf(""));
        own[std::size_t(HeadNumber::Entropy)] = std::stof(stem);
        for (int head = 0; head < kRoutedBlocks * kHeads; ++head) heads.insert(heads.end(), own.begin(), own.end());
    }
    Message answer;
    answer.body = said;
    answer.tensors = {tensor("heads", {said.pictures * kRoutedBlocks * kHeads, std::int64_t(kHeadColumns)}, heads)};
    return answer;
}

} // namespace headlens::fake
