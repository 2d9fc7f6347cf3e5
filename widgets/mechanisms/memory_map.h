// SPDX-License-Identifier: GPL-3.0-or-later
// The memory of one head after some segments: M as d x d cells (rows: what keys wrote, columns: values), and z as one
// bar a row. Colours keep their scale over all segments, so it is seen to fill. Window's thread.
#pragma once

#include "widgets/mechanisms/memory_state.h"

#include <QImage>
#include <QWidget>

namespace headlens {

class MemoryMap : public QWidget {
    Q_OBJECT
public:
    explicit MemoryMap(QWidget* parent = nullptr);

    void setMemory(const MemoryState& state, int after, int head);
    QRectF mapRect() const;
    QString numbersAt(int row, int column) const;
    QSize minimumSizeHint() const override { return {200, 190}; }
    QSize sizeHint() const override { return {320, 260}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QRectF barsRect() const;
    void paintBarsBeside(QPainter& painter) const;
    void point(int row, int column);
    void tell();

    std::vector<float> m_memory, m_normaliser;
    float m_highest = 0, m_highestNormaliser = 0;
    int m_width = 0, m_after = 0, m_head = 0, m_row = -1, m_column = -1;
    QImage m_image;
};

} // namespace headlens
