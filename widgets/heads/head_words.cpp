// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/heads/head_words.h"

#include "widgets/heads/head_order.h"
#include "widgets/heads/head_paint.h"
#include "widgets/heads/head_reach.h"
#include "widgets/heads/head_sections.h"
#include "widgets/viewmodel/inspection_model.h"
#include "widgets/viewmodel/live_rows.h"

#include <QCoreApplication>

#include <algorithm>

namespace headlens {
namespace {

QString say(const char* text)
{
    return QCoreApplication::translate("HeadWords", text);
}

// Of the layer, where a model has several.
QString sectionTitle(const InspectionModel& model, int layer)
{
    const std::vector<HeadSection> sections = sectionsOf(model.input().blocks);
    if (sections.size() < 2) return {};
    const auto hit = std::ranges::find_if(
        sections, [layer](const HeadSection& one) { return std::ranges::find(one.layers, layer) != one.layers.end(); });
    return hit == sections.end() ? QString() : hit->title();
}

// Statistics are of the whole head, everything else here is of the query: said, as both are seen beside each other.
QString sortedFact(const InspectionModel& model, const HeadOrder& order, const HeadPlace& place)
{
    const QString value = order.valueText(order.valueOf(place));
    const std::optional<HeadStatistic>& statistic = rowOf(order.sort()).statistic;
    if (!statistic) return QStringLiteral("%1: %2").arg(order.sortedBy(), value);
    const bool ofPatches = model.rows()->layoutOf(place.layer).gridWidth > 0;
    QString unit;
    if (*statistic == HeadStatistic::Entropy) unit = say(QT_TRANSLATE_NOOP("HeadWords", "nats"));
    if (*statistic == HeadStatistic::Distance)
        unit =
            ofPatches ? say(QT_TRANSLATE_NOOP("HeadWords", "patches")) : say(QT_TRANSLATE_NOOP("HeadWords", "tokens"));
    return say(QT_TRANSLATE_NOOP("HeadWords", "%1: %2 (mean of all queries)"))
        .arg(order.sortedBy(), unit.isEmpty() ? value : value + QLatin1Char(' ') + unit);
}

} // namespace

QString headName(const InspectionModel& model, const HeadPlace& place)
{
    const QString name = say(QT_TRANSLATE_NOOP("HeadWords", "Layer %1, head %2")).arg(place.layer).arg(place.head);
    const QString section = sectionTitle(model, place.layer);
    return section.isEmpty() ? name : QStringLiteral("%1 (%2)").arg(name, section);
}

QStringList headFacts(const InspectionModel& model, const HeadOrder& order, const HeadPlace& place)
{
    const RowFacts facts = factsOf(model, place);
    const QString why = whyNotReached(model, place.layer);
    QStringList lines;
    if (!why.isEmpty())
        lines << why;
    else if (isUnchanged(model, place))
        lines << say(QT_TRANSLATE_NOOP("HeadWords", "As in the baseline"));
    else if (facts.strongest >= 0)
        lines << say(QT_TRANSLATE_NOOP("HeadWords", "Strongest: %1 with %2"))
                     .arg(model.rows()->namesOf(place.layer).name(facts.strongest))
                     .arg(double(facts.weight), 0, 'g', 3);
    if (why.isEmpty() && facts.strongest >= 0 && !model.rows()->of().difference && !model.rows()->of().reverse)
        lines << say(QT_TRANSLATE_NOOP("HeadWords", "Entropy of this row: %1 nats")).arg(facts.entropy, 0, 'f', 2);
    if (order.sort() != HeadSort::Layer) lines << sortedFact(model, order, place);
    for (QString& line : lines) line[0] = line[0].toUpper();
    return lines;
}

QString queryName(const InspectionModel& model)
{
    const verbs::Rows& of = model.rows()->of();
    if (model.rows()->layers().empty()) return {};
    const TokenLayout layout = TokenLayout::ofStream(model.model(), model.input(), of.stream);
    const QPoint at = layout.cell(of.token);
    const QString name =
        layout.isPatch(of.token)
            ? say(QT_TRANSLATE_NOOP("HeadWords", "patch (%1, %2)")).arg(at.y()).arg(at.x())
            : (of.token < layout.text ? QStringLiteral("\u201C%1\u201D").arg(layout.shortName(of.token))
                                      : layout.shortName(of.token));
    return (of.reverse ? say(QT_TRANSLATE_NOOP("HeadWords", "key %1"))
                       : say(QT_TRANSLATE_NOOP("HeadWords", "query %1")))
        .arg(name);
}

QString layersLabel(const std::vector<int>& layers)
{
    if (layers.empty()) return {};
    const int first = layers.front(), last = layers.back();
    if (layers.size() == 1) return QString::number(first);
    const bool inARow = std::abs(last - first) + 1 == int(layers.size());
    const QString between = inARow ? QStringLiteral("%1\u2013%2") : QStringLiteral("%1\u2009\u2026\u2009%2");
    return layers.size() == 2 && !inARow ? QStringLiteral("%1, %2").arg(first).arg(last) : between.arg(first).arg(last);
}

} // namespace headlens
