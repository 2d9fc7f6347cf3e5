// SPDX-License-Identifier: GPL-3.0-or-later
// The icons of the window: one set of drawings, coloured like the text beside them.
#pragma once

#include <QColor>
#include <QIcon>
#include <QPixmap>
#include <QString>

#include <cstddef>
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
inline constexpr std::size_t kIcons = std::size_t(Icon::SeenBy) + 1;

// Follows the palette: the colour of the text, of the accent where it is on, greyed where it is disabled.
QIcon icon(Icon which);
// For what paints itself: `size` in logical pixels.
QPixmap iconPixmap(Icon which, const QSize& size, double ratio, const QColor& colour);
// In the program's resources; drawn with "currentColor" in 24 x 24.
QString iconFile(Icon which);

} // namespace headlens
