// SPDX-License-Identifier: GPL-3.0-or-later
// How the window looks, in one place: colours of both themes, distances, radii, type and motion. Everything else takes
// its colours from the QPalette that is made here.
#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>

namespace headlens {

// Distances in logical pixels: an 8-px grid with one half step.
inline constexpr int kTight = 4, kGap = 8, kWide = 16;
inline constexpr int kRadius = 6, kLargeRadius = 8;
inline constexpr int kHairline = 1, kFocusWidth = 2;
inline constexpr int kMotionMs = 150;

struct Tones {
    QColor canvas;    // below pictures, charts and what is typed into
    QColor pane;      // of the window
    QColor alternate; // every second row, tokens without a value
    QColor raised;    // buttons, chips, fields
    QColor hover;     // under the mouse
    QColor pressed;
    QColor hairline; // between panes and around what a text names; nobody needs to see it
    QColor outline;  // of what is only seen by it: boxes, fields, tokens
    QColor text;
    QColor quiet; // captions, placeholders
    QColor disabled;
    QColor accent;   // what is chosen, and where the keyboard is
    QColor onAccent; // text on it
    QColor link;
    QColor tip; // tool tips, messages
};

const Tones& darkTones();
const Tones& lightTones();

QPalette paletteOf(const Tones& tones);
// The same colours out of a palette, of its current group: what is disabled has one tone for all texts.
Tones tonesOf(const QPalette& palette);

QColor mixed(const QColor& ground, const QColor& over, double share);
// The ground of what is chosen.
inline QColor tint(const Tones& tones)
{
    return mixed(tones.pane, tones.accent, 0.14);
}

// Inter where it is installed, else the system's, in the system's size.
QFont windowFont(const QFont& system);
// With digits of one width, so that numbers below each other line up and a changing one does not dance.
QFont tabular(const QFont& font);

} // namespace headlens
