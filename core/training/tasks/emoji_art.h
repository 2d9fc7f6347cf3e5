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

    // Writes `count` clean scenes in the style of the request as <concept>-<n>.png: examples to look at, or to try the
    // model on. Throws Error(Usage) where there is no such style.
    void writeScenes(const TrainRequest& request, int count) const;

    ArtLibrary library;
    std::vector<std::string> seenStyles;
    SceneMaker seen, unseen;

private:
    std::vector<std::string> stylesBut(const std::string& left, const std::string& folder) const;
};

} // namespace headlens
