// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string>

namespace headlens {

// A title or a measured thing of an embedded model, in the language of the window; unknown words stay as they are.
QString modelWords(const std::string& text);

} // namespace headlens
