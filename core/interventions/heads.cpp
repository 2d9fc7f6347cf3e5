// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interventions/heads.h"

#include "core/base/error.h"
#include "core/base/window_text.h"
#include "core/session/run_tensors.h"

#include <charconv>
#include <sstream>

namespace headlens {

HeadAddress existingHead(const HeadAddress& head, const Run& run)
{
    if (head.head < 0 || head.head >= blockOf(run, head.block).heads())
        throw Error(ErrorCode::BadRequest, "head " + std::to_string(head.block) + "." + std::to_string(head.head),
                    "does not exist", "blocks and heads count from 0");
    return head;
}

std::vector<HeadAddress> headsFrom(const std::string& text, const Run& run)
{
    std::vector<HeadAddress> heads;
    std::istringstream parts(text);
    for (std::string part; std::getline(parts, part, ',');) {
        HeadAddress head;
        const char* const end = part.data() + part.size();
        const auto [dot, wrongBlock] = std::from_chars(part.data(), end, head.block);
        const bool dotted = wrongBlock == std::errc() && dot != end && *dot == '.';
        const auto [rest, wrongHead] = std::from_chars(dotted ? dot + 1 : end, end, head.head);
        if (!dotted || wrongHead != std::errc() || rest != end)
            throw Error(ErrorCode::BadRequest, "heads", "\"" + part + "\" is not BLOCK.HEAD", "write 3.0,5.2");
        heads.push_back(existingHead(head, run));
    }
    if (heads.empty()) throw Error(ErrorCode::BadRequest, "heads", "were not given", "write heads=3.0,5.2");
    return heads;
}

verbs::Switch headsSetting()
{
    return {"heads", HEADLENS_TEXT("Methods", "Heads"), {}, 0, 0, "", false, /*isText=*/true};
}

} // namespace headlens
