// SPDX-License-Identifier: GPL-3.0-or-later
// Mixture-of-Depths: which tokens each block processes, the scores that chose them, what that saves, and the switches
// that choose otherwise. Window's thread.
#pragma once

#include "widgets/viewmodel/inspection_model.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QVBoxLayout;

namespace headlens {

class ComputeBars;
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
    QSize sizeHint() const override { return {360, 560}; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void buildSwitches();
    void refresh();
    void say();

    InspectionModel* m_model;
    Selection* m_selection;
    QLabel *m_intro, *m_legend, *m_total, *m_how;
    QWidget* m_parts;
    QVBoxLayout* m_switches;
    std::vector<SwitchEditor*> m_editors;
    RoutingGrid* m_grid;
    RouterBars* m_bars;
    QCheckBox* m_sorted;
    ComputeBars* m_compute;
};

} // namespace headlens
