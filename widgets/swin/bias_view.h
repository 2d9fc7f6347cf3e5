// SPDX-License-Identifier: GPL-3.0-or-later
// The bias of relative positions of every head of a layer as pictures with the centre marked.
#pragma once

#include "widgets/viewmodel/display_settings.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QWidget>

class QCheckBox;
class QLabel;

namespace headlens {

class BiasView : public QWidget {
    Q_OBJECT
public:
    BiasView(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent = nullptr);

    const verbs::BiasTables& tables() const { return m_tables; }
    // The bias that a key `down` rows below and `right` columns right of the query gets from a head.
    float biasOf(int head, int down, int right) const;
    QSize minimumSizeHint() const override { return {200, 160}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void ask();
    void say();
    QRectF pictureRect(int head) const;
    int headAt(const QPointF& point) const; // -1 none
    int tableRows() const { return m_tables.tables.extent(1); }
    int tableColumns() const { return m_tables.tables.extent(2); }
    // Offset of the key from the query (down, right) under a point of a picture.
    QPoint offsetAt(int head, const QPointF& point) const;

    InspectionModel* m_model;
    HeadChoice* m_heads;
    DisplaySettings* m_display;
    QCheckBox* m_turned; // show where the key is, instead of the table as stored
    QLabel* m_text;
    verbs::BiasTables m_tables;
    int m_head = -1; // under the mouse
    QPoint m_offset;
};

} // namespace headlens
