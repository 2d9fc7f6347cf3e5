// SPDX-License-Identifier: GPL-3.0-or-later
// Whether text can be read on its ground: the contrast of WCAG 2, from 1 (the same) to 21 (black on white).
#pragma once

#include <QColor>

namespace headlens {

inline constexpr double kReadable = 4.5; // of text in the usual size

double contrastOf(const QColor& one, const QColor& other);

// `preferred` where it can be read on `ground`, else black or white.
QColor inkOn(const QColor& ground, const QColor& preferred);

} // namespace headlens
