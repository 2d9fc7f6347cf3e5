// SPDX-License-Identifier: GPL-3.0-or-later
// The command palette of the window: opened by its keys or from the menu, filled from what the window has, and
// remembering what was used last.
#pragma once

#include "app/palette_sources.h"

#include <QObject>

class QMainWindow;

namespace headlens {

class AppSettings;
class PalettePopup;

class CommandPalette : public QObject {
    Q_OBJECT
public:
    CommandPalette(QMainWindow* window, AppSettings* settings, const PaletteParts& parts);

    QAction* action() const { return m_action; } // opens and closes it
    PalettePopup* popup() const { return m_popup; }
    QList<PaletteEntry> entries() const; // of now

private:
    void toggle();
    void run(const PaletteEntry& entry);
    QStringList used() const;
    void addUsedPlaces(QList<PaletteEntry>& entries) const;

    QMainWindow* m_window;
    AppSettings* m_settings;
    PaletteParts m_parts;
    BothLanguages m_languages;
    QAction* m_action;
    PalettePopup* m_popup;
};

} // namespace headlens
