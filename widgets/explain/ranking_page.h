// SPDX-License-Identifier: GPL-3.0-or-later
// Methods by how much of what they show matters to the model: insertion minus deletion, the largest first, and random
// maps among them. Window's thread.
#pragma once

#include "widgets/viewmodel/inspection_model.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QTreeWidget;

namespace headlens {

class MethodSheet;

class RankingPage : public QWidget {
    Q_OBJECT
public:
    RankingPage(InspectionModel* model, Selection* selection, QWidget* parent = nullptr);
    QTreeWidget* list() const { return m_list; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void follow();

    InspectionModel* m_model;
    MethodSheet* m_sheet;
    Selection* m_selection;
    QTreeWidget* m_list;
    QLabel* m_state; // what is still missing
    QPushButton* m_measure;
};

} // namespace headlens
