// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figure/figure_json.h"

#include "core/base/error.h"
#include "core/base/method_names.h"
#include "core/wire/changes.h"
#include "core/wire/safe_json.h"
#include "widgets/figure/figure_fields.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace headlens {
namespace {

constexpr int kVersion = 1;
namespace limits = figure_limits;

QString currentMethod(const QString& name)
{
    return QString::fromStdString(currentMethodName(name.toStdString()));
}

template <class Enum>
const char* idOf(Enum value)
{
    for (const FigureName<Enum>& one : figureNames(value))
        if (one.value == value) return one.id;
    return "";
}

Json jsonOf(const FigureLines& lines)
{
    Json json{{"what", idOf(lines.what)}};
    if (!lines.numbers.isEmpty()) json["numbers"] = figureNumbersText(lines.numbers).toStdString();
    if (!lines.names.isEmpty()) json["names"] = stringsOf(lines.names);
    if (lines.mapFirst) json["map_first"] = true;
    return json;
}

Json jsonOf(const FigureInput& input)
{
    Json json = Json::object();
    const auto put = [&json](const char* key, const QString& text) {
        if (!text.isEmpty()) json[key] = text.toStdString();
    };
    put("picture", input.picture);
    put("text", input.text);
    put("pair", input.pair);
    put("written", input.written);
    if (input.chat) json["chat"] = true;
    put("system", input.system);
    if (!input.candidates.isEmpty()) json["candidates"] = stringsOf(input.candidates);
    if (!input.decoderIds.empty()) json["decoder_ids"] = input.decoderIds;
    return json;
}

Json jsonOf(const FigureRun& run)
{
    Json json{{"fit", run.fit.toStdString()}};
    if (run.maskRatio >= 0) json["mask_ratio"] = run.maskRatio;
    if (run.maskSeed != 0) json["mask_seed"] = run.maskSeed;
    if (!run.switches.empty()) json["switches"] = run.switches;
    for (const auto& [layer, head] : run.ablated) json["ablated"].push_back({layer, head});
    if (!run.changes.empty()) json["changes"] = stringsOf(run.changes);
    return json;
}

Json jsonOf(const FigureSubject& subject)
{
    Json json{{"layer", subject.layer},           {"head", subject.head},
              {"fusion", idOf(subject.fusion)},   {"query", subject.query.toStdString()},
              {"stream", subject.stream},         {"reverse", subject.reverse},
              {"map", subject.map.toStdString()}, {"target", subject.target}};
    if (!subject.settings.empty()) json["settings"] = subject.settings;
    return json;
}

Json jsonOf(const FigureLook& look)
{
    return {{"style", idOf(look.style)},     {"palette", look.palette.toStdString()}, {"opacity", look.opacity},
            {"smooth", look.smooth},         {"logarithmic", look.logarithmic},       {"scale", idOf(look.scale)},
            {"photograph", look.photograph}, {"marks_query", look.marksQuery},        {"keep_mass", look.keepMass}};
}

Json jsonOf(const FigureSheet& sheet)
{
    return {{"preset", idOf(sheet.preset)},
            {"width", sheet.customWidth},
            {"gap", sheet.gap},
            {"background", idOf(sheet.background)},
            {"font", sheet.font.toStdString()},
            {"font_size", sheet.fontSize},
            {"letters", sheet.letters},
            {"headings", sheet.headings},
            {"color_bar", sheet.colorBar},
            {"captioned", sheet.captioned},
            {"caption", sheet.caption.toStdString()},
            {"dpi", sheet.dpi}};
}

void read(const FigureFields& in, FigureLines& lines)
{
    in.only({"what", "numbers", "names", "map_first"});
    in.take("what", lines.what);
    QString numbers;
    in.take("numbers", numbers, limits::kLongestName);
    const std::optional<QList<int>> parsed = figureNumbers(numbers);
    if (!parsed) in.refuse("numbers is no list like \"0-3, 7\"");
    lines.numbers = *parsed;
    in.take("names", lines.names, limits::kMostLines, limits::kLongestName);
    if (lines.what == FigureAxis::Methods) std::ranges::transform(lines.names, lines.names.begin(), currentMethod);
    in.take("map_first", lines.mapFirst);
    const bool needsNames = lines.what == FigureAxis::Models || lines.what == FigureAxis::Queries;
    if (needsNames && lines.names.isEmpty()) in.refuse("names is empty");
}

void read(const FigureFields& in, FigureInput& input)
{
    in.only({"picture", "text", "pair", "written", "chat", "system", "candidates", "decoder_ids"});
    in.take("picture", input.picture, limits::kLongestName);
    in.take("text", input.text, limits::kLongestText);
    in.take("pair", input.pair, limits::kLongestText);
    in.take("written", input.written, limits::kLongestText);
    in.take("chat", input.chat);
    in.take("system", input.system, limits::kLongestText);
    in.take("candidates", input.candidates, limits::kMostInputs, limits::kLongestText);
    in.take("decoder_ids", input.decoderIds, limits::kLongestText);
}

void read(const FigureFields& in, FigureRun& run)
{
    in.only({"fit", "mask_ratio", "mask_seed", "switches", "ablated", "changes"});
    in.take("fit", run.fit, {QStringLiteral("trained"), QStringLiteral("squash"), QStringLiteral("native")});
    in.take("mask_ratio", run.maskRatio, -1, 1);
    in.take("mask_seed", run.maskSeed);
    in.take("switches", run.switches);
    in.take("ablated", run.ablated);
    constexpr int kMostChanges = 1000;
    in.take("changes", run.changes, kMostChanges, limits::kLongestText);
    for (const QString& line : run.changes) {
        try {
            changeFrom(line.toStdString());
        } catch (const Error& problem) {
            in.refuse(problem.subject() + " " + problem.why());
        }
    }
}

void read(const FigureFields& in, FigureSubject& subject)
{
    constexpr int kHighest = 9999, kMostTokens = 1 << 24;
    in.only({"layer", "head", "fusion", "query", "stream", "reverse", "map", "target", "settings"});
    in.take("layer", subject.layer, -1, kHighest);
    in.take("head", subject.head, 0, kHighest);
    in.take("fusion", subject.fusion);
    in.take("query", subject.query, limits::kLongestName);
    in.take("stream", subject.stream, -1, kHighest);
    in.take("reverse", subject.reverse);
    in.take("map", subject.map, limits::kLongestName);
    subject.map = currentMethod(subject.map);
    in.take("target", subject.target, -1, kMostTokens);
    in.take("settings", subject.settings);
}

void read(const FigureFields& in, FigureLook& look)
{
    in.only(
        {"style", "palette", "opacity", "smooth", "logarithmic", "scale", "photograph", "marks_query", "keep_mass"});
    in.take("style", look.style);
    in.take("palette", look.palette, figurePalettes());
    in.take("opacity", look.opacity, 0, 1);
    in.take("smooth", look.smooth);
    in.take("logarithmic", look.logarithmic);
    in.take("scale", look.scale);
    in.take("photograph", look.photograph);
    in.take("marks_query", look.marksQuery);
    in.take("keep_mass", look.keepMass, 0, 1);
}

void read(const FigureFields& in, FigureSheet& sheet)
{
    in.only({"preset", "width", "gap", "background", "font", "font_size", "letters", "headings", "color_bar",
             "captioned", "caption", "dpi"});
    in.take("preset", sheet.preset);
    in.take("width", sheet.customWidth, limits::kNarrowest, limits::kWidest);
    in.take("gap", sheet.gap, 0, limits::kLargestGap);
    in.take("background", sheet.background);
    in.take("font", sheet.font, limits::kLongestName);
    in.take("font_size", sheet.fontSize, limits::kSmallestFont, limits::kLargestFont);
    in.take("letters", sheet.letters);
    in.take("headings", sheet.headings);
    in.take("color_bar", sheet.colorBar);
    in.take("captioned", sheet.captioned);
    in.take("caption", sheet.caption, limits::kLongestText);
    in.take("dpi", sheet.dpi, limits::kLeastDpi, limits::kMostDpi);
}

void requireSense(const FigureFields& in, const FigureContent& content)
{
    if (content.model.isEmpty()) in.refuse("model is missing");
    const bool twice = content.rows.what == content.columns.what && content.rows.what != FigureAxis::None;
    if (twice) in.refuse("rows and columns are the same");
    const qsizetype rows = figureLineCount(content, content.rows),
                    columns = figureLineCount(content, content.columns) + figureLeads(content);
    if (rows * columns > limits::kMostPanels) in.refuse("has too many panels");
}

// Applied to every path of a spec.
template <class Change>
FigureSpec withPaths(FigureSpec spec, const Change& change)
{
    FigureContent& content = spec.content;
    content.model = change(content.model);
    for (FigureInput& input : content.inputs) input.picture = change(input.picture);
    for (FigureLines* lines : {&content.rows, &content.columns})
        if (lines->what == FigureAxis::Models)
            for (QString& name : lines->names) name = change(name);
    return spec;
}

} // namespace

