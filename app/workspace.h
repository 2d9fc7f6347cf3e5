// SPDX-License-Identifier: GPL-3.0-or-later
// The workspaces of the window, one for each thing that people do with a model. A new one is a row of the table in
// workspace.cpp: its button in the rail, its line and key in the View menu, its name for lessons and for --workspace
// are read from there.
#pragma once

#include "widgets/style/icons.h"
#include "widgets/views.h"

#include <QString>

#include <vector>

namespace headlens {

// A view of the table of views, and where it stands in this workspace. Panes of one place are tabs of each other.
struct Pane {
    const char* view;
    Place place;
    // Where this workspace wants it for some runs only; null: whenever the view is offered.
    bool (*wanted)(const InspectionModel&) = nullptr;
};

struct Workspace {
    const char* id;
    const char* title; // in English
    const char* says;  // what one does here
    Icon icon;
    std::vector<Pane> panes; // none: a page of its own instead of the maps

    QString translatedTitle() const;
    QString translatedSays() const;
    const Pane* paneOf(const QString& view) const; // by a view's id; null: not here
};

const std::vector<Workspace>& workspaces();
const Workspace* workspaceOf(const QString& id); // null: there is none
// The first one that holds a view, by its id or that of a part; null: none does.
const Workspace* homeOf(const QString& view);

inline const QString kFirstWorkspace = QStringLiteral("look");
inline const QString kChangeWorkspace = QStringLiteral("change");
inline const QString kCompareWorkspace = QStringLiteral("compare");
inline const QString kLearnWorkspace = QStringLiteral("learn");
inline const QString kModelsWorkspace = QStringLiteral("models");

} // namespace headlens
