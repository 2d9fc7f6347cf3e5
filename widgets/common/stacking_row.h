// SPDX-License-Identifier: GPL-3.0-or-later
// Two widgets beside each other, or, where there is not the room, one below the other; where the second one does not
// even fit alone, it steps away.
#pragma once

#include <QWidget>

class QBoxLayout;

namespace headlens {

class StackingRow : public QWidget {
    Q_OBJECT
public:
    // `second` takes what is left of a wide row.
    StackingRow(QWidget* first, QWidget* second, QWidget* parent = nullptr);

    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    void arrange();

    QWidget *m_first, *m_second;
    bool m_yields = false; // the second one stepped away
    QBoxLayout* m_line;
};

} // namespace headlens
