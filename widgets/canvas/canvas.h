// SPDX-License-Identifier: GPL-3.0-or-later
// The picture with its patches: hover asks, a click pins, the chosen map lies over it.
#pragma once

#include "widgets/canvas/canvas_scene.h"

#include <QPixmap>
#include <QTimer>
#include <QWidget>

namespace headlens {

class Canvas : public QWidget {
    Q_OBJECT
public:
    Canvas(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent = nullptr);

    void zoomBy(double factor);
    void fitToWindow();
    // The token under a widget point: a patch of the picture or a chip; -1 none.
    int tokenAt(const QPointF& point) const;
    // Where a token is drawn, in widget points.
    QRectF rectOf(int token) const;
    QString caption() const;  // what is shown, in words
    QRectF colourBar() const; // in widget points; empty without one
    QSize sizeHint() const override { return {560, 560}; }
    QSize minimumSizeHint() const override { return {200, 120}; }

Q_SIGNALS:
    void painted(); // after each frame, for benchmarks and tests

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    CanvasScene scene() const;
    void paintScene(QPainter& painter);
    void paintPicture(QPainter& painter, const CanvasScene& now);
    void paintEmpty(QPainter& painter) const;
    void refit(); // the caption may be higher or lower than before
    void onInput();
    void step(int dx, int dy);
    void announce();

    InspectionModel* m_model;
    Selection* m_selection;
    HeadChoice* m_heads;
    TokenChoice* m_tokens;
    DisplaySettings* m_display;
    ViewTransform m_view;
    QSizeF m_content;       // of the last picture
    QPixmap m_scaled;       // the picture at the current zoom: hovering must not scale it again
    qint64 m_scaledKey = 0; // of the image it was made from
    QTimer m_late;          // paints the moved query alone when its rows take longer than a frame
    QPointF m_dragFrom;
    bool m_dragging = false;
};

} // namespace headlens