Json toJson(const FigureSpec& spec)
{
    const FigureContent& content = spec.content;
    Json json{{"figure", kVersion},
              {"model", content.model.toStdString()},
              {"inputs", Json::array()},
              {"run", jsonOf(content.run)},
              {"subject", jsonOf(content.subject)},
              {"rows", jsonOf(content.rows)},
              {"columns", jsonOf(content.columns)},
              {"as_seen", content.asSeen},
              {"picture_first", content.pictureFirst},
              {"look", jsonOf(spec.look)},
              {"sheet", jsonOf(spec.sheet)}};
    for (const FigureInput& input : content.inputs) json["inputs"].push_back(jsonOf(input));
    return json;
}

FigureSpec figureSpecFrom(const Json& json)
{
    FigureSpec spec;
    FigureContent& content = spec.content;
    FigureFields in(json, "the figure");
    in.only({"figure", "model", "inputs", "run", "subject", "rows", "columns", "as_seen", "picture_first", "look",
             "sheet"});
    int version = 0;
    in.take("figure", version, kVersion, kVersion);
    if (version != kVersion) in.refuse("figure is missing: no description of a figure");
    in.take("model", content.model, limits::kLongestName);
    for (const FigureFields& one : in.list("inputs", limits::kMostInputs)) read(one, content.inputs.emplaceBack());
    read(in.part("run"), content.run);
    read(in.part("subject"), content.subject);
    read(in.part("rows"), content.rows);
    read(in.part("columns"), content.columns);
    in.take("as_seen", content.asSeen);
    in.take("picture_first", content.pictureFirst);
    read(in.part("look"), spec.look);
    read(in.part("sheet"), spec.sheet);
    requireSense(in, content);
    return spec;
}

FigureSpec figureSpecFrom(const QByteArray& bytes)
{
    constexpr JsonLimits kLimits{4U << 20, 8};
    return figureSpecFrom(parseJsonObject({bytes.constData(), std::size_t(bytes.size())}, "the figure", kLimits));
}

FigureSpec relativeTo(const QString& folder, FigureSpec spec)
{
    return withPaths(std::move(spec), [dir = QDir(folder)](const QString& path) {
        const bool file = QFileInfo(path).isAbsolute() && !path.startsWith(QLatin1Char(':')) && QFileInfo::exists(path);
        return file ? dir.relativeFilePath(path) : path;
    });
}

FigureSpec absoluteFrom(const QString& folder, FigureSpec spec)
{
    return withPaths(std::move(spec), [dir = QDir(folder)](const QString& path) {
        if (path.isEmpty() || QFileInfo(path).isAbsolute()) return path;
        const QString there = QDir::cleanPath(dir.absoluteFilePath(path));
        return QFileInfo::exists(there) ? there : path;
    });
}

} // namespace headlens
