// SPDX-License-Identifier: GPL-3.0-or-later
// The space bar presses the button that has the focus, even where it is the shortcut of something else in the window.
#pragma once

#include <QObject>

namespace headlens {

// An event filter for the application, or for one button. GUI thread.
class ButtonKeys : public QObject {
public:
    using QObject::QObject;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace headlens
