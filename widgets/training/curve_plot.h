// SPDX-License-Identifier: GPL-3.0-or-later
// One panel of a training: its curves over the steps, levels to compare with as dashed lines, the current step as an
// upright line, and below it the names with their values there. Drag the line to go to a step. Window's thread.
#pragma once

#include "widgets/training/training_record.h"

#include <QWidget>

#include <vector>

class QCPGraph;
class QCPItemStraightLine;
class QCPItemText;
class QCustomPlot;
class QLabel;

namespace headlens {

class CurveLegend;

class CurvePlot : public QWidget {
    Q_OBJECT
public:
    CurvePlot(TrainingRecordPtr record, int panel, QWidget* parent = nullptr);

    void setPosition(double position); // repaints the upright line, lays nothing out
    CurveLegend* legend() const { return m_legend; }
    QString sentence() const; // the values at the current step
    static QPen penOf(int curve);

Q_SIGNALS:
    void stepChosen(int step);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void changeEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

private:
    void build();
    void buildAxes();
    void buildCurves();
    void buildLevels();
    void colour();
    void retranslate();
    int stepUnder(const QPointF& point) const; // -1: none
    QString linesAt(int step) const;
    const TrainingPanel& panel() const { return m_record->panels[m_panel]; }

    TrainingRecordPtr m_record;
    std::size_t m_panel;
    double m_position = -1;
    bool m_drags = false, m_drawn = false;
    QLabel* m_title;
    QCustomPlot* m_plot;
    CurveLegend* m_legend;
    QCPItemStraightLine* m_line = nullptr;
    std::vector<QCPGraph*> m_marks; // where the line crosses the curves
    std::vector<QCPItemStraightLine*> m_levels;
    std::vector<QCPItemText*> m_levelNames;
};

} // namespace headlens
