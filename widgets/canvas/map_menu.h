// SPDX-License-Identifier: GPL-3.0-or-later
// What is mapped: the attention itself, or one of the methods of the open model; one that it does not allow is grey and
// says why. Window's thread.
#pragma once

#include "widgets/canvas/tool_menu.h"
#include "widgets/viewmodel/inspection_model.h"

namespace headlens {

class MapMenu : public ToolMenu {
    Q_OBJECT
public:
    MapMenu(InspectionModel* model, Selection* selection, QWidget* parent = nullptr);

    QString text() const;               // of the field
    bool hasSettings() const;           // of the shown method
    QWidget* openSettings(QWidget* at); // below that widget; null: there are none

Q_SIGNALS:
    void chosen(); // by a person, in this menu

private:
    void fill();
    void addLine(const QString& text, const QString& id, const QString& tip, bool allowed);
    void follow() override;
    void retranslate() override;

    InspectionModel* m_model;
    Selection* m_selection;
};

} // namespace headlens
