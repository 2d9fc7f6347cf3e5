// SPDX-License-Identifier: GPL-3.0-or-later
// A life on a time axis: a card an event, in lanes, tied to its month. Drag a card or use the keys to move it; the
// widget only asks for changes, its owner makes them. Window's thread.
#pragma once

#include "widgets/life2vec/life_lanes.h"
#include "widgets/life2vec/life_text.h"
#include "widgets/viewmodel/display_settings.h"

#include <QRectF>
#include <QWidget>

#include <optional>

namespace headlens {

// What stands in a gap of the text.
struct LifeGuess {
    LifePlace place;
    QString word;
    double probability = 0;
};

struct LifePicture {
    std::vector<LifeEvent> events;
    std::vector<LifeGuess> guesses;              // the best one of each gap
    std::vector<std::optional<float>> attention; // of every event: the mean over its words; nothing: not known
    LifePlace chosen;                            // nothing is drawn for its attention
    std::string mask;                            // how a hidden word is written
};

class LifeLine : public QWidget {
    Q_OBJECT
public:
    explicit LifeLine(QWidget* parent = nullptr);

    void setPicture(const LifePicture& picture, const Display& display);
    const LifePicture& picture() const { return m_picture; }
    QRectF cardRect(int event) const;
    QRectF wordRect(const LifePlace& place) const;
    LifeAxis axis() const { return m_axis; }
    double axisHeight() const; // y
    int lanes() const { return m_laneCount; }
    bool isDragging() const { return m_dragging; }
    QString sentence(int event) const; // everything that is known of it
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
    const LifeGuess* guessOf(const LifePlace& place) const;
    QString wordAt(const LifePlace& place) const; // as it is drawn: a gap with its guess
    double cardWidth(int event) const;
    double cardHeight() const;
    double axisBand() const; // ages, axis and dates
    int wordLines() const;   // of the longest event
    CardSpan spanOf(int event, const LifeAxis& axis) const;
    LifeAxis axisFor(int width) const;
    std::vector<int> lanesOn(const LifeAxis& axis) const;
    void arrange(); // axis and lanes; while a card is dragged they stay as they are
    LifePlace placeAt(const QPointF& point) const;
    void step(int months);
    void chooseNext(int events, int words);
    void tell();

    float highest() const;
    void paintAxis(QPainter& painter) const;
    void paintTie(QPainter& painter, int event) const;
    void paintCard(QPainter& painter, int event, float high) const;
    void paintWord(QPainter& painter, const LifePlace& place, const QColor& ink) const;

    LifePicture m_picture;
    Display m_display;
    LifeAxis m_axis;
    std::vector<int> m_lanes; // of every event: 0 below the axis, 1 above, 2 below ...
    int m_laneCount = 0;
    bool m_pressed = false, m_dragging = false;
    QPointF m_pressedAt;
    double m_grip = 0; // from the pressed month's x to the mouse
};

} // namespace headlens
