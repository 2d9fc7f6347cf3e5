// SPDX-License-Identifier: GPL-3.0-or-later
// An editor for every setting of the shown method; nothing where it has none. Window's thread.
#pragma once

#include "widgets/viewmodel/inspection_model.h"

#include <QWidget>

namespace headlens {

class MethodSettings : public QWidget {
    Q_OBJECT
public:
    MethodSettings(InspectionModel* model, Selection* selection, QWidget* parent = nullptr);

    static bool has(const InspectionModel& model, const Selection& selection);

private:
    void follow();
    void addEditor(const verbs::Switch& setting);

    InspectionModel* m_model;
    Selection* m_selection;
    QString m_method; // whose editors there are
};

} // namespace headlens
