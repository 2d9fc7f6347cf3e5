// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/contrast_record.h"

#include "core/base/error.h"
#include "core/checkpoint/file_bytes.h"
#include "core/wire/safe_json.h"

#include <algorithm>
#include <filesystem>

namespace headlens {

std::string homeOf(const std::string& modelPath)
{
    const std::filesystem::path given(modelPath);
    return (std::filesystem::is_directory(given) ? given : std::filesystem::absolute(given).parent_path()).string();
}

std::string contrastFileOf(const std::string& modelPath)
{
    return homeOf(modelPath) + "/contrast.json";
}

verbs::Contrast readContrast(const std::string& path)
{
    constexpr std::uint64_t kLargest = 4 << 20;
    constexpr std::size_t kMostTexts = 64;
    const auto bad = [&](const char* why) {
        return Error(ErrorCode::BadConfig, path, why, "train the model again or remove the file");
    };
    verbs::Contrast record;
    try {
        record = parseJsonObject(readWhole(path, kLargest), path).get<verbs::Contrast>();
    } catch (const Json::exception&) {
        throw bad("does not hold captions and steps");
    }
    const std::size_t texts = record.captions.size();
    if (texts == 0 || texts > kMostTexts || record.steps.empty()) throw bad("holds no steps, or too many captions");
    for (const verbs::ContrastStep& step : record.steps) {
        const bool square = step.cosines.size() == texts &&
                            std::ranges::all_of(step.cosines, [&](const auto& row) { return row.size() == texts; });
        if (!square) throw bad("holds a table that is not as wide and high as there are captions");
    }
    return record;
}

} // namespace headlens
