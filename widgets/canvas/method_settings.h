// SPDX-License-Identifier: GPL-3.0-or-later
// Of the shown method: its formula and source, what it costs where that is felt, and an editor for every setting;
// nothing where it has none. Window's thread.
#pragma once

#include "widgets/viewmodel/inspection_model.h"

#include <QWidget>

class QLabel;

namespace headlens {

class MethodSettings : public QWidget {
    Q_OBJECT
public:
    MethodSettings(InspectionModel* model, Selection* selection, QWidget* parent = nullptr);

    static bool has(const InspectionModel& model, const Selection& selection);

protected:
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void follow();
    void askCost();
    void describe(double seconds);
    void addEditor(const verbs::Switch& setting);

    InspectionModel* m_model;
    Selection* m_selection;
    QString m_method; // whose editors there are
    QLabel* m_about;
    double m_seconds = 0; // that it takes about; 0: not known
};

} // namespace headlens
