// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/text/token_flow.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace headlens {

void TokenFlow::arrange(const std::vector<TokenPiece>& pieces, int begin, const std::vector<double>& widths,
                        double height, double width, double lead)
{
    m_begin = begin;
    m_height = height;
    m_rects.clear();
    m_rects.reserve(widths.size());
    const auto piece = [&](std::size_t i) -> const TokenPiece& { return pieces[std::size_t(begin) + i]; };
    const auto joined = [&](std::size_t i) { return i > 0 && i < widths.size() && piece(i).joined; };
    const auto room = [&](std::size_t i) {
        return widths[i] + (joined(i) ? kJoint : kPad) + (joined(i + 1) ? kJoint : kPad);
    };
    double x = lead > 0 ? lead + kGap : 0, y = 0;
    const auto newLine = [&] {
        x = 0;
        y += height + kGap;
    };
    for (std::size_t i = 0; i < widths.size(); ++i) {
        if (piece(i).folded < 0 && i > 0) {
            m_rects.push_back(m_rects.back());
            continue;
        }
        double word = room(i); // from here to its end
        for (std::size_t next = i + 1; !joined(i) && joined(next); ++next) word += room(next);
        const bool breaks = joined(i) ? x + room(i) > width : x + word > width;
        if (breaks && x > 0) newLine();
        m_rects.emplace_back(x, y, room(i), height);
        x += room(i) + (joined(i + 1) ? 0 : kGap);
        if (piece(i).ends && i + 1 < widths.size()) newLine();
    }
}

QRectF TokenFlow::rectOf(int token) const
{
    const int i = token - m_begin;
    return i >= 0 && i < int(m_rects.size()) ? m_rects[std::size_t(i)] : QRectF();
}

int TokenFlow::lineBegin(double top) const
{
    const auto first = std::ranges::partition_point(m_rects, [&](const QRectF& one) { return one.bottom() <= top; });
    return int(first - m_rects.begin());
}

int TokenFlow::tokenAt(const QPointF& point) const
{
    for (int i = lineBegin(point.y()); i < int(m_rects.size()); ++i) {
        const QRectF& rect = m_rects[std::size_t(i)];
        if (rect.top() > point.y()) break;
        if (rect.contains(point)) return m_begin + i;
    }
    return -1;
}

std::pair<int, int> TokenFlow::tokensBetween(double top, double bottom) const
{
    const int first = lineBegin(top);
    const auto end = std::ranges::partition_point(m_rects, [&](const QRectF& one) { return one.top() < bottom; });
    return {m_begin + first, m_begin + std::max(first, int(end - m_rects.begin()))};
}

int TokenFlow::above(int token, int lines) const
{
    const QRectF here = rectOf(token);
    if (here.isEmpty()) return token;
    const double y = here.center().y() - lines * (m_height + kGap);
    int best = token;
    double nearest = std::numeric_limits<double>::max();
    const auto [first, end] = tokensBetween(y - 1, y + 1);
    for (int one = first; one < end; ++one) {
        const double far = std::abs(rectOf(one).center().x() - here.center().x());
        if (far < nearest) {
            nearest = far;
            best = one;
        }
    }
    return best;
}

} // namespace headlens
