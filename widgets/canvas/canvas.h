// SPDX-License-Identifier: GPL-3.0-or-later
// The picture with its patches: hover asks, a click pins, the chosen map lies over it. What mouse and keys do is in
// canvas_input.h.
#pragma once

#include "widgets/canvas/canvas_photo.h"
#include "widgets/canvas/canvas_scene.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

class QHelpEvent;

namespace headlens {

class CanvasBrush;
class KeptMap;

class Canvas : public QWidget {
    Q_OBJECT
public:
    Canvas(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent = nullptr);

    CanvasBrush* brush() const { return m_brush; }
    CanvasScene scene() const; // what is shown now
    // Where one looks, so that another canvas can look there: the middle in shares of what the model sees of the
    // picture, and how much larger it is than where all of it fits.
    struct Zoom {
        bool isFitted = true;
        QPointF middle;
        double times = 1;
    };
    Zoom zoom() const;
    void setZoom(const Zoom& zoom); // zoomed() is not said
    void zoomBy(double factor);
    void fitToWindow();
    // The map is shown minus that of the other one, where both lie on as many patches; null: as it is.
    void compareWith(const Canvas* other);
    bool showsDifference() const;
    // The token under a widget point: a patch of the picture or a chip; -1 none.
    int tokenAt(const QPointF& point) const;
    // Where a token is drawn, in widget points.
    QRectF rectOf(int token) const;
    QString caption() const;  // what is shown, in words
    QRectF colourBar() const; // in widget points; empty without one
    QSize sizeHint() const override { return {560, 560}; }
    QSize minimumSizeHint() const override { return {200, 80}; }

Q_SIGNALS:
    void painted(); // after each frame, for benchmarks and tests
    void zoomed();  // or panned, by a person

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    CanvasScene ownScene() const; // before anything is taken away
    void paintScene(QPainter& painter);
    void paintEmpty(QPainter& painter) const;
    QColor ground() const; // what lies around the picture
    void refit();          // another picture, or more beside it
    void onInput();
    void remember(const CanvasScene& now);
    bool tellCaption(const QHelpEvent& event);
    void announce();
    void zoomAt(const QPointF& point, double factor);
    void tellZoom();

    InspectionModel* m_model;
    Selection* m_selection;
    DisplaySettings* m_display;
    ViewTransform m_view;
    QSizeF m_content; // of the last picture
    QRectF m_seen;    // where what the model sees lies in it
    CanvasPhoto m_photo;
    CanvasBrush* m_brush;
    KeptMap* m_kept;
    QTimer m_late;                  // paints the moved query alone when its rows take longer than a frame
    QPointer<const Canvas> m_other; // whose map is taken away
};

} // namespace headlens
