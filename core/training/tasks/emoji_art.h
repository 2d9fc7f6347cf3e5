// SPDX-License-Identifier: GPL-3.0-or-later
// The art that the emoji models see in training, and the style that they never see.
#pragma once

#include "core/training/data/emoji_scenes.h"
#include "core/training/trainer/task.h"

#include <string>
#include <vector>

namespace headlens {

struct EmojiArt {
    static constexpr const char* kUnseenStyle = "twemoji";

    // Throws Error(FileMissing).
    explicit EmojiArt(const std::string& folder);
    EmojiArt(const EmojiArt&) = delete; // the makers point into the library
    EmojiArt& operator=(const EmojiArt&) = delete;

    // A clean scene in the style of the request, by the name of its concept. Throws Error(Usage) for an unknown style.
    ExamplePicture examplePicture(const TrainRequest& request, int number) const;

    ArtLibrary library;
    std::vector<std::string> seenStyles;
    SceneMaker seen, unseen;
};

} // namespace headlens
