// SPDX-License-Identifier: GPL-3.0-or-later
// A matrix of a study as colours, with its axes, its scale and a cursor: the mouse points, a click or Enter takes the
// cell, arrow keys walk. Where there is room every cell says its word or number. Window's thread.
#pragma once

#include "widgets/measures/matrix_words.h"
#include "widgets/plots/chart.h"

class QCPColorMap;
class QCPColorScale;
class QCPGraph;
class QCPItemRect;

namespace headlens {

class DisplaySettings;

class HeatMatrix final : public Chart {
    Q_OBJECT
public:
    explicit HeatMatrix(DisplaySettings* display, QWidget* parent = nullptr);

    void setWords(const MatrixWords& words, const QString& name); // name: for those who do not see it
    const MatrixWords& words() const { return m_words; }
    void setCurrent(const QPoint& cell); // x: column, y: row; outside: none
    QPoint current() const { return m_current; }
    QRectF cellRect(const QPoint& cell) const; // in pixels of this widget
    bool save(const QString& file);            // as PNG, twice as fine as on the screen
    QSize minimumSizeHint() const override { return {160, 100}; }
    QSize sizeHint() const override { return {320, 240}; }

Q_SIGNALS:
    void pointed(const QPoint& cell); // by the mouse or the keyboard; outside: nothing is
    void chosen(const QPoint& cell);
    void menuWanted(const QPoint& cell, const QPoint& where); // where: on the screen

protected:
    void tell() override;
    void style() override;
    void fit() override;
    QString tipAt(const QPointF& point) const override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void fill();
    void scale();
    void mark();
    void labelCells();
    void labelCell(int row, int column, int width); // in pixels
    QString textIn(int row, int column) const;
    bool holds(const QPoint& cell) const;
    QPoint cellAt(const QPointF& point) const; // of the plot

    DisplaySettings* m_display;
    MatrixWords m_words;
    QString m_name;
    QPoint m_current{-1, -1}, m_pointed{-1, -1};
    QCPColorMap* m_map;
    QCPColorScale* m_scale;
    QCPGraph* m_outliers;
    QCPItemRect* m_frame;
    QSize m_labelled; // of a cell when they were labelled
    bool m_areLabelsDue = true;
};

} // namespace headlens
