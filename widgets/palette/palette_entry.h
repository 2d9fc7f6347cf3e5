// SPDX-License-Identifier: GPL-3.0-or-later
// One thing that the command palette can do.
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <functional>

namespace headlens {

enum class Tick : std::uint8_t { None, Off, On };

struct PaletteEntry {
    QString id;         // by which it is remembered, the same in every language
    QString name;       // in the language of the window
    QStringList others; // in other languages, and other words for it
    QString detail;     // stands behind the name: the folder of a file
    QString group;      // where else it is found: "File › Export"
    QString otherGroup; // the same in other languages
    QString keys;       // its shortcuts, as the desktop writes them
    Tick tick = Tick::None;
    QString refusal;        // why it cannot be done now; empty: it can
    bool isEnabled = true;  // what cannot be done is grey
    bool onlyTyped = false; // among all others it would be lost: a token of the input
    std::function<void()> run = {};
};

// What was typed, read as a place in the open model (layer 5, head 5.3) rather than as a name.
struct PaletteAnswer {
    QList<PaletteEntry> entries; // before all others
    QString sentence;            // why there are none; empty: it is no place, or there are some
};

} // namespace headlens
