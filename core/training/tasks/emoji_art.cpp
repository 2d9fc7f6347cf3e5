// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/tasks/emoji_art.h"

#include "core/base/error.h"
#include "core/base/resources.h"
#include "core/imaging/codec.h"
#include "core/training/trainer/model_files.h"

#include <algorithm>
#include <filesystem>

namespace headlens {

EmojiArt::EmojiArt(const std::string& folder)
    : library(ArtLibrary::load(folder, resourceFolder() + "/training/emoji_concepts.tsv")),
      seenStyles(stylesBut(kUnseenStyle, folder)), seen(library, seenStyles), unseen(library, {kUnseenStyle})
{
}

std::vector<std::string> EmojiArt::stylesBut(const std::string& left, const std::string& folder) const
{
    std::vector<std::string> styles = library.styles();
    if (std::erase(styles, left) == 0)
        throw Error(ErrorCode::FileMissing, folder, "lacks the style " + left, "run tools/emoji_art.sh again");
    return styles;
}

void EmojiArt::writeScenes(const TrainRequest& request, int count) const
{
    constexpr int kSide = 192;
    if (std::ranges::find(library.styles(), request.style) == library.styles().end())
        throw Error(ErrorCode::Usage, "style " + request.style, "is not in " + request.artFolder);
    const SceneMaker maker(library, {request.style});
    std::filesystem::create_directories(request.outputFolder);
    for (int i = 0; i < count; ++i) {
        const Scene scene = maker.make(exampleSeed(request.seed, 0, i), kSide, false);
        const std::string& name = library.concepts()[std::size_t(scene.label)].name;
        writeText(request.outputFolder + "/" + name + "-" + std::to_string(i) + ".png", encodePng(scene.picture));
    }
}

} // namespace headlens
