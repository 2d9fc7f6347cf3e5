// SPDX-License-Identifier: GPL-3.0-or-later
// The weights of the current row, sorted, with their cumulative mass and the share that is kept.
#pragma once

#include "widgets/viewmodel/display_settings.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QTimer>
#include <QWidget>

class QCheckBox;
class QCPBars;
class QCPGraph;
class QCPItemStraightLine;
class QCustomPlot;
class QLabel;
class QSlider;

namespace headlens {

class RowPlot : public QWidget {
    Q_OBJECT
public:
    RowPlot(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent = nullptr);
    QSize sizeHint() const override { return {340, 240}; }

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void buildPlot();
    void buildControls();
    void retranslate();
    void rebuild();
    void nameTokens();
    bool isOfText() const;
    double specialShare(const std::vector<float>& row) const;
    void drawDifference(std::vector<float> patches);
    void draw(const std::vector<float>& sorted, double total, int kept);

    InspectionModel* m_model;
    HeadChoice* m_heads;
    DisplaySettings* m_display;
    QTimer m_later;
    QCustomPlot* m_plot;
    QCPBars* m_bars = nullptr;
    QCPGraph* m_mass = nullptr;
    QCPItemStraightLine *m_keep = nullptr, *m_cut = nullptr;
    int m_patches = 0;
    QCheckBox* m_mask;
    QSlider* m_share;
    QLabel* m_summary;
};

} // namespace headlens
