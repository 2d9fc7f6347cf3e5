// SPDX-License-Identifier: GPL-3.0-or-later
// What a lesson speaks of: these heads step forward, the others back. Lives in the window's thread.
#pragma once

#include "widgets/viewmodel/head_choice.h"

#include <QList>
#include <QObject>

namespace headlens {

class Emphasis : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    void set(const QList<HeadPlace>& places); // empty: all count alike
    bool includes(int layer, int head) const;
    bool isOn() const { return !m_places.isEmpty(); }

Q_SIGNALS:
    void changed();

private:
    QList<HeadPlace> m_places;
};

} // namespace headlens
