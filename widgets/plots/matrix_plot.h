// SPDX-License-Identifier: GPL-3.0-or-later
// The N x N map of the chosen head, drawn from tiles at screen resolution. Rows are queries, columns keys.
#pragma once

#include "widgets/viewmodel/display_settings.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QTimer>
#include <QWidget>

class QCPColorMap;
class QCPItemStraightLine;
class QCustomPlot;

namespace headlens {

class MatrixPlot : public QWidget {
    Q_OBJECT
public:
    MatrixPlot(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent = nullptr);

    QSize sizeHint() const override { return {340, 320}; }

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildPlot();
    void showAll();
    void ask();
    void show(const Tile& tile);
    void onInput();
    void recolor();
    void moveCross();
    void onHover(const QPointF& point);
    void retranslate();

    InspectionModel* m_model;
    Selection* m_selection;
    DisplaySettings* m_display;
    QCustomPlot* m_plot;
    QCPColorMap* m_map;
    QCPItemStraightLine *m_row, *m_column, *m_prefixRow, *m_prefixColumn;
    QTimer m_wanted; // collects the changes of one event round into one request
    int m_tokens = 0;
    double m_high = 0; // where the colours end
};

} // namespace headlens
