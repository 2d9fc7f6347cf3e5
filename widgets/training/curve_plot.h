// SPDX-License-Identifier: GPL-3.0-or-later
// One panel of a training: its curves over the steps, levels to compare with as dashed lines, the current step as an
// upright line, and below it the names with their values there. Drag the line to go to a step. Window's thread.
#pragma once

#include "widgets/plots/chart.h"
#include "widgets/training/training_record.h"

#include <QPen>

#include <vector>

class QCPGraph;
class QCPItemStraightLine;
class QCPItemText;

namespace headlens {

class CurvePlot final : public Chart {
    Q_OBJECT
public:
    CurvePlot(TrainingRecordPtr record, int panel, QWidget* parent = nullptr);

    void setPosition(double position); // repaints the upright line, lays nothing out
    QStringList values() const;        // that the legend shows
    QString sentence() const;          // the values at the current step
    static QPen penOf(int curve);

Q_SIGNALS:
    void stepChosen(int step);

protected:
    void tell() override;
    void style() override;
    QString tipAt(const QPointF& point) const override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    void buildAxes();
    void buildCurves();
    void buildLevels();
    int stepUnder(const QPointF& point) const; // -1: none
    QString linesAt(int step) const;
    const TrainingPanel& panel() const { return m_record->panels[m_panel]; }

    TrainingRecordPtr m_record;
    std::size_t m_panel;
    double m_position = -1;
    bool m_drags = false;
    QCPItemStraightLine* m_line;
    std::vector<QCPGraph*> m_marks; // where the line crosses the curves
    std::vector<QCPItemStraightLine*> m_levels;
    std::vector<QCPItemText*> m_levelNames;
};

} // namespace headlens
