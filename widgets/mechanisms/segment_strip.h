// SPDX-License-Identifier: GPL-3.0-or-later
// A long text as its segments: how many tokens each has, which ones the memory has taken in, where the chosen token
// lies. Click or arrow keys choose how far the memory has read. Window's thread.
#pragma once

#include <QWidget>

#include <vector>

namespace headlens {

class SegmentStrip : public QWidget {
    Q_OBJECT
public:
    explicit SegmentStrip(QWidget* parent = nullptr);

    // `marked`: the segment of the chosen token; -1: none.
    void setSegments(const std::vector<int>& lengths, int marked);
    void setAfter(int segments); // so many are in the memory, from 0
    int after() const { return m_after; }
    int segments() const { return int(m_lengths.size()); }
    QRectF segmentRect(int segment) const;
    QSize sizeHint() const override { return {320, minimumHeight()}; }

Q_SIGNALS:
    void afterChanged(int segments);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    void paintSegment(QPainter& painter, int segment) const;
    void tell();
    int segmentAt(const QPointF& point) const;

    std::vector<int> m_lengths;
    int m_marked = -1, m_after = 0;
};

} // namespace headlens
