// SPDX-License-Identifier: GPL-3.0-or-later
// The scores of a router as bars, in the order of the tokens or by size, with the line between those taken (solid) and
// those passed by (hatched). Window's thread.
#pragma once

#include "core/wire/verbs.h"

#include <QWidget>

#include <optional>
#include <vector>

namespace headlens {

class RouterBars : public QWidget {
    Q_OBJECT
public:
    explicit RouterBars(QWidget* parent = nullptr);

    // `layer` is only said; `token`: the chosen one.
    void setBlock(const verbs::BlockGrid& block, int layer, int token);
    void setSorted(bool sorted);
    const std::vector<int>& order() const { return m_order; } // the token of each bar
    std::optional<double> threshold() const { return m_threshold; }
    QRectF barRect(int place) const;
    QSize minimumSizeHint() const override { return {220, 120}; }
    QSize sizeHint() const override { return {320, 130}; }

Q_SIGNALS:
    void tokenChosen(int token);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QRectF area() const;
    void paintBar(QPainter& painter, int place) const;
    double heightOf(double score) const; // y
    void step(int by);
    void tell();

    verbs::BlockGrid m_block;
    std::vector<int> m_order;
    std::optional<double> m_threshold;
    double m_low = 0, m_high = 1; // the scale; 0 is always on it
    int m_layer = 0, m_token = -1;
    bool m_sorted = true;
};

} // namespace headlens
