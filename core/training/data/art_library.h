// SPDX-License-Identifier: GPL-3.0-or-later
// The emoji pictures that scenes are composed of: <folder>/<style>/<concept>/<codepoint>.png, made by
// tools/emoji_art.sh.
#pragma once

#include "core/base/image8.h"

#include <map>
#include <string>
#include <vector>

namespace headlens {

struct Concept {
    std::string name, chineseName;
};

class ArtLibrary {
public:
    // `conceptsFile`: lines "english<TAB>chinese<TAB>codepoints". Throws Error when a picture or the table is missing.
    static ArtLibrary load(const std::string& folder, const std::string& conceptsFile);

    const std::vector<Concept>& concepts() const { return m_concepts; }
    const std::vector<std::string>& styles() const { return m_styles; }
    // RGBA pictures of one concept in one style; may be empty.
    const std::vector<Image8>& pictures(const std::string& style, std::size_t concept_) const;

private:
    std::vector<Concept> m_concepts;
    std::vector<std::string> m_styles;
    std::map<std::string, std::vector<std::vector<Image8>>> m_pictures; // style -> concept -> pictures
};

} // namespace headlens
