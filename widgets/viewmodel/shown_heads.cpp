// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/shown_heads.h"

#include "widgets/viewmodel/head_choice.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace headlens {

QString shownHeads(const HeadChoice& choice)
{
    const auto text = [](const char* source) { return QCoreApplication::translate("ShownHeads", source); };
    switch (choice.fusion()) {
    case HeadFusion::Mean: return text(QT_TRANSLATE_NOOP("ShownHeads", "mean of the heads"));
    case HeadFusion::Max: return text(QT_TRANSLATE_NOOP("ShownHeads", "maximum of the heads"));
    case HeadFusion::Min: return text(QT_TRANSLATE_NOOP("ShownHeads", "minimum of the heads"));
    case HeadFusion::Single: break;
    }
    if (!choice.overlaysHeads()) return text(QT_TRANSLATE_NOOP("ShownHeads", "head %1")).arg(choice.head());
    const QList<HeadPlace>& places = choice.overlaid();
    const bool layers =
        std::ranges::any_of(places, [&](const HeadPlace& place) { return place.layer != places.first().layer; });
    QStringList names;
    for (const HeadPlace& place : places)
        names << (layers ? QStringLiteral("%1.%2").arg(place.layer).arg(place.head) : QString::number(place.head));
    const QString all = names.join(QLatin1String(", "));
    return layers ? text(QT_TRANSLATE_NOOP("ShownHeads", "heads %1 (layer.head)")).arg(all)
                  : text(QT_TRANSLATE_NOOP("ShownHeads", "heads %1")).arg(all);
}

} // namespace headlens
