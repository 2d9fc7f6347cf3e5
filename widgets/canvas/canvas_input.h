// SPDX-License-Identifier: GPL-3.0-or-later
// Mouse and keys over the canvas. One thing at a time: the mouse hovers over tokens, drags the picture, or draws a
// stroke of the brush. Window's thread.
#pragma once

#include "core/base/token_place.h"

#include <QObject>
#include <QPoint>
#include <QPointF>

#include <cstdint>
#include <optional>

class QKeyEvent;
class QMouseEvent;

namespace headlens {

class Canvas;
class CanvasBrush;
class InspectionModel;
class TokenChoice;

class CanvasInput : public QObject {
    Q_OBJECT
public:
    CanvasInput(Canvas* canvas, const InspectionModel* model, TokenChoice* tokens);

Q_SIGNALS:
    void panned(const QPointF& way); // in widget points, as those below
    void zoomed(const QPointF& at, double factor);
    void zoomedOut(); // to all of the picture

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    enum class State : std::uint8_t { Hovers, Drags, Paints, Erases };
    void press(const QMouseEvent& event);
    void move(const QPointF& to);
    void doubleClick(const QMouseEvent& event);
    bool pressKey(const QKeyEvent& event);      // false: it is somebody else's
    void rest();                                // no button is held any more
    bool beginStroke(const QMouseEvent& event); // false: the brush lies aside
    void stroke(const QPointF& to);
    void step(int dx, int dy);
    void paintQuery(); // by keyboard: or erase it
    TokenPlace placeAt(const QPointF& point) const;

    Canvas* m_canvas;
    const InspectionModel* m_model;
    TokenChoice* m_tokens;
    CanvasBrush* m_brush;
    State m_state = State::Hovers;
    QPointF m_last;                        // of a drag or stroke
    std::optional<TokenPlace> m_pinBefore; // the click: a second one right after it resets the zoom instead
};

} // namespace headlens
