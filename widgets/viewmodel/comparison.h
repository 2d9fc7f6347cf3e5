// SPDX-License-Identifier: GPL-3.0-or-later
// The baseline: a run that the engine keeps. While the shown run has the same layers, heads and tokens, rows, matrix
// and maps are differences to it.
#pragma once

#include "core/wire/verbs.h"

#include <QObject>

#include <string>

namespace headlens {

class InspectionModel;

class Comparison : public QObject {
    Q_OBJECT
public:
    explicit Comparison(InspectionModel* model);

    void hold(); // the run that is shown becomes the baseline
    void release();
    void forget(); // it went with its engine
    bool holds() const { return m_baseline.tokens > 0; }
    const verbs::InputInfo& baseline() const { return m_baseline; }
    void onRun(); // another run is shown than the one that was held
    // There is a baseline, and the shown run is another of the same shape.
    bool isOn() const;
    bool isOfThisModel() const;                             // the baseline
    bool isItself() const { return holds() && m_isItself; } // the shown run is the baseline

Q_SIGNALS:
    void changed(); // held or released

private:
    InspectionModel* m_model;
    verbs::InputInfo m_baseline; // no tokens: none
    std::string m_weights;       // SHA-256 of the weights it was run with
    bool m_isItself = false;
};

} // namespace headlens
