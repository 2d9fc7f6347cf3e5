// SPDX-License-Identifier: GPL-3.0-or-later
// What a name of --show, or of the view of a lesson's step, means: row, a method's id, a view's id or a part's
// (widgets/views.h), a workspace's id (app/workspace.h), how the map is drawn, pca, dino or start.
#pragma once

#include <QStringList>

#include <vector>

namespace headlens {

class DinoView;
class DisplaySettings;
class InspectionModel;
class Selection;
class StartScreen;
class ViewDocks;
class Workspaces;

class ViewNames {
public:
    struct Parts {
        InspectionModel* model;
        Selection* selection;
        DisplaySettings* display;
        ViewDocks* docks;
        Workspaces* workspaces;
        DinoView* dino;
        StartScreen* start;
    };
    explicit ViewNames(const Parts& parts) : m_parts(parts) {}

    bool show(const QString& name); // false: there is none of this name
    static QStringList all();       // without methods: which ones there are only the engine knows

private:
    struct Other { // neither a map nor a view
        const char* name;
        void (*show)(const Parts&);
    };
    static const std::vector<Other>& others();

    Parts m_parts;
};

} // namespace headlens
