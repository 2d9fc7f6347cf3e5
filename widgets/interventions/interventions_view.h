// SPDX-License-Identifier: GPL-3.0-or-later
// What is changed in the model, as a list with factors; buttons for what can be changed where one stands; below, what
// became of the answers. Window's thread.
#pragma once

#include "core/base/token_place.h"
#include "widgets/interventions/intervention_places.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QWidget>

#include <vector>

class QAction;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace headlens {

class AnswerBars;
class InterventionRow;
class SetForm;
class ToolRow;

class InterventionsView : public QWidget {
    Q_OBJECT
public:
    InterventionsView(InspectionModel* model, Selection* selection, QWidget* parent = nullptr);

    const std::vector<InterventionRow*>& rows() const { return m_rows; }
    const QList<QAction*>& buttons() const { return m_buttons; } // in the order of offeredChanges()
    AnswerBars* answers() const { return m_answers; }
    SetForm* form() const { return m_form; } // hidden until a button asks for sets
    QString note() const;                    // what to do, or what the bars are
    QSize sizeHint() const override { return {340, 320}; }

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void build();
    void buildButtons(QVBoxLayout* layout);
    void press(std::size_t number);
    void followForm();
    void follow();
    void followButtons();
    void followRows();
    void makeRows(const std::vector<verbs::Change>& changes);
    void followAnswers();
    void noteOther(); // the token that was pointed at last, while one is pinned

    InspectionModel* m_model;
    Selection* m_selection;
    struct Button {
        ToolRow* row;
        int part;
    };
    QList<QAction*> m_buttons;
    std::vector<Button> m_places; // of the buttons
    std::vector<OfferedChange> m_offered;
    SetForm* m_form;
    int m_asking = -1; // the button whose sets are asked for; -1: none
    QVBoxLayout* m_list;
    std::vector<InterventionRow*> m_rows;
    QLabel* m_note;
    AnswerBars* m_answers;
    QPushButton* m_reset;
    TokenPlace m_pinned;
    int m_other = -1; // mouse and keyboard leave the picture to press a button
};

} // namespace headlens
