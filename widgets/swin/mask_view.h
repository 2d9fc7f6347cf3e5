// SPDX-License-Identifier: GPL-3.0-or-later
// The shift mask of one window: which pairs of tokens are cut, and why.
#pragma once

#include "core/base/window_grid.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QWidget>

class QLabel;

namespace headlens {

class MaskView : public QWidget {
    Q_OBJECT
public:
    MaskView(InspectionModel* model, Selection* selection, QWidget* parent = nullptr);

    // What is said about a query and a key of the shown window.
    QString explanation(int query, int key) const;
    QSize minimumSizeHint() const override { return {200, 160}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    int window() const;
    QRectF matrixRect() const; // rows are queries, columns keys
    QRectF regionRect() const; // the window itself, coloured by region
    QImage maskImage(const WindowGrid& windows) const;
    void paintRegions(QPainter& painter, const WindowGrid& windows) const;
    void say();

    InspectionModel* m_model;
    HeadChoice* m_heads;
    TokenChoice* m_tokens;
    QLabel* m_text;
    int m_query = -1, m_key = -1; // under the mouse
};

} // namespace headlens
