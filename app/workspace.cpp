// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace.h"

#include "widgets/viewmodel/inspection_model.h"
#include "widgets/viewmodel/shares.h"

#include <QCoreApplication>

#include <algorithm>

namespace headlens {
namespace {

// Lines between words want the width of the window; a picture has its own place for what they show.
bool readsOnly(const InspectionModel& model)
{
    return !model.model().takesPictures;
}

// Whose answer looks at several things: a picture and a question.
bool asks(const InspectionModel& model)
{
    return hasShares(model) && model.run().middleLayerThatReads() >= 0;
}

using enum Place;

std::vector<Pane> panesOfLook()
{
    return {{"heads", RightAbove},        {"generation", RightAbove}, {"lens", RightAbove},
            {"shares", RightBelow, asks}, {"weights", RightBelow},    {"matrix", RightBelow},
            {"predictions", RightBelow},  {"controls", RightBelow},   {"pictures", Below},
            {"lines", Below, readsOnly},  {"three", Below},           {"life", Below}};
}

std::vector<Pane> panesOfInside()
{
    return {{"model", LeftAbove},    {"training", LeftBelow},    {"contrast", LeftBelow}, {"formula", RightAbove},
            {"pair", RightAbove},    {"positions", RightAbove},  {"windows", RightAbove}, {"tiles", RightAbove},
            {"weights", RightBelow}, {"mechanisms", RightBelow}, {"routing", RightBelow}, {"memory", RightBelow},
            {"cost", RightBelow}};
}

std::vector<Pane> panesOfExplain()
{
    return {{"predictions", LeftAbove}, {"sheet", RightAbove}, {"faithfulness", RightBelow},
            {"controls", RightBelow},   {"heads", RightBelow}, {"norms", RightBelow}};
}

std::vector<Pane> panesOfChange()
{
    return {{"heads", RightAbove},     {"studies", RightAbove},       {"mechanisms", RightAbove},
            {"history", RightAbove},   {"interventions", RightBelow}, {"predictions", RightBelow},
            {"generation", RightBelow}};
}

std::vector<Pane> panesOfCompare()
{
    return {{"panes", RightAbove},   {"heads", RightAbove},       {"matrix", RightBelow},
            {"weights", RightBelow}, {"predictions", RightBelow}, {"pictures", Below}};
}

std::vector<Pane> panesOfStatistics()
{
    return {{"heads", RightAbove},     {"studies", RightAbove}, {"cost", RightAbove},
            {"headstats", RightBelow}, {"norms", RightBelow},   {"matrix", RightBelow}};
}

std::vector<Pane> panesOfLearn()
{
    return {{"lesson", LeftAbove},  {"heads", RightAbove},       {"weights", RightBelow},
            {"matrix", RightBelow}, {"predictions", RightBelow}, {"lines", Below, readsOnly}};
}

} // namespace

const std::vector<Workspace>& workspaces()
{
    static const std::vector<Workspace> kWorkspaces{
        {"look", QT_TRANSLATE_NOOP("Workspaces", "Look"),
         QT_TRANSLATE_NOOP("Workspaces", "What every head of every layer attends to"), Icon::Look, panesOfLook()},
        {"explain", QT_TRANSLATE_NOOP("Workspaces", "Explain"),
         QT_TRANSLATE_NOOP("Workspaces",
                           "Why the model answers what it answers: relevance and other maps of one answer"),
         Icon::Explain, panesOfExplain()},
        {"change", QT_TRANSLATE_NOOP("Workspaces", "Change"),
         QT_TRANSLATE_NOOP("Workspaces", "Switch heads and mechanisms off and see what becomes of the answer"),
         Icon::Change, panesOfChange()},
        {"compare", QT_TRANSLATE_NOOP("Workspaces", "Compare"),
         QT_TRANSLATE_NOOP("Workspaces",
                           "Models, inputs, maps and changes side by side, and how one run differs from another"),
         Icon::Compare, panesOfCompare()},
        {"statistics", QT_TRANSLATE_NOOP("Workspaces", "Statistics"),
         QT_TRANSLATE_NOOP("Workspaces", "How widely and how far heads look, over all tokens"), Icon::Statistics,
         panesOfStatistics()},
        {"inside", QT_TRANSLATE_NOOP("Workspaces", "Inside"),
         QT_TRANSLATE_NOOP("Workspaces", "How one weight, one row and every mechanism is computed"), Icon::Inside,
         panesOfInside()},
        {"learn", QT_TRANSLATE_NOOP("Workspaces", "Learn"),
         QT_TRANSLATE_NOOP("Workspaces", "Lessons beside the live model"), Icon::Learn, panesOfLearn()},
        {"models",
         QT_TRANSLATE_NOOP("Workspaces", "Models"),
         QT_TRANSLATE_NOOP("Workspaces", "The models at hand, and those on this computer"),
         Icon::Models,
         {}},
    };
    return kWorkspaces;
}

QString Workspace::translatedTitle() const
{
    return QCoreApplication::translate("Workspaces", title);
}

QString Workspace::translatedSays() const
{
    return QCoreApplication::translate("Workspaces", says);
}

const Pane* Workspace::paneOf(const QString& view) const
{
    const auto hit = std::ranges::find_if(panes, [&](const Pane& pane) { return view == QLatin1String(pane.view); });
    return hit == panes.end() ? nullptr : &*hit;
}

const Workspace* workspaceOf(const QString& id)
{
    const auto hit =
        std::ranges::find_if(workspaces(), [&](const Workspace& one) { return id == QLatin1String(one.id); });
    return hit == workspaces().end() ? nullptr : &*hit;
}

const Workspace* homeOf(const QString& view)
{
    const View* whole = viewOf(view);
    if (whole == nullptr) return nullptr;
    const auto hit = std::ranges::find_if(
        workspaces(), [&](const Workspace& one) { return one.paneOf(QString::fromLatin1(whole->id)) != nullptr; });
    return hit == workspaces().end() ? nullptr : &*hit;
}

} // namespace headlens
