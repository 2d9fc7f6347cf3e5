// SPDX-License-Identifier: GPL-3.0-or-later
// Over a closed list, a number or a slider the mouse wheel scrolls what lies around it: who scrolls through a dock
// does not change the model by accident. Numbers and sliders take the wheel once they were clicked.
#pragma once

#include <QObject>

namespace headlens {

// An event filter for the application, or for one widget. GUI thread.
class WheelGuard : public QObject {
public:
    using QObject::QObject;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace headlens
