// SPDX-License-Identifier: GPL-3.0-or-later
// What the command palette offers, and from where: menus, views, maps, the controls, switches, answers and tokens of
// the input. Every list is made anew when the palette opens.
#pragma once

#include "app/both_languages.h"
#include "widgets/palette/palette_entry.h"

#include <QSet>

#include <optional>

class QAction;
class QMenuBar;

namespace headlens {

class DisplaySettings;
class HelpWindow;
class InspectionModel;
class Selection;
class StartScreen;
class ViewDocks;
class ViewNames;

struct PaletteParts {
    InspectionModel* model;
    Selection* selection;
    DisplaySettings* display;
    ViewNames* viewNames;
    ViewDocks* docks;
    StartScreen* start;
    HelpWindow* help;
};

// A text of the palette itself, tr() in the context "Palette".
QString paletteText(const char* source);

// Every action that can be seen in the menus, submenus included, but for those left out. Menus that are filled when
// they are shown are filled.
QList<PaletteEntry> actionEntries(const QMenuBar& menus, const QSet<QAction*>& leftOut, const BothLanguages& languages);
// Every view and its parts, brought to the front; those that are open can be hidden as well.
QList<PaletteEntry> viewEntries(const PaletteParts& in, const BothLanguages& languages);
// The row, and the methods of the open model.
QList<PaletteEntry> mapEntries(const PaletteParts& in, const BothLanguages& languages);
// What the controls set: every choice of every box, every tick.
QList<PaletteEntry> settingEntries(const PaletteParts& in, const BothLanguages& languages);
// The parts of the open model that can be switched, and settings of the shown method.
QList<PaletteEntry> switchEntries(const PaletteParts& in, const BothLanguages& languages);
// In which order the heads stand in their grid.
QList<PaletteEntry> headOrderEntries(const PaletteParts& in, const BothLanguages& languages);
// What the model answers: what does it rest on?
QList<PaletteEntry> answerEntries(const PaletteParts& in, const BothLanguages& languages);
// Tokens that have a name: words, CLS.
QList<PaletteEntry> tokenEntries(const PaletteParts& in, const BothLanguages& languages);

// Silences the chosen head, or lets it write again.
QList<PaletteEntry> ablationEntries(const PaletteParts& in, const BothLanguages& languages);
// The words of the glossary, which opens there.
QList<PaletteEntry> wordEntries(const PaletteParts& in, const BothLanguages& languages);
// By what else an action is found ("projector"): other words for the one of this text.
QStringList otherWordsOf(const QByteArray& action, const BothLanguages& languages);

// What a word of the field means; of what HeadLens does not have, that, and what comes closest.
PaletteAnswer wordAnswer(const QString& typed, const BothLanguages& languages);
// What was typed as a place of the open model.
PaletteAnswer placeAnswer(const PaletteParts& in, const QString& typed);
// A place by the id of its entry, as it is remembered; null: there is none such now.
std::optional<PaletteEntry> placeOfId(const PaletteParts& in, const QString& id);

} // namespace headlens
