// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/action_names.h"

#include <QAction>
#include <QVariant>

namespace headlens {
namespace {

constexpr const char *kContext = "sourceContext", *kText = "sourceText", *kThing = "thing";

} // namespace

void setSourceText(QAction* action, const char* context, const char* text)
{
    action->setProperty(kContext, QByteArray(context));
    action->setProperty(kText, QByteArray(text));
}

SourceText sourceText(const QAction* action)
{
    return {action->property(kContext).toByteArray(), action->property(kText).toByteArray()};
}

void setThing(QAction* action, const ThingNames& names)
{
    action->setProperty(kThing, QStringList{names.id, names.name, names.detail} + names.others);
}

ThingNames thingOf(const QAction* action)
{
    const QStringList all = action->property(kThing).toStringList();
    return all.isEmpty() ? ThingNames{} : ThingNames{all[0], all[1], all[2], all.mid(3)};
}

} // namespace headlens
