// SPDX-License-Identifier: GPL-3.0-or-later
// One dial a head: how much of what it gives on is read from the memory (1) and how much is of its own segment (0).
// Drag up and down, or choose with left and right and turn with up and down. Window's thread.
#pragma once

#include <QWidget>

#include <vector>

namespace headlens {

class GateDials : public QWidget {
    Q_OBJECT
public:
    struct Dial {
        double value = 0, trained = 0; // 0..1
        bool turns = true;             // the model has a switch for it
        bool operator==(const Dial&) const = default;
    };
    explicit GateDials(QWidget* parent = nullptr);

    void setDials(const std::vector<Dial>& dials);
    const std::vector<Dial>& dials() const { return m_dials; }
    void setHead(int head); // the one that stands out
    int head() const { return m_head; }
    QRectF dialRect(int head) const;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize minimumSizeHint() const override;
    QSize sizeHint() const override { return {320, heightForWidth(320)}; }

Q_SIGNALS:
    void turned(int head, double value);
    void headChosen(int head);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    int columnsIn(int width) const;
    int headAt(const QPointF& point) const;
    void turn(int head, double value);
    void choose(int head);
    void paintDial(QPainter& painter, int head) const;
    void tell();

    std::vector<Dial> m_dials;
    int m_head = 0, m_dragged = -1;
    QPointF m_dragFrom;
    double m_dragValue = 0;
};

} // namespace headlens
