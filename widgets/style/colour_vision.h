// SPDX-License-Identifier: GPL-3.0-or-later
// What people who lack a kind of cone see: G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, "A Physiologically-based
// Model for Simulation of Color Vision Deficiency", IEEE TVCG 15(6), 2009; their matrices of severity 1.0, in linear
// RGB.
#pragma once

#include <QColor>
#include <QImage>

#include <cstdint>

namespace headlens {

enum class Vision : std::uint8_t {
    Full,
    Protanopia,    // no cones for long waves: red
    Deuteranopia,  // for middle ones: green
    Tritanopia,    // for short ones: blue
    Achromatopsia, // none: the luminance of Rec. 709 is left
};

QColor seenWith(Vision vision, const QColor& colour);
// Every pixel; the image is made 32 bits deep, its transparency stays.
void simulate(Vision vision, QImage& image);

} // namespace headlens
