// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/run_changes.h"

#include "widgets/viewmodel/interventions.h"

#include <QCoreApplication>

namespace headlens {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(RunChanges)
};

// The first few by name.
QString named(const QStringList& names)
{
    constexpr qsizetype kMost = 6;
    const QString first = names.mid(0, kMost).join(QLatin1String(", "));
    return names.size() > kMost ? first + QStringLiteral(" \u2026") : first;
}

} // namespace

bool isAsTrained(const RunRequest& request)
{
    return request.text.ablated.empty() && request.text.hiddenTokens.empty() && request.switches.empty() &&
           request.changes.empty();
}

void makeAsTrained(RunRequest& request)
{
    request.text.ablated.clear();
    request.text.hiddenTokens.clear();
    request.switches.clear();
    request.changes.clear();
}

QStringList changesOf(const RunRequest& request)
{
    QStringList changes, heads, parts;
    for (const verbs::HeadAddress& head : request.text.ablated)
        heads << QStringLiteral("%1.%2").arg(head.layer).arg(head.head);
    for (const auto& [name, value] : request.switches) parts << QString::fromStdString(name);
    const auto words = qsizetype(request.text.hiddenTokens.size());
    if (heads.size() == 1) changes << Words::tr("head %1 off").arg(heads.first());
    if (heads.size() > 1) changes << Words::tr("%1 heads off: %2").arg(heads.size()).arg(named(heads));
    QStringList others;
    for (const verbs::Change& one : request.changes) others << interventionWords(one);
    if (others.size() == 1) changes << others.first();
    if (others.size() > 1) changes << Words::tr("%1 interventions: %2").arg(others.size()).arg(named(others));
    if (parts.size() == 1) changes << Words::tr("%1 changed").arg(parts.first());
    if (parts.size() > 1) changes << Words::tr("%1 parts changed: %2").arg(parts.size()).arg(named(parts));
    if (words == 1) changes << Words::tr("one word hidden");
    if (words > 1) changes << Words::tr("%1 words hidden").arg(words);
    return changes;
}

} // namespace headlens
