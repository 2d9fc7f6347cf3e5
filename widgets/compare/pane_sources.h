// SPDX-License-Identifier: GPL-3.0-or-later
// Lines for the menus of a pane that only the window knows: what was opened before, what lies on this computer.
#pragma once

#include <QString>

#include <functional>

class QMenu;

namespace headlens {

using ChoosePath = std::function<void(const QString& pathOrName)>;

struct PaneSources {
    std::function<void(QMenu*menu, const ChoosePath&choose)> models, pictures; // empty: none
};

} // namespace headlens
