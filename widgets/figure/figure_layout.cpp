// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figure/figure_layout.h"

#include "core/base/map_values.h"
#include "widgets/figure/figure_words.h"

#include <QHash>

#include <algorithm>
#include <cmath>
#include <map>

namespace headlens {
namespace {

constexpr double kPointsPerInch = 72, kMargin = 2, kSlideMargin = 30, kBarWidth = 6, kLittle = 3;

// The widths and heights that everything else follows from.
struct Frame {
    const FigureSpec& spec;
    const FigureData& data;
    FigureType type, bold;
    FigureGrid grid;
    double margin = kMargin, width = 0;                        // of the sheet
    double left = 0, right = 0, top = 0, strip = 0, below = 0; // beside and above the panels, above and below each row
    double panel = 0;                                          // width of one
    int labelLines = 1;                                        // beside the bars
    bool spelled = false;                                      // columns are "head 0", not "0" beside one "head"
    std::vector<double> heights;                               // of the rows of panels

    Frame(const FigureSpec& of, const FigureData& what)
        : spec(of), data(what), type(of.sheet), bold(of.sheet, true), grid(gridOf(what))
    {
    }
    double gap() const { return spec.sheet.gap; }
    double columnX(int column) const { return margin + left + column * (panel + gap()); }
    double rowY(int row) const
    {
        double y = margin + top;
        for (int i = 0; i < row; ++i) y += strip + heights[std::size_t(i)] + gap();
        return y + strip;
    }
    double panelsBottom() const { return grid.rows < 1 ? margin + top : rowY(grid.rows - 1) + heights.back(); }
    bool namesRows() const { return spec.sheet.headings && !data.rowNames.isEmpty(); }
    bool namesColumns() const { return spec.sheet.headings && !data.columnNames.isEmpty() && !grid.broken; }
    bool numbered(const FigureLines& lines) const { return !lines.numbers.isEmpty(); }
    bool hasNumbers(int index) const { return !data.panels[std::size_t(std::max(0, index))].values.empty(); }
    int leads() const { return figureLeads(data.content); }
    QString columnName(int column) const
    {
        const QString name = data.columnNames.value(column);
        const QString title = column < leads() ? QString() : figureLinesTitle(data.content.columns);
        return title.isEmpty() ? name : title + QLatin1Char(' ') + name;
    }
    bool barsBelow() const { return hasBar() && spec.look.scale == FigureScale::Column && !grid.broken; }
    bool barsBeside() const { return hasBar() && !barsBelow(); }
    bool ownScales() const { return spec.look.scale == FigureScale::Panel && data.maps() > 1; }
    bool hasBar() const { return spec.sheet.colorBar && hasColors(spec.look); }
};

double widestOf(const FigureType& type, const QStringList& texts)
{
    double widest = 0;
    for (const QString& text : texts) widest = std::max(widest, type.widthOf(text));
    return widest;
}

double widestTick(const Frame& frame)
{
    if (frame.ownScales()) return frame.type.widthOf(QStringLiteral("\u2212max"));
    QStringList ticks;
    for (const ValueScale& scale : scalesOf(frame.spec.look, frame.data))
        for (const float unit : {0.0F, 0.5F, 1.0F})
            ticks << QStringLiteral("\u2265") + figureNumber(double(scale.valueAt(unit)));
    return widestOf(frame.type, ticks);
}

void measureAround(Frame& frame)
{
    const FigureContent& content = frame.data.content;
    const double line = frame.type.lineHeight();
    if (frame.namesRows())
        frame.left = frame.numbered(content.rows) ? line + widestOf(frame.type, frame.data.rowNames) + 2 * kLittle
                                                  : line + kLittle;
    if (frame.namesColumns()) frame.top = line + kLittle;
    const bool named = frame.grid.broken && frame.spec.sheet.headings;
    if (frame.spec.sheet.letters || named) frame.strip = line + 1;
    if (frame.barsBeside()) frame.right = 3 * kLittle + kBarWidth + widestTick(frame) + frame.labelLines * line;
    if (frame.barsBelow()) frame.below = 2 * kLittle + kBarWidth + 2 * line;
}

double panelWidth(const Frame& frame)
{
    const int columns = std::max(1, frame.grid.columns);
    const double room = frame.width - 2 * frame.margin - frame.left - frame.right - (columns - 1) * frame.gap();
    constexpr double kNarrowest = 4;
    return std::max(kNarrowest, room / columns);
}

// "head 0", "head 1" above the columns; where that is too wide "head" once, to their left.
void measurePanels(Frame& frame)
{
    frame.panel = panelWidth(frame);
    const FigureLines& lines = frame.data.content.columns;
    if (!frame.namesColumns() || !frame.numbered(lines)) return;
    QStringList names;
    for (int column = frame.leads(); column < frame.data.columnNames.size(); ++column)
        names << frame.columnName(column);
    frame.spelled = widestOf(frame.type, names) + kLittle <= frame.panel + frame.gap();
    if (frame.spelled) return;
    frame.left = std::max(frame.left, frame.type.widthOf(figureLinesTitle(lines)) + 2 * kLittle);
    frame.panel = panelWidth(frame);
}

void measureRows(Frame& frame)
{
    frame.heights.assign(std::size_t(frame.grid.rows), frame.type.lineHeight());
    for (int row = 0; row < frame.grid.rows; ++row)
        for (int column = 0; column < frame.grid.columns; ++column) {
            const int index = frame.grid.indexAt(row, column);
            if (index < 0) continue;
            const FigurePanel& panel = frame.data.panels[std::size_t(index)];
            const double aspect = aspectOf(panel, frame.spec.look);
            const double height =
                aspect >= 0 ? aspect * frame.panel : heightOf(layOutWords(panel.words, frame.type, frame.panel));
            double& tallest = frame.heights[std::size_t(row)];
            tallest = std::max(tallest, height);
        }
}

// A slide has a height as well: panels get narrower until everything fits.
void fitSlide(Frame& frame, double height, double captionHeight)
{
    constexpr int kTries = 24;
    const double room = height - frame.margin - frame.below - captionHeight;
    for (int i = 0; i < kTries && frame.panelsBottom() > room; ++i) {
        frame.panel *= std::clamp(std::sqrt(room / frame.panelsBottom()), 0.7, 0.97);
        measureRows(frame);
    }
    const double used = frame.left + frame.right + frame.grid.columns * (frame.panel + frame.gap()) - frame.gap();
    frame.left += std::max(0.0, (frame.width - 2 * frame.margin - used) / 2);
}

void placePanels(const Frame& frame, FigureLayout& layout)
{
    const std::vector<ValueScale> scales = scalesOf(frame.spec.look, frame.data);
    for (int row = 0; row < frame.grid.rows; ++row)
        for (int column = 0; column < frame.grid.columns; ++column) {
            const int index = frame.grid.indexAt(row, column);
            if (index < 0) continue;
            const double aspect = aspectOf(frame.data.panels[std::size_t(index)], frame.spec.look);
            const double high = frame.heights[std::size_t(row)];
            const double height = aspect >= 0 ? std::min(high, aspect * frame.panel) : high;
            const QRectF area(frame.columnX(column), frame.rowY(row), frame.panel, height);
            layout.places.push_back({area, index, scales[std::size_t(index)], {}});
        }
}

void sharpenPictures(const Frame& frame, double dpi, FigureLayout& layout)
{
    QHash<qint64, QImage> made; // one for all panels of an input: a file holds it once
    for (FigurePlace& place : layout.places) {
        const QImage& picture = frame.data.panels[std::size_t(place.index)].picture;
        const bool wanted = frame.spec.look.photograph || frame.data.panels[std::size_t(place.index)].isPlain();
        if (picture.isNull() || !wanted) continue;
        QImage& small = made[picture.cacheKey()];
        const int width = std::max(16, int(std::ceil(place.area.width() / kPointsPerInch * dpi)));
        if (small.isNull())
            small = picture.width() > width ? picture.scaledToWidth(width, Qt::SmoothTransformation) : picture;
        place.picture = small;
    }
}

void nameRows(const Frame& frame, FigureLayout& layout)
{
    if (!frame.namesRows()) return;
    const double line = frame.type.lineHeight(), x = frame.columnX(0) - kLittle;
    const FigureLines& rows = frame.data.content.rows;
    const bool numbered = frame.numbered(rows);
    const double wide = widestOf(frame.type, frame.data.rowNames);
    for (int row = 0; row < std::min(frame.grid.rows, int(frame.data.rowNames.size())); ++row) {
        const double y = frame.rowY(row), height = frame.heights[std::size_t(row)];
        const QString& name = frame.data.rowNames[row];
        if (numbered)
            layout.texts.push_back(
                {FigureText::Part::Name, QRectF(x - wide, y, wide, height), name, Qt::AlignRight | Qt::AlignVCenter});
        else
            layout.texts.push_back({FigureText::Part::Name, QRectF(x - line, y, line, height),
                                    frame.type.elided(name, height), Qt::AlignCenter, true});
    }
    if (!numbered) return;
    const QRectF all(x - wide - kLittle - line, frame.rowY(0), line, frame.panelsBottom() - frame.rowY(0));
    layout.texts.push_back({FigureText::Part::Heading, all, figureLinesTitle(rows), Qt::AlignCenter, true});
}

// Of numbers that stand too close every second, third ... only.
void nameColumns(const Frame& frame, FigureLayout& layout)
{
    if (!frame.namesColumns()) return;
    const double line = frame.type.lineHeight(), y = frame.margin, step = frame.panel + frame.gap();
    const bool bare = frame.numbered(frame.data.content.columns) && !frame.spelled;
    const double widest = bare ? widestOf(frame.type, frame.data.columnNames.mid(frame.leads())) + 1 : 0;
    const int every = std::max(1, int(std::ceil(widest / step)));
    for (int column = 0; column < std::min(frame.grid.columns, int(frame.data.columnNames.size())); ++column) {
        const bool isLead = column < frame.leads();
        if (!isLead && (column - frame.leads()) % every != 0) continue;
        const double room = isLead ? step : step * every;
        const QRectF rect(frame.columnX(column) + (frame.panel - room) / 2, y, room, line);
        const QString name = bare ? frame.data.columnNames[column] : frame.columnName(column);
        layout.texts.push_back({FigureText::Part::Name, rect, frame.type.elided(name, room)});
    }
    if (!bare) return;
    const QRectF before(frame.margin, y, frame.columnX(0) - frame.margin - kLittle, line);
    layout.texts.push_back({FigureText::Part::Heading, before, figureLinesTitle(frame.data.content.columns),
                            Qt::AlignRight | Qt::AlignVCenter});
}

// Above each panel: its letter, and its name where one row was broken into several.
void namePanels(const Frame& frame, FigureLayout& layout)
{
    if (frame.strip <= 0) return;
    const double line = frame.type.lineHeight();
    for (const FigurePlace& place : layout.places) {
        const QString letter = frame.spec.sheet.letters ? figureLetter(place.index) : QString();
        const QRectF rect(place.area.left(), place.area.top() - frame.strip, place.area.width(), line);
        const int flags = Qt::AlignLeft | Qt::AlignVCenter;
        if (!letter.isEmpty()) layout.texts.push_back({FigureText::Part::Letter, rect, letter, flags});
        if (!frame.grid.broken || !frame.spec.sheet.headings) continue;
        const double after = letter.isEmpty() ? 0 : frame.bold.widthOf(letter) + kLittle;
        layout.texts.push_back({FigureText::Part::Name, rect.adjusted(after, 0, 0, 0),
                                frame.type.elided(frame.columnName(place.index), rect.width() - after), flags});
    }
}

// The ends and the middle. Where panels have scales of their own the bar says so instead of numbers.
QStringList ticksOf(const Frame& frame, const ValueScale& scale, bool clipped)
{
    if (frame.ownScales())
        return {scale.isDifference() ? QStringLiteral("\u2212max") : QStringLiteral("0"), {}, QStringLiteral("max")};
    const QString high = figureNumber(double(scale.high));
    return {figureNumber(double(scale.valueAt(0))), figureNumber(double(scale.valueAt(0.5F))),
            clipped ? QStringLiteral("\u2265") + high : high};
}

// Whether some number of the panels with this scale lies beyond its upper end.
bool isClipped(const Frame& frame, const FigureLayout& layout, const ValueScale& scale)
{
    return std::ranges::any_of(layout.places, [&](const FigurePlace& place) {
        const std::vector<float>& values = frame.data.panels[std::size_t(place.index)].values;
        return place.scale.high == scale.high &&
               std::ranges::any_of(values, [&](float value) { return std::abs(value) > scale.high; });
    });
}

void addUprightBar(const Frame& frame, FigureLayout& layout, const QRectF& beside, const ValueScale& scale)
{
    const double line = frame.type.lineHeight();
    const QRectF bar(beside.right() + 2 * kLittle, beside.top(), kBarWidth, beside.height());
    layout.bars.push_back({bar, true, scale});
    const QStringList ticks = ticksOf(frame, scale, isClipped(frame, layout, scale));
    const bool roomy = bar.height() > 3.5 * line;
    for (int i = 0; i < ticks.size(); ++i) {
        if (i == 1 && !roomy) continue;
        const double y = bar.bottom() - (bar.height() - line) * i / 2.0 - line;
        const double room = frame.right - 3 * kLittle - kBarWidth - frame.labelLines * line;
        layout.texts.push_back({FigureText::Part::Tick, QRectF(bar.right() + kLittle / 2, y, room, line), ticks[i],
                                Qt::AlignLeft | Qt::AlignVCenter});
    }
}

void addFlatBar(const Frame& frame, FigureLayout& layout, const QRectF& above, const ValueScale& scale)
{
    const QRectF bar(above.left(), above.bottom() + kLittle, above.width(), kBarWidth);
    layout.bars.push_back({bar, false, scale});
    const QStringList ticks = ticksOf(frame, scale, isClipped(frame, layout, scale));
    const QRectF numbers(bar.left(), bar.bottom() + kLittle / 2, bar.width(), frame.type.lineHeight());
    const bool roomy = widestOf(frame.type, ticks) * 2.2 < bar.width();
    if (roomy) layout.texts.push_back({FigureText::Part::Tick, numbers, ticks.first(), Qt::AlignLeft});
    layout.texts.push_back({FigureText::Part::Tick, numbers, ticks.last(), Qt::AlignRight});
}

// One bar for all panels. Where some have numbers on both sides of 0 and others have not, one of each kind.
void addSharedBars(const Frame& frame, FigureLayout& layout, double right)
{
    std::vector<ValueScale> kinds;
    for (const FigurePlace& place : layout.places) {
        const auto same = [&](const ValueScale& one) { return one.isDifference() == place.scale.isDifference(); };
        if (frame.hasNumbers(place.index) && std::ranges::none_of(kinds, same)) kinds.push_back(place.scale);
    }
    if (kinds.empty()) return;
    constexpr double kTallest = 160; // more tells nothing more
    const double room = std::min(kTallest, frame.panelsBottom() - frame.rowY(0));
    const double between = 2 * kLittle, count = double(kinds.size());
    const double height = (room - (count - 1) * between) / count;
    for (std::size_t i = 0; i < kinds.size(); ++i)
        addUprightBar(frame, layout, QRectF(0, frame.rowY(0) + double(i) * (height + between), right, height),
                      kinds[i]);
}

void addBars(const Frame& frame, FigureLayout& layout)
{
    if (!frame.hasBar() || layout.places.empty()) return;
    const double right = frame.columnX(frame.grid.columns - 1) + frame.panel;
    const auto placeAt = [&](int row, int column) -> const FigurePlace& {
        return layout.places[std::size_t(std::max(0, frame.grid.indexAt(row, column)))];
    };
    if (frame.barsBelow()) {
        for (int column = 0; column < frame.grid.columns; ++column)
            if (frame.hasNumbers(frame.grid.indexAt(0, column)))
                addFlatBar(frame, layout, QRectF(frame.columnX(column), 0, frame.panel, frame.panelsBottom()),
                           ValueScale(placeAt(0, column).scale));
    } else if (frame.spec.look.scale == FigureScale::Row && !frame.grid.broken) {
        for (int row = 0; row < frame.grid.rows; ++row)
            addUprightBar(frame, layout, QRectF(0, frame.rowY(row), right, frame.heights[std::size_t(row)]),
                          ValueScale(placeAt(row, 0).scale));
    } else {
        addSharedBars(frame, layout, right);
    }
}

// Along the bars, and of a low row more than them.
double labelRoom(const Frame& frame)
{
    return frame.panelsBottom() - frame.margin;
}

// Around the panels, then they themselves; a label that is longer than the bars takes two lines.
void measure(Frame& frame)
{
    measureAround(frame);
    measurePanels(frame);
    measureRows(frame);
    const QString label = figureBarLabel(frame.data);
    const bool fits = frame.type.widthOf(label) + 1 < labelRoom(frame);
    if (!frame.barsBeside() || fits || frame.labelLines > 1 || !label.contains(QLatin1Char(' '))) return;
    frame.labelLines = 2;
    measure(frame);
}

// What the numbers are: once for all bars, turned to the right of them or below them.
void addBarLabel(const Frame& frame, FigureLayout& layout)
{
    if (layout.bars.empty()) return;
    const double line = frame.type.lineHeight();
    const QString label = figureBarLabel(frame.data);
    const QRectF first = layout.bars.front().rect, all = first.united(layout.bars.back().rect);
    if (!layout.bars.front().upright) {
        const double right = frame.columnX(frame.grid.columns - 1) + frame.panel;
        const QRectF rect(frame.columnX(0), all.bottom() + kLittle / 2 + line, right - frame.columnX(0), line);
        layout.texts.push_back({FigureText::Part::BarLabel, rect, frame.type.elided(label, rect.width())});
        return;
    }
    const double length = std::min(labelRoom(frame), std::max(all.height(), frame.type.widthOf(label) + 1));
    const double top = std::clamp(all.center().y() - length / 2, frame.margin, frame.panelsBottom() - length);
    const double wide = frame.labelLines * line;
    const QRectF rect(all.left() - 2 * kLittle + frame.right - wide, top, wide, length);
    const QString shown = frame.labelLines > 1 ? label : frame.type.elided(label, length);
    layout.texts.push_back({FigureText::Part::BarLabel, rect, shown, Qt::AlignCenter | Qt::TextWordWrap, true});
}

void addReasons(const Frame& frame, FigureLayout& layout)
{
    for (const FigurePlace& place : layout.places)
        if (const QString& why = frame.data.panels[std::size_t(place.index)].why; !why.isEmpty())
            layout.texts.push_back({FigureText::Part::Why, place.area, why, Qt::AlignCenter | Qt::TextWordWrap});
}

} // namespace

FigureGrid gridOf(const FigureData& data)
{
    const int mostInOneRow = data.content.columns.numbers.isEmpty() ? 4 : 6; // names need more room than numbers
    FigureGrid grid{data.rows, data.columns, int(data.panels.size()), false};
    if (data.content.rows.what != FigureAxis::None || data.columns <= mostInOneRow) return grid;
    grid.broken = true;
    int best = data.columns * data.columns;
    for (int columns = 3; columns <= 8; ++columns) { // as few empty places as can be, and not too narrow
        const int rows = (data.columns + columns - 1) / columns;
        const int cost = 3 * (rows * columns - data.columns) + std::abs(columns - mostInOneRow);
        if (cost >= best) continue;
        best = cost;
        grid.rows = rows;
        grid.columns = columns;
    }
    return grid;
}

std::vector<ValueScale> scalesOf(const FigureLook& look, const FigureData& data)
{
    const auto groupOf = [&](int index) {
        switch (look.scale) {
        case FigureScale::Panel: return index;
        case FigureScale::Row: return index / std::max(1, data.columns);
        case FigureScale::Column: return index % std::max(1, data.columns);
        case FigureScale::Figure: break;
        }
        return 0;
    };
    struct Group {
        float high = 0;
        bool isSigned = false;
    };
    std::map<int, Group> groups;
    for (int index = 0; index < int(data.panels.size()); ++index) {
        const FigurePanel& panel = data.panels[std::size_t(index)];
        Group& group = groups[groupOf(index)];
        group.high = std::max(group.high, robustHigh(panel.values));
        group.isSigned = group.isSigned || panel.isSigned;
    }
    std::vector<ValueScale> scales;
    for (int index = 0; index < int(data.panels.size()); ++index) {
        const Group& group = groups[groupOf(index)];
        Display display;
        display.difference = group.isSigned;
        display.logarithmic = look.logarithmic;
        scales.push_back(display.scaleTo(group.high));
    }
    return scales;
}

FigureLayout layOut(const FigureSpec& spec, const FigureData& data, double pictureDpi)
{
    Frame frame(spec, data);
    const bool slide = spec.sheet.preset == FigurePreset::Slide;
    frame.width = spec.sheet.width() * kPointsPerInch;
    if (slide) frame.margin = kSlideMargin;
    measure(frame);
    const QString caption = spec.sheet.captioned ? figureCaption(spec, data) : QString();
    const double wide = frame.width - 2 * frame.margin;
    const double captionHeight = caption.isEmpty() ? 0 : frame.type.heightOf(caption, wide) + 2 * kLittle;
    const double slideHeight = frame.width * 9 / 16;
    if (slide) fitSlide(frame, slideHeight, captionHeight);
    FigureLayout layout;
    layout.grid = frame.grid;
    placePanels(frame, layout);
    sharpenPictures(frame, pictureDpi, layout);
    nameRows(frame, layout);
    nameColumns(frame, layout);
    namePanels(frame, layout);
    addBars(frame, layout);
    addBarLabel(frame, layout);
    addReasons(frame, layout);
    const double bottom = frame.panelsBottom() + frame.below;
    const double height = slide ? slideHeight : bottom + captionHeight + frame.margin;
    if (!caption.isEmpty())
        layout.texts.push_back({FigureText::Part::Caption,
                                QRectF(frame.margin, height - frame.margin - captionHeight + 2 * kLittle, wide,
                                       captionHeight - 2 * kLittle),
                                caption, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap});
    layout.size = QSizeF(frame.width, height);
    return layout;
}

} // namespace headlens
