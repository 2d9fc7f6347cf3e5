// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps query, direction, layer and heads of a pane where those of the window are, and takes back what somebody chooses
// in the pane. What a pane's new run pulls in is no choice and goes nowhere. Lives in the window's thread.
#pragma once

#include "widgets/viewmodel/inspection_model.h"

#include <QObject>

namespace headlens {

class LinkedSelection : public QObject {
    Q_OBJECT
public:
    struct End {
        InspectionModel* model;
        Selection* selection;
    };
    LinkedSelection(const End& window, const End& pane, QObject* parent = nullptr);

    void setOn(bool on); // on: the pane goes where the window is

private:
    using Pass = void (*)(const End& from, const End& to);
    void bring();
    void passToPane(Pass pass);
    void passBack(Pass pass);

    End m_window, m_pane;
    const ShownRun* m_known; // whose selection has settled in the pane
    bool m_isOn = false, m_isPassing = false;
};

} // namespace headlens
