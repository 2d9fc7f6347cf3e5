// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/preprocess_plan.h"

#include "core/base/error.h"
#include "core/wire/safe_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace headlens {
namespace {

const std::vector<double> kImageNetMean{0.485, 0.456, 0.406}, kImageNetDeviation{0.229, 0.224, 0.225};
const std::vector<double> kClipMean{0.48145466, 0.4578275, 0.40821073},
    kClipDeviation{0.26862954, 0.26130258, 0.27577711};
const std::vector<double> kHalf{0.5, 0.5, 0.5};

// What a processor class does when its file is silent, and how it reads a bare integer size.
struct ClassDefaults {
    std::string_view prefix;
    bool shortestEdge;
    Filter filter;
    int size;
    bool crop;
    const std::vector<double>*mean, *deviation;
};

const std::array<ClassDefaults, 11>& classTable()
{
    static const std::array<ClassDefaults, 11> kTable{{
        {"ViT", false, Filter::Bilinear, 224, false, &kHalf, &kHalf},
        {"DeiT", false, Filter::Bicubic, 256, true, &kHalf, &kHalf},
        {"Beit", false, Filter::Bicubic, 256, true, &kHalf, &kHalf},
        {"Bit", true, Filter::Bicubic, 224, true, &kClipMean, &kClipDeviation},
        {"CLIP", true, Filter::Bicubic, 224, true, &kClipMean, &kClipDeviation},
        {"DINOv3", false, Filter::Bilinear, 224, false, &kImageNetMean, &kImageNetDeviation},
        {"Siglip", false, Filter::Bicubic, 224, false, &kHalf, &kHalf},
        {"Blip", false, Filter::Bicubic, 384, false, &kClipMean, &kClipDeviation},
        {"Vilt", true, Filter::Bicubic, 384, false, &kHalf, &kHalf},
        {"Qwen2VL", false, Filter::Bicubic, 224, false, &kClipMean, &kClipDeviation},
        {"ConvNext", false, Filter::Bilinear, 384, false, &kHalf, &kHalf},
    }};
    return kTable;
}

class Reader {
public:
    Reader(const Json& json, const std::string& subject) : m_json(json), m_subject(subject) {}

    PreprocessPlan read(int imageSide)
    {
        const ClassDefaults& type = classDefaults();
        m_plan.filter = filter(type.filter);
        m_plan.mean = numbers("image_mean", *type.mean);
        m_plan.deviation = numbers("image_std", *type.deviation);
        for (const double d : m_plan.deviation)
            if (!(d > 0)) refuse("image_std must be positive");
        if (m_plan.mean.size() != m_plan.deviation.size()) refuse("image_mean and image_std differ in length");
        m_plan.rescale = flag("do_rescale", true);
        m_plan.rescaleFactor =
            present("rescale_factor") ? number(m_json["rescale_factor"], "rescale_factor", -1e6, 1e6) : 1.0 / 255.0;
        m_plan.normalize = flag("do_normalize", true);
        const bool known = present("image_processor_type") || present("feature_extractor_type");
        if (type.prefix == "Qwen2VL")
            readArea();
        else
            readSize(type, known ? type.size : imageSide);
        m_plan.crop = flag("do_center_crop", type.crop);
        // A class that crops has a crop of its own, whatever its size.
        const int usual = known && type.crop ? kUsualCrop
                          : present("size")  ? std::min(m_plan.height, m_plan.shortest)
                                             : imageSide;
        std::tie(m_plan.cropHeight, m_plan.cropWidth) =
            present("crop_size") ? pair(m_json["crop_size"], "crop_size") : std::pair(usual, usual);
        const bool resizes = flag("do_resize", true);
        if (type.prefix == "ConvNext" && resizes) resolveConvNext();
        if (type.prefix == "Vilt") resolveVilt();
        if (!resizes) m_plan.resize = PreprocessPlan::Resize::None;
        return m_plan;
    }

private:
    static constexpr int kLargestSide = 16'384, kUsualCrop = 224, kLargestArea = 1 << 28;

