// SPDX-License-Identifier: GPL-3.0-or-later
// Whether what is typed is a question that goes through the model's chat template, and what that says first. Seen
// where the model has a template. Lives in the window's thread.
#pragma once

#include "widgets/viewmodel/inspection_model.h"

#include <QTimer>
#include <QWidget>

class QLineEdit;
class QToolButton;

namespace headlens {

class ChatRow : public QWidget {
    Q_OBJECT
public:
    explicit ChatRow(InspectionModel* model, QWidget* parent = nullptr);

    QToolButton* chat() { return m_chat; }
    QLineEdit* system() { return m_system; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void follow();
    void send();
    void retranslate();

    InspectionModel* m_model;
    QToolButton* m_chat;
    QLineEdit* m_system;
    QTimer m_typed;
};

} // namespace headlens
