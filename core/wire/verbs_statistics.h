// SPDX-License-Identifier: GPL-3.0-or-later
// The questions about everything that is counted of heads, and the patterns that are named from it.
#pragma once

#include "core/base/float_array.h"
#include "core/wire/verbs.h"

#include <string>
#include <vector>

namespace headlens::verbs {

// head_profile {layer} -> HeadProfile: one layer a question, which can be cancelled between its rows.
struct HeadProfileQuestion {
    int layer = 0;
};
HEADLENS_WIRE_TYPE(HeadProfileQuestion)
struct HeadProfile {
    int layer = -1;
    FloatArray numbers; // [H,kHeadNumbers] as core/base/head_patterns.h defines them; nan where there is none
    FloatArray scores;  // [H,kHeadPatterns]
    HEADLENS_WIRE_TENSORS(TensorField{"numbers", &HeadProfile::numbers}, TensorField{"scores", &HeadProfile::scores})
};
HEADLENS_WIRE_TYPE(HeadProfile)
inline constexpr Question<HeadProfileQuestion, HeadProfile> kHeadProfile{"head_profile"};

// profile_pictures {pictures, fit} -> ProfiledPictures: the same of all layers, of the model as it was trained. The
// shown run stays. Few pictures a question: what else is asked waits for them.
struct ProfilePictures {
    std::vector<std::string> pictures; // paths on the engine's machine
    std::string fit = "trained";       // SetInput.fit
};
HEADLENS_WIRE_TYPE(ProfilePictures)
struct ProfiledPictures {
    int pictures = 0;              // that could be run
    FloatArray heads;              // [pictures * heads of all layers, kHeadColumns]
    std::vector<Failure> failures; // of the others
    HEADLENS_WIRE_TENSORS(TensorField{"heads", &ProfiledPictures::heads})
};
HEADLENS_WIRE_TYPE(ProfiledPictures)
inline constexpr Question<ProfilePictures, ProfiledPictures> kProfilePictures{"profile_pictures"};

} // namespace headlens::verbs
