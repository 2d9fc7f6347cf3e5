// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/measures/head_statistics.h"

#include "core/base/head_patterns.h"
#include "core/checkpoint/file_bytes.h"
#include "core/measures/measures.h"
#include "core/session/run_tensors.h"
#include "core/tensors/bridge.h"
#include "core/tensors/runtime.h"
#include "core/trace/head_census.h"
#include "core/wire/failure.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <span>
#include <string>
#include <vector>

namespace headlens {
namespace {

// Of the sequence that the keys of a block are.
TokenFacts factsOf(const Run& run, const AttentionRecord& block)
{
    TokenFacts facts;
    const TokenStream& stream = streamOf(run, block.keyStream);
    const verbs::Stream& said = run.info.streams.at(std::size_t(block.keyStream));
    for (std::size_t i = 0; i < std::size_t(stream.text); ++i) {
        const bool isWord = i < said.tokens.size() && !said.tokens[i].special && said.tokens[i].kind.empty();
        facts.words.push_back(isWord ? said.tokens[i].id : -1);
    }
    if (block.windows || stream.gridHeight == 0) return facts;
    const std::vector<std::string>& names = run.modelInfo().prefixTokens;
    for (std::int64_t i = 0; i < stream.prefix; ++i) {
        const std::string name = std::int64_t(names.size()) == stream.prefix ? names[std::size_t(i)] : "";
        if (name == "cls" || (name.empty() && i == 0))
            facts.cls = stream.text + i;
        else if (name.starts_with("reg"))
            facts.registers.push_back(stream.text + i);
    }
    return facts;
}

// [H,kHeadNumbers] and [H,kHeadPatterns], double on the CPU.
struct Profile {
    at::Tensor numbers, scores;
};

Profile profileOf(const Run& run, int layer, const JobControl& control)
{
    const AttentionRecord& block = blockOf(run, layer);
    const HeadCensus census = headCensus(block, mapOf(run, layer), factsOf(run, block), [&control] {
        if (control.cancelled && control.cancelled()) throw Error(ErrorCode::Cancelled, {}, "cancelled");
    });
    const at::Tensor numbers = census.numbers.contiguous(), chance = census.chance.contiguous();
    const at::Tensor scores = at::empty({numbers.size(0), std::int64_t(kHeadPatterns)}, at::kDouble);
    const std::span<const double, kHeadNumbers> byChance(chance.data_ptr<double>(), kHeadNumbers);
    for (std::int64_t head = 0; head < numbers.size(0); ++head) {
        const std::span<const double, kHeadNumbers> own(numbers.data_ptr<double>() + head * std::int64_t(kHeadNumbers),
                                                        kHeadNumbers);
        std::ranges::copy(patternScores(own, byChance), scores.data_ptr<double>() + head * std::int64_t(kHeadPatterns));
    }
    return {numbers, scores};
}

MethodResult headStatisticsOf(const Run& run, const verbs::MapQuestion&, const JobControl& control)
{
    MethodResult result;
    const int layers = int(run.tensors().result.trace.blocks.size());
    for (int layer = 0; layer < layers; ++layer) {
        control.checkpoint(layer, layers, "measure");
        const Profile profile = profileOf(run, layer, control);
        const std::string block = "." + std::to_string(layer);
        for (std::size_t i = 0; i < kHeadNumbers; ++i)
            result.parts[infoOf(HeadNumber(i)).id + block] = profile.numbers.select(1, std::int64_t(i));
        std::vector<std::int64_t> named;
        for (std::int64_t head = 0; head < profile.scores.size(0); ++head)
            named.push_back(patternOf({profile.scores[head].data_ptr<double>(), kHeadPatterns}));
        for (std::size_t i = 0; i < kHeadPatterns; ++i)
            result.parts[std::string("score.") + headPatterns()[i].id + block] =
                profile.scores.select(1, std::int64_t(i));
        result.parts["pattern" + block] = at::tensor(named, at::kLong);
    }
    return result;
}

std::vector<Drawn> drawnNumbers()
{
    std::vector<Drawn> all;
    for (std::size_t i = 0; i < kHeadNumbers; ++i) {
        const HeadNumberInfo& one = infoOf(HeadNumber(i));
        const bool isLength = HeadNumber(i) == HeadNumber::Distance;
        all.push_back({.title = one.title,
                       .parts = {std::string(one.id) + ".*"},
                       .rows = "layer",
                       .columns = "head",
                       .unit = one.isShare ? "share"
                               : isLength  ? "pixels"
                                           : "nats"});
    }
    return all;
}

} // namespace

verbs::HeadProfile headProfile(const Run& run, const verbs::HeadProfileQuestion& asked, const JobControl& control)
{
    const c10::InferenceMode inference;
    const SerialOperators serial; // many small ones: threads would wait for each other most of the time
    const Profile profile = profileOf(run, asked.layer, control);
    return {asked.layer, toArray(profile.numbers), toArray(profile.scores)};
}

FloatArray headNumbers(const Run& run, const JobControl& control)
{
    FloatArray all;
    for (int layer = 0; layer < int(run.info.blocks.size()); ++layer) {
        const verbs::HeadProfile profile = headProfile(run, {layer}, control);
        for (int head = 0; head < profile.numbers.rows(); ++head)
            for (const FloatArray* table : {&profile.numbers, &profile.scores}) {
                const std::span<const float> part = table->part(head);
                all.values.insert(all.values.end(), part.begin(), part.end());
            }
    }
    all.shape = {std::int64_t(all.values.size() / kHeadColumns), std::int64_t(kHeadColumns)};
    return all;
}

verbs::ProfiledPictures profilePictures(Session& session, const verbs::ProfilePictures& asked,
                                        const JobControl& control)
{
    constexpr std::uint64_t kLargestFile = 256U << 20;
    constexpr std::size_t kMostAtOnce = 16;
    if (asked.pictures.size() > kMostAtOnce)
        throw Error(ErrorCode::BadRequest, "profile_pictures", "asks for too many pictures at once",
                    "ask for at most " + std::to_string(kMostAtOnce));
    verbs::ProfiledPictures answer;
    std::vector<PictureFile> files;
    for (const std::string& path : asked.pictures) {
        control.checkpoint(int(files.size()), int(asked.pictures.size()), "read");
        try {
            files.push_back({path, readWhole(path, kLargestFile)});
        } catch (const Error& error) {
            answer.failures.push_back(failureOf(error));
        }
    }
    verbs::SetInput how;
    how.fit = asked.fit;
    for (const BatchEntry& one : session.runBatch(files, how)) {
        if (one.failure) {
            answer.failures.push_back(failureOf(*one.failure));
            continue;
        }
        const FloatArray counted = headNumbers(*one.run, control);
        answer.heads.values.insert(answer.heads.values.end(), counted.values.begin(), counted.values.end());
        ++answer.pictures;
    }
    answer.heads.shape = {std::int64_t(answer.heads.values.size() / kHeadColumns), std::int64_t(kHeadColumns)};
    return answer;
}

const Method measures::headStatistics{
    {.id = "head-statistics",
     .title = HEADLENS_TEXT("Methods", "statistics and patterns of heads"),
     .says = HEADLENS_TEXT("Methods", "What every head does on the whole: entropy, distance, shares of its attention, "
                                      "and the pattern that it is named by"),
     .source = HEADLENS_TEXT("Methods", "Clark and others 2019, Olsson and others 2022, Xiao and others 2023; the "
                                        "correction for chance is ours"),
     .unit = "share",
     .over = "run"},
    nullptr,
    headStatisticsOf,
    nullptr,
    drawnNumbers()};

} // namespace headlens
