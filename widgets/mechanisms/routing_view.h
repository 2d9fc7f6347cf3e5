// SPDX-License-Identifier: GPL-3.0-or-later
// Mixture-of-Depths: which tokens each block processes, the scores that chose them, what that saves, and the switches
// that choose otherwise; of a mixture of experts, who computes which token. Window's thread.
#pragma once

#include "widgets/viewmodel/inspection_model.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QVBoxLayout;

namespace headlens {

class ComputeBars;
class ExpertsMap;
class RouterBars;
class RoutingGrid;
class SwitchEditor;

class RoutingView : public QWidget {
    Q_OBJECT
public:
    RoutingView(InspectionModel* model, Selection* selection, QWidget* parent = nullptr);

    bool isRoutedModel() const; // the input that is shown was run by blocks that choose their tokens
    int shownLayer() const;     // the chosen one, or the next that chooses its tokens; -1: none
    RoutingGrid* grid() const { return m_grid; }
    RouterBars* bars() const { return m_bars; }
    ComputeBars* compute() const { return m_compute; }
    ExpertsMap* experts() const { return m_experts; }
    QString predictorSentence() const; // empty where no block has one
    QSize sizeHint() const override { return {360, 560}; }

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void buildSwitches();
    void refresh();
    void askPredictor();
    void say();

    InspectionModel* m_model;
    HeadChoice* m_heads;
    TokenChoice* m_tokens;
    QLabel *m_intro, *m_legend, *m_predicted, *m_total, *m_how;
    QWidget* m_parts;
    QVBoxLayout* m_switches;
    std::vector<SwitchEditor*> m_editors;
    RoutingGrid* m_grid;
    RouterBars* m_bars;
    QCheckBox* m_sorted;
    ComputeBars* m_compute;
    ExpertsMap* m_experts;
    int m_predictedLayer = -1;    // whose chances were asked for; -1: of none
    bool m_answered = true;       // what was asked for came
    std::vector<float> m_chances; // of its predictor; empty: not known, or it has none
};

} // namespace headlens
