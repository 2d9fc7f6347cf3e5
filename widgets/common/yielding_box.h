// SPDX-License-Identifier: GPL-3.0-or-later
// A row or column of widgets that asks for the room of the most important ones only: where it is smaller than all of
// them together, those of the lowest rank step away, and come back with the room. A row is as high as the highest of
// all of them, those that stepped away too. What others hide stays hidden, and a part in whose layout nothing is seen
// takes no room.
#pragma once

#include <QList>
#include <QWidget>

class QBoxLayout;

namespace headlens {

class YieldingBox : public QWidget {
    Q_OBJECT
public:
    explicit YieldingBox(Qt::Orientation orientation, QWidget* parent = nullptr);

    // The higher the rank, the longer it stays. `stretch` as in QBoxLayout.
    void add(QWidget* widget, int rank, int stretch = 0);
    void setStretch(QWidget* widget, int stretch);
    void setGaps(int margin, int spacing);
    QSize minimumSizeHint() const override;
    QSize sizeHint() const override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Part {
        QWidget* widget;
        int rank;
        bool yields; // stepped away
    };
    void settle();
    bool counts(const Part& part) const;
    bool fitsAcross(const QWidget& part) const;
    QSize needed(int leastRank) const; // of those with at least this rank
    int highest() const;

    Qt::Orientation m_orientation;
    QBoxLayout* m_line;
    QList<Part> m_parts;
    int m_settling = 0; // what it hides asks for another layout
};

} // namespace headlens
