// SPDX-License-Identifier: GPL-3.0-or-later
// The icons of the window: one set of drawings, coloured like the text beside them.
#pragma once

#include <QIcon>

#include <cstdint>

namespace headlens {

enum class Icon : std::uint8_t {
    // workspaces
    Look,
    Explain,
    Change,
    Compare,
    Statistics,
    Inside,
    Learn,
    Models,
    // what is open
    Model,
    Picture,
    Text,
    Film,
    Folder,
    Device,
    // actions
    Undo,
    Redo,
    Search,
    Figure,
    Copy,
    Save,
    Play,
    Pause,
    Close,
    Float,
    More,
    Add,
    Remove,
    Fold,
    Unfold,
    Reset,
    Settings,
    Present,
    Retry,
    // how a map is drawn
    Heat,
    Spotlight,
    Contours,
    Links,
    SideBySide,
    Patches,
    Smooth,
    Palette,
    Scale,
    Sort,
    LooksAt,
    SeenBy,
};

// Follows the palette: the colour of the text, of the accent where it is on, greyed where it is disabled.
QIcon icon(Icon which);

} // namespace headlens
