// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/data/art_library.h"

#include "core/base/error.h"
#include "core/checkpoint/file_bytes.h"
#include "core/imaging/codec.h"

#include <algorithm>
#include <filesystem>
#include <sstream>

namespace headlens {
namespace {

namespace fs = std::filesystem;

std::vector<Concept> readConcepts(const std::string& file)
{
    std::istringstream lines(readWhole(file, 1U << 20));
    std::vector<Concept> concepts;
    for (std::string line; std::getline(lines, line);) {
        const std::size_t first = line.find('\t'), second = line.find('\t', first + 1);
        if (line.empty() || line[0] == '#' || second == std::string::npos) continue;
        concepts.push_back({line.substr(0, first), line.substr(first + 1, second - first - 1)});
    }
    if (concepts.empty()) throw Error(ErrorCode::BadConfig, file, "names no concepts");
    return concepts;
}

std::vector<Image8> readPictures(const fs::path& folder)
{
    std::vector<fs::path> files;
    if (fs::is_directory(folder))
        for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
    std::ranges::sort(files); // the order decides which picture a seed draws
    std::vector<Image8> pictures;
    for (const fs::path& file : files) {
        const std::string bytes = readWhole(file.string(), 4U << 20);
        pictures.push_back(decodeArtwork(std::as_bytes(std::span(bytes.data(), bytes.size())), file.string()));
    }
    return pictures;
}

} // namespace

ArtLibrary ArtLibrary::load(const std::string& folder, const std::string& conceptsFile)
{
    ArtLibrary library;
    library.m_concepts = readConcepts(conceptsFile);
    if (!fs::is_directory(folder))
        throw Error(ErrorCode::FileMissing, folder, "holds no emoji art",
                    "run tools/emoji_art.sh " + folder + " first");
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.is_directory()) library.m_styles.push_back(entry.path().filename().string());
    std::ranges::sort(library.m_styles);
    for (const std::string& style : library.m_styles)
        for (const Concept& item : library.m_concepts)
            library.m_pictures[style].push_back(readPictures(fs::path(folder) / style / item.name));
    return library;
}

const std::vector<Image8>& ArtLibrary::pictures(const std::string& style, std::size_t concept_) const
{
    return m_pictures.at(style).at(concept_);
}

} // namespace headlens
