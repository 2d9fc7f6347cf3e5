// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/trainer/model_files.h"

#include "core/base/error.h"
#include "core/wire/safe_json.h"

#include <fstream>

namespace headlens {

void writeText(const std::string& path, const std::string& text)
{
    std::ofstream file(path, std::ios::binary);
    file << text;
    if (!file.flush()) throw Error(ErrorCode::WriteFailed, path, "could not be written");
}

void writePreprocessor(const std::string& folder, std::int64_t side, PictureFit fit)
{
    Json preprocessor{{"image_processor_type", "ViTImageProcessor"},
                      {"do_resize", true},
                      {"size", {{"height", side}, {"width", side}}},
                      {"resample", 3},
                      {"do_rescale", true},
                      {"rescale_factor", 1.0 / 255.0},
                      {"do_normalize", true},
                      {"image_mean", {0.5, 0.5, 0.5}},
                      {"image_std", {0.5, 0.5, 0.5}}};
    if (fit == PictureFit::Height)
        preprocessor.update({{"image_processor_type", "CLIPImageProcessor"},
                             {"size", {{"shortest_edge", side}}},
                             {"do_center_crop", false}});
    writeText(folder + "/preprocessor_config.json", preprocessor.dump(2) + "\n");
}

} // namespace headlens
