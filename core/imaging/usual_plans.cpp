// SPDX-License-Identifier: GPL-3.0-or-later
// The plans of models whose preprocessing stands in no preprocessor_config.json.
#include "core/base/error.h"
#include "core/imaging/preprocess_plan.h"
#include "core/wire/json_fields.h"
#include "core/wire/safe_json.h"

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

const std::vector<double> kImageNetMean{0.485, 0.456, 0.406}, kImageNetDeviation{0.229, 0.224, 0.225};

} // namespace

PreprocessPlan parseTimmPlan(const Json& json, const std::string& subject)
{
    if (!json.is_object()) throw Error(ErrorCode::BadConfig, subject, "pretrained_cfg is no object");
    const JsonFields fields(json, subject);
    const auto input = fields.integers("input_size", {3, 224, 224}, 1, 16'384, 3);
    if (input.size() != 3) fields.refuse("input_size needs three numbers");
    const int height = int(input[1]), width = int(input[2]);
    const double share = fields.real("crop_pct", 0.875, 0.01, 10);
    const std::string mode = fields.text("crop_mode", "center");
    PreprocessPlan plan = imageNetPlan(height, width);
    const auto channels = std::size_t(input[0]); // as many numbers, also of what is not given
    const bool colours = channels == kImageNetMean.size();
    plan.mean = fields.reals("mean", colours ? kImageNetMean : std::vector<double>(channels, 0.5), channels);
    plan.deviation = fields.reals("std", colours ? kImageNetDeviation : std::vector<double>(channels, 0.5), channels);
    for (const double deviation : plan.deviation)
        if (!(deviation > 0)) fields.refuse("std must be positive");
    const std::string filter = fields.text("interpolation", "bicubic");
    plan.filter = filterNamed(filter).value_or(Filter::Bicubic); // "random": timm draws anew for every picture
    plan.height = int(height / share);
    plan.width = int(width / share);
    plan.shortest = std::min(plan.height, plan.width);
    if (mode == "squash")
        plan.resize = PreprocessPlan::Resize::Exact;
    else if (plan.height != plan.width)
        plan.resize = PreprocessPlan::Resize::Around;
    if (mode == "border") {
        plan.resize = PreprocessPlan::Resize::Inside;
        for (std::size_t c = 0; c < plan.fill.size(); ++c)
            plan.fill[c] = std::uint8_t(std::clamp(std::nearbyint(255 * plan.mean[c % plan.mean.size()]), 0.0, 255.0));
    }
    return plan;
}

PreprocessPlan torchvisionPlan(int height, int width)
{
    PreprocessPlan plan = imageNetPlan(height, width);
    plan.filter = Filter::Bilinear;
    return plan;
}

PreprocessPlan imageNetPlan(int height, int width)
{
    PreprocessPlan plan;
    plan.resize = PreprocessPlan::Resize::ShortestEdge;
    plan.shortest = int(std::min(height, width) * 256.0 / 224.0);
    plan.filter = Filter::Bicubic;
    plan.crop = true;
    plan.cropHeight = height;
    plan.cropWidth = width;
    plan.roundsToEven = true;
    plan.mean = kImageNetMean;
    plan.deviation = kImageNetDeviation;
    return plan;
}

PreprocessPlan clipPlan(int height, int width)
{
    PreprocessPlan plan = imageNetPlan(height, width);
    plan.shortest = std::min(height, width);
    plan.mean = {0.48145466, 0.4578275, 0.40821073};
    plan.deviation = {0.26862954, 0.26130258, 0.27577711};
    return plan;
}

PreprocessPlan halfPlan(int height, int width)
{
    PreprocessPlan plan;
    plan.height = height;
    plan.width = width;
    return plan;
}

} // namespace headlens
