// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/measures/sheet.h"

#include "core/attribution/maps.h"
#include "core/attribution/method.h"
#include "core/base/error.h"
#include "core/measures/judgement.h"

#include <algorithm>

namespace headlens {
namespace {

const std::string kControl = "random";

// The areas of the control are the mean of a few draws: one may be lucky.
verbs::MapJudgement judgedControl(const Run& run, verbs::JudgeMap asked, const JobControl& control)
{
    constexpr int kDraws = 3;
    verbs::MapJudgement mean;
    for (int draw = 0; draw < kDraws; ++draw) {
        asked.of.settings["seed"] = std::to_string(draw);
        const verbs::MapJudgement one = judgeMap(run, asked, control);
        if (draw == 0) mean = one;
        mean.deletionArea += draw == 0 ? 0 : one.deletionArea;
        mean.insertionArea += draw == 0 ? 0 : one.insertionArea;
    }
    mean.deletionArea /= kDraws;
    mean.insertionArea /= kDraws;
    return mean;
}

} // namespace

std::vector<std::string> sheetMethods(const Run& run, double seconds)
{
    std::vector<std::string> chosen;
    for (const verbs::MethodInfo& method : methodsFor(run.model())) {
        const bool whole = method.over == "run" && method.refusal.empty() && !method.ofToken;
        if (whole && method.id != kControl && mapCost(run, {.method = method.id}).seconds <= seconds)
            chosen.push_back(method.id);
    }
    chosen.push_back(kControl);
    return chosen;
}

std::vector<SheetEntry> sheetOf(const Run& run, const std::vector<std::string>& methods,
                                const verbs::ScoreChoice& score, const std::string& fill, const JobControl& control)
{
    std::vector<SheetEntry> entries;
    for (std::size_t i = 0; i < methods.size(); ++i) {
        control.checkpoint(int(i), int(methods.size()), "sheet");
        const verbs::MethodInfo& method = methodInfo(methods[i]);
        const verbs::JudgeMap asked{{.method = method.id, .score = score}, fill};
        try {
            entries.push_back(
                {method.id, method.title,
                 method.id == kControl ? judgedControl(run, asked, control) : judgeMap(run, asked, control)});
        } catch (const Error& error) {
            if (error.code() != ErrorCode::BadRequest || i == 0)
                throw; // what is wrong with all of them is said at once
        }
    }
    return entries;
}

} // namespace headlens
