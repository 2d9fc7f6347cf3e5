// SPDX-License-Identifier: GPL-3.0-or-later
// What attention costs by the number of tokens, for dense attention and every efficient pattern. A row of the table
// runs the open model by its pattern, where the model can (switch "attention"). Window's thread.
#pragma once

#include "widgets/mechanisms/cost.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QWidget>

class QLabel;
class QSlider;

namespace headlens {

class CostPlot;
class CostTable;

class CostView : public QWidget {
    Q_OBJECT
public:
    CostView(InspectionModel* model, QWidget* parent = nullptr);

    CostPlot* plot() const { return m_plot; }
    CostTable* table() const { return m_table; }
    QSlider* slider() const { return m_slider; }
    const CostSizes& sizes() const { return m_sizes; }
    const AttentionShape& shape() const { return m_sizes.at(m_at); } // the size that the table is about
    void setAt(int index);                                           // of sizes()
    // What the open model does now; empty: nothing of the table.
    std::string running() const;
    // Runs the model by this pattern; where that cannot be, the note says why.
    void choose(const QString& pattern);
    QString note() const;
    QSize sizeHint() const override { return {420, 760}; }

protected:
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void build();
    void follow(); // the model: its size, what it runs
    void say();
    const verbs::Switch* patternSwitch() const; // null: the model has none
    QString usualNote() const;

    InspectionModel* m_model;
    QLabel *m_sentence, *m_size, *m_note;
    CostPlot* m_plot;
    QSlider* m_slider;
    CostTable* m_table;
    CostSizes m_sizes;
    AttentionShape m_own; // the model's when the line was put on it
    QString m_refused;    // a pattern that was chosen in vain
    int m_at = 0;
};

} // namespace headlens
