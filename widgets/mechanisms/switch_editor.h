// SPDX-License-Identifier: GPL-3.0-or-later
// One part of a model that can be turned off or up: buttons side by side for a few choices, a list for many, slider
// and number box for a number. Says when it is not as trained, and how it was. Window's thread.
#pragma once

#include "widgets/viewmodel/inspection_model.h"

#include <QWidget>

class QButtonGroup;
class QComboBox;
class QDoubleSpinBox;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QSlider;

namespace headlens {

class SwitchEditor : public QWidget {
    Q_OBJECT
public:
    // `one` is of the model that is open; the editor writes to it by name.
    SwitchEditor(InspectionModel* model, verbs::Switch one, QWidget* parent = nullptr);

    // Titles and choices that HeadLens knows, in the language of the window; others as the engine says them.
    static QString titleOf(const verbs::Switch& one);
    static QString choiceText(const std::string& choice);
    // The digits after the point that a number of this switch needs: 0 where its ends are whole and apart.
    static int digitsOf(const verbs::Switch& one);

    const verbs::Switch& edited() const { return m_switch; }
    bool isAsTrained() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    void buildChoices(QHBoxLayout* row);
    void buildNumber(QHBoxLayout* row);
    void choose(const QString& value);
    void fromModel();
    void retranslate();

    InspectionModel* m_model;
    verbs::Switch m_switch;
    QLabel* m_title;
    QPushButton* m_reset;
    QButtonGroup* m_buttons = nullptr; // one of the three ways to choose
    QComboBox* m_list = nullptr;
    QSlider* m_slider = nullptr;
    QDoubleSpinBox* m_number = nullptr;
};

} // namespace headlens
