// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/attribution/quadrature.h"

#include <cmath>
#include <numbers>

namespace headlens {
namespace {

struct Polynomial {
    double value, slope;
};

// The Legendre polynomial of degree n >= 1 at x, by its recurrence.
Polynomial legendre(int n, double x)
{
    double before = 1, now = x;
    for (int k = 2; k <= n; ++k) {
        const double next = ((2 * k - 1) * x * now - (k - 1) * before) / k;
        before = now;
        now = next;
    }
    return {now, n * (x * now - before) / (x * x - 1)};
}

// Its roots by Newton's method, moved from [-1,1] to [0,1].
Quadrature gaussLegendre(int n)
{
    constexpr int kMostSteps = 100;
    constexpr double kClose = 1e-15;
    Quadrature rule;
    for (int i = 0; i < n; ++i) {
        double x = std::cos(std::numbers::pi * (i + 0.75) / (n + 0.5));
        for (int step = 0; step < kMostSteps; ++step) {
            const Polynomial p = legendre(n, x);
            x -= p.value / p.slope;
            if (std::abs(p.value / p.slope) < kClose) break;
        }
        const double slope = legendre(n, x).slope;
        rule.nodes.push_back((1 - x) / 2);
        rule.weights.push_back(1 / ((1 - x * x) * slope * slope));
    }
    return rule;
}

Quadrature even(int n, double offset)
{
    Quadrature rule;
    for (int i = 0; i < n; ++i) rule.nodes.push_back((i + offset) / n);
    rule.weights.assign(std::size_t(n), 1.0 / n);
    return rule;
}

Quadrature trapezoid(int n)
{
    if (n == 1) return even(1, 0.5);
    Quadrature rule;
    for (int i = 0; i < n; ++i) rule.nodes.push_back(double(i) / (n - 1));
    rule.weights.assign(std::size_t(n), 1.0 / (n - 1));
    rule.weights.front() /= 2;
    rule.weights.back() /= 2;
    return rule;
}

} // namespace

Quadrature quadratureOf(const std::string& rule, int n)
{
    if (rule == "left") return even(n, 0);
    if (rule == "middle") return even(n, 0.5);
    if (rule == "right") return even(n, 1);
    return rule == "trapezoid" ? trapezoid(n) : gaussLegendre(n);
}

} // namespace headlens
