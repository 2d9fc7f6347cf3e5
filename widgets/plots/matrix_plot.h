// SPDX-License-Identifier: GPL-3.0-or-later
// The N x N map of the chosen head, drawn from tiles at screen resolution. Rows are queries, columns keys. Of a
// windowed block the map of the window that the query lies in.
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
    void show(const verbs::TileMeans& tile);
    void onInput();
    void recolor();
    void moveCross();
    void onHover(const QPointF& point);
    void onSelection();
    void takeWords();
    int window() const;           // that the query lies in; 0 without windows
    int placeOf(int token) const; // of a token of the first map in this matrix; -1 when it is not there
    int tokenAt(int place) const; // the way back
    void retranslate();
    void nameAxes();

    InspectionModel* m_model;
    HeadChoice* m_heads;
    TokenChoice* m_tokens;
    DisplaySettings* m_display;
    QCustomPlot* m_plot;
    QCPColorMap* m_map;
    QCPItemStraightLine *m_row, *m_column, *m_prefixRow, *m_prefixColumn;
    QTimer m_wanted;                      // collects the changes of one event round into one request
    QStringList m_queryWords, m_keyWords; // empty: numbers
    int m_queries = 0, m_keys = 0, m_window = 0;
    int m_layer = -1, m_head = -1; // of the matrix that is shown
    HeadFusion m_fusion = HeadFusion::Single;
    double m_high = 0;         // where the colours end
    bool m_difference = false; // to the held run
};

} // namespace headlens
