// SPDX-License-Identifier: GPL-3.0-or-later
// A soft ring around the mouse, so that an audience sees where the presenter points. It takes no events. Where the
// desktop asks for less motion it stays a plain ring; otherwise a click sends a wave out of it.
#pragma once

#include <QVariantAnimation>
#include <QWidget>

namespace headlens {

class CursorHighlight : public QWidget {
    Q_OBJECT
public:
    explicit CursorHighlight(QWidget* window);

    void follow(const QPoint& point); // in the window's own pixels
    void pulse();
    bool isPulsing() const { return m_wave.state() == QAbstractAnimation::Running; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QVariantAnimation m_wave; // 0 to 1, outwards
};

} // namespace headlens
