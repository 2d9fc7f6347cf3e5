// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figure/figure_words.h"

#include "widgets/viewmodel/method_text.h"

#include <QFileInfo>

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

struct FigureWords { // of the translations
    Q_DECLARE_TR_FUNCTIONS(headlens::FigureWords)
};

bool varies(const FigureData& data, FigureAxis what)
{
    return data.content.rows.what == what || data.content.columns.what == what;
}

// "layers 0-11 (rows)".
QString linesSentence(const FigureLines& lines, const QString& where)
{
    const QString name = figureText([&] {
        for (const FigureName<FigureAxis>& one : figureNames(lines.what))
            if (one.value == lines.what) return one.title;
        return "";
    }());
    return lines.numbers.isEmpty() ? FigureWords::tr("%1: %2").arg(where, name)
                                   : FigureWords::tr("%1: %2 %3").arg(where, name, figureNumbersText(lines.numbers));
}

QString headSentence(const FigureSubject& subject)
{
    if (subject.fusion == HeadFusion::Single) return FigureWords::tr("head %1").arg(subject.head);
    for (const FigureName<HeadFusion>& one : figureNames(subject.fusion))
        if (one.value == subject.fusion) return figureText(one.title);
    return {};
}

// What is the same in all panels.
QStringList fixedParts(const FigureData& data)
{
    const FigureSubject& subject = data.content.subject;
    const bool row = subject.map == QLatin1String("row") || varies(data, FigureAxis::Methods);
    QStringList parts;
    if (!varies(data, FigureAxis::Layers) && row) parts << FigureWords::tr("layer %1").arg(subject.layer);
    if (!varies(data, FigureAxis::Heads) && row) parts << headSentence(subject);
    if (!varies(data, FigureAxis::Queries) && row)
        parts << (subject.reverse ? FigureWords::tr("key %1") : FigureWords::tr("query %1")).arg(data.query);
    for (const auto& [method, settings] : subject.settings)
        for (const auto& [name, value] : settings)
            parts << QStringLiteral("%1 %2 = %3")
                         .arg(QString::fromStdString(method), QString::fromStdString(name),
                              QString::fromStdString(value));
    return parts;
}

// The same where there is little room.
QString headName(const FigureSubject& subject)
{
    switch (subject.fusion) {
    case HeadFusion::Single: break;
    case HeadFusion::Mean: return FigureWords::tr("mean");
    case HeadFusion::Max: return FigureWords::tr("maximum");
    case HeadFusion::Min: return FigureWords::tr("minimum");
    }
    return headSentence(subject);
}

// What stands before the columns of the axis.
QStringList leadParts(const FigureData& data)
{
    const FigureContent& content = data.content;
    QStringList parts;
    if (hasPictureFirst(content)) parts << FigureWords::tr("the picture");
    if (hasMapFirst(content))
        parts << (content.subject.map == QLatin1String("row") ? headSentence(content.subject) : data.map);
    return parts;
}

QString scaleSentence(const FigureLook& look)
{
    switch (look.scale) {
    case FigureScale::Panel: return FigureWords::tr("Every panel has a scale of its own.");
    case FigureScale::Row: return FigureWords::tr("Every row has a scale of its own.");
    case FigureScale::Column: return FigureWords::tr("Every column has a scale of its own.");
    case FigureScale::Figure: break;
    }
    return FigureWords::tr("All panels have the same scale.");
}

QString lookSentence(const FigureLook& look)
{
    QStringList parts{FigureWords::tr("palette %1").arg(look.palette)};
    if (look.logarithmic) parts << FigureWords::tr("logarithmic");
    if (look.smooth) parts << FigureWords::tr("interpolated between patches");
    if (look.keepMass < 1)
        parts << FigureWords::tr("only the patches that hold %1 % of the sum").arg(qRound(100 * look.keepMass));
    return parts.join(QStringLiteral(", "));
}

QStringList namesOf(const std::vector<FigureSource>& sources)
{
    QStringList names;
    for (const FigureSource& source : sources)
        if (!names.contains(source.name) && !source.name.isEmpty()) names << source.name;
    return names;
}

} // namespace

QString figureInputName(const FigureInput& input)
{
    return input.picture.isEmpty() ? input.text.simplified() : QFileInfo(input.picture).fileName();
}

