// SPDX-License-Identifier: GPL-3.0-or-later
// One part of a model that can be turned off or up, or one setting of a method: buttons side by side for a few choices,
// a list for many, slider and number box for a number, a line for several numbers or a text. Says when it is not as
// usual, and how that was. Window's thread.
#pragma once

#include "core/wire/verbs_maps.h"

#include <QWidget>

#include <functional>
#include <string>

class QButtonGroup;
class QComboBox;
class QDoubleSpinBox;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSlider;

namespace headlens {

class InspectionModel;

class SwitchEditor : public QWidget {
    Q_OBJECT
public:
    struct Access {
        std::function<QString()> value; // empty: it is no longer there
        std::function<void(const QString&)> set;
        bool ofModel = true; // its usual value is the trained one
    };
    SwitchEditor(Access access, verbs::Switch one, QWidget* parent = nullptr);

    // Of a switch of the open model.
    static SwitchEditor* of(InspectionModel* model, const verbs::Switch& one);

    void refresh(); // the value changed elsewhere

    // Titles and choices that HeadLens knows, in the language of the window; others as the engine says them.
    static QString titleOf(const verbs::Switch& one);
    static QString choiceText(const std::string& choice);
    // The digits after the point that a number of this switch needs: 0 where its ends are whole and apart.
    static int digitsOf(const verbs::Switch& one);

    const verbs::Switch& edited() const { return m_switch; }
    bool isUsual() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    void buildChoices(QHBoxLayout* row);
    void buildNumber(QHBoxLayout* row);
    void buildLine(QHBoxLayout* row);
    void takeLine();
    void choose(const QString& value);
    void retranslate();

    Access m_access;
    verbs::Switch m_switch;
    QLabel* m_title;
    QPushButton* m_reset;
    QButtonGroup* m_buttons = nullptr; // one of the ways to choose
    QComboBox* m_list = nullptr;
    QSlider* m_slider = nullptr;
    QDoubleSpinBox* m_number = nullptr;
    QLineEdit* m_line = nullptr;
};

} // namespace headlens
