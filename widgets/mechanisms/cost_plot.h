// SPDX-License-Identifier: GPL-3.0-or-later
// Multiply-adds of one block over the size of the picture or text, both on scales of powers; a curve for every pattern,
// with its name at its end. Window's thread.
#pragma once

#include "widgets/mechanisms/cost.h"
#include "widgets/plots/chart.h"

#include <QPen>
#include <QRectF>

class QCPGraph;
class QCPItemLine;
class QCPItemStraightLine;
class QCPItemText;

namespace headlens {

class CostPlot final : public Chart {
    Q_OBJECT
public:
    explicit CostPlot(QWidget* parent = nullptr);

    // `running` is drawn thick; empty: none is.
    void setSizes(const CostSizes& sizes, const std::string& running);
    void setAt(int index); // where the line stands
    int at() const { return m_at; }
    // Colour by family, dashes within it; wide where it runs.
    QPen penOf(const std::string& pattern) const;
    // Where the names of the curves stand, from the top.
    std::vector<QRectF> nameRects() const;
    QString describe(const QPointF& point) const; // the curve there; empty: none
    QSize minimumSizeHint() const override { return {280, 260}; }
    QSize sizeHint() const override { return {420, 300}; }

Q_SIGNALS:
    void chosen(int index); // a press or drag in the plot

protected:
    void tell() override; // and draws all anew
    void fit() override;
    QString tipAt(const QPointF& point) const override { return describe(point); }
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    struct Curve {
        std::string pattern;
        std::vector<double> values; // one a size
        QCPGraph* graph = nullptr;
        QCPItemText* name = nullptr;
        QCPItemLine* leader = nullptr; // from the end of the curve to its name
    };
    void addCurve(const std::string& pattern);
    void fitAxes();
    void placeNames();
    void placeLine();
    void follow(const QPointF& point);

    QCPItemStraightLine *m_line, *m_ownLine;
    QCPItemText* m_lineName;
    CostSizes m_sizes;
    std::string m_running;
    std::vector<Curve> m_curves;
    int m_at = 0;
};

} // namespace headlens
