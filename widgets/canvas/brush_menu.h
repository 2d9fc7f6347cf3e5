// SPDX-License-Identifier: GPL-3.0-or-later
// What the brush does to the patches it goes over, and how wide it is. Window's thread.
#pragma once

#include "widgets/canvas/tool_menu.h"

namespace headlens {

class CanvasBrush;

class BrushMenu : public ToolMenu {
    Q_OBJECT
public:
    explicit BrushMenu(CanvasBrush* brush, QWidget* parent = nullptr);

    QString text() const; // of the field

private:
    CanvasBrush* m_brush;
};

} // namespace headlens
