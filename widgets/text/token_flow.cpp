// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/text/token_flow.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace headlens {
namespace {

// How wide the pieces of one stretch of tokens are, with what stands around them.
struct Stretch {
    const std::vector<TokenPiece>& pieces;
    int begin;
    const std::vector<double>& widths;

    const TokenPiece& piece(std::size_t i) const { return pieces[std::size_t(begin) + i]; }
    bool joined(std::size_t i) const { return i > 0 && i < widths.size() && piece(i).joined; }
    double room(std::size_t i) const
    {
        return widths[i] + (joined(i) ? TokenFlow::kJoint : TokenFlow::kPad) +
               (joined(i + 1) ? TokenFlow::kJoint : TokenFlow::kPad);
    }
    // From here to the end of its word; of a piece within a word itself alone.
    double word(std::size_t i) const
    {
        double wide = room(i);
        if (joined(i)) return wide;
        for (std::size_t next = i + 1; joined(next); ++next) wide += room(next);
        return wide;
    }
};

} // namespace

void TokenFlow::arrange(const std::vector<TokenPiece>& pieces, int begin, const std::vector<double>& widths,
                        double height, double width, double lead)
{
    m_begin = begin;
    m_height = height;
    m_rects.clear();
    m_rects.reserve(widths.size());
    const Stretch stretch{pieces, begin, widths};
    double x = lead > 0 ? lead + kGap : 0, y = 0;
    const auto newLine = [&] {
        x = 0;
        y += height + kGap;
    };
    for (std::size_t i = 0; i < widths.size(); ++i) {
        if (stretch.piece(i).folded < 0 && i > 0) {
            m_rects.push_back(m_rects.back());
            continue;
        }
        if (x > 0 && x + stretch.word(i) > width) newLine();
        const double room = stretch.room(i);
        m_rects.emplace_back(x, y, room, height);
        x += room + (stretch.joined(i + 1) ? 0 : kGap);
        if (stretch.piece(i).ends && i + 1 < widths.size()) newLine();
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