    [[noreturn]] void refuse(const std::string& why) const
    {
        throw Error(ErrorCode::BadConfig, m_subject, why, "check preprocessor_config.json");
    }
    bool present(const char* key) const { return m_json.contains(key) && !m_json[key].is_null(); }
    // null switches off: the reference keeps it as None instead of its class's default.
    bool flag(const char* key, bool fallback) const
    {
        if (!m_json.contains(key)) return fallback;
        if (m_json[key].is_null()) return false;
        if (!m_json[key].is_boolean()) refuse(std::string(key) + " is neither true nor false");
        return m_json[key].get<bool>();
    }
    double number(const Json& value, const char* key, double low, double high) const
    {
        if (!value.is_number()) refuse(std::string(key) + " is no number");
        const double found = value.get<double>();
        if (!(found >= low && found <= high)) refuse(std::string(key) + " is out of range");
        return found;
    }
    int side(const Json& value, const char* key) const
    {
        if (!value.is_number_integer()) refuse(std::string(key) + " is no whole number");
        return int(number(value, key, 1, kLargestSide));
    }
    std::vector<double> numbers(const char* key, const std::vector<double>& fallback) const
    {
        if (!present(key)) return fallback;
        const Json& list = m_json[key];
        if (list.is_number()) return std::vector<double>(3, number(list, key, -1e6, 1e6));
        constexpr std::size_t kMostChannels = 64;
        if (!list.is_array() || list.empty() || list.size() > kMostChannels)
            refuse(std::string(key) + " needs a number for each channel");
        std::vector<double> found;
        for (const Json& value : list) found.push_back(number(value, key, -1e6, 1e6));
        return found;
    }
    Filter filter(Filter fallback) const
    {
        if (!m_json.contains("resample")) return fallback;
        if (m_json["resample"].is_null()) return Filter::Bilinear; // what the reference's resize does without one
        if (!m_json["resample"].is_number_integer()) refuse("resample is no whole number");
        return Filter(int(number(m_json["resample"], "resample", 0, 5)));
    }
    // 224, [height, width] or {"height","width"}.
    std::pair<int, int> pair(const Json& value, const char* key) const
    {
        if (value.is_object()) {
            if (value.contains("shortest_edge")) {
                const int edge = side(value["shortest_edge"], key);
                return {edge, edge};
            }
            if (!value.contains("height") || !value.contains("width"))
                refuse(std::string(key) + " names neither height and width nor shortest_edge");
            return {side(value["height"], key), side(value["width"], key)};
        }
        if (value.is_array()) {
            if (value.size() != 2) refuse(std::string(key) + " is a list without two numbers");
            return {side(value[0], key), side(value[1], key)};
        }
        const int both = side(value, key);
        return {both, both};
    }
    const ClassDefaults& classDefaults() const
    {
        std::string type;
        for (const char* key : {"feature_extractor_type", "image_processor_type"})
            if (present(key) && m_json[key].is_string()) type = m_json[key].get<std::string>();
        for (const ClassDefaults& row : classTable())
            if (type.starts_with(row.prefix)) return row;
        return classTable()[0];
    }
    void readSize(const ClassDefaults& type, int fallback)
    {
        bool shortest = type.shortestEdge;
        if (present("size")) {
            const Json& size = m_json["size"];
            if (size.is_object()) {
                shortest = size.contains("shortest_edge");
                if (shortest && size.contains("longest_edge")) m_plan.longest = side(size["longest_edge"], "size");
            } else if (size.is_array()) {
                shortest = false;
            }
            std::tie(m_plan.height, m_plan.width) = pair(size, "size");
        } else {
            m_plan.height = m_plan.width = fallback;
        }
        m_plan.shortest = m_plan.height;
        m_plan.resize = shortest ? PreprocessPlan::Resize::ShortestEdge : PreprocessPlan::Resize::Exact;
    }
    // Areas stand in "min_pixels" and "max_pixels", or as edges in "size".
    void readArea()
    {
        const Json size = present("size") && m_json["size"].is_object() ? m_json["size"] : Json::object();
        const auto area = [&](const char* key, const char* edge, int usual) {
            if (present(key)) return int(number(m_json[key], key, 1, kLargestArea));
            return size.contains(edge) ? int(number(size[edge], edge, 1, kLargestArea)) : usual;
        };
        m_plan.resize = PreprocessPlan::Resize::Area;
        m_plan.leastArea = area("min_pixels", "shortest_edge", 56 * 56);
        m_plan.mostArea = area("max_pixels", "longest_edge", 28 * 28 * 1'280);
        const int patch = present("patch_size") ? side(m_json["patch_size"], "patch_size") : 14;
        const int merge = present("merge_size") ? side(m_json["merge_size"], "merge_size") : 2;
        m_plan.divisor = patch * merge;
        if (m_plan.divisor > kLargestSide || m_plan.leastArea > m_plan.mostArea)
            refuse("the areas of its pictures do not fit each other");
    }
    void resolveConvNext()
    {
        constexpr int kSquashFrom = 384;
        const int target = m_plan.shortest;
        if (target >= kSquashFrom) {
            m_plan.resize = PreprocessPlan::Resize::Exact;
            m_plan.height = m_plan.width = target;
            return;
        }
        const double share = present("crop_pct") ? number(m_json["crop_pct"], "crop_pct", 0.01, 1) : 224.0 / 256.0;
        m_plan.resize = PreprocessPlan::Resize::ShortestEdge;
        m_plan.shortest = int(target / share);
        m_plan.crop = true;
        m_plan.cropHeight = m_plan.cropWidth = target;
    }
    void resolveVilt()
    {
        m_plan.longest = int(1333.0 / 800.0 * m_plan.shortest);
        m_plan.divisor = present("size_divisor") ? side(m_json["size_divisor"], "size_divisor") : 32;
        m_plan.crop = false;
    }

    const Json& m_json;
    const std::string& m_subject;
    PreprocessPlan m_plan;
};

std::string listed(const std::vector<double>& values)
{
    std::string text;
    for (const double value : values) text += fmt::format("{}{:.6g}", text.empty() ? "" : ", ", value);
    return text;
}

} // namespace

std::vector<std::string> PreprocessPlan::describe() const
{
    std::vector<std::string> lines;
    if (channels == 1) lines.emplace_back("to grey");
    const auto by = [](int h, int w) { return fmt::format("{} x {}", w, h); };
    if (resize == Resize::Exact)
        lines.push_back("resize to " + by(height, width) + " (" + std::string(nameOf(filter)) + ")");
    if (resize == Resize::ShortestEdge)
        lines.push_back("resize shortest edge to " + std::to_string(shortest) + " (" + std::string(nameOf(filter)) +
                        ")");
    if (resize == Resize::Around)
        lines.push_back("resize to cover " + by(height, width) + ", own aspect (" + std::string(nameOf(filter)) + ")");
    if (resize == Resize::Inside)
        lines.push_back("resize into " + by(height, width) + ", own aspect (" + std::string(nameOf(filter)) + ")");
    if (resize == Resize::Area)
        lines.push_back(fmt::format("resize to sides that are multiples of {}, {} to {} pixels in all ({})", divisor,
                                    leastArea, mostArea, nameOf(filter)));
    if (crop) lines.push_back("crop the centre " + by(cropHeight, cropWidth));
    if (rescale) lines.push_back("rescale by " + listed({rescaleFactor}));
    if (normalize) lines.push_back("normalise: mean " + listed(mean) + "; deviation " + listed(deviation));
    return lines;
}

PreprocessPlan parsePreprocessPlan(const Json& json, const std::string& subject, int imageSide)
{
    return Reader(json, subject).read(imageSide);
}

} // namespace headlens
