// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/explain/explain_words.h"

#include "widgets/mechanisms/mechanism_paint.h"
#include "widgets/viewmodel/answers.h"
#include "widgets/viewmodel/inspection_model.h"
#include "widgets/viewmodel/method_map.h"
#include "widgets/viewmodel/method_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>

namespace headlens {
namespace {

struct Explain { // of the translations
    Q_DECLARE_TR_FUNCTIONS(headlens::Explain)
};

QString stateText(const SheetTile& tile)
{
    using enum SheetTile::State;
    switch (tile.state) {
    case Waiting: return Explain::tr("waiting");
    case Computing: return Explain::tr("computing");
    case Dear:
        return tile.cost && tile.cost->seconds > 0
                   ? Explain::tr("takes about %1: press Enter to compute it").arg(secondsText(tile.cost->seconds))
                   : Explain::tr("stopped: press Enter to compute it");
    case Shown:
    case Judging:
    case Judged:
    case Failed: break;
    }
    return {};
}

} // namespace

QString methodTitle(const InspectionModel& model, const QString& method)
{
    const verbs::MethodInfo* known = model.map()->method(method);
    return known == nullptr ? method : methodText(known->title);
}

QString classTitle(const InspectionModel& model, int target)
{
    const std::vector<verbs::Prediction> answers = answersOf(model.input());
    const auto& texts = model.input().outputs.get<verbs::Similarity>().texts;
    const bool ofTexts = model.input().outputs.get<verbs::Classes>().best.empty() && !texts.empty();
    if (target < 0 && ofTexts) { // the one that is looked into
        const QString& active = model.request().text.activeLabel;
        return firstName(active.isEmpty() ? texts.front().text : active.toStdString());
    }
    if (target < 0) return answers.empty() ? Explain::tr("the most probable one") : firstName(answers.front().label);
    const auto hit = std::ranges::find(answers, target, &verbs::Prediction::index);
    return hit == answers.end() ? Explain::tr("class %1").arg(target) : firstName(hit->label);
}

QString scoreTitle(const InspectionModel& model, const verbs::ScoreChoice& score)
{
    const QString one = classTitle(model, score.target);
    return score.against < 0
               ? one
               : one + QStringLiteral(" \u2212 ") + classTitle(model, score.against); // as the engine says
}

QString areaText(double area)
{
    return QString::number(area, 'f', 3);
}

QString secondsText(double seconds)
{
    constexpr double kMinute = 60, kWhole = 10, kShort = 0.1;
    if (seconds < kShort) return Explain::tr("%1 ms").arg(1000 * seconds, 0, 'f', 0);
    if (seconds >= 2 * kMinute) return Explain::tr("%1 min").arg(seconds / kMinute, 0, 'f', 0);
    return Explain::tr("%1 s").arg(seconds, 0, 'f', seconds < kWhole ? 1 : 0);
}

QString costText(const verbs::MapCost& cost)
{
    QStringList parts;
    if (cost.passes > 0) parts << Explain::tr("%1 forward passes").arg(QLocale().toString(cost.passes, 'g', 4));
    parts << (cost.seconds > 0 ? Explain::tr("about %1").arg(secondsText(cost.seconds))
                               : Explain::tr("nothing beside the run that is there"));
    if (cost.neededBytes > 0) parts << Explain::tr("%1 of memory").arg(bytesText(double(cost.neededBytes)));
    return parts.join(QStringLiteral(", "));
}

QString tileText(const InspectionModel& model, const SheetTile& tile)
{
    QStringList parts{methodTitle(model, tile.method)};
    if (!tile.label.isEmpty()) parts << tile.label;
    if (tile.judged)
        parts << Explain::tr("deletion %1, insertion %2")
                     .arg(areaText(tile.judged->deletionArea), areaText(tile.judged->insertionArea));
    if (const QString state = stateText(tile); !state.isEmpty()) parts << state;
    if (!tile.remark.isEmpty()) parts << methodText(tile.remark.toStdString());
    if (!tile.why.isEmpty()) parts << tile.why;
    return parts.join(QStringLiteral(" \u00B7 "));
}

} // namespace headlens
