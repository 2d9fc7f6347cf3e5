// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/attribution/settings.h"

#include "core/base/error.h"
#include "core/session/questions/heads.h"
#include "core/session/run_tensors.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <sstream>

namespace headlens {

std::string Settings::value(const std::string& name) const
{
    return switchValue(m_known, m_asked.settings, name);
}

double Settings::number(const std::string& name) const
{
    return switchNumber(m_known, m_asked.settings, name);
}

std::int64_t Settings::whole(const std::string& name) const
{
    return std::llround(number(name));
}

HeadFusion Settings::fusion() const
{
    return questions::fusionFrom(value("fusion"));
}

namespace {

std::int64_t existing(const std::string& name, std::int64_t place, std::int64_t count)
{
    const std::int64_t found = place < 0 ? count + place : place;
    if (found < 0 || found >= count)
        throw Error(ErrorCode::BadRequest, name + " " + std::to_string(place), "does not exist",
                    "choose from 0 to " + std::to_string(count - 1) + ", or -1 for the last");
    return found;
}

} // namespace

std::int64_t Settings::place(const std::string& name, std::int64_t count) const
{
    return existing(name, whole(name), count);
}

std::vector<std::int64_t> Settings::places(const std::string& name, std::int64_t count) const
{
    std::vector<std::int64_t> found;
    for (const double number : switchNumbers(m_known, m_asked.settings, name))
        found.push_back(existing(name, std::llround(number), count));
    return found;
}

at::Tensor fillColour(const Run& run, const std::string& name, const at::Tensor& pixels)
{
    constexpr double kLargestByte = 255;
    const std::int64_t channels = pixels.size(1);
    std::vector<double> colour(std::size_t(channels), 0.0);
    const PreprocessPlan& plan = run.model().loaded.plan;
    const double level = plan.rescale ? kLargestByte * plan.rescaleFactor : 1.0; // of white before normalisation
    if (name == "zero") return at::zeros({channels, 1, 1}, pixels.options());
    for (std::size_t c = 0; c < colour.size(); ++c) {
        const double mean = plan.mean[std::min(c, plan.mean.size() - 1)];
        const double deviation = plan.deviation[std::min(c, plan.deviation.size() - 1)];
        colour[c] = name == "white" ? level : 0;
        if (plan.normalize) colour[c] = (colour[c] - mean) / deviation;
    }
    return at::tensor(colour, at::kDouble).to(pixels.options()).view({channels, 1, 1});
}

} // namespace headlens
