// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/model_verdict.h"

#include "core/base/error.h"
#include "core/base/window_text.h"
#include "core/checkpoint/foreign_parts.h"
#include "core/models/loading.h"
#include "core/models/registry.h"

#include <filesystem>
#include <system_error>

namespace headlens {

namespace {

verbs::Sentence sentenceOf(const Error& error)
{
    const std::string file = std::filesystem::path(error.subject()).filename().string();
    switch (error.code()) {
    case ErrorCode::FileMissing:
        return {HEADLENS_TEXT("FoundModels", "The download is not finished: %1 is missing."), file};
    case ErrorCode::Truncated:
        return {HEADLENS_TEXT("FoundModels", "The download is not finished: %1 ends too early."), file};
    default: return {HEADLENS_TEXT("FoundModels", "It cannot be opened: %1."), file + " " + error.why()};
    }
}

std::int64_t bytesOf(const Checkpoint& checkpoint)
{
    std::int64_t bytes = 0;
    std::error_code problem;
    for (const std::string& file : checkpoint.files()) {
        const std::uintmax_t size = std::filesystem::file_size(file, problem);
        if (!problem) bytes += std::int64_t(size);
    }
    return bytes;
}

ModelVerdict verdictOn(const Checkpoint& checkpoint)
{
    ModelVerdict verdict{{}, modelTypeOf(checkpoint), bytesOf(checkpoint)};
    if (verdict.type.empty()) verdict.type = timmConfigOf(checkpoint).architecture;
    if (const auto part = foreignPartOf(checkpoint.tensors())) {
        verdict.whyNot = {HEADLENS_TEXT("FoundModels", "It cannot be opened: %1."), part->what};
    } else if (const Architecture* architecture = architectureOf(checkpoint)) {
        if (verdict.type.empty()) verdict.type = architecture->name;
    } else if (verdict.type.empty()) {
        verdict.whyNot = {HEADLENS_TEXT("FoundModels", "HeadLens knows no model with such weights."), {}};
    } else {
        verdict.whyNot = {HEADLENS_TEXT("FoundModels", "HeadLens cannot run models of the type %1 yet."), verdict.type};
    }
    return verdict;
}

} // namespace

ModelVerdict verdictOn(const std::string& path)
{
    try {
        return verdictOn(openCheckpoint(path));
    } catch (const Error& error) {
        return {sentenceOf(error), {}, 0};
    } catch (const std::exception&) { // of JSON that is none of what is expected, of a file that went meanwhile
        return {
            {HEADLENS_TEXT("FoundModels", "It cannot be opened: %1."), HEADLENS_TEXT("FoundModels", "it is damaged")},
            {},
            0};
    }
}

verbs::FoundModels findModels(const verbs::FindModels& asked, const JobControl& control)
{
    return findModels(
        modelPlaces(asked.folders), [](const std::string& path) { return verdictOn(path); }, control);
}

} // namespace headlens
