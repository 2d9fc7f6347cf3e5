// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/skeletons/stack_config.h"

#include "core/base/error.h"

#include <algorithm>
#include <functional>
#include <numeric>

namespace headlens {

namespace {

using Require = std::function<void(bool good, const std::string& why)>;

void validateRotary(const RotaryConfig& rotary, std::int64_t headWidth, const Require& require)
{
    const std::int64_t turned = rotary.width > 0 ? rotary.width : headWidth;
    // An odd width turns one number more (a share of GPT-NeoX's heads that does not come out even).
    require(turned + turned % 2 <= headWidth, "the width of rotary positions is too large");
    require(rotary.theta > 0 && rotary.factor > 0, "rotary positions need a base and a factor above 0");
    if (rotary.scaling == RotaryConfig::Dynamic)
        require(turned > 2 && rotary.positions >= 1, "rotary positions are too narrow to be scaled by length");
    if (rotary.scaling == RotaryConfig::Yarn) require(rotary.theta > 1, "yarn needs a base above 1");
    const auto fits = [&](const std::vector<double>& factors) {
        return std::int64_t(factors.size()) == (turned + 1) / 2 &&
               std::ranges::all_of(factors, [](double f) { return f > 0; });
    };
    if (rotary.scaling == RotaryConfig::Long)
        require(fits(rotary.shortFactors) && fits(rotary.longFactors) && rotary.originalPositions > 1,
                "the factors of its rotary positions are not " + std::to_string(turned / 2) + " positive numbers");
    const std::int64_t told = std::accumulate(rotary.sections.begin(), rotary.sections.end(), std::int64_t(0));
    require(rotary.sections.empty() || told == (turned + 1) / 2,
            "mrope_section adds up to " + std::to_string(told) + ", not to half the width of a head");
    if (!rotary.divisors.empty())
        require(fits(rotary.divisors), "the divisors of its rotary positions do not fit its heads");
}

void validateLayers(const StackConfig& config, const Require& require)
{
    require(config.kinds.empty() || std::int64_t(config.kinds.size()) == config.layers,
            "it says of " + std::to_string(config.kinds.size()) + " layers what they are, but has " +
                std::to_string(config.layers));
    const ExpertsConfig& experts = config.experts;
    if (std::ranges::none_of(config.kinds, &LayerKind::experts)) return;
    require(experts.count >= 1 && experts.count <= 4'096 && experts.width >= 1 && experts.width <= 1'048'576,
            "the number or width of its experts is absurd");
    require(experts.chosen >= 1 && experts.chosen <= experts.count,
            "it asks " + std::to_string(experts.chosen) + " of " + std::to_string(experts.count) + " experts");
}

} // namespace

void validate(const StackConfig& config, const std::string& subject)
{
    const auto require = [&](bool good, const std::string& why) {
        if (!good) throw Error(ErrorCode::BadConfig, subject, config.name + ": " + why);
    };
    const auto within = [&](std::int64_t value, std::int64_t most, const char* what) {
        require(value >= 1 && value <= most, std::string(what) + " is " + std::to_string(value) + ", which is absurd");
    };
    within(config.layers, 1'000, "the number of layers");
    within(config.width, 65'536, "the width");
    within(config.heads, 1'024, "the number of heads");
    within(config.headWidth, 65'536, "the width of a head");
    require(config.groups >= 0 && config.heads % config.keyHeads() == 0,
            std::to_string(config.groups) + " heads of keys do not divide " + std::to_string(config.heads) + " heads");
    if (config.positionKind == TextPositions::Rotary)
        for (const RotaryConfig* rotary : {&config.rotary, &config.localRotary})
            validateRotary(*rotary, config.headWidth, require);
    validateLayers(config, require);
    within(config.tableWidth(), 65'536, "the width of the embedding");
    within(config.mlpWidth, 1'048'576, "the width of the MLP");
    within(config.vocabulary, 16'777'216, "the vocabulary");
    within(config.heads * config.headWidth, 1'048'576, "the width of all heads");
    if (config.positionKind != TextPositions::Relative) within(config.positions, 16'777'216, "the number of positions");
    require(config.buckets == 0 || (config.buckets >= 4 && config.buckets <= 65'536 && config.buckets % 2 == 0),
            "the number of distance buckets must be even, from 4 to 65536");
    require(config.farthest >= 1 && config.farthest > config.buckets / 4,
            "the farthest distance must exceed the exact buckets");
}

} // namespace headlens
