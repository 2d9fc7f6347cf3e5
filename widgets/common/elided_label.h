// SPDX-License-Identifier: GPL-3.0-or-later
// One line that never asks for room: what does not fit ends in "…", the whole of it is the tool tip.
#pragma once

#include <QLabel>

namespace headlens {

class ElidedLabel : public QLabel {
    Q_OBJECT
public:
    using QLabel::QLabel;
    QSize minimumSizeHint() const override { return {0, QLabel::minimumSizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    bool isCut() const { return QLabel::sizeHint().width() > width(); }
};

} // namespace headlens
