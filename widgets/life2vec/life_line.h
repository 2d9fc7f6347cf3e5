// SPDX-License-Identifier: GPL-3.0-or-later
// A life on a time axis: a card an event, in lanes, tied to its month. Drag a card or use the keys to move it; the
// widget only asks for changes, its owner makes them. Window's thread.
#pragma once

#include "widgets/life2vec/life_layout.h"
#include "widgets/viewmodel/display_settings.h"

#include <QWidget>

namespace headlens {

class LifeLine : public QWidget {
    Q_OBJECT
public:
    explicit LifeLine(QWidget* parent = nullptr);

    void setPicture(const LifePicture& picture, const Display& display);
    const LifePicture& picture() const { return m_picture; }
    LifeLayout laidOut() const; // while the line lives
    bool isDragging() const { return m_dragging; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize minimumSizeHint() const override { return {240, 120}; }
    QSize sizeHint() const override { return {420, heightForWidth(std::max(width(), 240))}; }

Q_SIGNALS:
    void chosen(const headlens::LifePlace& place);
    void moved(int event, int month);
    void hideAsked(const headlens::LifePlace& place);
    void swapAsked(int event); // with the next one

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    void arrange(); // axis and lanes; while a card is dragged they stay as they are
    void step(int months);
    void chooseNext(int events, int words);
    void tell();

    LifePicture m_picture;
    Display m_display;
    LifeAxis m_axis;
    std::vector<int> m_lanes;
    bool m_pressed = false, m_dragging = false;
    QPointF m_pressedAt;
    double m_grip = 0; // from the pressed month's x to the mouse
};

} // namespace headlens
