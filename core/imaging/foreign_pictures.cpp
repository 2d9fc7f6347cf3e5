// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/foreign_pictures.h"

#include <algorithm>
#include <array>

namespace headlens {
namespace {

struct Mark {
    std::size_t at;
    std::string_view bytes, format;
};

// ISO 23008-12 and the AV1 image format: "ftyp" with the brand of the file.
constexpr std::array<Mark, 22> kMarks{{{4, "ftypheic", "HEIC"},
                                       {4, "ftypheix", "HEIC"},
                                       {4, "ftypheim", "HEIC"},
                                       {4, "ftypheis", "HEIC"},
                                       {4, "ftyphevc", "HEIC"},
                                       {4, "ftyphevx", "HEIC"},
                                       {4, "ftypmif1", "HEIC or AVIF"},
                                       {4, "ftypmsf1", "HEIC or AVIF"},
                                       {4, "ftypavif", "AVIF"},
                                       {4, "ftypavis", "AVIF"},
                                       {4, "ftypcrx ", "Canon raw"},
                                       {4, "JXL ", "JPEG XL"},
                                       {0, "\xFF\x0A", "JPEG XL"},
                                       {4, "jP  ", "JPEG 2000"},
                                       {128, "DICM", "DICOM"},
                                       {0, "8BPS", "Photoshop"},
                                       {0, "%PDF", "PDF"},
                                       {0, "v/1\x01", "OpenEXR"},
                                       {0, "#?RADIANCE", "Radiance HDR"},
                                       {0, "gimp xcf", "GIMP"},
                                       {0, std::string_view("II+\0", 4), "BigTIFF"},
                                       {0, std::string_view("MM\0+", 4), "BigTIFF"}}};

} // namespace

std::string_view foreignPicture(std::span<const std::byte> bytes)
{
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    const auto* hit = std::ranges::find_if(kMarks, [&](const Mark& mark) {
        return text.size() >= mark.at && text.substr(mark.at).starts_with(mark.bytes);
    });
    if (hit != kMarks.end()) return hit->format;
    constexpr std::size_t kSearched = 1024;
    return text.substr(0, kSearched).find("<svg") != std::string_view::npos ? "SVG" : std::string_view();
}

} // namespace headlens
