// SPDX-License-Identifier: GPL-3.0-or-later
// The sheet as it will be, as large as there is room.
#pragma once

#include "widgets/figure/figure_data.h"

#include <QWidget>

namespace headlens {

class FigurePreview : public QWidget {
    Q_OBJECT
public:
    explicit FigurePreview(QWidget* parent = nullptr);

    void show(const FigureSpec& spec, const FigureData& numbers);
    void setWaiting(bool waiting); // the numbers are on their way: what is there is pale
    QSize sizeHint() const override { return {620, 520}; }
    QSize minimumSizeHint() const override { return {240, 200}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    FigureSpec m_spec;
    FigureData m_data;
    QImage m_sheet; // as it was painted last; null: to be painted again
    bool m_waiting = false;
};

} // namespace headlens
