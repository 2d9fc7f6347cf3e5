// SPDX-License-Identifier: GPL-3.0-or-later
// Composes labelled scenes: one emoji on a varied background, every scene determined by its seed alone.
#pragma once

#include "core/training/data/art_library.h"

#include <cstdint>
#include <string>
#include <vector>

namespace headlens {

struct Scene {
    Image8 picture;
    int label = 0;
};

struct CaptionedScene {
    Image8 picture;
    std::vector<std::string> caption; // "a", "cat", "left", "of", "a", "dog", "on", "a", "red", "background"
    std::vector<int> concepts;        // one or two
};

class SceneMaker {
public:
    // Draws from `styles` only. The library must outlive the maker.
    SceneMaker(const ArtLibrary& library, std::vector<std::string> styles);

    // The same (seed, side) always gives the same scene. `hard` adds the distortions of training (grey, tint, blur);
    // without it a scene is what a person would call a clean example. Thread safe.
    Scene make(std::uint64_t seed, int side, bool hard) const;

    // One emoji, or two beside or above each other, on a plain colour or anything else, with its caption.
    CaptionedScene makeCaptioned(std::uint64_t seed, int side, bool hard) const;
    std::vector<std::string> captionWords() const;       // sorted
    std::vector<std::string> nameOf(int concept_) const; // "fire", "truck"
    int concepts() const { return int(m_names.size()); }

private:
    struct Candidate {
        int label;
        const Image8* picture;
    };
    std::vector<std::string> m_names;
    std::vector<std::vector<Candidate>> m_byConcept; // concept -> pictures of all styles
};

} // namespace headlens
