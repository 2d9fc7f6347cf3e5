// SPDX-License-Identifier: GPL-3.0-or-later
// Rules of integration on [0,1], for paths from a baseline to an input.
#pragma once

#include <string>
#include <vector>

namespace headlens {

// Where the path is looked at, and what each place counts.
struct Quadrature {
    std::vector<double> nodes, weights;
};

// "gauss-legendre", "left" i/n, "middle" (i+1/2)/n, "right" (i+1)/n with weights 1/n, "trapezoid" i/(n-1) with 1/(n-1)
// and half of it at both ends; one step of it is the middle. n >= 1.
Quadrature quadratureOf(const std::string& rule, int n);

} // namespace headlens
