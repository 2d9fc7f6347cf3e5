// SPDX-License-Identifier: GPL-3.0-or-later
// Shows every window of the program, menus and tool tips included, as somebody with another colour vision sees it.
#pragma once

#include "widgets/style/colour_vision.h"

#include <QObject>

namespace headlens {

class VisionLens : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    ~VisionLens() override;

    Vision vision() const { return m_vision; }
    // Full: nothing lies over the windows, and nothing is watched.
    void set(Vision vision);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    Vision m_vision = Vision::Full;
};

} // namespace headlens