QString figureMapName(const QString& map, const FigureStage& stage)
{
    if (map == QLatin1String("row")) return FigureWords::tr("attention");
    const verbs::MethodInfo* method = methodOf(stage, map);
    return method != nullptr ? methodText(method->title) : map;
}

QStringList figureLineNames(const FigureContent& content, const FigureLines& lines, const FigureStage& stage)
{
    QStringList names;
    for (const int number : lines.numbers) names << QString::number(number);
    if (lines.what == FigureAxis::Pictures)
        for (const FigureInput& input : content.inputs) names << figureInputName(input);
    for (const QString& name : lines.names) {
        FigureSubject subject = resolved(content.subject, stage);
        subject.query = name;
        if (lines.what == FigureAxis::Methods) names << figureMapName(name, stage);
        if (lines.what == FigureAxis::Models) names << QFileInfo(name).fileName();
        if (lines.what == FigureAxis::Queries) names << queryName(subject, stage);
    }
    return names;
}

QStringList figureColumnNames(const FigureContent& content, const FigureStage& stage)
{
    const FigureSubject& subject = content.subject;
    const bool row = subject.map == QLatin1String("row");
    QStringList names;
    if (hasPictureFirst(content)) names << FigureWords::tr("picture");
    if (hasMapFirst(content)) names << (row ? headName(subject) : figureMapName(subject.map, stage));
    if (content.columns.what != FigureAxis::None) return names + figureLineNames(content, content.columns, stage);
    if (!names.isEmpty()) names << figureMapName(subject.map, stage);
    return names;
}

QString figureLinesTitle(const FigureLines& lines)
{
    if (lines.what == FigureAxis::Layers) return FigureWords::tr("layer");
    if (lines.what == FigureAxis::Heads) return FigureWords::tr("head");
    return {};
}

QString figureCaption(const FigureSpec& spec, const FigureData& data)
{
    if (!spec.sheet.caption.isEmpty()) return spec.sheet.caption;
    const QString map = varies(data, FigureAxis::Methods) ? FigureWords::tr("Maps by several methods") : data.map;
    QStringList parts = fixedParts(data);
    if (const QStringList first = leadParts(data); !first.isEmpty())
        parts << FigureWords::tr("first %1").arg(first.join(QStringLiteral(", ")));
    if (data.content.rows.what != FigureAxis::None) parts << linesSentence(data.content.rows, FigureWords::tr("rows"));
    if (data.content.columns.what != FigureAxis::None)
        parts << linesSentence(data.content.columns, FigureWords::tr("columns"));
    QString head =
        FigureWords::tr("%1 of %2 on %3")
            .arg(map, namesOf(data.models).join(QStringLiteral(", ")), namesOf(data.inputs).join(QStringLiteral(", ")));
    if (!head.isEmpty()) head[0] = head[0].toUpper();
    if (!parts.isEmpty()) head += QStringLiteral("; ") + parts.join(QStringLiteral("; "));
    const QString scale = data.maps() > 1 ? scaleSentence(spec.look) + QLatin1Char(' ') : QString();
    return QStringLiteral("%1. %2%3. HeadLens %4.")
        .arg(head, scale, FigureWords::tr("Drawn with %1").arg(lookSentence(spec.look)),
             QStringLiteral(HEADLENS_VERSION));
}

QString figureBarLabel(const FigureData& data)
{
    const bool row = data.content.subject.map == QLatin1String("row");
    const bool several = varies(data, FigureAxis::Methods) || (hasMapFirst(data.content) && !row);
    if (several) return FigureWords::tr("value of the map");
    return row ? FigureWords::tr("attention weight") : data.map;
}

QString figureLetter(int index)
{
    QString letters;
    for (int rest = index; rest >= 0; rest = rest / 26 - 1) letters.prepend(QChar(u'a' + rest % 26));
    return letters;
}

QString figureNumber(double value)
{
    if (value == 0) return QStringLiteral("0");
    constexpr int kDigits = 3;
    const int power = int(std::floor(std::log10(std::abs(value)))); // of the first digit
    if (power < -3 || power > 4) return QString::number(value, 'g', kDigits);
    return QString::number(value, 'f', std::max(0, kDigits - 1 - power));
}

} // namespace headlens
