// SPDX-License-Identifier: GPL-3.0-or-later
// Where the answer looks: a bar a layer, divided into picture, question, answer and sinks. The arrows or a click choose
// the layer. Lives in the window's thread.
#pragma once

#include "widgets/viewmodel/shares.h"

#include <QRectF>
#include <QWidget>

namespace headlens {

class Selection;

class SharesView : public QWidget {
    Q_OBJECT
public:
    SharesView(InspectionModel* model, Selection* selection, QWidget* parent = nullptr);

    QSize sizeHint() const override { return {340, 220}; }
    QSize minimumSizeHint() const override { return {160, 100}; }
    // One a layer that asks with words, from above; a bar that has no shares is empty.
    struct Bar {
        int layer = 0;
        std::optional<Shares> shares;
        QRectF rect;
    };
    std::vector<Bar> bars() const;
    QString legend() const; // what the bar of the chosen layer says, or why there is none

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void refresh();
    void paintBar(QPainter& painter, const Bar& bar, bool isChosen) const;
    double paintLegend(QPainter& painter) const;
    double legendHeight() const;
    double labelWidth() const;

    InspectionModel* m_model;
    HeadChoice* m_heads;
};

} // namespace headlens
