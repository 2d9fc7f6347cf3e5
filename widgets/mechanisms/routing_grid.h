// SPDX-License-Identifier: GPL-3.0-or-later
// Which tokens which block processes: a line a block, a column a token. Filled: processed; hatched: passed by. Click or
// arrow keys choose block and token for every other view. Window's thread.
#pragma once

#include "widgets/viewmodel/inspection_model.h"

#include <QWidget>

namespace headlens {

class RoutingGrid : public QWidget {
    Q_OBJECT
public:
    RoutingGrid(InspectionModel* model, Selection* selection, QWidget* parent = nullptr);

    QRectF cellRect(int layer, int token) const;
    QString sentence(int layer, int token) const;
    QSize minimumSizeHint() const override;
    QSize sizeHint() const override { return minimumSizeHint().expandedTo({320, 0}); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Place {
        int layer = -1, token = -1;
    };
    Place placeAt(const QPointF& point) const;
    int tokens() const; // of the longest block
    void paintLayer(QPainter& painter, int layer) const;
    void tell();

    InspectionModel* m_model;
    HeadChoice* m_heads;
    TokenChoice* m_tokens;
};

} // namespace headlens
