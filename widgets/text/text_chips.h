// SPDX-License-Identifier: GPL-3.0-or-later
// What can be switched about the tokens of a text: sinks out of the scale, blanks, numbers.
#pragma once

#include "widgets/viewmodel/display_settings.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QWidget>

class QToolButton;

namespace headlens {

class TextChips : public QWidget {
    Q_OBJECT
public:
    TextChips(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent = nullptr);

    QToolButton* sinks() { return m_sinks; }
    QToolButton* blanks() { return m_blanks; }
    QToolButton* ids() { return m_ids; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void tellShare();
    void retranslate();

    InspectionModel* m_model;
    Selection* m_selection;
    DisplaySettings* m_display;
    QToolButton *m_sinks, *m_blanks, *m_ids;
};

} // namespace headlens
