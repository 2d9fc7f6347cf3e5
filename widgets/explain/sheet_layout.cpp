// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/explain/sheet_layout.h"

#include "widgets/style/tokens.h"

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

constexpr double kNarrowest = 136; // of a picture

} // namespace

SheetLayout SheetLayout::of(int methods, int sides, double width, double aspect, double line)
{
    SheetLayout layout;
    const double room = std::max(1.0, width - 2 * kGap);
    const double least = sides * kNarrowest + (sides - 1) * kTight;
    layout.columns = std::clamp(int((room + kGap) / (least + kGap)), 1, std::max(1, methods));
    const double whole = (room - (layout.columns - 1) * kGap) / layout.columns;
    const double wide = std::floor((whole - (sides - 1) * kTight) / sides), high = std::floor(wide * aspect);
    const double row = line + high + kGap;
    for (int method = 0; method < methods; ++method) {
        const int above = method / layout.columns;
        for (int side = 0; side < sides; ++side) {
            const double x = kGap + (method % layout.columns) * (whole + kGap) + side * (wide + kTight);
            const double y = kGap + above * row;
            const QRectF heading(std::round(x), std::round(y), wide, line);
            layout.cells.push_back({method, side, heading, QRectF(heading.bottomLeft(), QSizeF(wide, high))});
        }
    }
    layout.height = layout.cells.empty() ? 0 : layout.cells.back().picture.bottom() + kGap;
    return layout;
}

const SheetLayout::Cell* SheetLayout::cellAt(const QPointF& point) const
{
    const auto hit = std::ranges::find_if(cells, [&](const Cell& one) { return one.whole().contains(point); });
    return hit == cells.end() ? nullptr : &*hit;
}

const SheetLayout::Cell* SheetLayout::cellOf(int method, int side) const
{
    const auto hit =
        std::ranges::find_if(cells, [&](const Cell& one) { return one.method == method && one.side == side; });
    return hit == cells.end() ? nullptr : &*hit;
}

int SheetLayout::dropAt(const QPointF& point) const
{
    if (cells.empty()) return -1;
    const auto distance = [&](const Cell& one) {
        const QPointF way = one.whole().center() - point;
        return way.x() * way.x() + way.y() * way.y();
    };
    return std::ranges::min_element(cells, {}, distance)->method;
}

} // namespace headlens
