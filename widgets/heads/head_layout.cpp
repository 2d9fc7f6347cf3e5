// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/heads/head_layout.h"

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

constexpr double kMargin = 8, kHeadingPadding = 8;
constexpr double kLayerGap = 12;     // more than between heads, where layers share a line
constexpr double kScrolledCell = 30; // pixels a side to aim at where it scrolls anyway

// One way to put the heads into lines of `columns` cells.
struct Lines {
    struct Line {
        std::vector<int> layers; // that begin in it
        int cells = 0;
    };
    std::vector<std::vector<Line>> ofSection; // empty where it is folded
    int count = 0;
    bool isSplit = false;   // a layer takes several lines
    bool isShared = false;  // a line holds several layers
    bool isUniform = false; // all layers have the same heads
};

// Whole layers beside each other as long as they fit; a layer with more heads takes lines of its own.
std::vector<Lines::Line> linesOf(const PlacedSection& section, int columns, Lines& all)
{
    std::vector<Lines::Line> lines;
    int used = 0; // of the last line
    for (const PlacedSection::Layer& layer : section.layers) {
        const bool joins = !lines.empty() && used + layer.heads <= columns;
        all.isShared = all.isShared || joins;
        if (!joins) {
            lines.push_back({});
            used = 0;
        }
        lines.back().layers.push_back(layer.layer);
        int left = layer.heads;
        for (; left > columns; left -= columns) {
            lines.back().cells = columns;
            lines.push_back({});
            all.isSplit = true;
        }
        lines.back().cells += left;
        used = lines.back().layers.empty() ? columns : used + left; // nothing stands beside the rest of a split layer
    }
    return lines;
}

// Of a cell, so that the fullest line fits into `room`.
double widthIn(double room, int columns, const Lines& lines)
{
    double width = (room + kCellGap) / columns - kCellGap;
    for (const std::vector<Lines::Line>& section : lines.ofSection)
        for (const Lines::Line& line : section) {
            const double gaps = kLayerGap * double(std::max<std::size_t>(line.layers.size(), 1) - 1);
            width = std::min(width, (room - gaps + kCellGap) / line.cells - kCellGap);
        }
    return width;
}

Lines spread(const HeadsToPlace& heads, int columns)
{
    Lines lines;
    int most = 0, least = std::numeric_limits<int>::max();
    for (const PlacedSection& section : heads.sections) {
        for (const PlacedSection::Layer& layer : section.layers) {
            most = std::max(most, layer.heads);
            least = std::min(least, layer.heads);
        }
        lines.ofSection.push_back(section.isFolded ? std::vector<Lines::Line>{} : linesOf(section, columns, lines));
        lines.count += int(lines.ofSection.back().size());
    }
    lines.isUniform = most == least && !lines.isSplit;
    return lines;
}

class Placing {
public:
    Placing(const QSizeF& room, const HeadsToPlace& heads) : m_room(room), m_heads(heads) {}

    HeadLayout best();

private:
    // A number of columns and what it comes to.
    struct Choice {
        int columns = 1;
        Lines lines; // of sections
        double left = 0, top = 0, caption = 0;
        bool captionIsOneLine = false;
        QSizeF cell;
    };
    bool isRanked() const { return !m_heads.ranked.empty(); }
    bool hasHeadings() const { return m_heads.sections.size() > 1 && !isRanked(); }
    // Numbers above the columns say nothing where headings stand between.
    bool hasColumnHeads(const Lines& lines) const { return lines.isUniform && !hasHeadings(); }
    double heading() const { return m_heads.text + kHeadingPadding; }
    double headings() const { return hasHeadings() ? heading() * double(m_heads.sections.size()) : 0; }
    int cells() const;
    int mostHeads() const;
    Choice choiceOf(int columns, double height) const;
    static double worthOf(const Choice& choice);
    QSizeF shaped(double width, double height) const;
    int scrolledColumns() const;
    HeadLayout placed(const Choice& choice) const;
    void placeRanked(const Choice& choice, HeadLayout& layout) const;
    void placeSections(const Choice& choice, HeadLayout& layout) const;
    static double placeSection(const PlacedSection& section, const std::vector<Lines::Line>& lines,
                               const Choice& choice, double y, HeadLayout& layout);

