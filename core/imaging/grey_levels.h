// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of more than 8 bits, of whole or of real numbers, as the 256 grey levels that models were trained on.
#pragma once

#include <string>

namespace cv {
class Mat;
}

namespace headlens {

// Any depth to 8 bits, channels untouched. Full 16 bits keep their upper eight, as Pillow does; 12 bits or fewer in 16,
// and numbers that are none of 0..255, are stretched. `remark` says what a person would not expect; empty otherwise.
cv::Mat toGreyLevels(const cv::Mat& picture, std::string& remark);

} // namespace headlens
