// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/skeletons/stack_config.h"

#include "core/base/error.h"

namespace headlens {

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
    if (config.positionKind == TextPositions::Rotary) {
        const std::int64_t turned = config.rotary.width > 0 ? config.rotary.width : config.headWidth;
        require(turned % 2 == 0 && turned <= config.headWidth, "the width of rotary positions is odd or too large");
        require(config.rotary.theta > 0 && config.rotary.factor > 0,
                "rotary positions need a base and a factor above 0");
    }
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