    QSizeF m_room;
    const HeadsToPlace& m_heads;
};

int Placing::cells() const
{
    int all = int(m_heads.ranked.size());
    for (const PlacedSection& section : m_heads.sections) {
        int here = 0;
        for (const PlacedSection::Layer& layer : section.layers) here += layer.heads;
        all = std::max(all, here); // a line never holds more than one section
    }
    return std::max(1, all);
}

int Placing::mostHeads() const
{
    int most = 1;
    for (const PlacedSection& section : m_heads.sections)
        for (const PlacedSection::Layer& layer : section.layers) most = std::max(most, layer.heads);
    return most;
}

QSizeF Placing::shaped(double width, double height) const
{
    const double w = std::max(1.0, std::min(width, height * m_heads.mostAspect));
    const double h = std::max(1.0, std::min(height, w / m_heads.leastAspect));
    return {w, h};
}

Placing::Choice Placing::choiceOf(int columns, double height) const
{
    Choice choice;
    choice.columns = columns;
    choice.top = choice.left = kMargin;
    int lines = (int(m_heads.ranked.size()) + columns - 1) / columns;
    if (!isRanked()) {
        choice.lines = spread(m_heads, columns);
        lines = choice.lines.count;
        choice.left += choice.lines.isShared ? m_heads.rangeLabel : m_heads.label;
        if (hasColumnHeads(choice.lines)) choice.top = std::max(kMargin, m_heads.text + kCellGap);
    }
    const double width = widthIn(m_room.width() - choice.left - kMargin, columns, choice.lines);
    if (isRanked()) {
        choice.captionIsOneLine = width >= m_heads.nameAndValue;
        choice.caption = m_heads.text * (choice.captionIsOneLine ? 1 : 2);
    }
    const double rest = height - choice.top - kMargin - headings();
    choice.cell = shaped(width, rest / std::max(1, lines) - kCellGap - choice.caption);
    return choice;
}

// By its cells; lines that are one layer each are much easier to read than others.
double Placing::worthOf(const Choice& choice)
{
    constexpr double kShared = 0.9, kSplit = 0.85;
    const double side = std::sqrt(choice.cell.width() * choice.cell.height());
    return side * (choice.lines.isSplit ? kSplit : choice.lines.isShared ? kShared : 1);
}

// Where it scrolls: whole layers in a line, or whole lines of one, of cells that are easy to look at.
int Placing::scrolledColumns() const
{
    const double width = m_room.width() - 2 * kMargin - (isRanked() ? 0 : m_heads.rangeLabel);
    const double wanted = isRanked() ? std::max(kScrolledCell, m_heads.name) : kScrolledCell;
    const int fit = std::clamp(int(width / (wanted + kCellGap)), 1, cells()), most = mostHeads();
    if (isRanked()) return fit;
    if (fit >= most) return fit / most * most;
    return (most + (most + fit - 1) / fit - 1) / ((most + fit - 1) / fit);
}

HeadLayout Placing::best()
{
    const double least = isRanked() ? std::max(kSmallestCell, m_heads.name) : kSmallestCell;
    const auto isLarge = [&](const Choice& one) {
        return one.cell.width() >= least && one.cell.height() >= kSmallestCell;
    };
    Choice best = choiceOf(1, m_room.height());
    const int most = std::min(cells(), int(m_room.width() / kSmallestCell) + 1);
    for (int columns = 2; columns <= most; ++columns) {
        const Choice tried = choiceOf(columns, m_room.height());
        if (isLarge(tried) >= isLarge(best) && (isLarge(tried) > isLarge(best) || worthOf(tried) > worthOf(best)))
            best = tried;
    }
    if (isLarge(best)) return placed(best);
    constexpr double kAsHighAsItGets = 1e6;
    return placed(choiceOf(scrolledColumns(), kAsHighAsItGets));
}

HeadLayout Placing::placed(const Choice& choice) const
{
    HeadLayout layout;
    layout.cell = choice.cell;
    layout.caption = choice.caption;
    layout.captionIsOneLine = choice.captionIsOneLine;
    isRanked() ? placeRanked(choice, layout) : placeSections(choice, layout);
    return layout;
}

