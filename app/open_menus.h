// SPDX-License-Identifier: GPL-3.0-or-later
// Lines of menus that open something: what was opened before, the models that come along, those on this computer.
// Filled anew whenever such a menu opens.
#pragma once

#include <QString>
#include <QStringList>

#include <functional>

class QMenu;

namespace headlens {

class AppSettings;
class InspectionModel;
class ModelFinder;
class Openings;
class StartActions;
class StartRecents;

struct OpenMenuParts {
    Openings* openings;
    AppSettings* settings;
    InspectionModel* model;
    ModelFinder* finder;
    const StartRecents* recents;
    StartActions* actions;
    std::function<void(const QString& pathOrName)> choose = {}; // what a line does; empty: it opens in the window
};

// Files and folders that were opened, the newest first. `kind`: of AppSettings::recent().
QStringList recentPaths(const AppSettings& settings, const QString& kind);
// Vanished ones stay readable, greyed; nothing where there are none.
void addRecentLines(QMenu* menu, const OpenMenuParts& parts, const QString& kind);
void addNothingYet(QMenu* menu);
void addEmbeddedLines(QMenu* menu, const OpenMenuParts& parts);
// As far as they are known; those that cannot be opened are greyed, their tool tip says why.
void addFoundLines(QMenu* menu, const OpenMenuParts& parts);
// Texts that were typed before, with the model that read them; nothing where there are none.
void addTextLines(QMenu* menu, const OpenMenuParts& parts);
// The photographs that come along.
void addPictureLines(QMenu* menu, const OpenMenuParts& parts);

} // namespace headlens
