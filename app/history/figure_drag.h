// SPDX-License-Identifier: GPL-3.0-or-later
// Alt and a drag on the canvas take the figure out of the window, as a file and as a picture.
#pragma once

#include <QObject>
#include <QPointF>

#include <functional>

class QMimeData;
class QWidget;

namespace headlens {

class FigureDrag : public QObject {
    Q_OBJECT
public:
    // `make` is asked once a drag has begun; owned by the drag.
    FigureDrag(QWidget* canvas, std::function<QMimeData*()> make);
    // How a drag is run; tests take what would be dragged instead of waiting for a drop.
    void setRunner(std::function<void(QMimeData*)> run) { m_run = std::move(run); }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* m_canvas;
    std::function<QMimeData*()> m_make;
    std::function<void(QMimeData*)> m_run;
    QPointF m_from;
    bool m_isHeld = false; // Alt and the left button are
};

} // namespace headlens
