// SPDX-License-Identifier: GPL-3.0-or-later
// The layers as bars of one statistic: a map of the model that is a slider as well. Towers stand apart with their
// names. Window's thread.
#pragma once

#include "widgets/canvas/layer_columns.h"
#include "widgets/viewmodel/head_statistics.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QAbstractSlider>
#include <QStringList>

class QMenu;

namespace headlens {

class LayerBars : public QAbstractSlider {
    Q_OBJECT
public:
    LayerBars(InspectionModel* model, HeadChoice* heads, QWidget* parent = nullptr);

    HeadStatistic statistic() const { return m_statistic; }
    void setStatistic(HeadStatistic what);
    QRectF barRect(int layer) const // in widget points, over the whole height
    {
        return {m_columns.left(layer), 0, m_columns.width(layer), double(height())};
    }
    int layerAt(double x) const { return m_columns.layerAt(x); }
    // 0 to 1, how high its bar is; nan where it has no number.
    double heightOf(int layer) const;
    QString textOf(int layer) const; // what it is, with all its numbers
    QStringList towers() const;      // their names, from the left; empty where there is one
    void addStatistics(QMenu* menu); // one line for each, the shown one ticked
    static QString nameOf(HeadStatistic what);
    static QString shortNameOf(HeadStatistic what); // for a button
    bool offers(HeadStatistic what) const;          // a share on CLS only where there is one

    QSize sizeHint() const override { return minimumSizeHint(); } // it takes what heads leave
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void statisticChanged();

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void follow(); // layers, towers, numbers
    void findTowers();
    QString windowsOfLayer(int layer) const;
    void arrange();
    double highestIn(const Tower& tower) const;
    void setHovered(int layer);
    void paintBar(QPainter& painter, int layer) const;

    InspectionModel* m_model;
    HeadChoice* m_heads;
    HeadStatistic m_statistic = HeadStatistic::Entropy;
    LayerColumns m_columns;
    int m_hovered = -1;
    int m_turned = 0; // eighths of a degree of the wheel that were not a step yet
};

} // namespace headlens
