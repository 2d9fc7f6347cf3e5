// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/start/teaching_groups.h"

#include <QCoreApplication>

#include <array>
#include <vector>

namespace headlens {
namespace {

struct Group {
    const char* title;
    std::vector<const char*> models;
};

// A model that is in no row is among the others.
const std::array<Group, 7>& groups()
{
    static const std::array<Group, 7> all{{
        {QT_TRANSLATE_NOOP("TeachingGroups", "Pictures cut into patches"), {"emoji-vit", "emoji-swin"}},
        {QT_TRANSLATE_NOOP("TeachingGroups", "Learnt without labels"),
         {"things-dino", "things-dino-flat", "things-dino-spike", "things-mae"}},
        {QT_TRANSLATE_NOOP("TeachingGroups", "Attention made cheaper"),
         {"glyph-dense", "glyph-window", "glyph-linear", "glyph-low-rank", "glyph-coarse", "glyph-depths",
          "sum-depths"}},
        {QT_TRANSLATE_NOOP("TeachingGroups", "Word after word"), {"story-gpt", "number-words", "dates"}},
        {QT_TRANSLATE_NOOP("TeachingGroups", "Long memory"), {"bindings", "rebinding"}},
        {QT_TRANSLATE_NOOP("TeachingGroups", "Pictures and words together"),
         {"emoji-clip", "emoji-llava", "flamingo", "table-palm-e"}},
        {QT_TRANSLATE_NOOP("TeachingGroups", "Events of a life"), {"lives"}},
    }};
    return all;
}

} // namespace

QStringList teachingGroups()
{
    QStringList titles;
    for (const Group& group : groups()) titles << QCoreApplication::translate("TeachingGroups", group.title);
    return titles << QCoreApplication::translate("TeachingGroups", "Others");
}

qsizetype teachingGroupOf(const QString& model)
{
    for (std::size_t i = 0; i < groups().size(); ++i)
        for (const char* name : groups()[i].models)
            if (model == QLatin1String(name)) return qsizetype(i);
    return qsizetype(groups().size());
}

} // namespace headlens
