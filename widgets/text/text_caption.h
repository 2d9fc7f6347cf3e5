// SPDX-License-Identifier: GPL-3.0-or-later
// What the colours of a text are, in words, as a picture has below it: for an audience, which sees no status line.
#pragma once

#include <QLabel>

namespace headlens {

class InspectionModel;
class Selection;

class TextCaption : public QLabel {
    Q_OBJECT
public:
    TextCaption(InspectionModel* model, Selection* selection, QWidget* parent = nullptr);

    void setWanted(bool wanted); // seen only where a text is all there is

protected:
    void changeEvent(QEvent* event) override;

private:
    void tell();

    InspectionModel* m_model;
    Selection* m_selection;
    bool m_isWanted = false;
};

} // namespace headlens
