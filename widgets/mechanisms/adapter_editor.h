// SPDX-License-Identifier: GPL-3.0-or-later
// The adapter on the open model: how much of it is added to the base, from 0 to 1, and what it changed beside the base
// alone. Hidden where there is none. Window's thread.
#pragma once

#include <QWidget>

class QDoubleSpinBox;
class QLabel;
class QPushButton;
class QSlider;

namespace headlens {

class InspectionModel;
class InTurn;

class AdapterEditor : public QWidget {
    Q_OBJECT
public:
    explicit AdapterEditor(InspectionModel* model, QWidget* parent = nullptr);

    QString description() const; // what the adapter changes, in a sentence
    // The same input runs through the base alone and becomes the baseline, then with the adapter again: everything
    // shown is the difference that the adapter makes.
    void compareWithBase();

protected:
    void changeEvent(QEvent* event) override;

private:
    void take(double strength);
    void follow();

    InspectionModel* m_model;
    InTurn* m_turn;
    QLabel *m_title, *m_about;
    QSlider* m_slider;
    QDoubleSpinBox* m_number;
    QPushButton* m_compare;
};

} // namespace headlens
