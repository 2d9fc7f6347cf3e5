// SPDX-License-Identifier: GPL-3.0-or-later
// Charts of bars: columns of which one can be chosen, and rows with names and numbers. Window's thread.
#pragma once

#include "widgets/plots/chart.h"

#include <vector>

class QCPBars;
class QCPItemStraightLine;
class QCPItemText;

namespace headlens {

// A click, left and right choose a column; it is framed over the whole height.
class ColumnBars : public Chart {
    Q_OBJECT
protected:
    struct Column {
        double value = 0;
        bool hatched = false;
    };
    explicit ColumnBars(QWidget* parent);

    virtual int chosen() const = 0; // -1: none
    virtual void choose(int bar) = 0;
    virtual QString textOf(int bar) const = 0; // name and number
    void setColumns(const std::vector<Column>& columns, double low, double high);
    void setLevel(double value, const QString& name = {}); // a dashed line; none where it is no number
    void setWordsBelow(const QString& left, const QString& middle, const QString& right);
    void style() override;
    QString tipAt(const QPointF& point) const override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    int columnAt(const QPointF& point) const; // of the plot; -1: none

    QCPBars *m_filled, *m_hatched, *m_frame;
    QCPItemStraightLine* m_level;
    QCPItemText* m_levelName;
    int m_count = 0;
};

// Each bar lies between its name and its number, on a track as long as the highest.
class BarRows : public Chart {
    Q_OBJECT
protected:
    struct Row {
        QString name, number;
        double value = 0, second = 0; // second: of a pair
    };
    // Pairs: solid above hatched.
    BarRows(bool pairs, QWidget* parent);

    void setRows(const std::vector<Row>& rows, double highest);
    void setRoom(int rows); // that are shown; kept where there are fewer, so that nothing jumps
    void setNames(const QString& first, const QString& second); // of a pair, in the legend
    void setEmptyText(const QString& text);                     // where there are no rows
    void style() override;
    void fit() override;
    QString tipAt(const QPointF& point) const override;

private:
    std::vector<Row> m_rows;
    QCPBars *m_track, *m_first, *m_second;
    QCPTextElement* m_empty = nullptr;
    bool m_pairs;
    int m_room = -1; // -1: as many as there are
};

} // namespace headlens