void Placing::placeRanked(const Choice& choice, HeadLayout& layout) const
{
    const double lineHeight = choice.cell.height() + choice.caption + kCellGap;
    for (std::size_t i = 0; i < m_heads.ranked.size(); ++i) {
        const int line = int(i) / choice.columns, column = int(i) % choice.columns;
        const QPointF at(choice.left + column * (choice.cell.width() + kCellGap), choice.top + line * lineHeight);
        layout.cells.push_back({m_heads.ranked[i].place, QRectF(at, choice.cell), m_heads.ranked[i].value});
        layout.height = at.y() + lineHeight - kCellGap + kMargin;
    }
}

void Placing::placeSections(const Choice& choice, HeadLayout& layout) const
{
    double y = choice.top;
    if (hasColumnHeads(choice.lines))
        for (int column = 0; column < choice.columns / mostHeads() * mostHeads(); ++column)
            layout.columnHeads.push_back(column % mostHeads());
    for (std::size_t index = 0; index < m_heads.sections.size(); ++index) {
        const PlacedSection& section = m_heads.sections[index];
        if (hasHeadings()) {
            layout.headings.push_back({int(index), QRectF(0, y, m_room.width(), heading())});
            y += heading();
        }
        if (!section.isFolded) y = placeSection(section, choice.lines.ofSection[index], choice, y, layout);
    }
    layout.height = y - kCellGap + kMargin;
}

// Its lines from `y` on; where the next one begins.
double Placing::placeSection(const PlacedSection& section, const std::vector<Lines::Line>& lines, const Choice& choice,
                             double y, HeadLayout& layout)
{
    std::vector<HeadPlace> heads;
    for (const PlacedSection::Layer& layer : section.layers)
        for (int head = 0; head < layer.heads; ++head) heads.push_back({layer.layer, head});
    std::size_t next = 0;
    for (const Lines::Line& line : lines) {
        if (!line.layers.empty())
            layout.labels.push_back({line.layers, QRectF(0, y, choice.left, choice.cell.height())});
        double x = choice.left;
        for (int column = 0; column < line.cells; ++column, ++next) {
            if (column > 0 && heads[next].layer != heads[next - 1].layer) x += kLayerGap;
            layout.cells.push_back({heads[next], QRectF(QPointF(x, y), choice.cell)});
            x += choice.cell.width() + kCellGap;
        }
        y += choice.cell.height() + kCellGap;
    }
    return y;
}

} // namespace

HeadLayout HeadLayout::in(const QSizeF& room, const HeadsToPlace& heads)
{
    return Placing(room, heads).best();
}

const HeadLayout::Cell* HeadLayout::cellOf(const HeadPlace& place) const
{
    const auto hit = std::ranges::find(cells, place, &Cell::place);
    return hit == cells.end() ? nullptr : &*hit;
}

// The text below belongs to its cell.
const HeadLayout::Cell* HeadLayout::cellAt(const QPointF& point) const
{
    const auto hit = std::ranges::find_if(
        cells, [&](const Cell& one) { return one.rect.adjusted(0, 0, 0, caption).contains(point); });
    return hit == cells.end() ? nullptr : &*hit;
}

const HeadLayout::Heading* HeadLayout::headingAt(const QPointF& point) const
{
    const auto hit = std::ranges::find_if(headings, [&](const Heading& one) { return one.rect.contains(point); });
    return hit == headings.end() ? nullptr : &*hit;
}

const HeadLayout::Cell* HeadLayout::beside(const Cell& from, int lines) const
{
    const Cell* best = nullptr;
    const auto awayOf = [&](const Cell& one) { return (one.rect.top() - from.rect.top()) * lines; };
    const auto asideOf = [&](const Cell& one) { return std::abs(one.rect.left() - from.rect.left()); };
    for (const Cell& one : cells) {
        if (awayOf(one) <= 0) continue;
        const bool nearer = best == nullptr || awayOf(one) < awayOf(*best) ||
                            (awayOf(one) == awayOf(*best) && asideOf(one) < asideOf(*best));
        if (nearer) best = &one;
    }
    return best;
}

} // namespace headlens
