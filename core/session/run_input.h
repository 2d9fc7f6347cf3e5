// SPDX-License-Identifier: GPL-3.0-or-later
// From what a person gave to what a pass takes: pictures decoded and preprocessed, texts cut into tokens.
#pragma once

#include "core/base/image8.h"
#include "core/session/opened_model.h"
#include "core/session/run.h"

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace headlens {

// A decoded file. Kept by the session, so that a text beside it can change alone.
struct Picture {
    Image8 image; // upright; empty: none
    std::string name, sha256;
    double decodeMs = 0;
    std::vector<std::string> remarks;
};

// Throws Error(ImageUnreadable | ImageTooLarge | ImageCut).
Picture decodedPicture(const verbs::SetInput& request, std::span<const std::byte> file);

// At most `side` pixels a side.
Image8 reducedTo(const Image8& picture, int side);

// A run that has what is known of a picture before it passes. Throws Error(BadRequest | UnsupportedModel).
std::shared_ptr<Run> preparedRun(std::shared_ptr<const OpenedModel> opened, const Image8& picture,
                                 const verbs::SetInput& request);

// Reads the text of next.request into `next`. Throws as readText().
void addText(Run& next);

} // namespace headlens
