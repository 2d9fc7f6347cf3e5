// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figure/figure_spec.h"

#include <QCoreApplication>

#include <algorithm>

namespace headlens {

QString figureText(const char* english)
{
    return QCoreApplication::translate("Figure", english);
}

const std::vector<FigureName<FigureAxis>>& figureNames(FigureAxis /*of*/)
{
    static const std::vector<FigureName<FigureAxis>> kAll{
        {FigureAxis::None, "none", QT_TRANSLATE_NOOP("Figure", "only one")},
        {FigureAxis::Layers, "layers", QT_TRANSLATE_NOOP("Figure", "layers")},
        {FigureAxis::Heads, "heads", QT_TRANSLATE_NOOP("Figure", "heads")},
        {FigureAxis::Methods, "methods", QT_TRANSLATE_NOOP("Figure", "methods")},
        {FigureAxis::Pictures, "pictures", QT_TRANSLATE_NOOP("Figure", "pictures")},
        {FigureAxis::Models, "models", QT_TRANSLATE_NOOP("Figure", "models")},
        {FigureAxis::Queries, "queries", QT_TRANSLATE_NOOP("Figure", "queries")}};
    return kAll;
}

const std::vector<FigureName<FigureScale>>& figureNames(FigureScale /*of*/)
{
    static const std::vector<FigureName<FigureScale>> kAll{
        {FigureScale::Panel, "panel", QT_TRANSLATE_NOOP("Figure", "each panel")},
        {FigureScale::Row, "row", QT_TRANSLATE_NOOP("Figure", "each row")},
        {FigureScale::Column, "column", QT_TRANSLATE_NOOP("Figure", "each column")},
        {FigureScale::Figure, "figure", QT_TRANSLATE_NOOP("Figure", "the whole figure")}};
    return kAll;
}

const std::vector<FigureName<FigurePreset>>& figureNames(FigurePreset /*of*/)
{
    static const std::vector<FigureName<FigurePreset>> kAll{
        {FigurePreset::OneColumn, "one_column", QT_TRANSLATE_NOOP("Figure", "one column, 3.25 in")},
        {FigurePreset::TwoColumns, "two_columns", QT_TRANSLATE_NOOP("Figure", "two columns, 6.75 in")},
        {FigurePreset::Slide, "slide", QT_TRANSLATE_NOOP("Figure", "slide, 16:9")},
        {FigurePreset::Custom, "custom", QT_TRANSLATE_NOOP("Figure", "own width")}};
    return kAll;
}

const std::vector<FigureName<FigureBackground>>& figureNames(FigureBackground /*of*/)
{
    static const std::vector<FigureName<FigureBackground>> kAll{
        {FigureBackground::White, "white", QT_TRANSLATE_NOOP("Figure", "white")},
        {FigureBackground::Transparent, "transparent", QT_TRANSLATE_NOOP("Figure", "transparent")},
        {FigureBackground::Dark, "dark", QT_TRANSLATE_NOOP("Figure", "dark")}};
    return kAll;
}

const std::vector<FigureName<OverlayStyle>>& figureNames(OverlayStyle /*of*/)
{
    static const std::vector<FigureName<OverlayStyle>> kAll{
        {OverlayStyle::Heat, "heat", QT_TRANSLATE_NOOP("Figure", "heat")},
        {OverlayStyle::Spotlight, "spotlight", QT_TRANSLATE_NOOP("Figure", "spotlight")},
        {OverlayStyle::Contours, "contours", QT_TRANSLATE_NOOP("Figure", "contours")},
        {OverlayStyle::Links, "links", QT_TRANSLATE_NOOP("Figure", "links")},
        {OverlayStyle::SideBySide, "side_by_side", QT_TRANSLATE_NOOP("Figure", "side by side")}};
    return kAll;
}

const std::vector<FigureName<HeadFusion>>& figureNames(HeadFusion /*of*/)
{
    static const std::vector<FigureName<HeadFusion>> kAll{
        {HeadFusion::Single, "single", QT_TRANSLATE_NOOP("Figure", "one head")},
        {HeadFusion::Mean, "mean", QT_TRANSLATE_NOOP("Figure", "mean of the heads")},
        {HeadFusion::Max, "max", QT_TRANSLATE_NOOP("Figure", "maximum of the heads")},
        {HeadFusion::Min, "min", QT_TRANSLATE_NOOP("Figure", "minimum of the heads")}};
    return kAll;
}

double FigureSheet::width() const
{
    constexpr double kOneColumn = 3.25, kTwoColumns = 6.75, kSlide = 13.333;
    switch (preset) {
    case FigurePreset::OneColumn: return kOneColumn;
    case FigurePreset::TwoColumns: return kTwoColumns;
    case FigurePreset::Slide: return kSlide;
    case FigurePreset::Custom: break;
    }
    return customWidth;
}

namespace {

void apply(FigureCell& cell, const FigureLines& lines, int line)
{
    switch (lines.what) {
    case FigureAxis::None: break;
    case FigureAxis::Layers: cell.subject.layer = lines.numbers.value(line, cell.subject.layer); break;
    case FigureAxis::Heads:
        cell.subject.head = lines.numbers.value(line, cell.subject.head);
        cell.subject.fusion = HeadFusion::Single;
        if (lines.mapFirst) cell.subject.map = QStringLiteral("row"); // beside the map, which may be a method's
        break;
    case FigureAxis::Methods: cell.subject.map = lines.names.value(line, cell.subject.map); break;
    case FigureAxis::Pictures: cell.input = line; break;
    case FigureAxis::Models: cell.model = lines.names.value(line, cell.model); break;
    case FigureAxis::Queries: cell.subject.query = lines.names.value(line, cell.subject.query); break;
    }
}

} // namespace

FigureCell figureCell(const FigureContent& content, int row, int column)
{
    FigureCell cell{content.model, 0, content.subject};
    apply(cell, content.rows, row);
    cell.isPicture = column == 0 && hasPictureFirst(content);
    const int line = column - figureLeads(content);
    if (line >= 0 || content.columns.what == FigureAxis::Models) apply(cell, content.columns, std::max(0, line));
    return cell;
}

bool hasPictureFirst(const FigureContent& content)
{
    return content.pictureFirst && content.columns.what != FigureAxis::Pictures; // whose columns have one each
}

bool hasMapFirst(const FigureContent& content)
{
    return content.columns.mapFirst && content.columns.what != FigureAxis::None;
}

int figureLeads(const FigureContent& content)
{
    return int(hasPictureFirst(content)) + int(hasMapFirst(content));
}

int figureLineCount(const FigureContent& content, const FigureLines& lines)
{
    switch (lines.what) {
    case FigureAxis::None: return 1;
    case FigureAxis::Layers:
    case FigureAxis::Heads: return int(lines.numbers.size());
    case FigureAxis::Pictures: return int(content.inputs.size());
    case FigureAxis::Methods:
    case FigureAxis::Models:
    case FigureAxis::Queries: break;
    }
    return int(lines.names.size());
}

std::optional<QList<int>> figureNumbers(const QString& text)
{
    constexpr int kHighest = 9999;
    QList<int> numbers;
    for (const QString& part : text.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        const QStringList ends = part.trimmed().split(QLatin1Char('-'));
        bool firstReads = false, lastReads = false;
        const int first = ends.first().trimmed().toInt(&firstReads);
        const int last = ends.last().trimmed().toInt(&lastReads);
        const bool good = firstReads && lastReads && ends.size() <= 2 && first >= 0 && first <= last &&
                          last <= kHighest && numbers.size() + last - first < figure_limits::kMostLines;
        if (!good) return std::nullopt;
        for (int number = first; number <= last; ++number) numbers << number;
    }
    return numbers;
}

QString figureNumbersText(const QList<int>& numbers)
{
    QStringList parts;
    for (qsizetype first = 0, next = 0; first < numbers.size(); first = next) {
        next = first + 1;
        while (next < numbers.size() && numbers[next] == numbers[next - 1] + 1) ++next;
        parts << (next - first > 1 ? QStringLiteral("%1-%2").arg(numbers[first]).arg(numbers[next - 1])
                                   : QString::number(numbers[first]));
    }
    return parts.join(QStringLiteral(", "));
}

} // namespace headlens
