// SPDX-License-Identifier: GPL-3.0-or-later
// Every part of the open model that can be turned off or up, built from what the engine says about it
// (ModelInfo.switches). Window's thread.
#pragma once

#include "widgets/viewmodel/inspection_model.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace headlens {

class AdapterEditor;
class SwitchEditor;

class SwitchesPanel : public QWidget {
    Q_OBJECT
public:
    SwitchesPanel(InspectionModel* model, QWidget* parent = nullptr);

    const std::vector<SwitchEditor*>& editors() const { return m_editors; } // in the order of the model
    QString intro() const;
    AdapterEditor* adapter() const { return m_adapter; } // hidden where there is none
    QSize sizeHint() const override { return {340, 320}; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    void say();

    InspectionModel* m_model;
    AdapterEditor* m_adapter;
    QLabel* m_intro;
    QVBoxLayout* m_list;
    QPushButton* m_reset;
    std::vector<SwitchEditor*> m_editors;
};

} // namespace headlens
