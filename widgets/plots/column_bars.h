// SPDX-License-Identifier: GPL-3.0-or-later
// Upright bars of which a click, left and right choose one; it is framed over the whole height. Window's thread.
#pragma once

#include "widgets/plots/chart.h"

#include <vector>

class QCPBars;
class QCPItemStraightLine;
class QCPItemText;

namespace headlens {

class ColumnBars : public Chart {
    Q_OBJECT
protected:
    struct Column {
        double value = 0;
        bool hatched = false;
    };
    explicit ColumnBars(QWidget* parent = nullptr);

    virtual int chosen() const = 0; // -1: none
    virtual void choose(int bar) = 0;
    virtual QString textOf(int bar) const = 0; // name and number
    int count() const { return int(m_columns.size()); }
    void setColumns(std::vector<Column> columns, double low, double high);
    void setLook(const QColor& filled, const QPen& frame);
    void setUnit(const QString& unit); // behind the numbers of the axis
    // A dashed line, hidden where it lies at no number.
    void setLevel(double value, const QString& name = {});
    void setWordsBelow(const QString& left, const QString& middle, const QString& right);

    void style() override;
    void fit() override;
    QString tipAt(const QPointF& point) const override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    int barAt(const QPointF& point) const; // of the plot; -1: none

    std::vector<Column> m_columns;
    QCPBars *m_filled, *m_hatched, *m_frame;
    QCPItemStraightLine* m_level;
    QCPItemText* m_levelName;
    QStringList m_below;
};

} // namespace headlens
