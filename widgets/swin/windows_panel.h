// SPDX-License-Identifier: GPL-3.0-or-later
// Everything about windows in one place: the shift in steps, the mask, the bias of relative positions, the stages.
#pragma once

#include "widgets/viewmodel/display_settings.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QTabWidget>

#include <array>

class QLabel;

namespace headlens {

class ShiftView;

class WindowsPanel : public QTabWidget {
    Q_OBJECT
public:
    WindowsPanel(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent = nullptr);

    ShiftView* shift() { return m_shift; }
    QSize sizeHint() const override { return {340, 340}; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    ShiftView* m_shift;
    std::array<QLabel*, 2> m_words{}; // what a window is, above the steps and the table
};

} // namespace headlens
