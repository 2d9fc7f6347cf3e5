// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/tasks/emoji_art.h"

#include "core/base/error.h"
#include "core/base/resources.h"

#include <algorithm>

namespace headlens {
namespace {

std::vector<std::string> stylesBut(std::vector<std::string> styles, const std::string& left, const std::string& folder)
{
    if (std::erase(styles, left) == 0)
        throw Error(ErrorCode::FileMissing, folder, "lacks the style " + left, "run tools/emoji_art.sh again");
    return styles;
}

} // namespace

EmojiArt::EmojiArt(const std::string& folder)
    : library(ArtLibrary::load(folder, resourceFolder() + "/training/emoji_concepts.tsv")),
      seenStyles(stylesBut(library.styles(), kUnseenStyle, folder)), seen(library, seenStyles),
      unseen(library, {kUnseenStyle})
{
}

ExamplePicture EmojiArt::examplePicture(const TrainRequest& request, int number) const
{
    constexpr int kSide = 192;
    if (std::ranges::find(library.styles(), request.style) == library.styles().end())
        throw Error(ErrorCode::Usage, "style " + request.style, "is not in " + request.artFolder);
    Scene scene = SceneMaker(library, {request.style}).make(exampleSeed(request.seed, 0, number), kSide, false);
    return {library.concepts()[std::size_t(scene.label)].name, std::move(scene.picture)};
}

} // namespace headlens
