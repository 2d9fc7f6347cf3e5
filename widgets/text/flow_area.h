// SPDX-License-Identifier: GPL-3.0-or-later
// What scrolls only when there is no room for it: asks for the height that its contents need at its width.
#pragma once

#include <QScrollArea>

namespace headlens {

class FlowArea : public QScrollArea {
    Q_OBJECT
public:
    explicit FlowArea(QWidget* contents, QWidget* parent = nullptr); // owned from now on

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
};

} // namespace headlens
